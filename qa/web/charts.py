"""Which picture an answer's checked figures make, if any: the figures themselves, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from qa.answer import Answer, CheckedBy, Citation, Operand, Status
from qa.web.points import MONEY, Point, points

_YEAR = re.compile(r"^(?:in )?(\d{4})\s*年?度?$", re.IGNORECASE)
_BUDGET = re.compile(r"预算数|年初预算|调整预算|全年预算|预算(?=为|安排|\d)")
_ACTUAL = re.compile(r"决算|执行|支出数|完成")
_LIST_SIGNS = "；;、：:"
_MOST = 30  # marks beyond which a picture says less than the list
_LONGEST = 40  # a longer label is a sentence, not a name


class Shape(StrEnum):
    """What the picture shows."""

    TREND = "trend"  # one figure over years
    BODIES = "bodies"  # one figure of several bodies
    PARTS = "parts"  # a total and all that it consists of
    SHARE = "share"  # a part beside its whole
    BUDGET = "budget"  # what was planned beside what was spent
    ITEMS = "items"  # several figures of one report


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure of the picture, as the answer or its derivation has it.

    `size` is the value in the smallest unit of its kind; it gives lengths and is never printed.
    """

    label: str
    value: Decimal
    unit: str
    citation: int | None
    size: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """The figures in the order of drawing; `whole` is what parts and shares belong to.

    A budget chart has two marks, planned and spent, of the item `subject`.
    """

    shape: Shape
    marks: tuple[Mark, ...]
    whole: Mark | None = None
    subject: str = ""


def chart_of(answer: Answer) -> Chart | None:
    """The picture for an answer, or None where reading it is as good as looking."""
    if answer.status is not Status.ANSWERED or _in_conflict(answer):
        return None
    told = points(answer)
    for attempt in (_trend, _bodies):
        chart = attempt(told, answer)
        if chart is not None:
            return chart
    return _of_derivation(told, answer) or _items(told)


def _in_conflict(answer: Answer) -> bool:
    return any(number.check is CheckedBy.CONFLICT for number in answer.numbers)


def _trend(told: Sequence[Point], _: Answer) -> Chart | None:
    """Two years or more of one figure, oldest first."""
    by_year = {m[1]: p for p in told if (m := _YEAR.match(p.label))}
    years = [by_year[year] for year in sorted(by_year)]
    if len(years) < 2 or len({p.sentence for p in years}) > 1 or not _comparable(years):
        return None
    return Chart(Shape.TREND, tuple(_mark(p) for p in years))


def _bodies(told: Sequence[Point], answer: Answer) -> Chart | None:
    """One figure each of two reports or more."""
    reports = [_cited(answer, p.number.citation) for p in told]
    names = [c.report for c in reports if c is not None]
    if len(told) < 2 or len(set(names)) != len(told) or not _listed(told):
        return None
    return Chart(Shape.BODIES, tuple(_mark(p) for p in told))


def _of_derivation(told: Sequence[Point], answer: Answer) -> Chart | None:
    derivation = answer.derivation
    if derivation is None or len(derivation.operands) != 2:
        return None
    first, second = derivation.operands
    if not _alike([first.unit, second.unit]) or min(first.value, second.value) <= 0:
        return None
    roles = [_role(operand, answer) for operand in (first, second)]
    marks = (_operand_mark(first), _operand_mark(second))
    if set(roles) == {"budget", "actual"}:
        ordered = marks if roles[0] == "budget" else marks[::-1]
        return Chart(Shape.BUDGET, ordered, subject=ordered[0].label)
    if "÷" in derivation.formula and _is_share(marks, answer):
        return Chart(Shape.SHARE, marks[:1], whole=marks[1])
    return _pair(told, marks)


def _is_share(marks: tuple[Mark, Mark], answer: Answer) -> bool:
    part, whole = marks
    in_percent = any(number.unit == "%" for number in answer.numbers)
    return in_percent and part.label != whole.label and part.size <= whole.size


def _pair(told: Sequence[Point], marks: tuple[Mark, Mark]) -> Chart | None:
    """The two figures of a difference or ratio, where the answer itself states both."""
    wanted = {mark.size for mark in marks}
    stated = [p for p in told if p.size in wanted]
    if len(stated) != 2 or {p.size for p in stated} != wanted or not _comparable(stated):
        return None
    return Chart(Shape.ITEMS, tuple(_mark(p) for p in stated))


def _items(told: Sequence[Point]) -> Chart | None:
    """The longest enumeration of one sentence; with its total where it adds up."""
    sentences = {p.sentence for p in told}
    runs = [[p for p in told if p.sentence == number] for number in sentences]
    run = max(runs, key=len, default=[])
    if len(run) < 3 or not _listed(run):
        return None
    marks = tuple(_mark(p) for p in run)
    if _adds_up(marks[0], marks[1:]):
        return Chart(Shape.PARTS, marks[1:], whole=marks[0])
    return Chart(Shape.ITEMS, marks)


def _adds_up(whole: Mark, parts: Sequence[Mark]) -> bool:
    """Whether the parts make the whole, as far as rounding lets one tell."""
    steps = [Decimal(1).scaleb(int(m.value.as_tuple().exponent)) for m in (whole, *parts)]
    coarsest = max(
        step * MONEY.get(m.unit, Decimal(1)) for step, m in zip(steps, (whole, *parts), strict=True)
    )
    difference = abs(whole.size - sum(mark.size for mark in parts))
    return difference <= coarsest * len(steps) / 2


def _listed(told: Sequence[Point]) -> bool:
    """Whether the figures stand in one enumeration (a；b；c) and can be compared."""
    together = len({p.sentence for p in told}) == 1
    return together and all(p.opened_by in _LIST_SIGNS for p in told[1:]) and _comparable(told)


def _comparable(told: Sequence[Point]) -> bool:
    labels = [p.label for p in told]
    named = all(label and len(label) <= _LONGEST for label in labels)
    positive = all(p.number.value >= 0 for p in told) and any(p.number.value for p in told)
    fits = len(told) <= _MOST and len(set(labels)) == len(labels)
    return named and positive and fits and _alike([p.number.unit for p in told])


def _alike(units: Sequence[str]) -> bool:
    return len(set(units)) == 1 or all(unit in MONEY for unit in units)


def _role(operand: Operand, answer: Answer) -> str:
    """Whether an operand was planned or spent, by its column or by the words before it."""
    citation = _cited(answer, operand.citation)
    if citation is None:
        return ""
    named = f"{operand.label} {citation.column}"
    before = _before(citation.quote, operand.value) if not citation.table else ""
    if _BUDGET.search(before) or _BUDGET.search(named):
        return "budget"
    in_accounts = bool(citation.table) and "决算" in citation.title + citation.table
    return "actual" if in_accounts or _ACTUAL.search(f"{before} {named}") else ""


def _before(quote: str, value: Decimal) -> str:
    """The clause of a quoted sentence that leads up to a figure."""
    place = quote.replace(",", "").find(f"{value:f}")
    return re.split(r"[，。；]", quote.replace(",", "")[:place])[-1] if place > 0 else ""


def _cited(answer: Answer, citation: int | None) -> Citation | None:
    return None if citation is None else answer.citations[citation]


def _mark(point: Point) -> Mark:
    number = point.number
    return Mark(point.label, number.value, number.unit, number.citation, point.size)


def _operand_mark(operand: Operand) -> Mark:
    size = operand.value * MONEY.get(operand.unit, Decimal(1))
    return Mark(operand.label, operand.value, operand.unit, operand.citation, size)
