"""How many: counts that a sentence states, and counts of the members of a set."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Answer
from qa.answering import named
from qa.answering.conditions import satisfying
from qa.answering.context import Context, answered, clean
from qa.answering.groups import likely_group_of, sure_group_of
from qa.answering.listed import stated_count
from qa.answering.members import (
    MAX_LISTED,
    Group,
    Member,
    clean_title,
    write_members,
    write_names,
    write_opening,
)
from qa.compose import Writer
from qa.figures import of_entry
from qa.ledger import CellPlace

_NUMBER = re.compile(r"(?<!\d)(?!20\d\d)\d+(?:\.\d+)?\s*(?:%|万?元|分|人)")
_UNITS = ("个", "项", "类", "种", "条", "款", "家", "点")


def stated(context: Context) -> Answer | None:
    """A count that a sentence gives outright: 涉及项目1个."""
    found = stated_count(context)
    if found is None:
        return None
    _, entry = found
    writer = context.writer().name(clean(entry.label)).say("共有", ": ").figure(of_entry(entry))
    return answered(writer.say("。", "."))


def count(context: Context) -> Answer | None:
    """How many of a set satisfy the condition, and which."""
    if context.plan.unit == "张" and "表" in context.plan.text and not context.plan.strong:
        return _statements(context)
    if context.plan.unit not in ("", *_UNITS):
        return None  # people or copies are not counted by counting accounts
    if context.plan.condition is None and _NUMBER.search(context.plan.text):
        return None  # a bound that was not understood would be ignored
    group = sure_group_of(context)
    if group is None:
        by_name = named.count(context)
        if by_name is not None:
            return by_name
        group = likely_group_of(context)
    if group is None:
        return None
    chosen = satisfying(context, group)
    writer = write_opening(context.writer(), group)
    if context.plan.condition is not None:
        writer.say("符合条件的", "")
    writer.say("共有", "").counted(len(chosen), _unit(context))
    _write_which(context, writer, group, chosen)
    return answered(writer.say("。", "."))


def _statements(context: Context) -> Answer | None:
    """How many numbered statements a report has."""
    for source in context.sources:
        report = source.ledger.report
        tables = [t for t in report.tables if t.number]
        if tables:
            writer = context.writer().say("编号的报表共有", "numbered statements: ")
            writer.counted(len(tables), "张").say("：", ": ")
            for position, table in enumerate(tables):
                writer.say("、" if position else "", ", " if position else "")
                writer.name(f"{table.number}{clean_title(table.title)}")
                writer.mark(report.id, CellPlace(table.id, 0, 0))
            return answered(writer.say("。", "."))
    return None


def _write_which(context: Context, writer: Writer, group: Group, chosen: Sequence[Member]) -> None:
    """The counted members; where there are none, the place that was looked at."""
    if not chosen:
        entry = group.members[0].figure.entry
        if entry is not None:
            writer.mark(entry.report, entry.place)
    elif len(chosen) <= MAX_LISTED:
        writer.say("：", ": ")
        by_name = group.kind == "names" or all(m.figure.value is None for m in chosen)
        (write_names if by_name else write_members)(context, writer, chosen)


def _unit(context: Context) -> str:
    return context.plan.unit or "项"
