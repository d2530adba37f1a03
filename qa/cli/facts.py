"""`facts`: every table cell, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from corpus.model import Cell, Report, Table
from qa.cli.store import StoreOption, open_library, resolve

COLUMNS = (
    "report",
    "table",
    "table_title",
    "row",
    "code",
    "line",
    "column",
    "value",
    "unit",
    "page",
    "placed_by",
)


class Format(StrEnum):
    """How cells are written out."""

    CSV = "csv"
    JSONL = "jsonl"


def facts(
    form: Annotated[Format, typer.Option("--format", help="csv or jsonl.")] = Format.CSV,
    report: Annotated[
        list[str] | None, typer.Option(help="Only this report (id or file name).")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Print every table cell; an empty value is a cell that the report leaves blank."""
    library = open_library(store)
    ids = resolve(library, report) if report else [card.id for card in library.reports()]
    rows = (row for id_ in ids for row in cells_of(library.report(id_)))
    if form is Format.JSONL:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def cells_of(report: Report) -> Iterator[dict[str, str | int | None]]:
    """The cells of a report as flat rows, in the order of its tables, rows and columns."""
    for table in report.tables:
        for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
            yield _flat(report, table, cell)


def _flat(report: Report, table: Table, cell: Cell) -> dict[str, str | int | None]:
    row, column = table.rows[cell.row], table.columns[cell.column]
    page = row.page if row.page is not None else table.page
    values = (
        report.id,
        table.name,
        table.title,
        row.label,
        row.code,
        row.line,
        column.label,
        cell.text if cell.value is None else f"{cell.value:f}",
        cell.unit,
        page,
        cell.placed_by.value,
    )
    return dict(zip(COLUMNS, values, strict=True))
