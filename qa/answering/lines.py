"""Cells by their printed numbers: 公开01表第39行, 03表第2栏, line 32."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import Column, Row, Table
from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.answering.members import clean_title, write_value
from qa.figures import Source, of_entry
from qa.ledger import CellPlace, Entry

_ROW = re.compile(
    r"(?<!\d)第?\s*(?<!\d)(\d{1,3})\s*行(?![业政为动文])|行次\D{0,3}(\d{1,3})|\b(?:line|row)\s*(?:no\.?\s*)?(\d{1,3})\b"
)
_COLUMN = re.compile(
    r"第?\s*(\d{1,2})\s*[栏列]|[栏列]次?\D{0,2}(\d{1,2})(?!\d)|\bcolumn\s*(\d{1,2})\b"
)
_MOST = 12  # cells that an answer shows


@dataclass(frozen=True, slots=True)
class Named:
    """A cell that the numbers name, with the row and column it stands in."""

    table: Table
    row: Row
    column: Column
    entry: Entry


def by_number(context: Context) -> Answer | None:
    """The cells of the line and column that the question numbers; None where it numbers none."""
    text = context.plan.utterance.text
    line, column = _number(_ROW, text), _number(_COLUMN, text)
    if not line and not (column and context.plan.tables):
        return None
    for source in context.sources:
        found = list(_cells(context, source, line, column))[:_MOST]
        if found:
            return _written(context, found)
    return None


def _number(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return str(int(next(g for g in found.groups() if g))) if found else ""


def _cells(context: Context, source: Source, line: str, column: str) -> Iterable[Named]:
    report = source.ledger.report
    named = [report.tables[t] for r, t in context.plan.tables if r == report.id]
    for table in named or report.tables:
        rows = [r for r in table.rows if r.line == line] if line else _rows(context, table)
        for row in rows:
            yield from _of_row(source, table, row, column)


def _rows(context: Context, table: Table) -> Sequence[Row]:
    """The rows that the question names besides the column: an account, otherwise the total."""
    items = {m.item for m in context.plan.strong}
    source = next(s for s in context.sources if table in s.ledger.report.tables)
    of_item = {
        e.place.row
        for e in source.ledger.of_table(table.id)
        if isinstance(e.place, CellPlace) and e.item in items
    }
    rows = [r for r in table.rows if r.id in of_item]
    return rows or [r for r in table.rows if r.role == "total"] or table.rows


def _of_row(source: Source, table: Table, row: Row, column: str) -> Iterable[Named]:
    columns = {c.id: c for c in table.columns}
    cells = [c for c in table.row_cells(row.id) if not column or columns[c.column].line == column]
    filled = [c for c in cells if c.text] or cells
    for cell in filled:
        entry = source.ledger.at(CellPlace(table.id, row.id, cell.column))
        if entry is not None:
            yield Named(table, row, columns[cell.column], entry)


def _written(context: Context, found: Sequence[Named]) -> Answer:
    writer = context.writer()
    for position, one in enumerate(found):
        writer.say("；" if position else "", "; " if position else "")
        name = one.table.number or clean_title(one.table.title)
        writer.name(f"{name}{one.row.label or one.row.code}（{one.column.label}）")
        write_value(writer, of_entry(one.entry))
    return answered(writer.say("。", "."))
