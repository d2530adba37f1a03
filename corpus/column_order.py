"""In which order a statement's columns stand, where regions order them differently.

A header that is flattened names its columns in a scrambled order, so what it says is weighed
against the sums: the printed formulas, and a row that prints a value in every column.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.formulas import printed_sums
from corpus.statements import ColumnSpec, Formula, Statement, parse_across
from corpus.tokens import number, plain


def in_printed_order(
    statement: Statement,
    specs: Sequence[ColumnSpec],
    header: Sequence[str],
    notes: Sequence[str],
    figures: Sequence[str],
) -> list[ColumnSpec]:
    """The columns in the order of the header or of the definition, whichever the sums support.

    `figures` are the values of the statement's row. Where the sums support both, the header
    counts if it names each group of columns on one line.
    """
    named = _as_named(specs, plain("".join(header)))
    clear = all(_on_one_line(group, header) for group in _groups(specs))
    preferred = [named, list(specs)] if clear else [list(specs), named]
    sums = [parse_across(text) for text in statement.across]
    return max(preferred, key=lambda order: _support(order, sums, notes, figures))


def _as_named(specs: Sequence[ColumnSpec], wording: str) -> list[ColumnSpec]:
    """Columns under one heading in the order in which the header names them."""

    def place(spec: ColumnSpec) -> tuple[int, ...]:
        return tuple(_first(wording, words) for words in spec.path)

    if any(position < 0 for spec in specs for position in place(spec)):
        return list(specs)
    return sorted(specs, key=place)


def _first(wording: str, words: str) -> int:
    found = [wording.find(plain(word)) for word in words.split("|")]
    return min((position for position in found if position >= 0), default=-1)


def _groups(specs: Sequence[ColumnSpec]) -> list[set[str]]:
    """The header words that stand beside each other under one heading."""
    groups: dict[tuple[str, ...], set[str]] = {}
    for spec in specs:
        for level in range(len(spec.path)):
            groups.setdefault(spec.path[:level], set()).add(spec.path[level])
    return list(groups.values())


def _on_one_line(group: set[str], header: Sequence[str]) -> bool:
    return any(all(_first(plain(line), words) >= 0 for words in group) for line in header)


def _support(
    order: Sequence[ColumnSpec],
    sums: Sequence[Formula],
    notes: Sequence[str],
    figures: Sequence[str],
) -> int:
    """How many of the statement's sums the notes print, and the figures keep, in this order."""
    place = {spec.role: i for i, spec in enumerate(order)}
    printed = {(f.result, frozenset(n for _, n in f.addends)) for f in printed_sums(notes)}
    support = 0
    for formula in sums:
        roles = [term.column for term in formula.right if term.column in place]
        if formula.left.column not in place or not roles:
            continue
        result = place[formula.left.column]
        names = frozenset(str(place[role] + 1) for role in roles)
        support += (str(result + 1), names) in printed
        if len(figures) == len(order):
            total = sum((_value(figures[place[role]]) for role in roles), Decimal(0))
            support += _value(figures[result]) == total
    return support


def _value(text: str) -> Decimal:
    return number(text) or Decimal(0)
