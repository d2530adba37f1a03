"""A table as it is printed, for a spreadsheet: which cell stands where and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from corpus import Column, Row, Table
from qa.web.tables import Block, bands_of, side_by_side
from qa.web.words import Words


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of the sheet, counted from 0. `content` is a Decimal where the report has a figure."""

    row: int
    column: int
    content: str | Decimal
    rowspan: int = 1
    colspan: int = 1
    is_head: bool = False


def laid_out(table: Table, words: Words) -> tuple[Placed, ...]:
    """Every cell of the table with its headers, side-by-side parts beside each other."""
    placed: list[Placed] = []
    top = 0
    for blocks in side_by_side(table):
        levels = max((len(c.path) for block in blocks for c in block.columns), default=1)
        left = 0
        for block in blocks:
            placed += _heads(block, top, left, levels, words)
            left += block.labels + len(block.columns)
        for line, rows in enumerate(bands_of(blocks), start=top + levels):
            placed += _line(table, blocks, rows, line)
        top = 1 + max((cell.row + cell.rowspan for cell in placed), default=0)
    return tuple(placed)


def grid(table: Table, words: Words) -> list[list[str]]:
    """The same as lines of equally many texts; what a cell spans is empty."""
    cells = laid_out(table, words)
    height = max((c.row + c.rowspan for c in cells), default=0)
    width = max((c.column + c.colspan for c in cells), default=0)
    lines = [[""] * width for _ in range(height)]
    for cell in cells:
        text = f"{cell.content:f}" if isinstance(cell.content, Decimal) else cell.content
        lines[cell.row][cell.column] = text
    return lines


def _heads(block: Block, top: int, left: int, levels: int, words: Words) -> Iterator[Placed]:
    names = [words.code] * block.has_code + [""] * block.depth
    names += [words.item] * block.has_label + [words.line] * block.has_line
    for place, name in enumerate(names):
        yield Placed(top, left + place, name, rowspan=levels, is_head=True)
    for level in range(levels):
        yield from _level(block.columns, top, left + len(names), level, levels)


def _level(
    columns: Sequence[Column], top: int, left: int, level: int, levels: int
) -> Iterator[Placed]:
    place = left
    for path, group in groupby(columns, key=lambda column: column.path[: level + 1]):
        same = list(group)
        if len(path) > level:
            ends = all(len(column.path) == level + 1 for column in same)
            down = levels - level if ends else 1
            yield Placed(top + level, place, path[level], down, len(same), is_head=True)
        place += len(same)


def _line(
    table: Table, blocks: Sequence[Block], rows: Sequence[Row], line: int
) -> Iterator[Placed]:
    by_block = {row.block: row for row in rows}
    left = 0
    for block in blocks:
        row = by_block.get(block.number)
        if row is not None:
            yield from _row(table, block, row, line, left)
        left += block.labels + len(block.columns)


def _row(table: Table, block: Block, row: Row, line: int, left: int) -> Iterator[Placed]:
    labels = [row.code] * block.has_code + [*row.path, *[""] * (block.depth - len(row.path))]
    labels += [row.label] * block.has_label + [row.line] * block.has_line
    for place, label in enumerate(labels):
        yield Placed(line, left + place, label)
    figures = {cell.column: cell for cell in table.row_cells(row.id)}
    for place, column in enumerate(block.columns, start=left + block.labels):
        cell = figures.get(column.id)
        if cell is not None:
            yield Placed(line, place, cell.text if cell.value is None else cell.value)
