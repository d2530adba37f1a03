"""Sums that a table shows without being told: for tables that no statement describes.

A total may take up the rows above it, those since the total before, or the group below it; a
column may be the sum of those beside it. What a table means is seen from its own figures: a sum
is accepted where it holds in most of the columns (or, for columns, of the rows) that show it, and
only then do the others fail. A whole whose listed parts never make it up is recorded as untried:
reports often list only some of the parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.frames import Frame
from corpus.model import Check, Column, Outcome
from corpus.tokens import decimals, number, plain

_TOTAL = re.compile(r"(合计|总计|小计|总额|总数)(\([^()]*\))?$|^(合计|总计|小计)")
_PART = re.compile(r"^(其中|#)[:：]?")
_SUM_HEAD = re.compile(r"^(合计|小计|总计|总额)")
_RATES = ("%", "‰")
_AGREE = Decimal("0.8")
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Claim:
    """`whole` is the sum of `parts`; for rows under 其中 it is at least that."""

    rule: str
    whole: _Place
    parts: tuple[_Place, ...]
    relation: str = "="


def inferred(frame: Frame) -> tuple[Check, ...]:
    """The checks of a table that no statement describes; none for one that a statement does."""
    if frame.statement is not None:
        return ()
    figures = _Figures(frame)
    if not figures.any:
        return ()
    return (*_down(frame, figures), *_across(frame, figures))


class _Figures:
    """The amounts of a table by row and column, and how exact each column is printed."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._text: dict[_Place, str] = {}
        self._value: dict[_Place, Decimal] = {}
        for i, row in enumerate(frame.draft.rows):
            for column, text in zip(frame.columns(i), row.cells or (), strict=False):
                value = number(text)
                if value is not None:
                    self._text[i, column.id], self._value[i, column.id] = text, value
        self._half = {
            column.id: Decimal(5)
            * Decimal(10) ** -(1 + max((decimals(t) for (_, c), t in self._text.items()
                                        if c == column.id), default=0))
            for column in frame.draft.columns
        }  # fmt: skip

    @property
    def any(self) -> bool:
        return bool(self._value)

    def has(self, place: _Place) -> bool:
        """Whether the cell shows a figure."""
        return place in self._value

    def value(self, place: _Place) -> Decimal:
        """The cell's figure, 0 for a blank."""
        return self._value.get(place, Decimal(0))

    def half(self, column: int) -> Decimal:
        """Half a unit of the last decimal that the column prints."""
        return self._half[column]

    def test(self, claim: _Claim) -> bool | None:
        """Whether a sum holds within its rounding; None where it shows too little to be tried."""
        shown = [part for part in claim.parts if self.has(part)]
        if not self.has(claim.whole) or not shown:
            return None
        slack = self.half(claim.whole[1]) + sum(self.half(part[1]) for part in shown)
        difference = self.value(claim.whole) - self.total(claim)
        if claim.relation == ">=":
            return difference >= -slack
        return abs(difference) <= slack

    def total(self, claim: _Claim) -> Decimal:
        """What the parts make."""
        return sum((self.value(part) for part in claim.parts), Decimal(0))

    def check(self, claim: _Claim, outcome: Outcome) -> Check:
        """A claim with its outcome; what could not be tried names no expected figure."""
        row, column = claim.whole
        label = self._frame.draft.rows[row].label
        head = next(c.label for c in self._frame.draft.columns if c.id == column)
        cells = (claim.whole, *claim.parts)
        if outcome is Outcome.UNTRIED:
            message = f"{label}: the parts that are listed do not make it up ({claim.rule})"
            return Check(claim.rule, outcome, message, cells)
        total, found = self.total(claim), self.value(claim.whole)
        message = f"{label} {head}: {found} {claim.relation} {total} ({claim.rule})"
        return Check(claim.rule, outcome, message, cells, total, found)


def _down(frame: Frame, figures: _Figures) -> Iterator[Check]:
    """Sums over rows: groups and their members, totals and what they total."""
    for row in range(len(frame.draft.rows)):
        options = list(_options(frame, row))
        amounts = [c for c in frame.columns(row) if c.unit not in _RATES]
        tried = [
            [(claim, figures.test(claim)) for c in amounts for claim in [_claim(option, row, c)]]
            for option in options
        ]
        best = max(tried, key=_support, default=[])
        if _support(best) > 0:
            yield from _settled(figures, best)
        elif any(held is False for _, held in best) and options[0].relation == "=":
            first = next(claim for claim, held in tried[0] if held is not None)
            yield figures.check(first, Outcome.UNTRIED)


