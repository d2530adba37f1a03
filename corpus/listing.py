"""Numbered tables of words (序号 重要事项 工作内容 完成情况) out of flattened text.

Flattened, a row is one run of lines: the lines of its first cell, then those of its second, and
so on. A cell's lines are all about as long as its column is wide, so the cut that leaves the
columns' right edges least ragged is the one the page had.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from corpus.drafts import Draft, DraftRow
from corpus.layout import Grid, Line
from corpus.model import Column, Placement
from corpus.tokens import half_width, plain, squeeze

_HEADER = re.compile(r"^序\s*号\s+\S")
_PART = re.compile(r"^第[一二三四五六七八九十]{1,3}部分")
_END = re.compile(r"^(第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}、|注[:：])")
_INDEX = re.compile(r"^(\d{1,3})(?:\s+|$)")
_INDENT = 2  # characters by which a paragraph's first line is shorter


def numbered_lists(
    blocks: Sequence[Line | Grid], taken: Sequence[tuple[int, int]]
) -> tuple[Draft, ...]:
    """The numbered tables of words outside the spans already `taken`."""
    found: list[Draft] = []
    at = 0
    while at < len(blocks):
        inside = next((end for start, end in taken if start <= at < end), None)
        draft = None if inside else _draft(blocks, at, taken)
        if draft:
            found.append(draft)
        at = inside or (draft.end if draft else at + 1)
    return tuple(found)


def _draft(
    blocks: Sequence[Line | Grid], at: int, taken: Sequence[tuple[int, int]]
) -> Draft | None:
    block = blocks[at]
    if not isinstance(block, Line) or not _HEADER.match(block.text):
        return None
    names = block.text.replace("序 号", "序号").split()[1:]
    limit = min([start for start, _ in taken if start > at], default=len(blocks))
    end, starts = _rows(blocks, at + 1, limit)
    if len(names) < 2 or not starts:
        return None
    columns = tuple(Column(i, (name,)) for i, name in enumerate(names[1:]))
    bounds = [*starts, end]
    rows = tuple(
        _row(blocks, start, stop, band, len(names))
        for band, (start, stop) in enumerate(itertools.pairwise(bounds))
    )
    return Draft(at, end, _title(blocks, at, names), columns, rows, page=block.page)


def _rows(blocks: Sequence[Line | Grid], at: int, limit: int) -> tuple[int, list[int]]:
    """Where the table ends and where each of its rows 1, 2, 3, … begins."""
    starts: list[int] = []
    while at < limit:
        block = blocks[at]
        if isinstance(block, Grid) or _END.match(plain(block.text)):
            break
        index = _INDEX.match(half_width(block.text))
        if index and int(index[1]) == len(starts) + 1:
            starts.append(at)
        elif not starts:
            break
        at += 1
    return at, starts


def _row(blocks: Sequence[Line | Grid], start: int, stop: int, band: int, width: int) -> DraftRow:
    lines = [b.text for b in blocks[start:stop] if isinstance(b, Line)]
    index = _INDEX.match(half_width(lines[0]))
    number = index[1] if index else ""
    lines[0] = lines[0][index.end() :] if index else lines[0]
    cells = _cells([line for line in lines if line.strip()], width)
    return DraftRow(
        cells[0],
        line=number,
        band=band,
        page=blocks[start].page,
        cells=tuple(cells[1:]),
        placement=Placement.ORDER,
    )


def _cells(lines: Sequence[str], width: int) -> list[str]:
    """The texts of a row's `width` cells; a row on one line is cut at its blanks."""
    if len(lines) == 1 and len(lines[0].split()) <= width:
        chunks = lines[0].split()
        return [*chunks, *[""] * (width - len(chunks))]
    cuts = _best_cuts([squeeze(line) for line in lines], width)
    bounds = [0, *cuts, len(lines)]
    return ["".join(squeeze(line) for line in lines[a:b]) for a, b in itertools.pairwise(bounds)]


def _best_cuts(lines: Sequence[str], width: int) -> tuple[int, ...]:
    """Where the cells after the first begin."""

    @cache
    def best(start: int, cells: int) -> tuple[int, tuple[int, ...]]:
        if cells == 1:
            return _raggedness(lines[start:]), ()
        options = []
        for cut in range(start + 1, len(lines)):
            rest, cuts = best(cut, cells - 1)
            options.append((_raggedness(lines[start:cut]) + rest, (cut, *cuts)))
        return min(options, default=(0, (len(lines),) * (cells - 1)))

    return best(0, width)[1]


def _raggedness(lines: Sequence[str]) -> int:
    """How unevenly the lines of a cell end; its last line may be short, its first is indented."""
    if not lines:
        return 0
    widest = max(map(len, lines))
    gaps = [widest - len(line) for line in lines[:-1]]
    if gaps:
        gaps[0] = max(0, gaps[0] - _INDENT)
    return sum(gap * gap for gap in gaps)


def _title(blocks: Sequence[Line | Grid], at: int, names: Sequence[str]) -> str:
    """The part of the report that the table belongs to, else the words of its header."""
    for block in reversed(blocks[:at]):
        if isinstance(block, Line) and _PART.match(plain(block.text)):
            title = squeeze(re.sub(r"^\s*第\S{1,3}部分", "", block.text))
            return title or "、".join(names)
    return "、".join(names)
