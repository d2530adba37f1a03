"""Tables out of grids: what a file shows in cells becomes drafts that know their columns.

A grid says where each value stands. What is left to find out is what the grid is: its heading,
its header rows, the columns of codes and labels, the parts that stand side by side, and which
statement it prints. A table that no statement knows is kept with its header paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.drafts import Draft, DraftRow
from corpus.grid_forms import form, indicator_row, opens_form
from corpus.grid_headers import read_header
from corpus.grid_levels import levelled, unlevelled
from corpus.grid_match import match
from corpus.grid_matrix import Matrix, is_figure, matrix
from corpus.grid_rows import NOTE, columns, rows
from corpus.grid_titles import Heading, above, is_title, number_in, unit_in
from corpus.layout import Grid, Line
from corpus.statements import Shape
from corpus.tokens import plain

_NOTE_GOES_ON = re.compile(r"^\s*\d{1,2}\s*[.、．]")
_REMARK_ABOVE = re.compile(r"[（(]?\d{4}年(度)?[）)]?$|[\u4e00-\u9fff]{2,8}[:：]")
_NOTES = 12  # lines below a table that may be its notes


@dataclass(frozen=True, slots=True)
class _Piece:
    """One table of a grid: rows `first` to `end`, and what its own rows say above it."""

    first: int
    end: int
    heading: Heading
    notes: tuple[str, ...] = ()


def locate(blocks: Sequence[Line | Grid]) -> tuple[Draft, ...]:
    """Every table that the document has as a grid, in reading order; spans do not overlap."""
    found: list[Draft] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            found += _drafts(blocks, at, block, floor=found[-1].end if found else 0)
    return tuple(found)


def _drafts(blocks: Sequence[Line | Grid], at: int, grid: Grid, floor: int) -> Iterator[Draft]:
    """The tables of one grid. The first takes the lines above it, the last the notes below."""
    table = matrix(grid)
    pieces = [p for p in _pieces(table) if any(map(table.row_texts, range(p.first, p.end)))]
    outer = above(blocks, at)
    notes, taken = _notes_below(blocks, at + 1)
    repeated = ""
    for k, piece in enumerate(pieces):
        heading = _merged(
            piece.heading,
            outer if k == 0 else Heading(title=repeated, unit=outer.unit),
            grid.caption,
        )
        # Forms stacked below each other print their title once.
        repeated = heading.title if indicator_row(table, piece.first, piece.end) else ""
        draft = _draft(table, piece, heading)
        last = k == len(pieces) - 1
        start = max(floor, at - heading.lines) if k == 0 else at + 1
        yield replace(
            draft,
            start=start,
            end=at + 1 + (taken if last else 0),
            notes=draft.notes + piece.notes + (notes if last else ()),
            page=table.page(piece.first) or grid.page,
        )


def _merged(inner: Heading, outer: Heading, caption: str) -> Heading:
    """The heading in the grid's own rows, completed by the lines above it, then its caption."""
    title = inner.title or outer.title or (caption if is_title(caption) else "")
    own = outer if not inner.title or inner.title in outer.title else replace(outer, number="")
    return Heading(
        title or caption,
        inner.number or own.number or number_in(caption),
        inner.unit or outer.unit,
        outer.lines,
    )


def _notes_below(blocks: Sequence[Line | Grid], start: int) -> tuple[tuple[str, ...], int]:
    """The remarks printed below a grid (注：…, 说明：…, numbered), and the lines they take."""
    notes: list[str] = []
    taken, before = 0, None
    for block in blocks[start : start + _NOTES]:
        if isinstance(block, Grid):
            break
        text = block.text.strip()
        if NOTE.match(text) or (notes and _NOTE_GOES_ON.match(text)):
            notes.append(text)
        elif notes and _wraps(before, block):
            notes[-1] += text
        else:
            break
        before, taken = block, taken + 1
    return tuple(notes), taken


