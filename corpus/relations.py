"""What must hold among the cells of a report: a statement's own sums and its links to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.formulas import printed_sums
from corpus.frames import Frame, bare, numeral_rank
from corpus.statements import Formula, Shape, Term, parse_across, parse_down, parse_link


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A cell of the report: table, row, column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Identity:
    """`result` equals, or is at least, the signed sum of `addends`."""

    rule: str
    result: Ref
    addends: tuple[tuple[int, Ref], ...]
    relation: Literal["=", ">="] = "="
    parts: bool = False  # a whole and its parts in one column of accounts

    @property
    def refs(self) -> tuple[Ref, ...]:
        """All cells, the result first."""
        return (self.result, *(ref for _, ref in self.addends))


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A link that cannot be tried because the other statement is not in the report."""

    table: int
    rule: str


def identities(frames: Sequence[Frame]) -> tuple[Identity, ...]:
    """Every identity of every table; a sum that two rules state appears once."""
    found: dict[tuple[object, ...], Identity] = {}
    for frame in frames:
        for identity in _of_frame(frame, frames):
            key = (identity.result, frozenset(identity.addends), identity.relation)
            found.setdefault(key, identity)
    return tuple(found.values())


def unlinked(frames: Sequence[Frame]) -> tuple[Unlinked, ...]:
    """The links whose statement is missing."""
    present = {f.statement.id for f in frames if f.statement}
    return tuple(
        Unlinked(frame.id, text)
        for frame in frames
        if frame.statement
        for text in frame.statement.links
        if _missing(parse_link(text), present)
    )


def _missing(formula: Formula, present: set[str]) -> bool:
    named = [term.statement for term in formula.right if term.statement]
    absent = [name for name in named if name not in present]
    return bool(absent) and (formula.relation == "=" or len(absent) == len(named))


def _of_frame(frame: Frame, frames: Sequence[Frame]) -> Iterator[Identity]:
    yield from _printed(frame)
    yield from _parts(frame)
    if frame.statement is None:
        return
    if frame.statement.shape is Shape.INDICATORS:
        yield from _scores(frame)
    for formula in _sums_of_layout(frame):
        yield from _across(frame, formula)
    for text in frame.statement.down:
        yield from _down(frame, parse_down(text))
    for text in frame.statement.links:
        yield from _linked(frame, parse_link(text), frames)


def _printed(frame: Frame) -> Iterator[Identity]:
    """The formulas that the table prints in its notes."""
    for formula in printed_sums(frame.draft.notes):
        numbers = [formula.result, *(name for _, name in formula.addends)]
        if formula.axis == "column":
            lines = {c.line: c.id for c in frame.draft.columns if c.line}
            for row in range(len(frame.draft.rows)):
                own = {c.id for c in frame.columns(row)}
                refs = [Ref(frame.id, row, lines.get(n, -1)) for n in numbers]
                if all(ref.column in own for ref in refs):
                    yield _signed(formula.text, refs, [sign for sign, _ in formula.addends])
        else:
            rows = {row.line: i for i, row in enumerate(frame.draft.rows) if row.line}
            if all(n in rows for n in numbers):
                for column in frame.columns(rows[formula.result]):
                    refs = [Ref(frame.id, rows[n], column.id) for n in numbers]
                    if _same_block(frame, refs):
                        yield _signed(formula.text, refs, [sign for sign, _ in formula.addends])


def _same_block(frame: Frame, refs: Iterable[Ref]) -> bool:
    return len({frame.draft.rows[ref.row].block for ref in refs}) == 1


def _signed(rule: str, refs: Sequence[Ref], signs: Sequence[int]) -> Identity:
    return Identity(rule, refs[0], tuple(zip(signs, refs[1:], strict=True)))


