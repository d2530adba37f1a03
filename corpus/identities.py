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

from collections.abc import Sequence

from corpus.amounts import Scale
from corpus.frames import Frame
from corpus.model import Placement
from corpus.placing import Placed, Problem, RowKey, Strictness, Told
from corpus.relations import Identity


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
        solved = _solve(frames, group, sure, told, scale, placed)
        placed |= solved or _table_by_table(frames, group, sure, told, scale, placed)
    return placed


def _solve(
    frames: Sequence[Frame],
    group: Sequence[RowKey],
    identities: Sequence[Identity],
    told: Sequence[Told],
    scale: Scale,
    placed: dict[RowKey, Placed],
) -> dict[RowKey, Placed] | None:
    """The group solved as strictly as its sums allow.

    Trying the strict problems first changes no result, since no fault is the fewest faults; but
    they are far smaller, and most reports are exact.
    """
    for strictness in Strictness:
        problem = Problem(frames, group, identities, told, scale, placed, strictness)
        solved = problem.solve()
        if solved is not None:
            return solved
    return None


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
        solved = _solve(frames, own, inner, told, scale, placed)
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
