"""One group of rows as a whole number problem: a yes/no variable for every value and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.amounts import Scale
from corpus.frames import Frame
from corpus.model import Placement
from corpus.relations import Identity, Ref

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_EFFORT = 10.0  # deterministic seconds for one search; beyond it what is not proven stays open


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


class Strictness(IntEnum):
    """How much a report may break its own sums: not at all, by rounding, or outright."""

    EXACT = 0
    ROUNDED = 1
    BROKEN = 2


@dataclass(slots=True)
class _Sum:
    """A linear expression, and how many half units of rounding it may carry."""

    constant: int = 0
    slack: int = 0
    terms: list[tuple[int, cp_model.IntVar]] = field(default_factory=list)
    slacks: list[tuple[int, cp_model.IntVar]] = field(default_factory=list)


class Problem:
    """The placement of the values of one group of rows."""

    def __init__(
        self,
        frames: Sequence[Frame],
        group: Sequence[RowKey],
        identities: Sequence[Identity],
        told: Sequence[Told],
        scale: Scale,
        placed: dict[RowKey, Placed],
        strictness: Strictness,
    ) -> None:
        from ortools.sat.python import cp_model  # slow to import, and most layouts never need it

        self._sat = cp_model
        self._model = cp_model.CpModel()
        self._frames, self._scale, self._placed = frames, scale, placed
        self._strictness = strictness
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

        None if there is no placement this strict, or the effort did not suffice to prove it best.
        """
        if not all(self._settle(faults) for faults in (self._broken, self._rounded, self._untidy)):
            return None
        by_sums = self._certain()
        if by_sums is None:
            return None
        everything = sum(len(values) for values in self._choice.values())
        if len(by_sums) == everything or not self._unheard:
            return self._result(by_sums, by_sums)
        by_all = self._certain() if self._settle(self._unheard) else None
        return self._result(by_sums, by_sums if by_all is None else by_all)

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
        slack = difference.slack + _weighted(difference.slacks)
        equal = identity.relation == "="
        if self._strictness is Strictness.EXACT:
            amount = difference.constant + _weighted(difference.terms)
            self._model.add(amount == 0 if equal else amount + slack >= 0)
            return
        measured = self._measured(difference)
        self._hold(measured + slack >= 0, measured - slack <= 0 if equal else None)
        if equal:
            rounded = self._model.new_bool_var(f"rounded {len(self._rounded)}")
            self._model.add(measured == 0).only_enforce_if(~rounded)
            self._rounded.append(rounded)

    def _hold(
        self,
        lower: cp_model.BoundedLinearExpression,
        upper: cp_model.BoundedLinearExpression | None,
    ) -> None:
        """Requires an identity within its tolerance, or counts it as broken."""
        limits = [self._model.add(limit) for limit in (lower, upper) if limit is not None]
        if self._strictness is Strictness.BROKEN:
            broken = self._model.new_bool_var(f"broken {len(self._broken)}")
            for limit in limits:
                limit.only_enforce_if(~broken)
            self._broken.append(broken)

    def _measured(self, difference: _Sum) -> cp_model.IntVar:
        """The difference as a variable.

        Conditions on the long sums themselves, three to an identity, made the solver's
        presolve (OR-tools 9.15) lose solutions; conditions on one variable do not.
        """
        weights = [weight for weight, _ in difference.terms]
        low = difference.constant + sum(min(0, weight) for weight in weights)
        high = difference.constant + sum(max(0, weight) for weight in weights)
        value = self._model.new_int_var(low, high, "difference")
        self._model.add(value == difference.constant + _weighted(difference.terms))
        return value

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

    def _settle(self, faults: Sequence[cp_model.IntVar]) -> bool:
        """Keeps only placements with the fewest faults; False if that could not be proven."""
        if not faults:
            return True
        self._model.minimize(sum(faults))
        solver = self._solver()
        if solver.solve(self._model) != self._sat.OPTIMAL:
            return False
        self._model.clear_objective()
        self._model.add(sum(faults) <= round(solver.objective_value))
        return True

    def _certain(self) -> dict[tuple[RowKey, int], int] | None:
        """The values that stand in the same column in every placement that is left.

        Each round looks for the placement that differs most from the first one; values that moved
        are dropped, and when none can move the rest is certain. None if that was not proven.
        """
        solver = self._solver()
        if solver.solve(self._model) not in (self._sat.OPTIMAL, self._sat.FEASIBLE):
            return None
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
                return None
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
