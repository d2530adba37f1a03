"""The cells at the address that a text gives: table, row and column as a report prints them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from weakref import WeakKeyDictionary

from qa.checking.stated import Stated
from qa.ledger import CellPlace, Entry, Ledger
from qa.names import bare, core
from qa.vocabulary import key_of, roles


def addressed(stated: Stated, ledger: Ledger) -> list[Entry]:
    """The cells at the named row and column, where a text names both as a table prints them."""
    if not stated.column or not stated.account:
        return []
    near = _by_label(ledger).get(core(stated.account), ())
    found = [entry for entry in near if is_cell_of(stated, ledger, entry)]
    exactness = {entry.place: _exactness(stated, ledger, entry) for entry in found}
    best = max(exactness.values(), default=())
    return [entry for entry in found if exactness[entry.place] == best]


def _exactness(stated: Stated, ledger: Ledger, entry: Entry) -> tuple[bool, ...]:
    """Whether a cell's row, column and table are called just as the text calls them."""
    assert isinstance(entry.place, CellPlace)
    table = ledger.report.tables[entry.place.table]
    row, column = table.rows[entry.place.row], table.columns[entry.place.column]
    return (
        bare(row.label) == bare(stated.account),
        bare(column.label) == bare(stated.column),
        "".join(stated.table.split()) in ("".join(table.title.split()), table.number),
    )


def is_of_two_columns(entries: Sequence[Entry]) -> bool:
    """Whether a column's name stands for several in one row, which print different figures."""
    rows: dict[tuple[int, int], set[Decimal | None]] = defaultdict(set)
    for entry in entries:
        assert isinstance(entry.place, CellPlace)
        rows[entry.place.table, entry.place.row].add(entry.value)
    return any(len(values) > 1 for values in rows.values())


_LABELLED: WeakKeyDictionary[Ledger, dict[str, tuple[Entry, ...]]] = WeakKeyDictionary()


def _by_label(ledger: Ledger) -> dict[str, tuple[Entry, ...]]:
    """The cells by the comparable name of their row, and of their column where a row has none."""
    if ledger not in _LABELLED:
        found: dict[str, list[Entry]] = defaultdict(list)
        for table in ledger.report.tables:
            labels = {row.id: core(row.label) for row in table.rows}
            heads = {c.id: {core(part) for part in (*c.path, c.label)} for c in table.columns}
            for entry in ledger.of_table(table.id):
                assert isinstance(entry.place, CellPlace)
                label = labels[entry.place.row]
                for name in {label} if label else heads[entry.place.column]:
                    found[name].append(entry)
        _LABELLED[ledger] = {name: tuple(entries) for name, entries in found.items()}
    return _LABELLED[ledger]


def is_cell_of(stated: Stated, ledger: Ledger, entry: Entry) -> bool:
    """Whether a cell is at the address that is stated; what is not said is not held against it."""
    assert isinstance(entry.place, CellPlace)
    table = ledger.report.tables[entry.place.table]
    row, column = table.rows[entry.place.row], table.columns[entry.place.column]
    if stated.code and stated.code != row.code:
        return False
    if stated.table and not _is_table(stated.table, table.number, table.title):
        return False
    parts = {bare(part) for part in (*column.path, column.label)}
    if stated.column and bare(stated.column) not in parts:
        return False
    named = {bare(row.label), bare(entry.label)} | (parts if not row.label else set())
    if stated.account and bare(stated.account) not in named:
        item = key_of(stated.account)
        same = core(stated.account) == core(row.label) or item == key_of(row.label)
        if not same and entry.item not in roles().twins.get(item, ()):
            return False
    return stated.measure in (entry.measure, "amount") or not stated.measure


def _is_table(name: str, number: str, title: str) -> bool:
    said = bare(name)
    return said in (bare(number), bare(title)) or (len(said) > 3 and said in bare(title))
