"""Text set in several columns, as in a newspaper: read down each column, not across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from corpus.readers.baselines import rows
from corpus.readers.pdf_page import Glyph

_FEWEST = 12  # lines: less text beside a gap is a heading with a date, a signature, a table
_LONG = 8.0  # characters a line of a column has on the average
_BIN = 2.0  # points
_BARE = 0.04  # of the usual coverage: where no more glyphs stand there is a gutter
_WIDTH = 0.5  # of the glyph size: the narrowest gutter

_Row = list[Glyph]


def lines(glyphs: Sequence[Glyph]) -> list[_Row]:
    """The printed lines in reading order: down each column where the page has several.

    A line that runs across a gutter (a headline) parts what stands above it from what is below.
    """
    across = rows(glyphs)
    gutters = _gutters(glyphs) if len(across) >= _FEWEST else []
    if not gutters:
        return across
    ordered: list[_Row] = []
    for crosses, group in groupby(across, key=lambda row: _crosses(row, gutters)):
        if crosses:
            ordered += group
        else:
            block = [glyph for row in group for glyph in row]
            ordered += [line for part in _parted(block, gutters) for line in rows(part)]
    return ordered


def _parted(glyphs: Sequence[Glyph], gutters: Sequence[float]) -> list[_Row]:
    pieces: list[_Row] = [[] for _ in range(len(gutters) + 1)]
    for glyph in glyphs:
        pieces[sum(_middle(glyph) > gutter for gutter in gutters)].append(glyph)
    return pieces


def _middle(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2


def _crosses(row: _Row, gutters: Sequence[float]) -> bool:
    """Whether a line goes on over a gutter without leaving it free."""
    if any(glyph.x0 < gutter < glyph.x1 for glyph in row for gutter in gutters):
        return True
    return any(
        a.x1 <= gutter <= b.x0 and b.x0 - a.x1 < 0.3 * a.size
        for a, b in pairwise(row)
        for gutter in gutters
    )


def _gutters(glyphs: Sequence[Glyph]) -> list[float]:
    """The middles of the stretches that (almost) no text covers, if all between is prose."""
    size = median(glyph.size for glyph in glyphs)
    body = [glyph for glyph in glyphs if glyph.size < 1.5 * size]
    covered = Counter(
        step for glyph in body for step in range(int(glyph.x0 // _BIN), int(glyph.x1 // _BIN) + 1)
    )
    usual = median(covered.values())
    first, last = min(covered), max(covered)
    bare = [step for step in range(first, last + 1) if covered[step] <= _BARE * usual]
    found = [
        (run[0] + run[-1] + 1) / 2 * _BIN
        for run in _stretches(bare)
        if len(run) * _BIN >= _WIDTH * size
    ]
    return found if found and _prose(body, found) else []


def _stretches(steps: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for step in steps:
        if runs and step == runs[-1][-1] + 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs


def _prose(glyphs: Sequence[Glyph], gutters: Sequence[float]) -> bool:
    """Whether every column is text: many lines of some length, few of them mere figures."""
    for part in _parted(glyphs, gutters):
        own = rows(part)
        if len(own) < _FEWEST or median(map(len, own)) < _LONG:
            return False
        if sum(any("\u3400" <= g.text <= "\u9fff" for g in row) for row in own) < 0.9 * len(own):
            return False
    return True
