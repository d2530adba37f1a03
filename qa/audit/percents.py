"""Columns of percentages in any table: what they are percentages of shows in the column itself.

Tables of governments are not defined statement by statement. Where nearly all rows of a column
are one column in percent of another (完成预算的%), or its growth over it (比上年增减%), the rows
that are not contradict the rest of their column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from corpus import Column, Table
from qa.audit.amounts import Amount, Span, half, is_money, plain, ratio
from qa.audit.case import Address, Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried

_ROWS = 8  # fewer rows do not show what a column is
_SHARE = 0.9  # of the rows must follow the formula
_TASTE = 40  # rows on which a formula is tried before it is tried on all
_COLUMNS = 14  # wider tables are matrices


@dataclass(frozen=True, slots=True)
class _Formula:
    """`part` in percent of `whole`, or its growth over `whole`."""

    part: int
    whole: int
    growth: bool


def check_percents(case: Case) -> Iterator[Trial]:
    """Each percentage of a column whose other rows follow one formula."""
    for table in case.report.tables:
        for column in table.columns:
            if _is_percentage(column) and len(table.columns) <= _COLUMNS:
                yield from _column(case, table, column)


def _is_percentage(column: Column) -> bool:
    return "%" in column.label or "％" in column.label or column.unit == "%"


def _column(case: Case, table: Table, column: Column) -> Iterator[Trial]:
    rows = [r.id for r in table.rows if _figure(case, (table.id, r.id, column.id)) is not None]
    money = [c.id for c in table.columns if c.block == column.block and not _is_percentage(c)]
    for part, whole in permutations(money, 2):
        for growth in (False, True):
            formula = _Formula(part, whole, growth)
            if not _is_likely(
                [_holds(case, table.id, r, column.id, formula) for r in rows[:_TASTE]]
            ):
                continue
            outcomes = {r: _holds(case, table.id, r, column.id, formula) for r in rows}
            if _is_likely(list(outcomes.values())):
                for row, outcome in outcomes.items():
                    if outcome is not None:
                        yield holds() if outcome else _wrong(case, table, row, column, formula)
                return
    if rows:
        yield untried(
            f"{table.name}“{column.label}”栏看不出由哪两栏算出",
            f"{table.name}: what {column.label} is worked out from does not show",
        )


def _is_likely(outcomes: list[bool | None]) -> bool:
    """Whether enough rows have the figures for a formula, and nearly all of them follow it."""
    known = [outcome for outcome in outcomes if outcome is not None]
    return len(known) >= _ROWS and sum(known) / len(known) >= _SHARE


def _figure(case: Case, address: Address) -> Amount | None:
    """A printed figure in the unit of its column."""
    cell = case.cells.get(address)
    if cell is None or cell.value is None or case.unsure(address[0], address[1]):
        return None
    return Amount(cell.value, half(cell.text))


def _holds(case: Case, table: int, row: int, column: int, formula: _Formula) -> bool | None:
    """Whether a row follows the formula; None where a figure is missing."""
    span, sign = _span(case, table, row, formula)
    cell = case.cells[table, row, column]
    if span is None or cell.value is None:
        return None
    turned = formula.growth and cell.value * sign < 0
    return span.explains(abs(cell.value), cell.text) and not turned


def _span(case: Case, table: int, row: int, formula: _Formula) -> tuple[Span | None, int]:
    part = _figure(case, (table, row, formula.part))
    whole = _figure(case, (table, row, formula.whole))
    if part is None or whole is None or part.value < 0 or whole.value <= 0:
        return None, 0
    units = {case.unit((table, row, c)) for c in (formula.part, formula.whole)}
    if len(units) > 1 or not all(is_money(unit) for unit in units if unit):
        return None, 0
    if not formula.growth:
        return ratio(part, whole), 1
    moved = part.value - whole.value
    return ratio(Amount(abs(moved), part.slack + whole.slack), whole), 1 if moved >= 0 else -1


def _wrong(case: Case, table: Table, row: int, column: Column, formula: _Formula) -> Trial:
    span, sign = _span(case, table.id, row, formula)
    assert span is not None
    address = (table.id, row, column.id)
    part, whole = (table.id, row, formula.part), (table.id, row, formula.whole)
    first, last = case.figure(part), case.figure(whole)
    sum_ = f"（{first}－{last}）÷{last}" if formula.growth else f"{first}÷{last}"
    result = f"{'-' if sign < 0 else ''}{plain(span.middle)}%"
    shown = case.cells[address].text
    return fails(
        f"{case.place(address)}为{shown}，而{sum_}＝{result}",
        f"{case.place(address)} shows {shown}; {sum_} = {result}",
        (case.printed(address), case.printed(part), case.printed(whole)),
        (case.row(table.id, row).label,),
        (shown, result, first, last),
    )


RULES = (
    Rule(
        "table.percent",
        "表中百分比一栏的各行，应都能由同样的两栏算出。",
        "The percentages of a column are all worked out from the same two columns.",
        Severity.ERROR,
        "各数末位的一半；截尾也算相符；至少八行、九成的行合此算法才核对",
        check_percents,
    ),
)
