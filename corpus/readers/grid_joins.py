"""A table cut by a page break: whether the next grid goes on with it, and the two as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import isinf

from corpus.layout import Grid, GridCell, Line
from corpus.tokens import number

_NEAR = 4.0  # points by which a column border may move from page to page
_LOOSE = 12.0  # where the borders were guessed from the text
_ACCOUNT = re.compile(r"[235]\d{2}(\d{2}){0,2}|合\s*计|总\s*计")
_COUNTED = re.compile(r"(?!一、)[一二三四五六七八九十]{1,3}、")


def rejoined(blocks: Sequence[Line | Grid]) -> tuple[Line | Grid, ...]:
    """The blocks of a file without geometry, tables that a converter cut at page ends whole.

    Nothing stands between the parts, they have as many columns, and the second begins with the
    header of the first, with an account, or in the middle of a count (十五、…).
    """
    kept: list[Line | Grid] = []
    for block in blocks:
        last = kept[-1] if kept else None
        if isinstance(last, Grid) and isinstance(block, Grid) and _goes_on(last, block):
            skip = _repeated(last, block)
            cells = [replace(c, row=c.row - skip + last.rows) for c in block.cells if c.row >= skip]
            rows = last.rows + block.rows - skip
            kept[-1] = replace(last, cells=last.cells + tuple(cells), rows=rows)
        else:
            kept.append(block)
    return tuple(kept)


def _goes_on(upper: Grid, lower: Grid) -> bool:
    if upper.columns != lower.columns or upper.columns < 2 or lower.caption != upper.caption:
        return False
    repeated = _repeated(upper, lower)
    if repeated:
        return 0 < repeated < lower.rows and len(_row(lower, 0)) > 1
    texts = [text for _, text in _row(lower, 0) if text]
    if any(_COUNTED.match(text) for text in texts):
        return True
    account = bool(texts) and _ACCOUNT.fullmatch(texts[0]) is not None
    return account and any(number(text) is not None for text in texts[1:])


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
    rows, lines = start + lower.rows, upper.lines + lower.lines
    return replace(upper, cells=upper.cells + tuple(cells), rows=rows, lines=lines)


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
