"""A page's ruled tables as grids, and the text that stands outside them.

Most tables rule every cell. Some rule only their columns and leave the rows to the eye: a mesh
row that holds several printed lines of figures is cut into rows at their baselines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import isinf
from statistics import median

from corpus.layout import Grid, GridCell
from corpus.readers.baselines import complete, joined, rows, text_of
from corpus.readers.mesh import Mesh, Place, meshes
from corpus.readers.pdf_page import Glyph, Page

_FIGURE = re.compile(r"[-+−－]?[\d,，]*\d(\.\d+)?%?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d{1,2})?")
_TAIL = re.compile(r"[\d,]+$")
_LEAD = re.compile(r"[\d,.]+")
_PROSE = 150  # characters: more in a cell is a passage, not a table entry

_Lines = list[list[Glyph]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A grid with the stretch of the page it covers."""

    grid: Grid
    top: float
    bottom: float


def split(page: Page) -> tuple[list[Placed], list[Glyph]]:
    """The ruled tables of a page from the top, and the glyphs outside them.

    A frame around prose is no table: its glyphs count as outside.
    """
    found, rest = [], list(page.glyphs)
    for mesh in meshes(page.rules):
        inside: dict[Place, list[Glyph]] = {place: [] for place in mesh.places}
        outside: list[Glyph] = []
        index = mesh.index()
        for glyph in rest:
            spot = mesh.spot((glyph.x0 + glyph.x1) / 2, glyph.middle)
            (inside[index[spot]] if spot else outside).append(glyph)
        lines = {place: rows(glyphs) for place, glyphs in inside.items()}
        _keep_whole(lines)
        if _is_table(mesh, lines):
            grid = _grid(mesh, lines, page.number)
            found.append(Placed(grid, mesh.ys[0], mesh.ys[-1]))
            rest = outside
    return found, rest


def _keep_whole(lines: dict[Place, _Lines]) -> None:
    """An amount too wide for its cell runs over the border to the left: it goes back whole."""
    starts = {(place.row, place.column): place for place in lines}
    for place, left in lines.items():
        beside = starts.get((place.row, place.column + place.colspan))
        for line in left if beside is not None else ():
            over = _overflow(line, lines[beside]) if beside is not None else 0
            if over and beside is not None:
                right = next(r for r in lines[beside] if _adjoins(line, r))
                right[:0] = line[-over:]
                del line[-over:]
        lines[place] = [line for line in left if line]


def _overflow(line: list[Glyph], right: _Lines) -> int:
    """How many glyphs at the end of a line belong to the amount that goes on behind the border."""
    other = next((r for r in right if _adjoins(line, r)), None)
    head = _TAIL.search(text_of(line)) if other is not None else None
    if other is None or head is None:
        return 0
    rest = _LEAD.match(text_of(other))
    whole = head.group() + (rest.group() if rest else "")
    fits = _GROUPED.fullmatch(whole) and len(whole) > 2 * len(head.group())
    return len(head.group()) if fits else 0


def _adjoins(line: list[Glyph], other: list[Glyph]) -> bool:
    last, first = line[-1], other[0]
    level = abs(last.middle - first.middle) < 0.3 * last.size
    return level and first.x0 - last.x1 < 0.1 * last.size


def _is_table(mesh: Mesh, lines: dict[Place, _Lines]) -> bool:
    """A table has two columns and some text, and is not one frame around a passage."""
    filled = [place for place in mesh.places if lines[place]]
    if len(mesh.xs) < 3 or not filled:
        return False
    total = sum(len(row) for place in filled for row in lines[place])
    longest = max(sum(map(len, lines[place])) for place in filled)
    return not (longest > _PROSE and longest > 0.8 * total)


def _grid(mesh: Mesh, lines: dict[Place, _Lines], page: int) -> Grid:
    bands = [_bands(mesh, lines, row) for row in range(len(mesh.ys) - 1)]
    starts = [0, *accumulate(max(1, len(band)) for band in bands)]
    cells: list[GridCell] = []
    for place in mesh.places:
        row, end = starts[place.row], starts[place.row + place.rowspan]
        shares = [lines[place]]
        if place.rowspan == 1 and bands[place.row]:
            shares = _shared_out(lines[place], bands[place.row])
        texts = [_text(share, mesh.xs[place.column]) for share in shares]
        height = (end - row) // len(texts)
        cells += [
            GridCell(row + k, place.column, text, height, place.colspan, page)
            for k, text in enumerate(texts)
        ]
    return Grid(tuple(cells), starts[-1], len(mesh.xs) - 1, page, mesh.xs)


def _bands(mesh: Mesh, lines: dict[Place, _Lines], row: int) -> list[float]:
    """The heights of the printed rows inside one mesh row; empty where it is a single row."""
    places = [p for p in mesh.places if p.row == row and p.rowspan == 1]
    if not any(_stacked(mesh, place, lines[place]) for place in places):
        return []
    anchors = _levels(line[0].middle for p in places for line in lines[p] if _is_figure(line))
    labels = _levels(line[0].middle for p in places for line in lines[p] if not _is_figure(line))
    if len(anchors) < 2:
        return []
    pitch = median(b - a for a, b in pairwise(anchors))
    # A label without a figure is a row of its own if it stands a whole row away from the others.
    alone = [y for y in labels if min(abs(y - a) for a in anchors) > 0.75 * pitch]
    return sorted(anchors + alone)


def _stacked(mesh: Mesh, place: Place, lines: _Lines) -> bool:
    """Whether a cell holds figures one above the other that its width did not break."""
    if len(lines) < 2 or not all(map(_is_figure, lines)):
        return False
    if any(complete(text_of(a), text_of(b)) for a, b in pairwise(lines)):
        return True
    width = mesh.xs[place.column + place.colspan] - mesh.xs[place.column]
    room = [width - (line[-1].x1 - line[0].x0) for line in lines[:-1]]
    return min(room) > 2 * lines[0][0].size


def _is_figure(line: list[Glyph]) -> bool:
    return _FIGURE.fullmatch(text_of(line)) is not None


def _levels(heights: Iterable[float]) -> list[float]:
    levels: list[float] = []
    for height in sorted(heights):
        if not levels or height - levels[-1] > 3:
            levels.append(height)
    return levels


def _shared_out(lines: _Lines, bands: Sequence[float]) -> list[_Lines]:
    """A cell's lines shared out to the rows that they are nearest to."""
    shares: list[_Lines] = [[] for _ in bands]
    for line in lines:
        nearest = min(range(len(bands)), key=lambda k: abs(bands[k] - line[0].middle))
        shares[nearest].append(line)
    return shares


def _text(lines: _Lines, edge: float) -> str:
    """A cell's text; the indent of a label shows as full-width blanks, as in a spreadsheet."""
    if not lines:
        return ""
    text, first = joined([text_of(line) for line in lines]), lines[0][0]
    if isinf(edge) or _FIGURE.fullmatch(text):
        return text
    return "\u3000" * int((first.x0 - edge) / first.size) + text
