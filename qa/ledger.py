"""Every figure of a report, whether a cell or a sentence, as one kind of entry.

A question never asks for "table 5, row 3": it names an account, perhaps a column, and what to
measure. An `Entry` says exactly that of each printed figure, so that finding an answer is
matching names, and both sources of a figure meet in one place.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from corpus import Report
from qa.cells import cell_entries
from qa.coverage import OWN, without_area
from qa.entry import PLAIN, TOTALS, CellPlace, Entry, Place, SpanPlace
from qa.names import core
from qa.said import claim_entries
from qa.texts import text_of


class Ledger:
    """The entries of one report, by item."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.entries = tuple(cell_entries(report)) + tuple(claim_entries(report))
        self._by_item: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self._by_item[entry.item].append(entry)
        self._by_place = {entry.place: entry for entry in self.entries}
        self._by_table: dict[int, list[Entry]] = defaultdict(list)
        self._by_passage: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if isinstance(entry.place, CellPlace):
                self._by_table[entry.place.table].append(entry)
            else:
                self._by_passage[entry.place.passage].append(entry)
        self.labels = _labels(self.entries)

    def of(self, item: str) -> tuple[Entry, ...]:
        """The entries about `item`; empty when the report does not name it."""
        return tuple(self._by_item.get(item, ()))

    def within(self, place: SpanPlace) -> tuple[Entry, ...]:
        """The figures that stand inside a stretch of a passage."""
        return tuple(
            e
            for e in self.entries
            if isinstance(e.place, SpanPlace)
            and e.place.passage == place.passage
            and place.start <= e.place.start
            and e.place.end <= place.end
        )

    def items(self) -> frozenset[str]:
        """Every item that the report has an entry for."""
        return frozenset(self._by_item)

    @cached_property
    def text(self) -> str:
        """All words of the report."""
        return text_of(self.report)

    @cached_property
    def has_own_level(self) -> bool:
        """Whether a government's report tells its own level's figures from the whole's."""
        return any(OWN in e.context for e in self.entries)

    def by_code(self, code: str) -> tuple[Entry, ...]:
        """The entries of the account with this code, in statement order."""
        return tuple(e for e in self.entries if e.code == code)

    def at(self, place: CellPlace) -> Entry | None:
        """The entry of a cell, or None where the table has none."""
        return self._by_place.get(place)

    def of_table(self, table: int) -> tuple[Entry, ...]:
        """The entries of a table, row by row."""
        return tuple(self._by_table.get(table, ()))

    def of_passage(self, passage: int) -> tuple[Entry, ...]:
        """The figures of a passage, in the order of its text."""
        return tuple(self._by_passage.get(passage, ()))


def _labels(entries: tuple[Entry, ...]) -> dict[str, str]:
    """Comparable label -> item, for every label and header that the report prints."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.item and core(entry.label) not in TOTALS:
            found.setdefault(core(entry.label), entry.item)
    for label, item in tuple(found.items()):  # 维修（护） is asked for as 维修护
        found.setdefault(label.translate(_NO_BRACKETS), item)
        found.setdefault(without_area(label), item)
    return {label: item for label, item in found.items() if label}


_NO_BRACKETS = str.maketrans("", "", "（）()")

__all__ = ["PLAIN", "CellPlace", "Entry", "Ledger", "Place", "SpanPlace"]
