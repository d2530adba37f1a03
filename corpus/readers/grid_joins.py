"""A table cut by a page break: whether the next grid goes on with it, and the two as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isinf

from corpus.layout import Grid, GridCell

_NEAR = 4.0  # points by which a column border may move from page to page
_LOOSE = 12.0  # where the borders were guessed from the text


def continues(upper: Grid, lower: Grid) -> bool:
    """Whether `lower`, which opens the page after `upper`, has the same columns.

    A page that holds nothing but the total, its first columns merged, shows only some of them.
    """
    if upper.placed_by_file != lower.placed_by_file:
        return False
    return _places(upper, lower) is not None or _places(lower, upper) is not None


def join(upper: Grid, lower: Grid) -> Grid:
    """Both as one grid: their columns matched, a header that is repeated dropped."""
    places = _places(upper, lower)
    if places is not None:
        lower = _spread(lower, places, upper)
    else:
        upper = _spread(upper, _places(lower, upper) or (), lower)
    skip = _repeated(upper, lower)
    start = upper.rows - skip
    cells = [replace(c, row=c.row + start) for c in lower.cells if c.row >= skip]
    return replace(upper, cells=upper.cells + tuple(cells), rows=start + lower.rows)


def _places(whole: Grid, part: Grid) -> tuple[int, ...] | None:
    """Which border of `whole` each border of `part` is; None unless all are found, ends on ends.

    Only inner borders count where a table is open at its sides.
    """
    if part.columns > whole.columns or not whole.edges or not part.edges:
        return None
    shift = _shift(whole.edges, part.edges)
    near = _NEAR if whole.placed_by_file else _LOOSE
    found = [0]
    for edge in part.edges[1:-1]:
        inner = range(found[-1] + 1, len(whole.edges) - 1)
        at = next((i for i in inner if abs(edge - shift - whole.edges[i]) <= near), None)
        if at is None:
            return None
        found.append(at)
    closed = not isinf(whole.edges[-1]) and not isinf(part.edges[-1])
    if closed and abs(part.edges[-1] - shift - whole.edges[-1]) > 2 * near:
        return None
    return (*found, len(whole.edges) - 1)


def _shift(a: Sequence[float], b: Sequence[float]) -> float:
    """How far the second table stands to the right: by its left side, else by its first border."""
    if not isinf(a[0]) and not isinf(b[0]):
        return b[0] - a[0]
    return b[1] - a[1] if len(a) == len(b) else 0.0


def _spread(grid: Grid, places: Sequence[int], whole: Grid) -> Grid:
    """The grid with its cells over the columns of `whole`, a wide cell spanning several."""
    if grid.columns == whole.columns:
        return grid
    cells = tuple(_over(cell, places) for cell in grid.cells)
    return replace(grid, cells=cells, columns=whole.columns, edges=whole.edges)


def _over(cell: GridCell, places: Sequence[int]) -> GridCell:
    start, end = places[cell.column], places[cell.column + cell.colspan]
    return replace(cell, column=start, colspan=end - start)


def _repeated(upper: Grid, lower: Grid) -> int:
    """How many rows at the top of `lower` repeat those at the top of `upper`."""
    count = 0
    while count < min(upper.rows, lower.rows) and _row(upper, count) == _row(lower, count):
        count += 1
    return count


def _row(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(c.column, c.text.strip()) for c in grid.cells if c.row == row]
