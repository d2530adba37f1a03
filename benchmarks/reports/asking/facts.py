"""The figures that can be asked for, and by which words each is found without doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.reports.asking.wordings import plain_label, plain_title, wordings
from benchmarks.reports.model import Made, Sheet, TrueCell


@dataclass(frozen=True, slots=True)
class Fact:
    """A cell with the words for it. `column` is "" where the row's name says all."""

    cell: TrueCell
    table: str
    number: str
    item: str
    code: str
    column: str

    @property
    def value(self) -> Decimal:
        """The amount, in the cell's unit; zero where the cell is blank."""
        return self.cell.value or Decimal(0)

    @property
    def place(self) -> str:
        """The table as a citation names it."""
        return self.number or self.table


def facts(made: Made) -> list[Fact]:
    """All figures of accounts and named rows, 三公 by its columns."""
    found = []
    for sheet in made.sheets:
        for cell in sheet.cells():
            fact = _fact(sheet, cell)
            if fact is not None:
                found.append(fact)
    return found


def _fact(sheet: Sheet, cell: TrueCell) -> Fact | None:
    table, leaf = plain_title(sheet.title), cell.column[-1]
    if sheet.unlabelled:
        words = [w for w in cell.column if w not in ("小计", "合计")]
        item, column = "".join(words[-1:]), ""
        if {"预算数", "决算数"} & set(words):
            names = [w for w in words if w not in ("预算数", "决算数")] or ["“三公”经费"]
            item, column = names[-1], next(w for w in words if w in ("预算数", "决算数"))
        elif not item:
            return None
        return Fact(cell, table, sheet.number, item, "", column)
    item = plain_label(cell.label)
    if item in ("小计", "合计", "总计", "") or cell.group or (cell.code.isdigit() and not item):
        return None
    plain = leaf in wordings().plain_columns
    return Fact(cell, table, sheet.number, item, cell.code, "" if plain else leaf)


@dataclass(frozen=True, slots=True)
class Index:
    """Which facts share their words: only what has one value may be asked without more words."""

    values: dict[tuple[str, str], frozenset[Decimal]]
    in_table: dict[tuple[str, str, str], frozenset[Decimal]]

    def alone(self, fact: Fact) -> bool:
        """Whether item and column mean one value in the whole report."""
        return len(self.values[fact.item, fact.column]) == 1

    def alone_in_table(self, fact: Fact) -> bool:
        """Whether item and column mean one value in the fact's own table."""
        return len(self.in_table[fact.table, fact.item, fact.column]) == 1


def index(found: Iterable[Fact]) -> Index:
    """What the words of all facts may mean; a row's bare name means each of its columns."""
    values: dict[tuple[str, str], set[Decimal]] = defaultdict(set)
    in_table: dict[tuple[str, str, str], set[Decimal]] = defaultdict(set)
    for fact in found:
        for column in {fact.column, ""}:
            values[fact.item, column].add(fact.value)
            in_table[fact.table, fact.item, column].add(fact.value)
    return Index(
        {k: frozenset(v) for k, v in values.items()},
        {k: frozenset(v) for k, v in in_table.items()},
    )
