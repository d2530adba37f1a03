"""The figures that sentences state, as entries: what a claim's subject and setting say of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from corpus import Claim, Level, Measure, Report
from qa.coverage import planned
from qa.entry import PLAIN, Entry, SpanPlace, context_of, whole_unit
from qa.names import bare
from qa.told import Saying, sayings
from qa.vocabulary import by_key, key_of, roles

_PROSE_RANK = 10_000


def claim_entries(report: Report) -> list[Entry]:
    """Every claim of the report's sentences as an entry, in the order of its text."""
    passages = {claim.passage for claim in report.claims}
    paths = {p: report.path(report.passages[p].section) for p in passages}
    entries = [_claim_entry(report, claim, paths[claim.passage]) for claim in report.claims]
    if report.identity.level is not Level.GOVERNMENT:
        return entries
    return [_as_meant(e, s) for e, s in zip(entries, sayings(report), strict=True)]


_LONG_AGO = re.compile(r"十[一二三四五]五|五年前|20[01]\d年")


def _as_meant(entry: Entry, saying: Saying) -> Entry:
    """A figure of a government's report with what its sentence says of item, place and fund."""
    context = {saying.area, saying.fund} - {"", saying.item}
    measure = entry.measure
    if saying.planned and measure == PLAIN:
        measure = "budget"
    if measure == "rate" and not entry.basis and entry.label.endswith("率"):
        measure = PLAIN  # 债务率为115% is a level
    if measure in ("rate", "change") and not saying.period and _LONG_AGO.search(entry.basis):
        measure = "since"  # a rise over five years is none against the year before
    return replace(
        entry,
        item=saying.item,
        label=saying.label,
        required=frozenset(),
        context=(entry.context | context) - {saying.item},
        measure=measure,
        region=saying.region,
        period=saying.period,
        year=None if saying.period else entry.year,
    )


def _claim_entry(report: Report, claim: Claim, path: tuple[str, ...]) -> Entry:
    quantity, text = claim.quantity, report.passages[claim.passage].text
    item, required = _counted_vehicles(_claim_item(claim.subject), claim, text)
    return Entry(
        report=report.id,
        item=item,
        label="购置车辆" if item == "vehicles.bought" else claim.subject,
        required=required,
        context=context_of(claim.subject) - {item, ""},
        measure=_claim_measure(claim, report),
        side=_claim_side(claim.subject),
        value=quantity.value if quantity else None,
        unit=whole_unit(quantity.unit) if quantity else "",
        text=quantity.written if quantity else "",
        code="",
        basis=claim.basis,
        year=_dated(text[: claim.start]) or claim.year or report.identity.year,
        place=SpanPlace(claim.passage, claim.start, claim.end),
        path=path,
        rank=_PROSE_RANK + claim.passage,
    )


_BUYING = re.compile(r"购置|购买|新购|更新")


def _counted_vehicles(item: str, claim: Claim, text: str) -> tuple[str, frozenset[str]]:
    """(item, required) of a number of vehicles: those to be bought are not those held."""
    if claim.quantity is None or claim.quantity.unit != "辆":
        return item, frozenset()
    start = max(text.rfind(mark, 0, claim.start) for mark in "。；;") + 1
    if not _BUYING.search(text, start, claim.start):
        return item, frozenset()
    if item == "vehicles.owned":
        return "vehicles.bought", frozenset()
    return item, frozenset({"vehicles.bought"})


_AS_OF = re.compile(r"截[至止]到?(20\d\d)\s*年")


def _dated(before: str) -> int | None:
    """The year of the day that a paragraph speaks of so far: 截至2022年12月31日，……."""
    days = _AS_OF.findall(before)
    return int(days[-1]) if days else None


_MODIFIER = re.compile(
    r"^(?:本部门|本单位|我单位|我部门|全院|全局|全年|年度|当年|本年度?|一般公共预算(?:财政拨款|拨款)?|财政拨款|"
    r"列明|安排的?|使用|用于|拟(?=购买|采购)|部门|单位|的)"
)


@lru_cache(maxsize=16384)
def _claim_item(subject: str) -> str:
    """The item of a sentence's subject; modifiers before a known account are set aside.

    本部门一般公共预算机关运行经费预算支出 is 机关运行经费 of the general public budget.
    """
    whole = key_of(subject)
    rest = bare(subject)
    for item, subjects in roles().subjects_said.items():
        if rest in subjects:
            return item
    while whole not in by_key() and (shorter := _MODIFIER.sub("", rest)) != rest:
        rest = shorter
        if key_of(rest) in by_key():
            return key_of(rest)
    return whole


def _claim_measure(claim: Claim, report: Report) -> str:
    """无预算安排 is a budget of nothing; other plain figures and counts are amounts.

    In a budget what is planned is the amount itself, as it is in its tables.
    """
    identity = report.identity
    ahead = bool(claim.year and identity.year and claim.year > identity.year)
    if claim.measure is Measure.BUDGET and (ahead or planned(report)):
        return PLAIN if ahead or claim.year in (None, identity.year) else "budget"
    if claim.measure is Measure.NONE:
        return "budget" if "预算" in claim.basis else PLAIN
    return PLAIN if claim.measure in (Measure.AMOUNT, Measure.COUNT) else claim.measure.value


def _claim_side(subject: str) -> str:
    if "收入" in subject and "支出" not in subject:
        return "income"
    return "expenditure" if "支出" in subject and "收入" not in subject else ""
