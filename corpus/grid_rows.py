"""The columns and rows of a grid whose header is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.drafts import DraftRow
from corpus.grid_breaks import rejoined
from corpus.grid_headers import Header, Strip, Use
from corpus.grid_match import Roles
from corpus.grid_matrix import Matrix, indent
from corpus.model import Column
from corpus.tokens import plain

NOTE = re.compile(r"^(注|备注|说明|附注|填表说明)\s*\d*\s*[:：.、]")
_PERCENT = re.compile(r"[%％]|率$|比例$|占比$|[±增减长降]幅")
_COLUMN_UNIT = re.compile(r"[（(]\s*(?:单位[:：])?((?:亿|万|千)?元|%|辆|人次|批次|个|人|台)[）)]")
_CODED = re.compile(
    r"[\[（(【]?(?P<code>[235]\d{2}(?:\d{2}){0,2})[\]）)】]?[-—_.、]?(?=[\u4e00-\u9fff])"
)
_TOTAL = re.compile(r"(合计|总计|小计)")
_LONG_NOTE = 40  # characters: a wide cell with more is a remark below the table


def columns(header: Header, roles: Roles) -> tuple[Column, ...]:
    """The value columns, numbered from the left; units that a header prints go with them."""
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


def rows(table: Matrix, header: Header, end: int) -> tuple[tuple[DraftRow, ...], tuple[str, ...]]:
    """The rows of all blocks, band by band, and the remarks at the foot of the grid."""
    found: list[DraftRow] = []
    notes: list[str] = []
    readers = [BlockReader(table, header, block) for block in range(header.blocks)]
    for row in range(header.body, end):
        texts = table.row_texts(row)
        if len(texts) == 1 and _is_note(table, row, texts[0]):
            notes.append(texts[0])
            continue
        for reader in readers:
            read = reader.row(row, row - header.body)
            if read is not None:
                found.append(read)
    return _coded(rejoined(found)), tuple(notes)


def _coded(found: Sequence[DraftRow]) -> tuple[DraftRow, ...]:
    """The rows with the codes that stand in front of their labels: [301]工资福利支出."""
    named = [row for row in found if row.label and not _TOTAL.fullmatch(plain(row.label))]
    if any(row.code for row in found) or 2 * sum(map(_begins_with_code, named)) <= len(named):
        return tuple(found)
    return tuple(
        replace(row, code=match["code"], label=row.label[match.end() :])
        if (match := _CODED.match(row.label))
        else row
        for row in found
    )


def _begins_with_code(row: DraftRow) -> bool:
    return _CODED.match(row.label) is not None


def _is_note(table: Matrix, row: int, text: str) -> bool:
    if NOTE.match(text):
        return True
    wide = table.same(row, 0, table.columns - 1) and table.columns > 1
    return wide and len(text) > _LONG_NOTE


class BlockReader:
    """Reads the rows of one block; remembers the labels that the rows below leave out."""

    def __init__(self, table: Matrix, header: Header, block: int) -> None:
        self._table, self._block = table, block
        self._body, self._worded = header.body, header.worded
        self._codes = header.of(block, Use.CODE)
        self._lines = header.of(block, Use.LINE)
        self._labels = header.of(block, Use.LABEL)
        self._values = header.of(block, Use.VALUE)
        self._above: list[str] = [""] * len(self._labels)
        self._code_above: tuple[str, ...] = ()

    def row(self, row: int, band: int) -> DraftRow | None:
        """The block's row at this height, None where the block shows nothing there."""
        cells = tuple(self._value(row, strip) for strip in self._values)
        if cells and not any(self._free(row, strip) for strip in self._values):
            return None
        code = self._code(row)
        label, path = self._label(row)
        if not label and not code and not any(cells):
            return None
        line = next((self._table.text(row, s.at[0]) for s in self._lines), "")
        return DraftRow(
            label, code, line, self._block, band, self._indent(row), path,
            self._table.page(row), cells=cells, placement=self._table.placement,
        )  # fmt: skip

    def _code(self, row: int) -> str:
        """The row's code. Where 类, 款 and 项 have columns of their own, a row may leave out what
        the rows above it print, and a spreadsheet the zero that a part begins with.
        """
        parts = [self._table.own(row, s.at[0]) for s in self._codes]
        if len(parts) < 2 or not all(part.isdigit() or not part for part in parts):
            return "".join(part for part in parts if part.isdigit())
        if len(parts[0]) > 3 or not any(parts):
            return "".join(parts)
        first = next(k for k, part in enumerate(parts) if part)
        padded = [part.zfill(2) if k and part else part for k, part in enumerate(parts)]
        if len(self._code_above) > first:
            padded[:first] = self._code_above[:first]
        self._code_above = tuple(padded)
        return "".join(padded)

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