def _wraps(before: Line | None, line: Line) -> bool:
    """Whether a printed line goes on with the one above it: same type, next line, no full stop."""
    if before is None or not line.size or before.text.rstrip().endswith(("。", "；", "！")):
        return False
    near = line.page == before.page and 0 < line.top - before.top < 2.4 * line.size
    return near and line.size == before.size


def _pieces(table: Matrix) -> list[_Piece]:
    """The tables that a grid stacks one on the other: each begins with a row that is a title."""
    starts = [0]
    for row in range(1, table.rows):
        texts = table.row_texts(row)
        titled = len(texts) == 1 and is_title(texts[0]) and _has_figures(table, starts[-1], row)
        if titled or opens_form(table, row, starts[-1]):
            starts.append(row)
    ends = [*starts[1:], table.rows]
    return [_piece(table, start, end) for start, end in zip(starts, ends, strict=True)]


def _has_figures(table: Matrix, first: int, end: int) -> bool:
    return any(is_figure(text) for row in range(first, end) for text in table.row_texts(row))


def _piece(table: Matrix, first: int, end: int) -> _Piece:
    """A table without the rows at its top that only name it."""
    title, number, unit = "", "", ""
    row = first
    while row < end - 1:
        texts = table.row_texts(row)
        if not _names_table(table, row, texts, bool(title), end):
            break
        unit = unit or next((u for t in texts if (u := unit_in(t))), "")
        number = number or next((n for t in texts if (n := number_in(t))), "")
        if len(texts) == 1 and not title and not unit_in(texts[0]):
            title = texts[0] if texts[0] != number else ""
        row += 1
    foot = _foot(table, row, end)
    notes = tuple(text for r in range(foot, end) for text in table.row_texts(r))
    while foot > row + 1 and not table.row_texts(foot - 1):
        foot -= 1
    return _Piece(row, foot, Heading(title, number, unit), notes)


def _foot(table: Matrix, first: int, end: int) -> int:
    """The row from which a table has only remarks: 注：… and what goes on below it."""
    starts = (row for row in range(first + 1, end) if _remark(table, row, NOTE))
    return next((r for r in starts if all(_remark(table, k) for k in range(r, end))), end)


def _remark(table: Matrix, row: int, opening: re.Pattern[str] | None = None) -> bool:
    texts = table.row_texts(row)
    if len(texts) > 1 or any(map(is_figure, texts)):
        return False
    return opening is None or bool(texts and opening.match(texts[0]))


def _names_table(table: Matrix, row: int, texts: Sequence[str], titled: bool, end: int) -> bool:
    """Whether a row at the top names the table: blank, title, number, unit, body, year."""
    if not texts:
        return True
    if all(_serves(text) for text in texts):
        return True
    if len(texts) > 1:
        return False
    if is_title(texts[0]) or _REMARK_ABOVE.match(texts[0]):
        return True
    below = [t for r in range(row + 1, min(row + 3, end)) for t in table.row_texts(r)]
    return not titled and any(unit_in(text) for text in below)


def _serves(text: str) -> bool:
    bare = plain(text)
    return bool(
        unit_in(bare)
        or number_in(bare) == bare
        or re.match(r"(编制|填报|公开|预算)?(部门|单位)(名称)?[:：]", bare)
    )


def _draft(table: Matrix, piece: _Piece, heading: Heading) -> Draft:
    at = indicator_row(table, piece.first, piece.end)
    if at is not None and at > piece.first:
        return form(table, piece.first, at, piece.end, heading)
    header = read_header(table, piece.first, piece.end)
    statement, roles = match(heading.title, heading.number, header)
    found, notes = rows(table, header, piece.end)
    found = unlevelled(found) if statement else levelled(found)
    known = columns(header, roles)
    if statement and statement.shape is Shape.AMOUNTS and not found:
        # One line of figures, and all of it is blank: that is what the table says.
        found = (
            DraftRow(
                "", page=table.page(piece.first), cells=("",) * len(known),
                placement=table.placement,
            ),
        )  # fmt: skip
    return Draft(
        0, 0, heading.title, known, found, heading.number, heading.unit,
        statement.id if statement else "", notes,
    )  # fmt: skip
