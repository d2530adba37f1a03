"""A draft read as its statement: what each row means, which row it is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import statements
from corpus.drafts import Draft, DraftRow
from corpus.model import Column
from corpus.statements import RowSpec, Statement
from corpus.tokens import plain

_NUMERALS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.]"),
    re.compile(r"^\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"^\d{1,2}[.、]"),
    re.compile(r"^\(\d{1,2}\)"),
)
_ADDED = re.compile(r"^[加减]:")
_OWN = re.compile(r"合计|总计|小计|结余|结转|收支")
_PART_OF = re.compile(r"^(其中|#)[:：]?")


@dataclass(frozen=True, slots=True)
class Frame:
    """A draft with the meaning of its rows. `id` is the table's; tuples run along the rows."""

    id: int
    draft: Draft
    statement: Statement | None
    roles: tuple[str, ...]
    levels: tuple[int, ...]
    parents: tuple[int | None, ...]
    ordinal: int = 0  # which of the report's tables of this statement

    def columns(self, row: int) -> tuple[Column, ...]:
        """The columns in which the row can have values."""
        return self.draft.columns_of(self.draft.rows[row].block)

    def children(self, row: int) -> list[int]:
        """The rows that are immediate parts of `row`."""
        return [i for i, parent in enumerate(self.parents) if parent == row]

    def role(self, role: str) -> int | None:
        """The row with that role."""
        return self.roles.index(role) if role in self.roles else None

    def coded(self, code: str) -> int | None:
        """The row with that account code."""
        return next((i for i, row in enumerate(self.draft.rows) if row.code == code), None)


def frames(drafts: Sequence[Draft]) -> tuple[Frame, ...]:
    """The drafts in the same order, each with its statement's reading."""
    seen: dict[str, int] = {}
    found = []
    for id, draft in enumerate(drafts):
        known = statements.statement(draft.statement)
        ordinal = seen.get(draft.statement, 0)
        seen[draft.statement] = ordinal + 1
        roles = _roles(draft.rows, known.rows if known else ())
        levels = _levels(draft.rows, roles)
        parents = _parents(draft.rows, levels)
        found.append(Frame(id, draft, known, roles, levels, parents, ordinal))
    return tuple(found)


def bare(label: str) -> str:
    """A label without its numeral or 其中, for comparison."""
    text = _PART_OF.sub("", plain(label))
    for numeral in _NUMERALS:
        text = numeral.sub("", text)
    return text


def _roles(rows: Sequence[DraftRow], specs: Sequence[RowSpec]) -> tuple[str, ...]:
    """Each role goes to the first free row that carries one of its labels, in printed order."""
    roles = [""] * len(rows)
    for spec in specs:
        names = {plain(label) for label in spec.labels}
        free = [i for i, row in enumerate(rows) if not roles[i] and bare(row.label) in names]
        # A label merged over the blocks in between has its value in the last of them.
        own = [i for i in free if rows[i].block == spec.block]
        own = own or [i for i in free if rows[i].block > spec.block > 0]
        if own:
            roles[own[0]] = spec.role
    return tuple(roles)


def _levels(rows: Sequence[DraftRow], roles: Sequence[str]) -> tuple[int, ...]:
    levels: list[int] = []
    indented = any(row.level for row in rows)
    for row, role in zip(rows, roles, strict=True):
        before = levels[-1] if levels else 0
        levels.append(row.level if indented else _level(row, role, before))
    for block in {row.block for row in rows}:
        own = [i for i, row in enumerate(rows) if row.block == block]
        for place, i in enumerate(own):
            if rows[i].code:
                continue
            if place and _PART_OF.match(plain(rows[i].label)):
                _group(rows, levels, own, place)
            elif _ADDED.match(plain(rows[i].label)):
                _align(rows, levels, own[place:])
    return tuple(levels)


def _group(rows: Sequence[DraftRow], levels: list[int], own: Sequence[int], place: int) -> None:
    """Puts the rows that begin with 其中 one level below the row above it.

    The rows are indented below that row, or lack the numeral that it has; printed below 其中：
    they align with the word behind it, so that their indents differ from its own.
    """
    host, first = own[place - 1], own[place]
    members = [first]
    for i in own[place + 1 :]:
        inner = levels[i] > levels[host]
        bare_too = levels[i] == levels[host] and _lacks_numeral(rows[host], rows[i])
        if not inner and not bare_too:
            break
        members.append(i)
    base = levels[host] + 1
    deeper = [levels[i] for i in members[1:] if levels[i] > levels[host]]
    shift = min(deeper, default=base)
    if levels[first] in deeper and levels[first] > levels[host]:
        shift = min(shift, levels[first])
    for i in members:
        levels[i] = base if i == first else max(base, base + levels[i] - shift)


def _align(rows: Sequence[DraftRow], levels: list[int], own: Sequence[int]) -> None:
    """Rows that go on with a 加： are printed below the word behind it, not as its parts."""
    for i in own[1:]:
        if levels[i] <= levels[own[0]] or rows[i].code or numeral_rank(rows[i].label) is not None:
            return
        levels[i] = levels[own[0]]


def _lacks_numeral(host: DraftRow, row: DraftRow) -> bool:
    if row.code or numeral_rank(host.label) is None or numeral_rank(row.label) is not None:
        return False
    return bool(row.label) and not _OWN.search(plain(row.label))


def _level(row: DraftRow, role: str, before: int) -> int:
    """类 1, 款 2, 项 3; rows without a code by their numeral, 0 for totals and the rest."""
    if row.code.isdigit():
        return max(1, (len(row.code) - 1) // 2)
    if role.startswith(("opening.", "closing.")):
        return 1
    label = plain(row.label)
    if _PART_OF.match(label):
        return before + 1
    return numeral_rank(label) or 0


def numeral_rank(label: str) -> int | None:
    """The rank of the numeral that a label begins with: 0 for 一、, 1 for （一） …"""
    text = plain(label)
    return next((rank for rank, numeral in enumerate(_NUMERALS) if numeral.match(text)), None)


def _parents(rows: Sequence[DraftRow], levels: Sequence[int]) -> tuple[int | None, ...]:
    parents: list[int | None] = []
    for i, row in enumerate(rows):
        if row.code:
            parents.append(_by_code(rows, i))
        else:
            parents.append(_by_level(rows, levels, i))
    return tuple(parents)


def _by_code(rows: Sequence[DraftRow], i: int) -> int | None:
    """The nearest earlier row whose code begins this one's."""
    code = rows[i].code
    above = [k for k in range(i) if rows[k].code and code.startswith(rows[k].code)]
    longest = [k for k in above if len(rows[k].code) < len(code)]
    return max(longest, key=lambda k: len(rows[k].code), default=None)


def _by_level(rows: Sequence[DraftRow], levels: Sequence[int], i: int) -> int | None:
    above = (k for k in range(i - 1, -1, -1) if rows[k].block == rows[i].block)
    for k in above:
        if levels[k] < levels[i]:
            return k
    return None
