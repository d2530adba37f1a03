"""A grid as a matrix: what stands at each crossing, merged cells at every place they cover."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.layout import Grid, GridCell
from corpus.model import Placement
from corpus.tokens import number, squeeze

_NIL = frozenset({"-", "—", "——", "－", "–", "/"})
_BLANKS = re.compile(r"^[\s\u3000]*")


@dataclass(frozen=True, slots=True)
class Matrix:
    """`owners[row][column]` is the cell that covers the place, None where the file has none."""

    owners: tuple[tuple[GridCell | None, ...], ...]
    rows: int
    columns: int
    placement: Placement = Placement.CELL  # GEOMETRY where positions gave the cells

    def text(self, row: int, column: int) -> str:
        """The text that shows at a place, also where a merged cell from elsewhere covers it."""
        cell = self.owners[row][column]
        return clean(cell.text) if cell is not None else ""

    def own(self, row: int, column: int) -> str:
        """The text of the cell that begins at this place, "" where it begins elsewhere."""
        return self.text(row, column) if self.begins(row, column) else ""

    def begins(self, row: int, column: int) -> bool:
        """Whether the cell at this place begins here."""
        cell = self.owners[row][column]
        return cell is not None and (cell.row, cell.column) == (row, column)

    def same(self, row: int, a: int, b: int) -> bool:
        """Whether one merged cell covers both columns of a row."""
        cell = self.owners[row][a]
        return cell is not None and cell is self.owners[row][b]

    def row_texts(self, row: int) -> list[str]:
        """The non-blank texts of the cells that begin in a row, from the left."""
        return [t for c in range(self.columns) if (t := self.own(row, c))]

    def page(self, row: int) -> int | None:
        """The page on which a row stands."""
        return next((c.page for c in self.owners[row] if c is not None), None)


def matrix(grid: Grid) -> Matrix:
    """The matrix of a grid; of two cells at one place the one with text wins."""
    places: list[list[GridCell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.rowspan, grid.rows)):
            for column in range(cell.column, min(cell.column + cell.colspan, grid.columns)):
                held = places[row][column]
                if held is None or not held.text.strip():
                    places[row][column] = cell
    placement = Placement.CELL if grid.placed_by_file else Placement.GEOMETRY
    return Matrix(tuple(map(tuple, places)), grid.rows, grid.columns, placement)


def clean(text: str) -> str:
    """The cell's text in one piece: no blanks but those between Latin words.

    A line break between two whole numbers stays, so that they are not read as one.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(is_figure(line) for line in lines):
        return "\n".join(lines)
    text = re.sub(r"(?<=[A-Za-z])[\s\u3000]+(?=[A-Za-z])", "\0", "".join(lines))
    return squeeze(text).replace("\0", " ")


def indent(text: str) -> int:
    """The blanks in front of a label, in full-width characters."""
    lead = _BLANKS.match(text)
    blanks = lead.group() if lead else ""
    return blanks.count("\u3000") + (len(blanks) - blanks.count("\u3000")) // 2


def is_figure(text: str) -> bool:
    """Whether a cell prints an amount, a share or a sign for nothing."""
    return text in _NIL or number(text) is not None or _bracketed(text)


def _bracketed(text: str) -> bool:
    found = re.fullmatch(r"[（(]([\d,.，]+%?)[)）]", text)
    return found is not None and number(found[1]) is not None
