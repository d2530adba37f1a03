"""Text as a printer flattens it: lines cut by width, tables without their blank cells."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reports.model import Heading, Made, Paragraph, Role, Sheet, SheetRow, Span

LINE = 26  # characters of a line of prose


def write(made: Made, path: Path) -> None:
    """Write the report as flattened text."""
    path.write_text("\n\n".join(lines(made)) + "\n", encoding="utf-8")


def lines(made: Made) -> Iterator[str]:
    """The printed lines; page ends leave lines of nothing, as extraction does."""
    chance = random.Random(f"{made.seed} {made.year} pages")
    for block in made.blocks:
        if isinstance(block, Heading):
            if block.level == 1:
                yield "\n"
            yield from cut(block.text, LINE)
        elif isinstance(block, Paragraph):
            for line in cut(block.text, LINE):
                yield line
                if chance.random() < 0.04:
                    yield "\n"
        else:
            yield "\n"
            yield from sheet_lines(block, wrapped=made.difficulty.wrapped)


def cut(text: str, width: int) -> list[str]:
    """`text` in lines of about `width` characters; a number is never divided."""
    found, line = [], ""
    for token in _tokens(text):
        if line and len(line) + len(token) > width and token[0] not in "，。；：、）":
            found.append(line)
            line = ""
        line += token
    return [*found, line] if line else found


def _tokens(text: str) -> Iterator[str]:
    run = ""
    for char in text:
        if char.isascii() and char not in " ":
            run += char
            continue
        if run:
            yield run
            run = ""
        yield char
    if run:
        yield run


def sheet_lines(sheet: Sheet, *, wrapped: bool) -> Iterator[str]:
    """A statement: title, number, unit, the header in pieces, rows without blanks, notes."""
    yield sheet.title
    if sheet.number:
        yield sheet.number
    yield " ".join(part for part in (sheet.by, sheet.unit_line) if part)
    yield from _header(sheet)
    if any(sheet.line_row):
        yield from _line_row(sheet)
    for row in sheet.rows:
        yield from _row(sheet, row, wrapped)
    for note in sheet.notes:
        yield from cut(note, 2 * LINE)


def _header(sheet: Sheet) -> Iterator[str]:
    """Header cells by rows: those of one line share it, a narrow one is printed in pieces."""
    open_line: list[str] = []
    for row in range(sheet.header_rows):
        for span in sheet.header:
            if span.row != row:
                continue
            pieces = cut(span.text, _letters(sheet, span))
            if len(pieces) == 1:
                open_line += pieces
                continue
            if open_line:
                yield " ".join(open_line)
            yield from pieces
            open_line = []
        if open_line:
            yield " ".join(open_line)
        open_line = []


def _letters(sheet: Sheet, span: Span) -> int:
    """How many characters fit into a header cell."""
    covered = sheet.columns[span.column : span.column + span.columns]
    total = sum(column.width for column in sheet.columns)
    return max(1, int(48 * sum(c.width for c in covered) / total))


def _line_row(sheet: Sheet) -> Iterator[str]:
    codes = any(c.role is Role.CODE for c in sheet.columns)
    if codes:
        yield "类 款 项"
    yield " ".join(text for text in sheet.line_row if text)


def _row(sheet: Sheet, row: SheetRow, wrapped: bool) -> Iterator[str]:
    """One row; a label that does not fit stands on lines between its code and its figures."""
    line: list[str] = []
    for column, text in zip(sheet.columns, row.texts, strict=True):
        room = 16 if not wrapped else 9
        if column.role is Role.LABEL and len(text) > room and column.path[-1] != "合计":
            if line:
                yield " ".join(line)
            yield from cut(text, room)
            line = []
        elif text:
            line.append(text)
    if line:
        yield " ".join(line)
