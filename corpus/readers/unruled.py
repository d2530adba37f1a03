"""Tables that print no lines, found by how their figures stand below each other.

Used where a page has no rulings and for recognised images. Columns are the stretches of the page
in which figures stand; what is inferred here is marked as such (`Grid.placed_by_file` is False).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.layout import Grid, GridCell, Line, Word

_FIGURE = re.compile(r"[-+−－]?(\d{1,3}([,，]\d{3})+|\d+)(\.\d+)?%?|[-—–]+")
_LEADER = re.compile(r"[.…·]{4,}|…")
_SENTENCE = re.compile(r"[。；;]")
_FEWEST = 4  # rows: fewer figures below each other are chance
_LONGEST = 30  # characters: no label without a figure is longer
_LOOSE = 2  # lines without figures that may stand between two rows
_HEADER = 6  # lines above the first row that may belong to the header

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A table that takes the lines `start` to `end` (half-open)."""

    start: int
    end: int
    grid: Grid


def tables(lines: Sequence[Line]) -> list[Found]:
    """The unruled tables among the lines of one page."""
    found = []
    for first, end in _runs(lines):
        columns = _columns(lines[first:end])
        if columns is not None:
            top = _header_start(lines, first, columns)
            found.append(Found(top, end, _grid(lines, top, first, end, columns)))
    return found


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Stretches of lines with figures in columns, a few lines without them between."""
    runs: list[tuple[int, int]] = []
    rows = [i for i, line in enumerate(lines) if _is_row(line)]
    start = 0
    for k in range(1, len(rows) + 1):
        parted = k == len(rows) or not _together(lines, rows[k - 1], rows[k])
        if parted:
            if k - start >= _FEWEST:
                runs.append((rows[start], rows[k - 1] + 1))
            start = k
    return runs


def _is_row(line: Line) -> bool:
    """Whether a line is a label with figures, or figures alone."""
    if _LEADER.search(line.text) or _SENTENCE.search(line.text) or len(line.words) < 2:
        return False
    return any(_FIGURE.fullmatch(word.text) for word in line.words[1:])


def _together(lines: Sequence[Line], upper: int, lower: int) -> bool:
    between = lines[upper + 1 : lower]
    return len(between) <= _LOOSE and not any(
        len(line.text) > _LONGEST or _SENTENCE.search(line.text) or _LEADER.search(line.text)
        for line in between
    )


def _columns(lines: Sequence[Line]) -> list[Span] | None:
    """The columns' stretches from the left, None where the figures do not line up."""
    rows = [line for line in lines if _is_row(line)]
    figures = _merged(
        (word.x0, word.x1) for line in rows for word in line.words[1:] if _is_figure(word)
    )
    counted = [word for line in rows for word in line.words[1:] if _is_figure(word)]
    if len(figures) == 1 and _counts_up([word.text for word in counted]):
        return None  # a table of contents
    # In prose figures stand anywhere, so that their stretches run together or stay single.
    width = max(word.x1 - word.x0 for word in counted)
    if any(end - start > 2.5 * width for start, end in figures):
        return None
    if len(counted) < 0.6 * len(rows) * len(figures) and len(figures) > 3 * len(rows):
        return None
    texts = _merged(
        (word.x0, min(word.x1, _next(figures, word.x0)))
        for line in lines
        for word in line.words
        if not _is_figure(word) or word is line.words[0]
    )
    labels = [span for span in texts if not any(_overlap(span, figure) for figure in figures)]
    return sorted(figures + labels)


def _is_figure(word: Word) -> bool:
    return _FIGURE.fullmatch(word.text) is not None


def _counts_up(texts: Sequence[str]) -> bool:
    numbers = [int(text) if text.isdecimal() else -1 for text in texts]
    return all(0 < n < 1000 for n in numbers) and all(a <= b for a, b in pairwise(numbers))