def _support(tried: Sequence[tuple[_Claim, bool | None]]) -> Decimal:
    """How well a reading is borne out: positive where more columns bear it out than not."""
    results = [held for claim, held in tried if held is not None]
    if not results:
        return Decimal(0)
    kept = sum(results)
    share = Decimal(kept) / len(results)
    wide = max(len(claim.parts) for claim, _ in tried)
    return share + Decimal(wide) / 10000 if share >= Decimal("0.5") and kept else -1 + share


def _settled(figures: _Figures, tried: Sequence[tuple[_Claim, bool | None]]) -> Iterator[Check]:
    for claim, held in tried:
        if held is not None:
            yield figures.check(claim, Outcome.HOLDS if held else Outcome.FAILS)


@dataclass(frozen=True, slots=True)
class _Option:
    """A reading of what a row totals."""

    rule: str
    rows: tuple[int, ...]
    relation: str = "="


def _claim(option: _Option, row: int, column: Column) -> _Claim:
    parts = tuple((part, column.id) for part in option.rows)
    return _Claim(option.rule, (row, column.id), parts, option.relation)


def _options(frame: Frame, row: int) -> Iterator[_Option]:
    rows = frame.draft.rows
    if _is_total(rows[row].label):
        yield from _totals(frame, row)
        return
    children = frame.children(row)
    listed = [child for child in children if not _is_total(rows[child].label)]
    if not listed:
        return
    if _PART.match(plain(rows[listed[0]].label)):
        if len(listed) > 1:
            yield _Option("项目=其中各项之和", tuple(listed))
        yield _Option("项目≥其中各项之和", tuple(listed), ">=")
    elif len(listed) > 1:
        yield _Option("项目=下级各项之和", tuple(listed))


def _is_total(label: str) -> bool:
    return _TOTAL.search(plain(label)) is not None


def _totals(frame: Frame, row: int) -> Iterator[_Option]:
    """What a total may take up: its group, the rows since the total before, all rows, the rest."""
    rows = frame.draft.rows
    block = [i for i in range(len(rows)) if rows[i].block == rows[row].block]
    level = frame.levels[row]
    tops = [i for i in block if frame.levels[i] <= level and not _is_total(rows[i].label)]
    totals = [i for i in block if _is_total(rows[i].label) and i != row]
    before = [i for i in totals if i < row]
    since = [i for i in tops if (before[-1] if before else -1) < i < row]
    above = [i for i in tops if i < row]
    after = [i for i in tops if i > row]
    children = [i for i in frame.children(row) if not _is_total(rows[i].label)]
    for rule, found in (
        ("合计=以上各项之和", since),
        ("合计=以上全部各项之和", above),
        ("合计=上一合计与其后各项之和", [*before[-1:], *since]),
        ("合计=各合计之和", before),
        ("合计=以下各项之和", after),
        ("合计=下级各项之和", children),
    ):
        if len(found) > 1 or (found and rule == "合计=以上各项之和"):
            yield _Option(rule, tuple(dict.fromkeys(found)))


def _across(frame: Frame, figures: _Figures) -> Iterator[Check]:
    """Sums over columns: 合计 and the columns beside it."""
    for block in sorted({column.block for column in frame.draft.columns}):
        columns = [c for c in frame.draft.columns_of(block) if c.unit not in _RATES]
        own = [i for i, row in enumerate(frame.draft.rows) if row.block == block]
        for place, column in enumerate(columns):
            if not column.path or not _SUM_HEAD.match(plain(column.path[-1])):
                continue
            options = list(_beside(columns, place))
            tried = [
                [(claim, figures.test(claim)) for row in own
                 for claim in [_Claim("合计栏=各栏之和", (row, column.id),
                                      tuple((row, part.id) for part in option))]]
                for option in options
            ]  # fmt: skip
            best = max(tried, key=_support, default=[])
            if _agreed([held for _, held in best if held is not None]):
                yield from _settled(figures, best)


def _beside(columns: Sequence[Column], place: int) -> Iterator[Sequence[Column]]:
    """The columns that a sum column may take up: its group's, those up to the next sum, all."""
    own = columns[place]
    others = [c for c in columns if c.id != own.id]
    group = [c for c in others if len(own.path) > 1 and c.path[:-1] == own.path[:-1]]
    rest = columns[place + 1 :]
    stop = next((k for k, c in enumerate(rest) if _SUM_HEAD.match(plain(c.path[-1]))), len(rest))
    heads = [c for c in others if c.path and _SUM_HEAD.match(plain(c.path[-1]))]
    for option in (group, rest[:stop], rest, heads, others):
        if len(option) > 1:
            yield option


def _agreed(results: Sequence[bool]) -> bool:
    return len(results) > 1 and sum(results) >= _AGREE * len(results)
