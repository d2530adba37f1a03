"""Sets of accounts: what an account consists of, the rows of a table, the accounts of a level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus import Level, Table
from qa.answering.context import Context, clean
from qa.answering.gist import is_bare, spare
from qa.answering.members import Group, Member, clean_title, filled, rows_as_members
from qa.answering.parts import ECONOMIC, FUNCTION, children, rows_of
from qa.answering.wholes import without_wholes
from qa.figures import Source
from qa.ledger import PLAIN
from qa.plan import LOOSE, Mention, Operation
from qa.vocabulary import roles

_SPARE = 4  # characters that say too little to narrow anything
_MEASURES = ("budget", "completion", "change", "rate", "prior", "target")

# Words for a level of the classification, with the digits of its codes.
_SAID_LEVELS = (
    (
        re.compile(
            r"类级|功能类|[两三四五六七八九十几]个(?:大)?类|大类|类科目|哪一?个?类(?!型|别)|[几些一两三四五六七八九十]类|几个类|按(支出)?功能|"
            r"categor|class[- ]level|functional class"
        ),
        3,
    ),
    (re.compile(r"款级|款科目|[几些]款|几个款"), 5),
    (re.compile(r"项级|项科目|item[- ]level"), 7),
)
_MEANT_LEVELS = (
    (re.compile(r"科目|支出项|哪(一|个|些|几)?项|account|item"), 7),
    (re.compile(r"支出|花|钱|用|spen|expenditure|收入|income"), 3),
)
_CLASS = 3
_TOTALS = frozenset({"expenditure.total", "income.total", "grand.total"})
_CARS = re.compile(r"公务用?车|公车|车辆?|汽车|vehicles?|cars?|official (?:vehicles?|cars?)")
_VEHICLES = ("辆", "台", "种", "类")
_PARTS = re.compile(r"部分|构成|组成|结构|用途")
_JOINED = re.compile(r"[\s“”]*(?:[、,，/]|和|与|跟|及|以及|还是|还有|或者?|and|or|vs\.?)[\s“”]*")


# --- what the question names ----------------------------------------------------------------------


def of_names(context: Context) -> Group | None:
    """The accounts that the question itself lists: 办公费、邮电费、差旅费哪个最多."""
    mentions = without_wholes(context.plan, _sure(context))
    leaves = [m for m in mentions if not _has_parts(context, m)]
    named = mentions if len(mentions) > 1 and _all_joined(context, mentions) else leaves
    if len(mentions) < 2 or not named or (len(named) < 2 and not _asks_amounts(context)):
        return None
    if context.plan.operation is Operation.COUNT:
        return None
    for source in context.sources:
        members = tuple(_named_members(context, source, named))
        if members and len(members) == len({m.item for m in named}):
            return Group("", members, source)
    return None


def _asks_amounts(context: Context) -> bool:
    """One account inside another is asked for only where an amount is."""
    wants = context.plan.money or re.search(r"多少|各|分别", context.plan.utterance.text)
    return context.plan.operation is Operation.LIST and bool(wants)


def _named_members(
    context: Context, source: Source, mentions: Sequence[Mention]
) -> Iterable[Member]:
    for mention in {m.item: m for m in mentions}.values():
        want = context.want(mention).measuring(_measure(context), context.plan.basis)
        figure = context.figure(source, mention.item, want)
        if figure is not None:
            label = context.called(figure.label, mention.item) if context.zh else figure.label
            yield Member(clean(label), mention.item, figure)


def _sure(context: Context) -> tuple[Mention, ...]:
    """The strong mentions that were not merely guessed from sound or likeness."""
    return tuple(m for m in context.plan.strong if m.via not in LOOSE)


def _all_joined(context: Context, mentions: Sequence[Mention]) -> bool:
    """Whether nothing but 、 and 和 stands between the names."""
    text = context.plan.text or context.plan.utterance.text
    pairs = pairwise(mentions)
    return all(_JOINED.fullmatch(text[a.end : b.start]) for a, b in pairs if a.end >= 0)


def _has_parts(context: Context, mention: Mention) -> bool:
    return any(len(children(context, s, mention)) > 1 for s in context.sources)


# --- what an account consists of ------------------------------------------------------------------


def of_mention(context: Context) -> Group | None:
    """What the account or total that the question names consists of, the last named first."""
    strong = _sure(context) or context.plan.strong
    level = any(said.search(context.plan.text) for said, _ in _SAID_LEVELS)
    for mention in _last_first(strong):
        if level and mention.item in _TOTALS:
            continue  # 哪个项级科目的支出合计最多: the total is the column, the level the set
        group = _parts_of(context, mention)
        if group is not None and _explains(context, group):
            return group
    return None


def _last_first(mentions: Sequence[Mention]) -> list[Mention]:
    """The last named first, codes before names."""
    order = {m.item: -place for place, m in enumerate(mentions)}
    return sorted(mentions, key=lambda m: (not m.code, order[m.item]))


def _explains(context: Context, group: Group) -> bool:
    """Whether what the question says besides is borne out by the set's own names.

    Further words may narrow the question to something else than the account's parts.
    """
    rest = spare(context)
    if len(rest) <= _SPARE:
        return True
    said = group.name + "".join(m.label for m in group.members)
    return sum(c in said for c in rest) * 2 >= len(rest)


def of_weak_mention(context: Context) -> Group | None:
    """What a total that the question only hints at (支出, 收入) consists of."""
    for mention in reversed([m for m in context.plan.mentions if m.weak and is_bare(context)]):
        group = _parts_of(context, mention)
        if group is not None:
            return group
    return None


def _parts_of(context: Context, mention: Mention) -> Group | None:
    if _CARS.fullmatch(mention.surface) and context.plan.unit in _VEHICLES:
        mention = replace(mention, item="vehicles.owned")  # 几辆 asks for cars, not for money
    for source in context.sources:
        members = _at_level(context, source, mention) or _children(context, source, mention)
        members = _measured(context, source, members)
        if len(members) > 1 or (members and len(filled(members)) == 1):
            want = replace(context.want(mention).measuring(PLAIN), side="")
            whole = context.figure(source, mention.item, want)
            kind = "parts" if mention.item in roles().parts else "accounts"
            return Group(context.called("", mention.item), members, source, kind, whole)
    return None


def _children(context: Context, source: Source, mention: Mention) -> tuple[Member, ...]:
    """The parts of an item, or of the item that stands for it in a report of another kind."""
    government = source.ledger.report.identity.level is Level.GOVERNMENT
    others = roles().fallbacks.get(mention.item, ()) if government else ()
    for item in (mention.item, *others):
        members = children(context, source, replace(mention, item=item))
        if members:
            return members
    return ()


def _measured(context: Context, source: Source, members: tuple[Member, ...]) -> tuple[Member, ...]:
    """The members by the measure that the question asks, where it is not the plain amount."""
    measure = _measure(context)
    if measure == PLAIN:
        return members
    want = replace(context.want(), side="", code="").measuring(measure, context.plan.basis)
    sense = "moved" if measure in ("change", "rate") else ""
    found = []
    for member in members:
        own = replace(want, keys=frozenset({member.item}))
        figure = context.figure(source, member.item, own)
        if figure is not None and figure.value is not None:
            own_figure = replace(figure, label=member.label)
            found.append(replace(member, figure=own_figure, sense=sense))
    return tuple(found)


def _measure(context: Context) -> str:
    """The measure asked for; 哪个多 is no movement unless something rose, fell or is compared."""
    plan = context.plan
    moved = plan.basis or re.search(r"[增减升降涨]", plan.utterance.text)
    if plan.measure in ("change", "rate") and not moved:
        return PLAIN
    return plan.measure if plan.measure in _MEASURES else PLAIN


def _at_level(context: Context, source: Source, mention: Mention) -> tuple[Member, ...]:
    """The accounts under an account at the level that the question speaks of (几个项级科目)."""
    digits = _said_level(context)
    for table, row in rows_of(context, source, mention) if digits else ():
        below = [
            r
            for r in table.rows
            if row.code and len(r.code) == digits and r.code.startswith(row.code) and r != row
        ]
        members = rows_as_members(source, table, below)
        if members:
            return members
    return ()


# --- the rows of a table, the accounts of a level -------------------------------------------------


def of_table(context: Context) -> Group | None:
    """The rows of the table that the question names, at the level it speaks of."""
    digits = _said_level(context)
    for source in context.sources:
        report = source.ledger.report
        for report_id, table_id in context.plan.tables:
            if report_id != report.id:
                continue
            table = report.tables[table_id]
            parents = {r.parent for r in table.rows}
            rows = [
                r
                for r in table.rows
                if (len(r.code) == digits if digits else r.id not in parents)
                and not r.role
                and r.label
            ]
            members = rows_as_members(source, table, rows)
            if members:
                return Group(clean_title(table.title), members, source)
    return None


def of_said_level(context: Context) -> Group | None:
    """The accounts of the level that the question names: 哪三大类, 几个项级科目."""
    return _of_level(context, _said_level(context)) if is_bare(context) else None


def of_meant_level(context: Context) -> Group | None:
    """The accounts of the level that a question without any name means."""
    text = context.plan.utterance.text
    digits = next((n for p, n in _MEANT_LEVELS if p.search(text)), 0)
    if digits == _CLASS and (_PARTS.search(text) or context.plan.side == "income"):
        return None  # 支出由哪几部分构成: basic and project, not the classes of the accounts
    return _of_level(context, digits) if is_bare(context) else None


def _said_level(context: Context) -> int:
    text = re.sub("[“”‘’\"']", "", context.plan.utterance.text)
    return next((n for pattern, n in _SAID_LEVELS if pattern.search(text)), 0)


def _of_level(context: Context, digits: int) -> Group | None:
    if not digits:
        return None
    economic = "经济" in context.plan.utterance.text
    first = ECONOMIC if economic and digits < 7 else FUNCTION
    for source in context.sources:
        for table in _by_fit(context, source, first):
            rows = [r for r in table.rows if len(r.code) == digits and r.code[0] == first]
            members = rows_as_members(source, table, rows)
            if members:
                return Group(clean_title(table.title), members, source)
    return None


def _by_fit(context: Context, source: Source, first: str) -> list[Table]:
    """Tables of the classification, the side and fund asked for first, the whole before a part."""
    report = source.ledger.report
    wanted = {t for r, t in context.plan.tables if r == report.id}
    side = "income" if context.plan.side == "income" else "expenditure"
    scored = []
    for table in report.tables:
        entry = next((e for e in source.ledger.of_table(table.id) if e.code[:1] == first), None)
        if entry is not None:
            named = len(entry.context & context.plan.keys)
            if context.plan.side and entry.side not in ("", side):
                continue
            order = (table.id not in wanted, entry.side != side, -named, table.id)
            scored.append((order, table))
    scored.sort(key=lambda s: s[0])
    return [t for _, t in scored]
