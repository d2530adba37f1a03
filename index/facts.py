"""Cells by their address and content, from the database."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from corpus.model import Placement
from index import schema
from index.model import FactQuery, FactRow
from index.passages import describe_row
from index.words import plain_label

_reports, _tables, _rows, _columns, _facts = (
    schema.reports,
    schema.tables,
    schema.rows,
    schema.columns,
    schema.facts,
)

_ALL = (
    select(
        _reports.c.id.label("report"),
        _tables.c.name.label("table"),
        _tables.c.title.label("table_title"),
        _rows.c.label.label("row"),
        _rows.c.code,
        _rows.c.line,
        _columns.c.label.label("column"),
        _facts.c.value,
        _facts.c.text,
        _facts.c.unit,
        _rows.c.page,
        _tables.c.page.label("table_page"),
        _facts.c.placed_by,
        _facts.c.table_id,
        _facts.c.row_id,
        _facts.c.column_id,
    )
    .select_from(_facts)
    .join(_reports, _reports.c.key == _facts.c.report)
    .join(_tables, (_tables.c.report == _facts.c.report) & (_tables.c.id == _facts.c.table_id))
    .join(
        _rows,
        (_rows.c.report == _facts.c.report)
        & (_rows.c.table_id == _facts.c.table_id)
        & (_rows.c.id == _facts.c.row_id),
    )
    .join(
        _columns,
        (_columns.c.report == _facts.c.report)
        & (_columns.c.table_id == _facts.c.table_id)
        & (_columns.c.id == _facts.c.column_id),
    )
    .order_by(_facts.c.report, _facts.c.table_id, _facts.c.row_id, _facts.c.column_id)
)


def find(connection: Connection, query: FactQuery) -> Iterator[FactRow]:
    """The cells that `query` describes, report by report in reading order."""
    statement = _value(_column(_row(_table(_report(_ALL, query), query), query), query), query)
    statement = statement.limit(query.limit).offset(query.offset or None)
    streamed = connection.execution_options(yield_per=1000).execute(statement)
    for row in streamed:
        yield _fact(row)


def row_text(connection: Connection, report: int, table: int, row: int) -> str:
    """The row as `describe_row` puts it; `report` is the internal key."""
    head = (
        select(_tables.c.title, _rows.c.code, _rows.c.path, _rows.c.label)
        .join(_rows, (_rows.c.report == _tables.c.report) & (_rows.c.table_id == _tables.c.id))
        .where(_tables.c.report == report, _tables.c.id == table, _rows.c.id == row)
    )
    title, code, path, label = connection.execute(head).one()
    cells = (
        select(_columns.c.label, _facts.c.text)
        .join(
            _facts,
            (_columns.c.report == _facts.c.report)
            & (_columns.c.table_id == _facts.c.table_id)
            & (_columns.c.id == _facts.c.column_id),
        )
        .where(_facts.c.report == report, _facts.c.table_id == table, _facts.c.row_id == row)
        .where(_facts.c.text != "")
        .order_by(_facts.c.column_id)
    )
    filled = [(name, text) for name, text in connection.execute(cells)]
    return describe_row(title, code, f"{path}/{label}" if path else label, filled)


def _report(statement: Select[Any], query: FactQuery) -> Select[Any]:
    wanted = (*query.reports, *((query.report,) if query.report is not None else ()))
    return statement.where(_reports.c.id.in_(wanted)) if wanted else statement


def _table(statement: Select[Any], query: FactQuery) -> Select[Any]:
    if query.table_id is not None:
        statement = statement.where(_facts.c.table_id == query.table_id)
    if query.table is not None:
        statement = statement.where(
            or_(
                _tables.c.name == query.table,
                _tables.c.title == query.table,
                _tables.c.statement == query.table,
            )
        )
    return statement


def _row(statement: Select[Any], query: FactQuery) -> Select[Any]:
    if query.label is not None:
        statement = statement.where(_rows.c.plain == plain_label(query.label))
    if query.contains is not None:
        part = plain_label(query.contains)
        statement = statement.where(_rows.c.plain.contains(part, autoescape=True))
    if query.code is not None:
        statement = statement.where(_rows.c.code == query.code)
    if query.line is not None:
        statement = statement.where(_rows.c.line == query.line)
    return statement


def _column(statement: Select[Any], query: FactQuery) -> Select[Any]:
    if query.column is None:
        return statement
    return statement.where(or_(_columns.c.role == query.column, _columns.c.label == query.column))


def _value(statement: Select[Any], query: FactQuery) -> Select[Any]:
    if query.filled:
        statement = statement.where(_facts.c.value.is_not(None))
    if query.least is not None:
        statement = statement.where(_facts.c.amount >= float(query.least))
    if query.most is not None:
        statement = statement.where(_facts.c.amount <= float(query.most))
    return statement


def _fact(row: Row[Any]) -> FactRow:
    return FactRow(
        report=row.report,
        table=row.table,
        table_title=row.table_title,
        row=row.row,
        code=row.code,
        line=row.line,
        column=row.column,
        value=None if row.value is None else Decimal(row.value),
        text=row.text,
        unit=row.unit,
        page=row.table_page if row.page is None else row.page,
        placed_by=Placement(row.placed_by),
        table_id=row.table_id,
        row_id=row.row_id,
        column_id=row.column_id,
    )
