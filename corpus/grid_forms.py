"""Performance forms: labels and answers side by side above a table of indicators.

绩效目标表 and 绩效自评表 are printed as one grid: the project, its money, its goals, and below
them the indicators by level with what was aimed at and reached. The indicators become block 0,
rows of money under headings of their own block 1, answers to labels block 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.drafts import Draft, DraftRow
from corpus.grid_headers import read_header
from corpus.grid_match import match
from corpus.grid_matrix import Matrix, is_figure
from corpus.grid_rows import columns, rows
from corpus.grid_titles import Heading
from corpus.model import Column
from corpus.tokens import plain

_LEVELS = re.compile(r"^[一二三四]级指标$")
_FIRST = re.compile(r"^项目(\(单位\))?名称$|^(部门|单位)名称$")
_MONEY = re.compile(r"[（(]((?:亿|万|千)?元)[）)]")
_LABEL = 24  # characters: no label is longer
_ANSWER = "内容"


def indicator_row(table: Matrix, first: int, end: int) -> int | None:
    """The row that heads the indicators, None in a table that is no performance form."""
    for row in range(first, end):
        if sum(bool(_LEVELS.match(plain(text))) for text in table.row_texts(row)) > 1:
            return row
    return None


def opens_form(table: Matrix, row: int, first: int) -> bool:
    """Whether another form begins at `row`, below the indicators of the one that began `first`."""
    texts = table.row_texts(row)
    named = bool(texts) and _FIRST.match(plain(texts[0])) is not None
    return named and indicator_row(table, first, row) is not None


def form(table: Matrix, first: int, at: int, end: int, heading: Heading) -> Draft:
    """The form in rows `first` to `end`, whose indicators are headed by row `at`."""
    header = read_header(table, at, end)
    statement, roles = match(heading.title, heading.number, header)
    shown = columns(header, roles)
    found, notes = rows(table, header, end)
    reader = _Upper(table, first, at)
    money, answers = reader.read()
    below = [replace(row, block=0, level=0, band=row.band + at) for row in found]
    return Draft(
        0, 0, heading.title, _all_columns(shown, reader.heads, bool(answers)),
        (*money, *answers, *below), heading.number,
        heading.unit or reader.unit, statement.id if statement else "", notes,
    )  # fmt: skip


def _all_columns(
    shown: tuple[Column, ...], heads: tuple[str, ...], answered: bool
) -> tuple[Column, ...]:
    """The indicators' columns, then those of the money, then the one of the answers."""
    every = [replace(c, block=0) for c in shown]
    every += [Column(0, (head,), block=1) for head in heads]
    if answered:
        every.append(Column(0, (_ANSWER,), role="text", block=2))
    return tuple(replace(column, id=i) for i, column in enumerate(every))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell of the upper part."""

    column: int
    width: int
    text: str


class _Upper:
    """Reads the part of a form above its indicators."""

    def __init__(self, table: Matrix, first: int, end: int) -> None:
        self._table, self._first, self._end = table, first, end
        self.heads: tuple[str, ...] = ()
        self.unit = ""

    def read(self) -> tuple[list[DraftRow], list[DraftRow]]:
        """The rows of money under headings of their own, and the answers to labels."""
        money: list[DraftRow] = []
        answers: list[DraftRow] = []
        under: list[_Piece] = []
        for row in range(self._first, self._end):
            path, pieces = self._row(row)
            found = _MONEY.search(plain("".join((*path, *(p.text for p in pieces)))))
            self.unit = self.unit or (found[1] if found else "")
            if under and _same_columns(under, pieces):
                money_row = self._money(row, path, under, pieces)
                if money_row is not None:
                    money.append(money_row)
                    continue
                answers += [self._answer(row, path, u.text, p.text)
                            for u, p in zip(under, pieces, strict=True)]  # fmt: skip
                under = []
            elif self._heads_next(row, pieces):
                under = pieces
            else:
                under = []
                answers += list(self._pairs(row, path, pieces))
        return money, answers

    def _row(self, row: int) -> tuple[tuple[str, ...], list[_Piece]]:
        """The labels that span the row from the left, and the cells that stand in it."""
        path: list[str] = []
        pieces: list[_Piece] = []
        column = 0
        while column < self._table.columns:
            cell = self._table.owners[row][column]
            if cell is None:
                column += 1
                continue
            tall = cell.rowspan > 1 and not pieces and not self._answers(cell.text)
            text = self._table.text(row, column)
            if tall and text:
                path.append(text)
            elif cell.row == row:
                pieces.append(_Piece(column, cell.colspan, text))
            column = cell.column + cell.colspan
        return tuple(path), pieces

    def _answers(self, text: str) -> bool:
        return is_figure(plain(text)) or len(plain(text)) > _LABEL

    def _heads_next(self, row: int, pieces: list[_Piece]) -> bool:
        """Whether a row of labels heads the row below, cell over cell."""
        if row + 1 >= self._end or len(pieces) < 2 or any(self._answers(p.text) for p in pieces):
            return False
        _, below = self._row(row + 1)
        if not _same_columns(pieces, below) or sum(not p.text for p in pieces) > 1:
            return False
        return self._paired(row) or any(self._answers(p.text) for p in below if p.text)

    def _paired(self, row: int) -> bool:
        """Whether a label at the left begins in this row and spans it and the next alone."""
        cell = self._table.owners[row][0]
        return cell is not None and cell.row == row and cell.rowspan == 2

    def _money(
        self, row: int, path: tuple[str, ...], under: list[_Piece], pieces: list[_Piece]
    ) -> DraftRow | None:
        """A row of figures under headings: its label is its first cell."""
        figures = [p for p in pieces[1:] if is_figure(plain(p.text))]
        if not figures or self._answers(pieces[0].text):
            return None
        heads = tuple(p.text for p in under[1:])
        if self.heads and heads != self.heads:
            return None
        self.heads = heads
        cells = tuple(p.text for p in pieces[1:])
        return DraftRow(
            pieces[0].text, "", "", 1, row, 0, path, self._table.page(row), cells=cells,
            placement=self._table.placement,
        )  # fmt: skip

    def _pairs(self, row: int, path: tuple[str, ...], pieces: list[_Piece]) -> Iterator[DraftRow]:
        """Label, answer, label, answer along a row; a lone long cell answers what spans it."""
        if len(pieces) == 1 and path:
            yield self._answer(row, path[:-1], path[-1], pieces[0].text)
            return
        if pieces and path and self._answers(pieces[0].text):
            yield self._answer(row, path[:-1], path[-1], pieces[0].text)
            path, pieces = path[:-1], pieces[1:]
        for label, answer in zip(pieces[::2], pieces[1::2], strict=False):
            if label.text:
                yield self._answer(row, path, label.text, answer.text)

    def _answer(self, row: int, path: tuple[str, ...], label: str, text: str) -> DraftRow:
        return DraftRow(
            label, "", "", 2, row, 0, path, self._table.page(row), cells=(text,),
            placement=self._table.placement,
        )  # fmt: skip


def _same_columns(a: list[_Piece], b: list[_Piece]) -> bool:
    return [(p.column, p.width) for p in a] == [(p.column, p.width) for p in b]
