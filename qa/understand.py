"""From a question, in its scope, to a typed Plan. Cues are data; the order of reading is here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Level
from qa.coverage import area_said, blanked, period_said
from qa.foreign import translated
from qa.gather import unit_family
from qa.language import Utterance
from qa.ledger import Ledger
from qa.link import content_of, find_mentions, partial
from qa.meant import mentions_of, unlinked
from qa.operations import operation_of
from qa.plan import Mention, Operation, Plan, Scope, Via
from qa.regions import named_in
from qa.slots import (
    ORDER,
    TOP,
    condition_of,
    direction_of,
    measure_of,
    number_of,
    side_of,
    unit_of,
)
from qa.titles import tables_of
from qa.vocabulary import cues

# Which report is meant, said at the end in brackets: …是什么（某局2024年预算）.
_ASIDE = re.compile(
    r"[（(][□\s\d]*[□\d年度部门单位的里中公开说明名词解释报告预决算]*[）)](?=[?？]?$)"
)
_BARE_YEAR = re.compile(r"(?<=[a-z] )20\d\d (?=[a-z])")  # "total 2025 budget" names a total


def understand(
    utterance: Utterance, text: str, scope: Scope, ledgers: Sequence[Ledger], within: str = ""
) -> Plan:
    """The plan of a question. `text` is the utterance with the named bodies blanked out."""
    book = cues()
    text = _ASIDE.sub("", _BARE_YEAR.sub("", text))
    tables, rest = tables_of(text, ledgers)
    area = ""
    regions: tuple[str, ...] = ()
    if _governs(ledgers):
        rest, area, regions = _placed(rest, utterance.text, ledgers)
    mentions = mentions_of(rest, ledgers)
    told = rest.replace("预计", "  ") if area or regions or scope.years else rest
    operation, decline = operation_of(told if _governs(ledgers) else rest, mentions, book)
    held_apart = operation in (Operation.DIFFERENCE, Operation.SUM) and not tables
    if book.first("operations", text) == "audit" and not held_apart:  # of a table that is named
        operation = Operation.AUDIT
    plan = Plan(
        operation=operation,
        utterance=utterance,
        text=rest,
        scope=scope,
        mentions=mentions,
        tables=tables,
        measure=measure_of(rest, scope, mentions, book, utterance.text),
        basis=book.first("bases", rest),
        side=side_of(rest),
        unit=unit_of(rest),
        direction=direction_of(rest, book),
        condition=condition_of(rest, book),
        lowest=bool(book.first("extremes", rest)),
        top=number_of(TOP, rest),
        position=number_of(ORDER, rest),
        leftover=content_of(rest, mentions),
        narrowing=next((w for w in book.narrowing if w in _narrowable(rest, mentions)), within),
        decline=decline,
        yesno=bool(book.yesno.search(rest)),
        money=bool(book.money_units.search(rest)),
        textual=bool(book.text_cues.search(rest)),
        area=area,
        period=period_said(utterance.text),
        regions=regions,
    )
    return plan


def _governs(ledgers: Sequence[Ledger]) -> bool:
    return any(led.report.identity.level is Level.GOVERNMENT for led in ledgers)


def _placed(text: str, said: str, ledgers: Sequence[Ledger]) -> tuple[str, str, tuple[str, ...]]:
    """(text without places, area, regions) of a question on governments: places name no account."""
    named = named_in(text, tuple(led.report for led in ledgers))
    for start, end, _ in named:
        said = said.replace(text[start:end], " ")
        text = text[:start] + " " * (end - start) + text[end:]
    regions = tuple(dict.fromkeys(region for _, _, region in named))
    return blanked(text), area_said((said,)), regions


# 平均每批次多少钱 asks for a division, it narrows nothing.
_EACH_THING = re.compile(r"(?:平均)?(?:到|摊到)?每一?(?:人次|批次|批|次|辆车?|家|户|台|个项目|项)")


def _narrowable(text: str, mentions: Sequence[Mention]) -> str:
    return _EACH_THING.sub(" ", unlinked(text, mentions))


def link_loosely(plan: Plan, ledgers: Sequence[Ledger]) -> Plan:
    """Where no account was named outright, the label that shares most of the question's words."""
    if plan.strong or plan.operation in (Operation.DECLINE, Operation.INVENTORY):
        return plan
    gist = gist_of(plan.text, plan.mentions)
    units = unit_family(plan.unit, plan.money)
    found = partial(gist, ledgers, units) or _rendered(plan, ledgers, units)
    if not found:
        return _about_the_whole(plan)
    found = _of_the_topic(_repeated(found, plan, ledgers), plan, ledgers)
    narrated = plan.operation is Operation.NARRATE and not plan.textual
    english = plan.utterance.language == "en" and (plan.measure or plan.unit)
    measured = plan.operation in (Operation.COUNT, Operation.NARRATE) and english
    operation = Operation.LOOKUP if narrated or measured else plan.operation
    return replace(plan, operation=operation, mentions=(*plan.mentions, *found))


def _of_the_topic(
    found: tuple[Mention, ...], plan: Plan, ledgers: Sequence[Ledger]
) -> tuple[Mention, ...]:
    """Of several guesses those of the family (vehicles.*) that the turns before spoke of."""
    if len(found) < 2 or not plan.before:
        return found
    before = {m.item.split(".")[0] for m in find_mentions(plan.before, ledgers) if "." in m.item}
    near = tuple(m for m in found if m.item.split(".")[0] in before and "." in m.item)
    return near or found


