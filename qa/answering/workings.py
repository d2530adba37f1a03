"""How a printed figure comes about, and whether two tables that are named give the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.answering.indicators import group_of_indicators
from qa.figures import Figure, Source, difference_of, of_entry, sum_of
from qa.gather import basis_kind
from qa.ledger import CellPlace, Entry

_HOW = re.compile(
    r"怎么(?:算|来|得)(?:的|出来)|如何(?:计算|算)|怎么得来|是不是各项(?:相加|之和)|"
    r"how (?:was|is) .{0,40}(?:calculated|computed|worked out)"
)
_SAID = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(%|分)")
_DERIVED = ("completion", "rate", "share", "change")
_SAME = re.compile(r"一致|一样|相等|相同|同一个|对得上|相符|差(?:多少|额)|\b(?:same|match|agree)\b")


def worked_out(context: Context) -> Answer | None:
    """这个百分比怎么来的: the calculation behind a figure that the question repeats."""
    text = context.plan.utterance.text
    said = _SAID.search(text)
    if said is None or not _HOW.search(text):
        return None
    value, unit = Decimal(said.group(1).replace(",", "")), said.group(2)
    for source in context.sources:
        for entry in source.ledger.entries:
            if entry.value == value and entry.unit == unit and entry.measure in _DERIVED:
                found = _recomputed(context, source, entry)
                if found is not None:
                    return _written(context, entry, found)
    return _of_points(context, value) if unit == "分" else None


def _recomputed(context: Context, source: Source, entry: Entry) -> Figure | None:
    basis = basis_kind(entry.basis, source.year) if entry.measure in ("rate", "change") else ""
    want = replace(context.want().measuring(entry.measure, basis), side="")
    want = replace(want, keys=frozenset({entry.item}), units=frozenset())
    figure = context.figure(source, entry.item, want)
    same = figure is not None and figure.value == entry.value and figure.step is not None
    return figure if same else None


def _written(context: Context, entry: Entry, figure: Figure) -> Answer:
    writer = context.writer().name(clean(entry.label)).say("：", ": ")
    writer.figure(figure).working(figure)
    return answered(writer.say("。", "."))


def _of_points(context: Context, total: Decimal) -> Answer | None:
    """A total score as the sum of its points: those of the indicators and of the budget."""
    group = group_of_indicators(context)
    if group is None:
        return None
    scores = [replace(s, label=m.label) for m in group.members if (s := m.by("score"))]
    first = scores[0].entry if scores else None
    if first is None or not isinstance(first.place, CellPlace):
        return None
    table = group.source.ledger.report.tables[first.place.table]
    columns = {c.id for c in table.columns if c.role == "budget.score"}
    scores += [
        of_entry(e)
        for e in group.source.ledger.of_table(table.id)
        if isinstance(e.place, CellPlace) and e.place.column in columns and e.value is not None
    ]
    added = sum_of(tuple(scores))
    if added is None or added.value != total:
        return None
    writer = context.writer()
    for position, score in enumerate(scores):
        writer.say("、" if position else "", ", " if position else "").name(clean(score.label))
        writer.say("", " ").figure(score)
    return answered(writer.say("，合计为", "; in all ").figure(added).say("。", "."))


# --- two tables -----------------------------------------------------------------------------------


def in_two_tables(context: Context) -> Answer | None:
    """公开03表和公开05表的合计一致吗: one account, or the total, in both tables."""
    plan = context.plan
    if len(plan.tables) != 2 or not _SAME.search(plan.utterance.text):
        return None
    found = [_in_table(context, report, table) for report, table in plan.tables]
    a, b = found
    gap = difference_of(a[1], b[1]) if a and b else None
    if a is None or b is None or gap is None or gap.value is None:
        return None
    writer = context.writer()
    for name, figure in (a, b):
        writer.name(name).name(figure.label).say("为", ": ").figure(figure).say("，", ", ")
    if gap.value == 0:
        return answered(writer.say("两者一致。", "both are the same."))
    return answered(
        writer.say("两者相差", "they differ by ").figure(gap).working(gap).say("。", ".")
    )


def _in_table(context: Context, report: str, table: int) -> tuple[str, Figure] | None:
    source = next((s for s in context.sources if s.ledger.report.id == report), None)
    if source is None:
        return None
    items = {m.item for m in context.plan.strong}
    entries = [
        e
        for e in source.ledger.of_table(table)
        if isinstance(e.place, CellPlace) and e.value is not None and e.measure == "amount"
    ]
    entry = _main(source, table, entries, items)
    name = source.ledger.report.tables[table].name
    return (name, replace(of_entry(entry), label=clean(entry.label))) if entry else None


def _main(source: Source, table: int, entries: Sequence[Entry], items: set[str]) -> Entry | None:
    """The account that is named, otherwise the row of the total, at its first column."""
    rows = {r.id: r for r in source.ledger.report.tables[table].rows}
    for entry in entries:
        place = entry.place
        assert isinstance(place, CellPlace)
        total = rows[place.row].role == "total"
        if (entry.item in items and not entry.required) if items else total:
            return entry
    return None
