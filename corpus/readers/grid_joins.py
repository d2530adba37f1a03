"""A table cut by a page break: whether the next grid goes on with it, and the two as one."""

from __future__ import annotations

from dataclasses import replace

from corpus.layout import Grid

_NEAR = 4.0  # points by which a column border may move from page to page


def continues(upper: Grid, lower: Grid) -> bool:
    """Whether `lower`, which opens the page after `upper`, has the same columns.

    Only the inner borders count: a table open at its sides has none there.
    """
    if upper.columns != lower.columns or upper.placed_by_file != lower.placed_by_file:
        return False
    shifts = [b - a for a, b in zip(upper.edges[1:-1], lower.edges[1:-1], strict=True)]
    return all(abs(shift - shifts[0]) <= _NEAR for shift in shifts)


def join(upper: Grid, lower: Grid) -> Grid:
    """Both as one grid: a repeated header is dropped, a row cut by the break is one row again."""
    skip = _repeated(upper, lower)
    start = upper.rows - skip
    cells = [replace(c, row=c.row + start) for c in lower.cells if c.row >= skip]
    return replace(upper, cells=upper.cells + tuple(cells), rows=start + lower.rows)


def _repeated(upper: Grid, lower: Grid) -> int:
    """How many rows at the top of `lower` repeat those at the top of `upper`."""
    count = 0
    while count < min(upper.rows, lower.rows) and _row(upper, count) == _row(lower, count):
        count += 1
    return count


def _row(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(c.column, c.text.strip()) for c in grid.cells if c.row == row]
