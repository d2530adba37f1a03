"""From a report to what can be found in it: its passages and the rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model import Cell, Report, Row, Table
from index.masking import masked

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

PASSAGE = "passage"
ROW = "row"
# Names the rules below. Change it with them: stores made under other rules are then rebuilt.
ENTRIES = "masked-passages+rows-2"

_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?度?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage or row.

    `text` is what a reader is shown; `embedded` is what the embedding model sees: a passage
    without names and figures (see `index.masking`), a row as the statement's title and its label.
    """

    kind: str
    address: tuple[int, int]  # (passage, 0) or (table, row)
    section: int
    page: int | None
    text: str
    embedded: str
    headings: tuple[str, ...]


def entries(report: Report) -> tuple[Entry, ...]:
    """Everything that can be found in `report`: passages in order, then rows table by table."""
    return (*_passages(report), *_rows(report))


def nodes(report: Report) -> tuple[TextNode, ...]:
    """The report's passages and table rows as llama-index nodes.

    Each carries its heading path and address as metadata; what an embedding model is shown is
    the text alone, since a heading path in front repeats the body's long name in every vector.
    Imports llama-index.
    """
    from index.llama import nodes as make

    return make(report)


def _passages(report: Report) -> Iterator[Entry]:
    paths = [report.path(section.id) for section in report.sections]
    for passage in report.passages:
        text = passage.text.strip()
        if not text:
            continue
        headings = paths[passage.section] if passage.section < len(paths) else ()
        yield Entry(
            PASSAGE,
            (passage.id, 0),
            passage.section,
            passage.page,
            text,
            masked(text, report.identity),
            headings,
        )


def _rows(report: Report) -> Iterator[Entry]:
    paths = [report.path(section.id) for section in report.sections]
    for table in report.tables:
        headings = paths[table.section] if table.section < len(paths) else ()
        by_row: dict[int, list[Cell]] = {}
        for cell in table.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in table.rows:
            if row.label.strip():
                text = row_text(table, row, by_row.get(row.id, []))
                page = row.page or table.page
                yield Entry(
                    ROW,
                    (table.id, row.id),
                    table.section,
                    page,
                    text,
                    masked(_row_meaning(table, row), report.identity),
                    (*headings, table.number) if table.number else headings,
                )


def row_text(table: Table, row: Row, cells: list[Cell]) -> str:
    """The row as `describe_row` puts it."""
    labels = {column.id: column.label for column in table.columns}
    filled = [(labels[c.column], c.text) for c in cells if c.text and c.column in labels]
    return describe_row(table.title, row.code, "/".join((*row.path, row.label)), filled)


def describe_row(title: str, code: str, label: str, filled: Iterable[tuple[str, str]]) -> str:
    """`title | code label | column=value；…`, with only the filled cells given."""
    values = "；".join(f"{column}={text}" for column, text in filled)
    return " | ".join(part for part in (title, f"{code} {label}".strip(), values) if part)


def _row_meaning(table: Table, row: Row) -> str:
    title = _YEAR.sub("", table.title).strip()
    return f"{title}：{'/'.join((*row.path, row.label))}" if title else row.label
