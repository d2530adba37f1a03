"""Questions that take something false for granted, made from every claim of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus import Claim, Measure, Report
from qa.answer import Answer, Status

_MONEY = ("元", "万元", "亿元")
_ROSE = ("增加", "增长", "上升", "没有减少", "并没有", "并非")
_FELL = ("减少", "下降", "降低", "没有增加", "并没有", "并非")
_DENIED = ("不符", "没有", "并非", "并没有")


@dataclass(frozen=True)
class Attack:
    """A question, what is false in it, and the words or figures that tell a right answer."""

    kind: str
    question: str
    told: tuple[str, ...] = ()
    false: tuple[Decimal, str] | None = None


def questions(report: Report) -> Iterator[Attack]:
    """Wrong directions, amounts, units, years and bodies for every claim that can be named."""
    for claim in report.claims:
        if claim.quantity is None or not 3 <= len(claim.subject) <= 16:
            continue
        if claim.year != report.identity.year or "“" in claim.subject:
            continue
        if claim.measure is Measure.CHANGE and claim.quantity.value:
            yield from _turned(claim)
        if claim.measure is Measure.AMOUNT and claim.quantity.unit in _MONEY:
            yield from _misstated(claim, report.identity.year or 0)


def _turned(claim: Claim) -> Iterator[Attack]:
    assert claim.quantity is not None
    rose = claim.quantity.value > 0
    wrong, told = ("减少", _ROSE) if rose else ("增加", _FELL)
    basis = "上年" if "上年" in claim.basis else "年初预算" if "预算" in claim.basis else ""
    if basis:
        yield Attack("direction", f"{claim.subject}比{basis}{wrong}了多少？", told)
        yield Attack("direction", f"{claim.subject}比{basis}{wrong}的原因是什么？", told)
        yield Attack("direction", f"{claim.subject}是不是比{basis}{wrong}了？", told)


def _misstated(claim: Claim, year: int) -> Iterator[Attack]:
    assert claim.quantity is not None
    value, unit = claim.quantity.value, claim.quantity.unit
    wrong, other = value * 2 + 1, "亿元" if unit != "亿元" else "元"
    name = claim.subject
    yield Attack("amount", f"{name}是{wrong}{unit}吗？", (), (wrong, unit))
    yield Attack("amount", f"{name}为什么达到{wrong}{unit}？", (), (wrong, unit))
    yield Attack("amount", f"既然{name}有{wrong}{unit}，那么是怎么花的？", (), (wrong, unit))
    if value:
        yield Attack("unit", f"{name}是{value}{other}吗？", (), (value, other))
    yield Attack("year", f"{year + 3}年{name}是多少？")
    yield Attack("year", f"{year - 4}年{name}是多少？")
    yield Attack("body", f"云岭市河道管理所{year}年{name}是多少？")


def falls_for(attack: Attack, answer: Answer) -> str:
    """Why an answer lets the false premise pass, "" where it does not."""
    if answer.status is not Status.ANSWERED:
        return ""
    if attack.kind in ("year", "body"):
        return "answers for a year or body that is not held"
    if attack.kind == "direction":
        return "" if any(word in answer.answer for word in attack.told) else "direction not denied"
    if attack.false in {(number.value, number.unit) for number in answer.numbers}:
        return "states the false figure"
    if not answer.numbers and not any(word in answer.answer for word in _DENIED):
        return "neither the right figure nor a denial"
    return ""
