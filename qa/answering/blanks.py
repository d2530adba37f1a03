"""Whether a table that is named is empty: what it holds, and the note under it."""

from __future__ import annotations

import re

from corpus import Cell, Table
from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.compose import Writer
from qa.figures import Source, of_entry
from qa.ledger import CellPlace
from qa.plan import Operation

_EMPTY = re.compile(
    r"空表|空的|为空|空白|空着|是空|没(?:有)?(?:数|数据|内容|数字)|\b(?:empty|blank)\b"
)


def emptiness(context: Context) -> Answer | None:
    """公开几表是空的吗: yes with its note, or no with a figure that it holds."""
    plan = context.plan
    if not _EMPTY.search(plan.utterance.text):
        return None
    tables = plan.tables or _titled(context)
    if not tables:
        return None
    if plan.operation in (Operation.LIST, Operation.COUNT):
        return None  # which rows of the table are empty is another question
    report_id, table_id = tables[0]
    source = next((s for s in context.sources if s.ledger.report.id == report_id), None)
    if source is None:
        return None
    table = source.ledger.report.tables[table_id]
    filled = [c for c in table.cells if c.value]
    writer = context.writer().name(table.name)
    if filled:
        _write_filled(context, writer, source, table, filled[0])
    else:
        writer.say("是空表，没有数据", " is empty")
        if table.rows and table.columns:
            writer.mark(report_id, CellPlace(table_id, table.rows[0].id, table.columns[0].id))
    note = next((n for n in table.notes if re.search(r"空|无", n)), "")
    if note:
        writer.say("；表下注明", "; its note: ").note(report_id, table_id, note)
        if filled:
            writer.say("，与表中数据不符", ", which its figures deny")
    return answered(writer.say("。", "."))


def _titled(context: Context) -> tuple[tuple[str, int], ...]:
    """The tables whose title says the account that the question names, where it says 表."""
    if "表" not in context.plan.text:
        return ()
    names = [m.surface for m in context.plan.strong if len(m.surface) >= _LONG_NAME]
    return tuple(
        (source.ledger.report.id, table.id)
        for source in context.sources
        for table in source.ledger.report.tables
        if any(name in table.title for name in names)
    )


_LONG_NAME = 4


def _write_filled(
    context: Context, writer: Writer, source: Source, table: Table, cell: Cell
) -> None:
    writer.say("不是空表，表中有数据", " is not empty")
    entry = source.ledger.at(CellPlace(table.id, cell.row, cell.column))
    if entry is not None and entry.value is not None:
        writer.say("，如", ", for example ").name(context.called(entry.label, entry.item))
        writer.say("为", ": ").figure(of_entry(entry))
