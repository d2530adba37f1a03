"""Puts values back into columns when the layout has lost the blanks.

A row prints k values for n columns and keeps their order. Which column each stands in is a whole
number problem: one yes/no variable for every value and column, and every identity of the report a
linear equation over them, with half a unit of the last decimal as tolerance for each figure.

Published reports break some of their own sums. So nothing is required; the solver looks for the
placements that break the fewest identities, then for those that leave the fewest rounding
differences, and a value is placed only if it stands in the same column in all of them. Sentences
that name an item and its value are heard last, for what the sums leave open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.amounts import Scale
from corpus.frames import Frame
from corpus.model import Placement
from corpus.relations import Identity, Ref

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_EFFORT = 10.0  # deterministic seconds for one search; beyond it what is not proven stays open
_SLACK = 1  # a placement must also win against those with one rounding difference more


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that says what a cell holds, in quanta; 0 where it says that there is nothing."""

    ref: Ref
    amount: int
    tolerance: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The column (its place in the row's block) of each printed value, None where it stays open."""

    columns: tuple[int | None, ...]
    by: tuple[Placement, ...]


RowKey = tuple[int, int]


def place(
    frames: Sequence[Frame],
    identities: Sequence[Identity],
    told: Sequence[Told],
    scale: Scale,
) -> dict[RowKey, Placed]:
    """Where the printed values of every row without cells stand, by (table, row)."""
    placed: dict[RowKey, Placed] = {}
    unknown: list[RowKey] = []
    for frame in frames:
        for i, row in enumerate(frame.draft.rows):
            if row.printed is None:
                continue
            count = len(frame.columns(i))
            if len(row.printed) == count or not row.printed:
                order = (Placement.ORDER,) * len(row.printed)
                placed[frame.id, i] = Placed(tuple(range(len(row.printed))), order)
            elif len(row.printed) > count:
                placed[frame.id, i] = _open(frames, (frame.id, i))
            else:
                unknown.append((frame.id, i))
    sure = _without(identities, {key for key, row in placed.items() if None in row.columns})
    for group in _groups(unknown, sure):
        solved = _Problem(frames, group, sure, told, scale, placed).solve()
        placed |= solved or _table_by_table(frames, group, sure, told, scale, placed)
    return placed


def _table_by_table(
    frames: Sequence[Frame],
    group: Sequence[RowKey],
    identities: Sequence[Identity],
    told: Sequence[Told],
    scale: Scale,
    placed: dict[RowKey, Placed],
) -> dict[RowKey, Placed]:
    """A group too large to be solved at once: each table by what it says itself."""
    found: dict[RowKey, Placed] = {}
    for table in sorted({key[0] for key in group}):
        own = [key for key in group if key[0] == table]
        inner = _without(identities, set(group) - set(own))
        solved = _Problem(frames, own, inner, told, scale, placed).solve()
        found |= solved or {key: _open(frames, key) for key in own}
    return found


def _open(frames: Sequence[Frame], key: RowKey) -> Placed:
    count = len(frames[key[0]].draft.rows[key[1]].printed or ())
    return Placed((None,) * count, (Placement.OPEN,) * count)


def _without(identities: Sequence[Identity], rows: set[RowKey]) -> list[Identity]:
    """The identities that touch none of these rows."""
    return [i for i in identities if all((r.table, r.row) not in rows for r in i.refs)]


def _groups(rows: Sequence[RowKey], identities: Sequence[Identity]) -> list[list[RowKey]]:
    """Rows that some identity ties together, directly or through others."""
    leader = {row: row for row in rows}

    def find(row: RowKey) -> RowKey:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    for identity in identities:
        tied = [key for key in ((r.table, r.row) for r in identity.refs) if key in leader]
        for other in tied[1:]:
            leader[find(other)] = find(tied[0])
    groups: dict[RowKey, list[RowKey]] = {}
    for row in rows:
        groups.setdefault(find(row), []).append(row)
    return list(groups.values())


@dataclass(slots=True)
class _Sum:
    """A linear expression, and how many half units of rounding it may carry."""

    constant: int = 0
    slack: int = 0
    terms: list[tuple[int, cp_model.IntVar]] = field(default_factory=list)
    slacks: list[tuple[int, cp_model.IntVar]] = field(default_factory=list)


class _Problem:
    """The placement of the values of one group of rows."""

    def __init__(
        self,
        frames: Sequence[Frame],
        group: Sequence[RowKey],
        identities: Sequence[Identity],
        told: Sequence[Told],
        scale: Scale,
        placed: dict[RowKey, Placed],
    ) -> None:
        from ortools.sat.python import cp_model  # slow to import, and most layouts never need it

        self._sat = cp_model
        self._model = cp_model.CpModel()
        self._frames, self._scale, self._placed = frames, scale, placed
        self._choice: dict[RowKey, list[list[cp_model.IntVar]]] = {}
        for key in group:
            self._choice[key] = self._choices(key)
        self._broken: list[cp_model.IntVar] = []
        self._rounded: list[cp_model.IntVar] = []
        for identity in identities:
            if any((r.table, r.row) in self._choice for r in identity.refs):
                self._add(identity)
        self._untidy: list[cp_model.IntVar] = []
        if self._has_nought():
            self._untidy = [v for i in identities if i.parts for v in self._tidy(i)]
        self._unheard = [self._hear(t) for t in told if (t.ref.table, t.ref.row) in self._choice]

    def solve(self) -> dict[RowKey, Placed] | None:
        """The values certain by sums alone, then those that sentences settle as well.

        None if the effort did not suffice to prove the best placement.
        """
        phases = ((self._broken, 0), (self._rounded, _SLACK), (self._untidy, 0))
        if not all(self._settle(faults, slack) for faults, slack in phases):
            return None
        by_sums = self._certain()
        everything = sum(len(values) for values in self._choice.values())
        if len(by_sums) == everything or not self._unheard:
            return self._result(by_sums, by_sums)
        if not self._settle(self._unheard, 0):
            return self._result(by_sums, by_sums)
        return self._result(by_sums, self._certain())

    def _choices(self, key: RowKey) -> list[list[cp_model.IntVar]]:
        table, row = key
        printed = self._frames[table].draft.rows[row].printed or ()
        count = len(self._frames[table].columns(row))
        values = [
            [self._model.new_bool_var(f"{table}.{row}.{p}.{c}") for c in range(count)]
            for p in range(len(printed))
        ]
        for before, after in pairwise(values):
            self._model.add(_position(before) + 1 <= _position(after))
        for value in values:
            self._model.add_exactly_one(value)
        return values

    def _add(self, identity: Identity) -> None:
        difference = _Sum()
        self._take(difference, identity.result, 1)
        for sign, ref in identity.addends:
            self._take(difference, ref, -sign)
        broken = self._model.new_bool_var(f"broken {len(self._broken)}")
        amount = difference.constant + _weighted(difference.terms)
        slack = difference.slack + _weighted(difference.slacks)
        self._model.add(amount + slack >= 0).only_enforce_if(~broken)
        self._broken.append(broken)
        if identity.relation == "=":
            self._model.add(amount - slack <= 0).only_enforce_if(~broken)
            rounded = self._model.new_bool_var(f"rounded {len(self._rounded)}")
            self._model.add(amount == 0).only_enforce_if(~rounded)
            self._rounded.append(rounded)

    def _take(self, total: _Sum, ref: Ref, sign: int) -> None:
        """Adds a cell to a sum; a cell that stays blank adds neither amount nor rounding."""
        frame = self._frames[ref.table]
        row = frame.draft.rows[ref.row]
        half = self._scale.half[ref.table]
        place = [c.id for c in frame.columns(ref.row)].index(ref.column)
        key = (ref.table, ref.row)
        if key in self._choice:
            for text, value in zip(row.printed or (), self._choice[key], strict=True):
                total.terms.append((sign * self._scale.whole(ref.table, text), value[place]))
                total.slacks.append((half, value[place]))
            return
        text = fixed_text(frame, ref.row, place, self._placed)
        if text:
            total.constant += sign * self._scale.whole(ref.table, text)
            total.slack += half

    def _tidy(self, identity: Identity) -> Iterator[cp_model.IntVar]:
        """A sum that prints nothing has parts that print nothing: says where a 0.00 can stand."""
        whole = self._prints(identity.result)
        for _, ref in identity.addends:
            part = self._prints(ref)
            if isinstance(whole, int) and (whole or isinstance(part, int)):
                continue
            fault = self._model.new_bool_var(f"untidy {ref}")
            self._model.add(part <= whole + fault)
            yield fault

    def _has_nought(self) -> bool:
        """Whether a 0.00 is to be placed: sums say nothing about it."""
        return any(
            not self._scale.whole(table, text)
            for table, row in self._choice
            for text in self._frames[table].draft.rows[row].printed or ()
        )

    def _prints(self, ref: Ref) -> cp_model.LinearExprT:
        """1 where the cell shows a value, 0 where it is blank."""
        cell = _Sum()
        self._take(cell, ref, 1)
        half = self._scale.half[ref.table]
        return sum(var for _, var in cell.slacks) if cell.slacks else int(cell.slack == half)

    def _hear(self, told: Told) -> cp_model.IntVar:
        said = _Sum()
        self._take(said, told.ref, 1)
        unheard = self._model.new_bool_var(f"unheard {told.ref}")
        amount = said.constant + _weighted(said.terms)
        self._model.add(amount <= told.amount + told.tolerance).only_enforce_if(~unheard)
        self._model.add(amount >= told.amount - told.tolerance).only_enforce_if(~unheard)
        return unheard

    def _settle(self, faults: Sequence[cp_model.IntVar], slack: int) -> bool:
        """Keeps only placements with the fewest faults; False if that could not be proven."""
        if not faults:
            return True
        self._model.minimize(sum(faults))
        solver = self._solver()
        if solver.solve(self._model) != self._sat.OPTIMAL:
            return False
        self._model.clear_objective()
        self._model.add(sum(faults) <= round(solver.objective_value) + slack)
        return True

    def _certain(self) -> dict[tuple[RowKey, int], int]:
        """The values that stand in the same column in every placement that is left.

        Each round looks for the placement that differs most from the first one; values that moved
        are dropped, and when none can move the rest is certain.
        """
        solver = self._solver()
        if solver.solve(self._model) not in (self._sat.OPTIMAL, self._sat.FEASIBLE):
            return {}
        same = {
            (key, p): next(c for c, var in enumerate(value) if solver.value(var))
            for key, values in self._choice.items()
            for p, value in enumerate(values)
        }
        while same:
            kept = [self._choice[key][p][c] for (key, p), c in same.items()]
            self._model.minimize(sum(kept))
            solver = self._solver()
            status = solver.solve(self._model)
            self._model.clear_objective()
            if status != self._sat.OPTIMAL:
                return {}
            moved = [k for k, var in zip(list(same), kept, strict=True) if not solver.value(var)]
            if not moved:
                break
            for k in moved:
                del same[k]
        return same

    def _result(
        self,
        by_sums: dict[tuple[RowKey, int], int],
        by_all: dict[tuple[RowKey, int], int],
    ) -> dict[RowKey, Placed]:
        found = {}
        for key, values in self._choice.items():
            columns = tuple(by_all.get((key, p)) for p in range(len(values)))
            by = tuple(_by((key, p), by_sums, by_all) for p in range(len(values)))
            found[key] = Placed(columns, by)
        return found

    def _solver(self) -> cp_model.CpSolver:
        solver = self._sat.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = _EFFORT
        return solver


def fixed_text(frame: Frame, row: int, place: int, placed: dict[RowKey, Placed]) -> str:
    """What is printed at a place of a row whose values are placed, "" for a blank."""
    source = frame.draft.rows[row]
    if source.cells is not None:
        return source.cells[place] if place < len(source.cells) else ""
    known = placed.get((frame.id, row))
    if known is None or place not in known.columns:
        return ""
    return (source.printed or ())[known.columns.index(place)]


def _position(value: Sequence[cp_model.IntVar]) -> cp_model.LinearExprT:
    return sum(column * var for column, var in enumerate(value))


def _weighted(terms: Iterable[tuple[int, cp_model.IntVar]]) -> cp_model.LinearExprT:
    return sum(weight * var for weight, var in terms)


def _by(
    value: tuple[RowKey, int],
    by_sums: dict[tuple[RowKey, int], int],
    by_all: dict[tuple[RowKey, int], int],
) -> Placement:
    if value in by_sums:
        return Placement.IDENTITIES
    return Placement.PROSE if value in by_all else Placement.OPEN