def _parts(frame: Frame) -> Iterator[Identity]:
    """A coded account is the sum of its parts; 合计 is the sum of the highest accounts."""
    rows = frame.draft.rows
    for row in range(len(rows)):
        children = [child for child in frame.children(row) if rows[child].code]
        if rows[row].code and children:
            yield from _sum_down(frame, f"{rows[row].code}=各下级科目之和", row, children)
    total = frame.role("total")
    shaped = frame.statement is not None and frame.statement.shape is Shape.ACCOUNTS
    tops = [i for i, row in enumerate(rows) if row.code and frame.parents[i] is None]
    if shaped and total is not None and tops:
        yield from _sum_down(frame, "合计=各类之和", total, tops)


def _sum_down(frame: Frame, rule: str, row: int, addends: Sequence[int]) -> Iterator[Identity]:
    """One identity a column; blocks of one amount each may sum across blocks."""
    columns = frame.columns(row)
    for place, column in enumerate(columns):
        if column.unit == "%":
            continue
        refs = [Ref(frame.id, row, column.id)]
        for addend in addends:
            own = frame.columns(addend)
            if len(own) != len(columns):
                return
            refs.append(Ref(frame.id, addend, own[place].id))
        yield replace(_signed(rule, refs, [1] * len(addends)), parts=True)


def _sums_of_layout(frame: Frame) -> list[Formula]:
    """The statement's sums over columns that the layout at hand states: layouts differ in them.

    Of two sums for one column the one counts more of whose columns are there.
    """
    known = frame.statement
    if known is None:
        return []
    printed = {column.role for column in frame.draft.columns}
    layouts = [{spec.role for spec in layout} for layout in known.layouts]
    own = max(layouts, key=lambda roles: (len(roles & printed), -len(roles)))
    best: dict[str, tuple[float, Formula]] = {}
    for formula in map(parse_across, known.across):
        found = [term.column in own & printed for term in formula.right]
        share = sum(found) / len(found)
        if sum(found) > 1 and share > best.get(formula.left.column, (0.0, formula))[0]:
            best[formula.left.column] = share, formula
    return [formula for _, formula in best.values()]


def _across(frame: Frame, formula: Formula) -> Iterator[Identity]:
    for row in range(len(frame.draft.rows)):
        by_role = {c.role: c.id for c in frame.columns(row)}
        result = by_role.get(formula.left.column)
        terms = [t for t in formula.right if t.column in by_role]
        if result is not None and len(terms) > 1:
            refs = [Ref(frame.id, row, by_role[t.column]) for t in terms]
            signs = [t.sign for t in terms]
            yield _signed(formula.text, [Ref(frame.id, row, result), *refs], signs)


def _down(frame: Frame, formula: Formula) -> Iterator[Identity]:
    result = frame.role(formula.left.row)
    if result is None:
        return
    terms = [(t.sign, row) for t in formula.right for row in _named_rows(frame, t, result)]
    rows = {row for _, row in terms}
    addends = [(sign, row) for sign, row in terms if not _within(frame, row, rows)]
    if _unknown_beside(frame, result, rows):
        return
    columns = frame.columns(result)
    for place, column in enumerate(columns):
        if column.unit == "%":
            continue
        refs = [Ref(frame.id, result, column.id)]
        refs += [Ref(frame.id, row, frame.columns(row)[place].id) for _, row in addends]
        if len(refs) > 1:
            yield _signed(formula.text, refs, [sign for sign, _ in addends])


def _unknown_beside(frame: Frame, result: int, rows: set[int]) -> bool:
    """Whether a numbered row of unknown meaning shows figures beside those that are summed."""
    if not rows:
        return False
    block, level = frame.draft.rows[result].block, min(frame.levels[row] for row in rows)
    between = [i for i in range(min(rows), result) if i not in rows and not frame.roles[i]]
    return any(
        frame.draft.rows[i].block == block
        and frame.levels[i] == level
        and numeral_rank(frame.draft.rows[i].label) is not None
        and any(frame.draft.rows[i].cells or frame.draft.rows[i].printed or ())
        for i in between
    )


def _within(frame: Frame, row: int, others: set[int]) -> bool:
    """Whether a row is part (其中) of another that is added already."""
    parent = frame.parents[row]
    while parent is not None:
        if parent in others:
            return True
        parent = frame.parents[parent]
    return False


