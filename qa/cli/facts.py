"""`facts`: every table cell, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.store import StoreOption, open_library, resolve

if TYPE_CHECKING:
    from index import FactRow

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
    from index import FactQuery

    with open_library(store) as library:
        query = FactQuery(reports=resolve(library, report or ()))
        rows = (_flat(fact) for fact in library.iter_facts(query))
        if form is Format.JSONL:
            for row in rows:
                print(json.dumps(row, ensure_ascii=False))
        else:
            _print_csv(rows)


def _print_csv(rows: Iterator[dict[str, str | int | None]]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _flat(fact: FactRow) -> dict[str, str | int | None]:
    values = (
        fact.report,
        fact.table,
        fact.table_title,
        fact.row,
        fact.code,
        fact.line,
        fact.column,
        fact.text if fact.value is None else f"{fact.value:f}",
        fact.unit,
        fact.page,
        fact.placed_by.value,
    )
    return dict(zip(COLUMNS, values, strict=True))