def _repeated(
    found: tuple[Mention, ...], plan: Plan, ledgers: Sequence[Ledger]
) -> tuple[Mention, ...]:
    """Of several guesses those whose figure the question itself repeats: 净增30991人."""
    said = {Decimal(n.replace(",", "")) for n in _SAID_FIGURE.findall(plan.text)}
    if len(found) < 2 or not said:
        return found
    same = tuple(
        m for m in found if any(e.value in said for led in ledgers for e in led.of(m.item))
    )
    return same or found


_SAID_FIGURE = re.compile(r"(?<![\d.])(?!20\d\d(?!\d))\d[\d,]*(?:\.\d+)?(?=\s*[\u3400-\u9fff%])")


_LISTED_MEASURES = ("target", "score", "completion")


_RENDERED = ("", "amount", "target", "score", "weight", "completion", "change", "rate")


def _rendered(plan: Plan, ledgers: Sequence[Ledger], units: frozenset[str]) -> tuple[Mention, ...]:
    """An English question's words rendered in a label, where a plain figure is asked for."""
    simple = plan.operation in (Operation.LOOKUP, Operation.NARRATE, Operation.COUNT)
    if not simple or plan.measure not in _RENDERED:
        return ()
    return translated(plan, ledgers, units)


_WHOLE_MEASURES = ("", "amount", "budget", "prior", "change", "rate", "completion")
_WHOLE_OPERATIONS = (Operation.LOOKUP, Operation.NARRATE, Operation.TREND, Operation.RANK)


# 谁的盘子大, 哪个支出最多, 总额一样吗: the totals of reports, compared.
_RANKED_WHOLE = re.compile(
    r"(?:谁|哪|最).{0,12}(?:预算|决算|支出|收入|盘子|规模|花|总额|总数).{0,6}|"
    r"(?:预算|决算|支出|收入|盘子|规模|总额|总数|总量).{0,8}(?:谁|哪|最|更|差(?:多少|几)|一样|相同|相等|一致)|"
    r"\b(?:which|whose)\b.{0,40}\b(?:budget|total|accounts?)\b|\bbudget\b.{0,30}\b(?:larger|bigger|higher)\b"
)
_COMPARED_OPERATIONS = (Operation.DIFFERENCE, Operation.AUDIT, Operation.COMPARE, Operation.RATIO)


def _about_the_whole(plan: Plan) -> Plan:
    """A question for money that names no account (预算多少, 花了多少钱) means the total."""
    plain = plan.operation in (Operation.LOOKUP, Operation.NARRATE)
    listed = plain and plan.measure in _LISTED_MEASURES
    if listed and not plan.mentions and len(plan.leftover) < 2:
        return replace(plan, operation=Operation.LOOKUP)
    ranked = _RANKED_WHOLE.search(plan.text)
    several = len(plan.scope.reports) > 1
    if ranked and not (several or plan.operation is Operation.RANK):
        ranked = None
    asks = plan.money or ranked or plan.measure in ("budget", "change", "rate", "completion")
    if plan.measure == "prior" and re.search(r"预算|决算|支出|收入|总|budget", plan.text):
        asks = True
    wholes = (*_WHOLE_OPERATIONS, *(_COMPARED_OPERATIONS if several else ()))
    open_ended = plan.operation in wholes and plan.measure in _WHOLE_MEASURES
    if plan.mentions or len(plan.leftover) > 1 or plan.unit or not (asks and open_ended):
        return plan
    if plan.operation is Operation.RANK and plan.basis:
        return plan  # 哪个科目少花得最多: a set, not a total
    if plan.basis and not (plan.scope.named_body and _OF_A_TOTAL.search(plan.text)):
        return replace(plan, operation=Operation.LOOKUP)  # every total that is compared
    total = Mention(0, 0, "", "grand.total", Via.DENSE, score=0.5, weak=True)
    operation = Operation.LOOKUP if plan.operation is Operation.NARRATE else plan.operation
    return replace(plan, mentions=(total,), operation=operation)


_OF_A_TOTAL = re.compile(
    r"预算|决算|支出|收入|花|钱|总|budget|spen[dt]|spending|revenue|income|total"
)
_QUESTION_WORDS = re.compile(
    r"请问|平均|每个月|每月|月均|多少|什么|怎么样|怎么|如何|有没有|是不是|是否|为什么|为何|为啥|哪些|哪一项|哪项|哪个|几个|几项|到底|究竟|一共|总共|实际|"
    r"是多少|做到|达到|报告|年度|全年|今年|当年|的|了|吗|呢|吧|啊|呀|是|有|在|里|中|和|与|及|百分之几|百分之|完成率|比例|占比|完成得|"
    r"占(?=多少|几)|原?计划|原定|预定|实际|少(?=[发做完花])|多(?=[发做完花])|超额?|没|完成|目标|得分|分数|花|元|万元|钱|笔|份|人次|人|个|项|20\d\d|\d+"
)


def gist_of(text: str, mentions: Sequence[Mention]) -> str:
    """The question's own words for the thing it asks about, for matching against labels."""
    chars = list(text)
    for mention in mentions:
        if not mention.weak:
            chars[mention.start : mention.end] = " " * (mention.end - mention.start)
    rest = re.sub(r"[^\u3400-\u9fffa-z0-9]", " ", "".join(chars))
    return " ".join(_QUESTION_WORDS.sub(" ", rest).split())


__all__ = ["gist_of", "link_loosely", "understand"]
