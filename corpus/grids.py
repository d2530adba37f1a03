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
from corpus.grid_breaks import rejoined
from corpus.grid_headers import Header, Strip, Use, read_header
from corpus.grid_levels import levelled, unlevelled
from corpus.grid_match import Roles, match
from corpus.grid_matrix import Matrix, indent, is_figure, matrix
from corpus.grid_titles import Heading, above, is_title, number_in, unit_in
from corpus.layout import Grid, Line
from corpus.model import Column, Placement
from corpus.tokens import plain

_NOTE = re.compile(r"^(注|备注|说明|附注|填表说明)\s*\d*\s*[:：.、]")
_NOTE_GOES_ON = re.compile(r"^\s*\d{1,2}\s*[.、．]")
_REMARK_ABOVE = re.compile(r"[（(]?\d{4}年(度)?[）)]?$|[\u4e00-\u9fff]{2,8}[:：]")
_PERCENT = re.compile(r"[%％]|率$|比例$|占比$|[±增减长降]幅")
_COLUMN_UNIT = re.compile(r"[（(]\s*(?:单位[:：])?((?:亿|万|千)?元|%|辆|人次|批次|个|人|台)[）)]")
_LONG_NOTE = 40  # characters: a wide cell with more is a remark below the table
_NOTES = 12  # lines below a table that may be its notes


@dataclass(frozen=True, slots=True)
class _Piece:
    """One table of a grid: rows `first` to `end`, and what its own rows say above it."""

    first: int
    end: int
    heading: Heading


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
    for k, piece in enumerate(pieces):
        heading = _merged(
            piece.heading, outer if k == 0 else Heading(unit=outer.unit), grid.caption
        )
        draft = _draft(table, piece, heading)
        last = k == len(pieces) - 1
        start = max(floor, at - heading.lines) if k == 0 else at + 1
        yield replace(
            draft,
            start=start,
            end=at + 1 + (taken if last else 0),
            notes=draft.notes + (notes if last else ()),
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
        if _NOTE.match(text) or (notes and _NOTE_GOES_ON.match(text)):
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
        if len(texts) == 1 and is_title(texts[0]) and _has_figures(table, starts[-1], row):
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
    while end > row + 1 and not table.row_texts(end - 1):
        end -= 1
    return _Piece(row, end, Heading(title, number, unit))


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
    header = read_header(table, piece.first, piece.end)
    statement, roles = match(heading.title, heading.number, header)
    columns = _columns(header, roles)
    rows, notes = _rows(table, header, piece.end)
    rows = unlevelled(rows) if statement else levelled(rows)
    return Draft(
        0, 0, heading.title, columns, rows, heading.number, heading.unit,
        statement.id if statement else "", notes,
    )  # fmt: skip


def _columns(header: Header, roles: Roles) -> tuple[Column, ...]:
    values = [s for s in header.strips if s.use is Use.VALUE]
    return tuple(_column(i, strip, roles) for i, strip in enumerate(values))


def _column(number: int, strip: Strip, roles: Roles) -> Column:
    spec = roles.get(strip.at)
    words = "".join(strip.path)
    printed = _COLUMN_UNIT.search(plain(words))
    unit = printed[1] if printed else "%" if _PERCENT.search(words) else ""
    return Column(
        number,
        strip.path,
        strip.line,
        spec.role if spec else "",
        unit or (spec.unit if spec else ""),
        strip.block,
    )


def _rows(table: Matrix, header: Header, end: int) -> tuple[tuple[DraftRow, ...], tuple[str, ...]]:
    """The rows of all blocks, band by band, and the remarks at the foot of the grid."""
    rows: list[DraftRow] = []
    notes: list[str] = []
    readers = [_BlockReader(table, header, block) for block in range(header.blocks)]
    for row in range(header.body, end):
        texts = table.row_texts(row)
        if len(texts) == 1 and _is_note(table, row, texts[0]):
            notes.append(texts[0])
            continue
        for reader in readers:
            read = reader.row(row, row - header.body)
            if read is not None:
                rows.append(read)
    return rejoined(rows), tuple(notes)


def _is_note(table: Matrix, row: int, text: str) -> bool:
    if _NOTE.match(text):
        return True
    wide = table.same(row, 0, table.columns - 1) and table.columns > 1
    return wide and len(text) > _LONG_NOTE


class _BlockReader:
    """Reads the rows of one block; remembers the labels that the rows below leave out."""

    def __init__(self, table: Matrix, header: Header, block: int) -> None:
        self._table, self._block = table, block
        self._body, self._worded = header.body, header.worded
        self._codes = header.of(block, Use.CODE)
        self._lines = header.of(block, Use.LINE)
        self._labels = header.of(block, Use.LABEL)
        self._values = header.of(block, Use.VALUE)
        self._above: list[str] = [""] * len(self._labels)

    def row(self, row: int, band: int) -> DraftRow | None:
        """The block's row at this height, None where the block shows nothing there."""
        cells = tuple(self._value(row, strip) for strip in self._values)
        if cells and not any(self._free(row, strip) for strip in self._values):
            return None
        code = "".join(t for s in self._codes if (t := self._table.own(row, s.at[0])).isdigit())
        label, path = self._label(row)
        if not label and not code and not any(cells):
            return None
        line = next((self._table.text(row, s.at[0]) for s in self._lines), "")
        return DraftRow(
            label, code, line, self._block, band, self._indent(row), path,
            self._table.page(row), cells=cells, placement=Placement.CELL,
        )  # fmt: skip

    def _free(self, row: int, strip: Strip) -> bool:
        """Whether a value may stand here: no label reaches over the place from the left."""
        cell = self._table.owners[row][strip.at[0]]
        return cell is None or cell.column >= self._values[0].at[0]

    def _value(self, row: int, strip: Strip) -> str:
        """The cell of a strip. A merged cell's value stands once, where it begins."""
        if row == self._body and strip.at[0] in self._worded:
            return ""
        texts = [t for column in strip.at if (t := self._table.own(row, column))]
        return "\n".join(texts)

    def _label(self, row: int) -> tuple[str, tuple[str, ...]]:
        """The row's own label, and the labels to its left that it stands under."""
        texts = [self._table.text(row, s.at[0]) for s in self._labels]
        for k, text in enumerate(texts):
            if text and text != self._above[k]:
                self._above[k:] = [text] + [""] * (len(texts) - k - 1)
        filled = [k for k, text in enumerate(texts) if text]
        if not filled:
            return self._from_codes(row), ()
        last = filled[-1]
        while last and texts[last] == texts[last - 1] and self._spans(row, last):
            last -= 1
        path = [t for t in self._above[:last] if t and t != texts[last]]
        return texts[last], tuple(path)

    def _spans(self, row: int, k: int) -> bool:
        return self._table.same(row, self._labels[k - 1].at[0], self._labels[k].at[0])

    def _from_codes(self, row: int) -> str:
        """Words in the code columns: 合计 where the label column is not merged with them."""
        texts = [self._table.own(row, s.at[0]) for s in self._codes]
        return next((text for text in texts if text and not text.isdigit()), "")

    def _indent(self, row: int) -> int:
        """The blanks before the label; the level follows from them where nothing else tells it."""
        if not self._labels or self._codes:
            return 0
        cell = self._table.owners[row][self._labels[-1].at[0]]
        return indent(cell.text) if cell is not None else 0
