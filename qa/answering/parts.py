"""What an account consists of: rows below its row, a column, a group of accounts, a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Row, Table
from qa.answering.context import Context, clean
from qa.answering.listed import parts_in_prose
from qa.answering.members import Member, filled, main_entry, rows_as_members
from qa.figures import Figure, Source
from qa.gather import Want
from qa.ledger import PLAIN, CellPlace
from qa.plan import Mention
from qa.vocabulary import roles

_ACCOUNTS = re.compile(r"功能|科目|\b(?:accounts?|item[- ]level)\b")
FUNCTION, ECONOMIC = "2", "3"  # the first digits of the two classifications


def children(context: Context, source: Source, mention: Mention) -> tuple[Member, ...]:
    """The direct parts of an item: rows under its row, columns, groups, or a sentence's parts."""
    for find in (_nested, _grouped, _of_column, _of_roles, _of_prose):
        members = find(context, source, mention)
        if members:
            return members
    return ()


def _nested(context: Context, source: Source, mention: Mention) -> tuple[Member, ...]:
    for table, row in rows_of(context, source, mention):
        below = [r for r in table.rows if r.parent == row.id]
        while len(below) == 1:
            deeper = [r for r in table.rows if r.parent == below[0].id]
            if not deeper:
                break
            below = deeper
        members = rows_as_members(source, table, below)
        if not row.code:
            members = _uncoded(source, table, row, below, members)
        if members:
            return members
    return ()


def _uncoded(
    source: Source, table: Table, row: Row, below: Sequence[Row], members: tuple[Member, ...]
) -> tuple[Member, ...]:
    """The parts of a row without a code: only figures that add up say what belongs to it."""
    own = rows_as_members(source, table, [r for r in below if "其中" not in r.label])
    for found in (members, own):
        if found and _adds_up(source, table, row, found):
            return found
    return _following(source, table, row)


def _adds_up(source: Source, table: Table, row: Row, members: Sequence[Member]) -> bool:
    """Whether the rows below account for their parent, where codes do not say what is whose."""
    whole = main_entry(source, table, row)
    values = [m.figure.value for m in members if m.figure.value is not None]
    if whole is None or whole.value is None or not values:
        return True
    return abs(sum(values) - whole.value) <= _slack(whole.value, len(values))


def _slack(whole: Decimal, terms: int) -> Decimal:
    exponent = whole.as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1) * (terms + 1)


def _following(source: Source, table: Table, row: Row) -> tuple[Member, ...]:
    """The rows printed after a row that add up to it: 其中 indents nothing in many tables."""
    whole = main_entry(source, table, row)
    if whole is None or not whole.value:
        return ()
    rows = [r for r in table.rows if r.id > row.id and r.block == row.block]
    members = rows_as_members(source, table, rows)
    total = Decimal(0)
    for position, member in enumerate(members):
        total += member.figure.value or 0
        if position and abs(total - whole.value) <= _slack(whole.value, position + 1):
            return members[: position + 1]
    return ()


def rows_of(context: Context, source: Source, mention: Mention) -> list[tuple[Table, Row]]:
    """The rows of an item: the named table first, then the side, then what else is named."""
    report = source.ledger.report
    wanted = {t for r, t in context.plan.tables if r == report.id}
    keys = context.plan.keys
    side = context.plan.side or "expenditure"
    found = []
    for entry in source.ledger.of(mention.item):
        if isinstance(entry.place, CellPlace) and not (mention.code and entry.code != mention.code):
            table = report.tables[entry.place.table]
            named = len((entry.context & keys) - {mention.item})
            order = (table.id not in wanted, entry.side != side, -named, table.id)
            found.append((order, table, table.rows[entry.place.row]))
    found.sort(key=lambda f: f[0])
    return [(t, r) for _, t, r in found]


# --- groups without a row of their own ------------------------------------------------------------

_HEADINGS = {"personnel": "人员经费", "public": "公用经费"}
_PERSONNEL_CLASSES = frozenset({"301", "303"})


def _grouped(context: Context, source: Source, mention: Mention) -> tuple[Member, ...]:
    """The accounts of 人员经费 or 公用经费: of that heading, that column, or its classes."""
    if mention.item not in _HEADINGS:
        return ()
    del context
    for table in source.ledger.report.tables:
        rows, columns = _rows_in_group(table, mention.item)
        members = rows_as_members(source, table, rows, columns)
        members = filled(members) if columns else members
        if members:
            return members
    return ()


def _rows_in_group(table: Table, item: str) -> tuple[list[Row], frozenset[int]]:
    heading = _HEADINGS[item]
    below = [r for r in table.rows if _is_economic_leaf(table, r)]
    blocks = {c.block for c in table.columns if heading in "".join(c.path)}
    roled = frozenset(c.id for c in table.columns if c.role == item)
    if roled:
        return below, roled
    if blocks and len(blocks) < len({c.block for c in table.columns}):
        return [r for r in below if r.block in blocks], frozenset()
    personnel = item == "personnel"
    return [r for r in below if (_class(table, r) in _PERSONNEL_CLASSES) is personnel], frozenset()


def _is_economic_leaf(table: Table, row: Row) -> bool:
    return row.parent is not None and _class(table, row).startswith(ECONOMIC)


def _class(table: Table, row: Row) -> str:
    """The code of the class (301) that a row of the economic classification stands under."""
    while row.parent is not None:
        row = table.rows[row.parent]
    return row.code if len(row.code) == 3 else ""


def _of_column(context: Context, source: Source, mention: Mention) -> tuple[Member, ...]:
    """The function accounts that a column splits: those with 项目支出."""
    if mention.item not in ("project", "basic") or (
        mention.item == "basic" and not _ACCOUNTS.search(context.plan.utterance.text)
    ):
        return ()
    for table in source.ledger.report.tables:
        columns = frozenset(c.id for c in table.columns if c.role == mention.item)
        rows = [r for r in table.rows if len(r.code) == 7 and r.code.startswith(FUNCTION)]
        members = filled(rows_as_members(source, table, rows, columns)) if columns else ()
        if members:
            return members
    return ()


def _of_roles(context: Context, source: Source, mention: Mention) -> tuple[Member, ...]:
    """The parts that roles.yaml gives a total: basic and project expenditure of all spending."""
    want = replace(context.want(mention).measuring(PLAIN), side="", code="")
    want = replace(want, keys=want.keys - {mention.item})
    return tuple(
        member
        for item in roles().parts.get(mention.item, ())
        for member in _stated(context, source, item, want)
    )


def _stated(context: Context, source: Source, item: str, want: Want) -> list[Member]:
    """A part with its figure; one that is not stated as such by its own parts."""
    figure = context.figure(source, item, replace(want, keys=want.keys | {item}))
    if figure is not None:
        return [Member(_part_label(context, figure, item), item, figure)]
    inner = (
        (i, context.figure(source, i, replace(want, keys=want.keys | {i})))
        for i in roles().parts.get(item, ())
    )
    return [Member(_part_label(context, f, i), i, f) for i, f in inner if f is not None]


def _part_label(context: Context, figure: Figure, item: str) -> str:
    label = context.called(figure.label, item) if context.zh else figure.label
    return clean(label)


def _of_prose(context: Context, source: Source, mention: Mention) -> tuple[Member, ...]:
    del context
    return parts_in_prose(source, mention.item)