def _named_rows(frame: Frame, term: Term, result: int) -> list[int]:
    """The rows of a term: a role, #code, or `each` row without a role above the result."""
    if term.row == "each":
        block = frame.draft.rows[result].block
        return [
            i
            for i in range(result)
            if frame.draft.rows[i].block == block and not frame.roles[i] and not frame.levels[i]
        ]
    row = frame.coded(term.row[1:]) if term.row.startswith("#") else frame.role(term.row)
    return [] if row is None else [row]


def _scores(frame: Frame) -> Iterator[Identity]:
    """The total score is the sum of the indicators' scores and that of budget execution."""
    total = frame.role("score.total")
    result = None if total is None else _cell(frame, total, "score")
    scored: list[Ref] = []
    executed: list[Ref] = []
    for row in range(len(frame.draft.rows)):
        if row != total:
            scored += [ref for ref in [_cell(frame, row, "score")] if ref]
            executed += [ref for ref in [_cell(frame, row, "budget.score")] if ref]
    # Of the budget rows only the first, the total, has a score of its own.
    addends = [*scored, *executed[:1]]
    if result is not None and scored:
        yield _signed("总分=各项得分之和", [result, *addends], [1] * len(addends))


def _linked(frame: Frame, formula: Formula, frames: Sequence[Frame]) -> Iterator[Identity]:
    for row in _left_rows(frame, formula):
        left = _cell(frame, row, formula.left.column)
        addends: list[tuple[int, Ref]] = []
        for term in formula.right:
            other = _other(frame, term, frames)
            found = None if other is None else _find(frame, row, term, other)
            if found is not None:
                addends.append((term.sign, found))
            elif formula.relation == "=" and (other is None or term.row == "*"):
                break
        else:
            whole = tuple(_without_parts(addends, frames))
            if left is not None and whole:
                yield Identity(formula.text, left, whole, formula.relation)


def _without_parts(
    addends: Sequence[tuple[int, Ref]], frames: Sequence[Frame]
) -> Iterator[tuple[int, Ref]]:
    for sign, ref in addends:
        beside = {r.row for _, r in addends if (r.table, r.column) == (ref.table, ref.column)}
        if not _within(frames[ref.table], ref.row, beside):
            yield sign, ref


def _left_rows(frame: Frame, formula: Formula) -> list[int]:
    if formula.left.row != "*":
        return _named_rows(frame, formula.left, 0)
    return [i for i, role in enumerate(frame.roles) if not role]


def _other(frame: Frame, term: Term, frames: Sequence[Frame]) -> Frame | None:
    """The table a term speaks of: in a file of several bodies, the one of the same turn."""
    if not term.statement:
        return frame
    named = [f for f in frames if f.statement and f.statement.id == term.statement]
    same = [f for f in named if f.ordinal == frame.ordinal]
    return same[0] if same else named[0] if len(named) == 1 else None


def _find(frame: Frame, row: int, term: Term, other: Frame) -> Ref | None:
    if term.row == "*":
        target = _counterpart(frame, row, other)
    else:
        target = next(iter(_named_rows(other, term, 0)), None)
    return None if target is None else _cell(other, target, term.column)


def _counterpart(frame: Frame, row: int, other: Frame) -> int | None:
    """The same account in another table: by code, else a 类 by its name."""
    own = frame.draft.rows[row]
    if own.code:
        same = other.coded(own.code)
        if same is not None or len(own.code) > 3:
            return same
    name = bare(own.label)
    for i, row_of_other in enumerate(other.draft.rows):
        top = len(row_of_other.code) == 3 if row_of_other.code else bool(own.code)
        if name and top and not other.roles[i] and bare(row_of_other.label) == name:
            return i
    return None


def _cell(frame: Frame, row: int, role: str) -> Ref | None:
    column = next((c.id for c in frame.columns(row) if c.role == role), None)
    return None if column is None else Ref(frame.id, row, column)