def _next(spans: Sequence[Span], x: float) -> float:
    """Where the first stretch right of x begins."""
    return min((start for start, _ in spans if start > x), default=float("inf"))


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _header_start(lines: Sequence[Line], first: int, columns: Sequence[Span]) -> int:
    """The first line of the header: those above the rows whose words stand over the columns."""
    top = first
    for i in range(first - 1, max(-1, first - 1 - _HEADER), -1):
        line = lines[i]
        apart = lines[i + 1].top - line.top > 4 * max(line.size, 8.0)
        over = sum(any(_overlap((w.x0, w.x1), c) for c in columns) for w in line.words)
        if apart or _SENTENCE.search(line.text) or re.search("单位[:：]", line.text) or not over:
            break
        if len(line.words) > 1:
            top = i
    return top


def _grid(lines: Sequence[Line], top: int, first: int, end: int, columns: Sequence[Span]) -> Grid:
    borders = _borders(columns)
    cells = _header_cells(lines[top:first], borders)
    header = 1 + max((cell.row for cell in cells), default=-1)
    page = lines[first].page
    for k, row in enumerate(_rows(lines[first:end])):
        texts = [""] * len(columns)
        for word in row:
            at = _at(borders, (word.x0 + word.x1) / 2 if _is_figure(word) else word.x0)
            texts[at] += word.text
        cells += [GridCell(header + k, c, text, page=page) for c, text in enumerate(texts)]
    count = 1 + max(cell.row for cell in cells)
    taken = tuple(lines[top:end])
    return Grid(
        tuple(cells), count, len(columns), page, tuple(borders), placed_by_file=False, lines=taken
    )


def _borders(columns: Sequence[Span]) -> list[float]:
    """The positions half-way between neighbouring columns, closed at both sides."""
    middles = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    return [columns[0][0], *middles, columns[-1][1]]


def _at(borders: Sequence[float], x: float) -> int:
    inner = borders[1:-1]
    return sum(x > border for border in inner)


def _rows(lines: Sequence[Line]) -> list[list[Word]]:
    """The words of each table row: a label's further lines join the row they are nearest to.

    A line with a figure of its own joins none: two figures in one cell would read as one.
    """
    anchors = [i for i, line in enumerate(lines) if _is_row(line)]
    pitch = median(lines[b].top - lines[a].top for a, b in pairwise(anchors))
    rows: dict[int, list[Word]] = {}
    for i, line in enumerate(lines):
        near = min(anchors, key=lambda a: abs(lines[a].top - line.top))
        far = abs(lines[near].top - line.top) > 0.75 * pitch
        alone = far or (i != near and any(map(_is_figure, line.words)))
        rows.setdefault(i if alone else near, []).extend(line.words)
    return [rows[i] for i in sorted(rows)]


def _header_cells(lines: Sequence[Line], borders: Sequence[float]) -> list[GridCell]:
    """The header's words over their columns: a word above others spans what it is nearest to."""
    count = len(borders) - 1
    centres = [(a + b) / 2 for a, b in pairwise(borders)]
    named: set[int] = set()
    cells: list[GridCell] = []
    for row in range(len(lines) - 1, -1, -1):
        words = lines[row].words
        shares: dict[int, list[int]] = {k: [] for k in range(len(words))}
        for column in sorted(named):
            nearest = min(
                range(len(words)),
                key=lambda k: abs((words[k].x0 + words[k].x1) / 2 - centres[column]),
            )
            shares[nearest].append(column)
        fresh: set[int] = set()
        for k, word in enumerate(words):
            own = _at(borders, (word.x0 + word.x1) / 2)
            span = shares[k] if own in named and shares[k] else [own]
            fresh.add(own)
            cells.append(_header_cell(row, span, word.text, lines[row].page))
        named |= fresh & set(range(count))
    return cells


def _header_cell(row: int, span: Sequence[int], text: str, page: int | None) -> GridCell:
    return GridCell(row, span[0], text, 1, span[-1] - span[0] + 1, page)
