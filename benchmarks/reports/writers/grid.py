"""A sheet as cells with spans: what DOCX, HTML and XLSX have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.reports.model import Role, Sheet


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a grid: it covers `rows` × `columns` from (row, column)."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    header: bool = False
    figure: bool = False


def places(sheet: Sheet) -> tuple[tuple[Place, ...], int]:
    """The cells of header and rows in reading order, and the number of rows."""
    found = [Place(s.row, s.column, s.rows, s.columns, s.text, True) for s in sheet.header]
    at = sheet.header_rows
    if any(sheet.line_row):
        found += [Place(at, i, 1, 1, text, True) for i, text in enumerate(sheet.line_row)]
        at += 1
    found += list(_body(sheet, at))
    return tuple(sorted(found, key=lambda p: (p.row, p.column))), at + len(sheet.rows)


def _body(sheet: Sheet, at: int) -> Iterator[Place]:
    tall = groups(sheet)
    for r, row in enumerate(sheet.rows):
        reach = dict(row.merged)
        covered = {c + i for c, n in row.merged for i in range(1, n)}
        for c, text in enumerate(row.texts):
            height = tall.get((r, c), 1)
            if c in covered or not height:
                continue
            figure = sheet.columns[c].role is Role.VALUE
            yield Place(at + r, c, height, reach.get(c, 1), text, figure=figure)


def groups(sheet: Sheet) -> dict[tuple[int, int], int]:
    """How many rows the cells of a group column cover; 0 for those that are covered."""
    tall: dict[tuple[int, int], int] = {}
    for c, column in enumerate(sheet.columns):
        if column.role is not Role.GROUP:
            continue
        first = 0
        for r, row in enumerate(sheet.rows):
            same = r and row.texts[c] == sheet.rows[first].texts[c] and not row.merged
            if not same or sheet.rows[first].merged:
                first = r
                tall[r, c] = 1
            else:
                tall[first, c] += 1
                tall[r, c] = 0
    return tall
