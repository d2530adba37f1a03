"""Questions over a set of accounts or indicators: rank, count, list, extremes.

A set is what the question points at: the accounts under one, the rows of a named table, the
indicators of a self-assessment, the accounts whose completion the prose gives, or figures that one
sentence lists. Counts and maxima always come from the whole set, never from what a search returned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus import Row, Table
from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of, of_entry, resolve, share_of
from qa.gather import MONEY, unit_family
from qa.ledger import PLAIN, CellPlace, Entry, SpanPlace
from qa.names import grams
from qa.plan import Condition, Mention
from qa.vocabulary import roles

_MAX_LISTED = 30


@dataclass(frozen=True, slots=True)
class Member:
    """One element of a set: its name and its figure, and for an indicator its score and weight."""

    label: str
    item: str
    figure: Figure
    score: Decimal | None = None
    weight: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A set with the name of what it belongs to."""

    name: str
    members: tuple[Member, ...]
    source: Source


# --- finding the set ----------------------------------------------------------------------------


def group_of(context: Context) -> Group | None:
    """The set that the question points at; None when it points at none."""
    finders: tuple[Callable[[Context], Group | None], ...] = (
        _indicators,
        _of_measure,
        _under_mention,
        _of_table,
        _by_class,
    )
    for find in finders:
        group = find(context)
        if group is not None and group.members:
            return group
    return None


def _indicators(context: Context) -> Group | None:
    """The indicators of a self-assessment, where the question speaks of indicators or points."""
    condition = context.plan.condition
    about = re.search(
        r"指标|得分|扣分|失分|丢分|自评|indicator|points|score", context.plan.utterance.text
    )
    scored = condition is not None and condition.name in ("lost_points", "full_points", "missed")
    if not about and not scored:
        return None
    for source in context.sources:
        tables = [t for t in source.ledger.report.tables if t.statement.endswith("performance")]
        named = {t for r, t in context.plan.tables if r == source.ledger.report.id}
        tables = [t for t in tables if t.id in named] or tables
        members = [m for t in tables[:1] for m in _indicators_of(source, t)]
        if members:
            return Group(clean_title(tables[0].title), tuple(members), source)
    return None


def _indicators_of(source: Source, table: Table) -> Iterable[Member]:
    for row in table.rows:
        cells = {table.columns[c.column].role: c for c in table.row_cells(row.id)}
        actual, score = cells.get("actual"), cells.get("score")
        if actual is None or score is None or score.value is None:
            continue
        entry = source.ledger.at(CellPlace(table.id, row.id, actual.column))
        target, weight = cells.get("target"), cells.get("weight")
        if entry is not None:
            yield Member(
                row.label,
                entry.item,
                of_entry(entry),
                score.value,
                (weight.value if weight else None) or _weight_in(row),
                target.value if target else None,
            )


def _weight_in(row: Row) -> Decimal | None:
    """The points an indicator can earn, where the label still says so: （10分）."""
    found = re.search(r"[（(](\d+(?:\.\d+)?)分[）)]", row.label)
    return Decimal(found.group(1)) if found else None


def _of_measure(context: Context) -> Group | None:
    """The accounts whose completion, or budget, the report gives one by one."""
    plan = context.plan
    condition = plan.condition
    budgetary = condition is not None and condition.name in (
        "over_budget",
        "under_budget",
        "on_budget",
    )
    percent = condition is not None and condition.name == "bound" and condition.unit in ("%", "")
    asked = plan.measure == "completion" or budgetary or (percent and "完成" in plan.utterance.text)
    over = re.search(r"超预算|超支|over budget", plan.utterance.text)
    if not asked and not over:
        return None
    for source in context.sources:
        members = tuple(_completed(source))
        if members:
            return Group("", members, source)
    return None


def _completed(source: Source) -> Iterable[Member]:
    """Accounts (项) that have both a budget and an outcome in a sentence of their own."""
    seen: set[tuple[str, int]] = set()
    for entry in source.ledger.entries:
        if entry.measure != "completion" or not isinstance(entry.place, SpanPlace):
            continue
        if entry.item in _AGGREGATES or (entry.item, entry.place.passage) in seen:
            continue
        if not re.search(
            r"[（(](?:项|款|类|\d+项)[）)]", "".join(entry.path[-1:]) + _passage(source, entry)
        ):
            continue
        seen.add((entry.item, entry.place.passage))
        yield Member(entry.label, entry.item, of_entry(entry))


def _passage(source: Source, entry: Entry) -> str:
    assert isinstance(entry.place, SpanPlace)
    return source.ledger.report.passages[entry.place.passage].text[: entry.place.start]


_AGGREGATES = frozenset(
    {
        "fund.general.expenditure",
        "three",
        "vehicles",
        "vehicles.running",
        "abroad",
        "reception",
        "expenditure.total",
        "vehicles.purchase",
    }
)


def _under_mention(context: Context) -> Group | None:
    """What an account or total consists of."""
    for mention in reversed(context.plan.strong or context.plan.mentions):
        for source in context.sources:
            members = tuple(children(context, source, mention))
            if len(members) > 1:
                return Group(context.called("", mention.item), members, source)
    return None


def children(context: Context, source: Source, mention: Mention) -> list[Member]:
    """The direct parts of an item: rows under its row, otherwise the parts of roles.yaml."""
    want = replace(context.want(mention).measuring(PLAIN), side="")
    nested = _nested(context, source, mention)
    if nested:
        return nested
    members = []
    for item in roles().parts.get(mention.item, ()):
        figure = resolve(source, item, want)
        if figure is not None:
            members.append(Member(clean(figure.label), item, figure))
    return members


def _nested(context: Context, source: Source, mention: Mention) -> list[Member]:
    for table, row in _rows_of(context, source, mention):
        below = [r for r in table.rows if r.parent == row.id]
        while len(below) == 1:
            below = [r for r in table.rows if r.parent == below[0].id] or []
        members = _members(source, table, below)
        if members:
            return members
    return _grouped(source, mention)


def _rows_of(context: Context, source: Source, mention: Mention) -> list[tuple[Table, Row]]:
    """The rows of an item that have rows below, the side and table asked for first."""
    report = source.ledger.report
    wanted = {t for r, t in context.plan.tables if r == report.id}
    found = []
    for entry in source.ledger.of(mention.item):
        if isinstance(entry.place, CellPlace) and not (mention.code and entry.code != mention.code):
            table = report.tables[entry.place.table]
            found.append((table, table.rows[entry.place.row], entry.side))
    side = context.plan.side or "expenditure"
    found.sort(key=lambda f: (f[0].id not in wanted, f[2] != side, f[0].id))
    return [(t, r) for t, r, _ in found]


def _grouped(source: Source, mention: Mention) -> list[Member]:
    """Accounts that a statement prints under a heading (人员经费, 公用经费) and not under a row."""
    if mention.item not in ("personnel", "public"):
        return []
    heading = "人员经费" if mention.item == "personnel" else "公用经费"
    for table in source.ledger.report.tables:
        blocks = {c.block for c in table.columns if heading in "".join(c.path)}
        roled = {c.id for c in table.columns if c.role == mention.item}
        rows = [r for r in table.rows if (r.block in blocks or roled) and len(r.code) == 5]
        members = _members(source, table, rows, roled)
        members = [m for m in members if m.figure.value or not roled]
        if members:
            return members
    return []


def _members(
    source: Source,
    table: Table,
    rows: Sequence[Row],
    columns: frozenset[int] | set[int] = frozenset(),
) -> list[Member]:
    found = []
    for row in rows:
        entry = _main_entry(source, table, row, columns)
        if entry is not None:
            found.append(Member(clean(row.label), entry.item, of_entry(entry)))
    return found


def _main_entry(
    source: Source, table: Table, row: Row, columns: frozenset[int] | set[int]
) -> Entry | None:
    """A row's plain amount: the cell that needs no further column to be named."""
    for cell in table.row_cells(row.id):
        entry = source.ledger.at(CellPlace(table.id, row.id, cell.column))
        if entry is None or (columns and cell.column not in columns):
            continue
        if (
            entry.measure == PLAIN
            and (columns or not entry.required)
            and (entry.value is not None or entry.blank)
        ):
            return entry
    return None


def _of_table(context: Context) -> Group | None:
    """The rows of a table that the question names."""
    for source in context.sources:
        report = source.ledger.report
        for report_id, table_id in context.plan.tables:
            if report_id != report.id:
                continue
            table = report.tables[table_id]
            parents = {r.parent for r in table.rows}
            rows = [r for r in table.rows if r.id not in parents and r.role != "total" and r.label]
            return Group(clean_title(table.title), tuple(_members(source, table, rows)), source)
    return None


_CLASSES = (
    (re.compile(r"类级|大类|哪一?类|几类|类科目|功能分类|categor"), 3),
    (re.compile(r"款级|款科目"), 5),
    (re.compile(r"科目|项级|支出项|哪(一|个|些)?项|account|item|支出|花|spen"), 7),
)


def _by_class(context: Context) -> Group | None:
    """The function accounts of the whole report, at the level the question speaks of."""
    text = context.plan.utterance.text
    digits = next((n for pattern, n in _CLASSES if pattern.search(text)), 0)
    if not digits:
        return None
    side = "income" if context.plan.side == "income" else "expenditure"
    for source in context.sources:
        for table in source.ledger.report.tables:
            rows = [r for r in table.rows if len(r.code) == digits and r.code[0] == "2"]
            members = _members(source, table, rows)
            if (
                members
                and (members[0].figure.entry is not None)
                and members[0].figure.entry.side == side
            ):
                return Group(clean_title(table.title), tuple(members), source)
    return None


def clean_title(title: str) -> str:
    """A table's title without the body's name and the year."""
    tail = re.split(r"20\d\d年?度?", title)[-1]
    return tail or title


# --- figures listed by a sentence ---------------------------------------------------------------


def claim_group(context: Context) -> tuple[Source, tuple[Entry, ...], Entry | None] | None:
    """Figures of one unit that a passage lists for like things, and the total it names, if any."""
    plan = context.plan
    wanted = grams(plan.utterance.text)
    best: tuple[float, Source, tuple[Entry, ...]] | None = None
    for source in context.sources:
        for entries in _listed(source, unit_family(plan.unit, plan.money)):
            said = "".join(e.label for e in entries) + "".join(entries[0].path[-1:])
            hit = sum(len(g) for g in wanted if len(g) > 1 and g in said)
            if best is None or hit > best[0]:
                best = (hit, source, entries)
    if best is None or best[0] < 6:
        return None
    return best[1], *_split_total(best[2])


def _listed(source: Source, units: frozenset[str]) -> Iterable[tuple[Entry, ...]]:
    passages: dict[int, list[Entry]] = {}
    for entry in source.ledger.entries:
        if (
            isinstance(entry.place, SpanPlace)
            and entry.measure == PLAIN
            and entry.value is not None
        ) and (not units or entry.unit in units):
            passages.setdefault(entry.place.passage, []).append(entry)
    return (tuple(entries) for entries in passages.values() if len(entries) > 1)


def _split_total(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], Entry | None]:
    """The entry that the others add up to, apart from them."""
    for whole in entries:
        rest = tuple(e for e in entries if e is not whole)
        if whole.value and len(rest) > 1 and sum(e.value or 0 for e in rest) == whole.value:
            return rest, whole
    return entries, None


def _claim_members(context: Context) -> Group | None:
    group = claim_group(context)
    if group is None:
        return None
    source, entries, _ = group
    text = context.plan.utterance.text
    named = tuple(e for e in entries if e.label[:2] in text)
    chosen = named if len(named) > 1 else entries
    return Group("", tuple(Member(e.label, e.item, of_entry(e)) for e in chosen), source)


# --- what to do with the set --------------------------------------------------------------------


def rank(context: Context) -> Answer | None:
    """The largest, smallest, first n or nth of a set, with shares where they are asked."""
    group = _ranked_group(context)
    if group is None:
        return None
    plan = context.plan
    members = [m for m in group.members if _key(context, m) is not None]
    filled = [m for m in members if m.figure.value]
    members = filled or members
    members.sort(key=lambda m: _key(context, m) or Decimal(0), reverse=not plan.lowest)
    if not members:
        return None
    chosen = (
        members[plan.position - 1 : plan.position] if plan.position > 1 else members[: plan.top]
    )
    writer = context.writer()
    _opening(writer, group)
    if plan.position > 1 or plan.top == 1:
        writer.say(
            "最低的是" if plan.lowest else "最高的是" if plan.position == 1 else "排在所问位次的是",
            "the lowest is "
            if plan.lowest
            else "the highest is "
            if plan.position == 1
            else "in that place: ",
        )
    _write_members(context, writer, chosen)
    _add_share(context, writer, group, chosen)
    return answered(writer.say("。", "."))


def _ranked_group(context: Context) -> Group | None:
    return group_of(context) or _claim_members(context)


def _key(context: Context, member: Member) -> Decimal | None:
    if context.plan.measure == "score":
        return member.score
    return member.figure.value


def _opening(writer: Writer, group: Group) -> None:
    if group.name:
        writer.name(group.name).say("中，", ": ")


def _write_members(context: Context, writer: Writer, members: Sequence[Member]) -> None:
    for position, member in enumerate(members[:_MAX_LISTED]):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(context.called(member.label, member.item))
        writer.say("为", ": ").figure(member.figure)


def _add_share(context: Context, writer: Writer, group: Group, chosen: Sequence[Member]) -> None:
    if context.plan.measure != "share" or not chosen:
        return
    mention = next(iter(context.plan.strong or context.plan.mentions), None)
    item = mention.item if mention else "expenditure.total"
    want = replace(context.want(mention).measuring(PLAIN), side="", tables=frozenset())
    whole = context.figure(group.source, item, want)
    share = share_of(chosen[0].figure, whole) if whole else None
    if share is not None and whole is not None:
        writer.say("，占", ", a share of ").name(clean(whole.label)).say("的", ": ")
        writer.figure(share).working(share)


def spread(context: Context) -> Answer | None:
    """How far the largest and the smallest of a set are apart."""
    group = (
        _ranked_group(context)
        if context.plan.strong
        else _claim_members(context) or _ranked_group(context)
    )
    members = [m for m in group.members if m.figure.value is not None] if group else []
    if len(members) < 2:
        return None
    members.sort(key=lambda m: m.figure.value or Decimal(0))
    low, high = members[0], members[-1]
    gap = difference_of(
        replace(high.figure, label=high.label), replace(low.figure, label=low.label)
    )
    if gap is None:
        return None
    writer = context.writer()
    writer.say("最多的是", "The highest is ").name(high.label).say("，为", ", ").figure(high.figure)
    writer.say("；最少的是", "; the lowest is ").name(low.label).say("，为", ", ").figure(
        low.figure
    )
    writer.say("；相差", "; the gap is ").figure(gap).say("。", ".")
    return answered(writer)


def count(context: Context) -> Answer | None:
    """How many of a set satisfy the condition, and which."""
    group = group_of(context)
    if group is None:
        return None
    chosen = _satisfying(group.members, context.plan.condition)
    writer = context.writer()
    _opening(writer, group)
    unit = context.plan.unit or "项"
    writer.say("共有", "").counted(len(chosen), unit)
    if chosen and len(chosen) <= _MAX_LISTED:
        writer.say("：", ": ")
        _write_members(context, writer, chosen)
    return answered(writer.say("。", "."))


def listing(context: Context) -> Answer | None:
    """The members of a set with their amounts, blanks left out unless they are asked for."""
    plan = context.plan
    group = (
        group_of(context) if plan.strong or plan.condition or plan.tables or plan.mentions else None
    )
    if group is None:
        group = _claim_members(context)
    if group is None:
        return None
    chosen = _satisfying(group.members, plan.condition)
    if plan.condition is None:
        chosen = [m for m in chosen if m.figure.value is not None and m.figure.value != 0] or list(
            chosen
        )
    writer = context.writer()
    _opening(writer, group)
    if not chosen:
        return answered(writer.say("没有符合条件的项目。", "none satisfies the condition."))
    _write_members(context, writer, chosen)
    return answered(writer.say("。", "."))


def _satisfying(members: Sequence[Member], condition: Condition | None) -> list[Member]:
    if condition is None:
        return list(members)
    if condition.name == "bound":
        bound = Decimal(condition.bound)
        return [m for m in members if _bounded(m, bound, condition)]
    test = _TESTS.get(condition.name)
    return [m for m in members if test is None or test(m)]


def _bounded(member: Member, bound: Decimal, condition: Condition) -> bool:
    value = member.figure.value
    if value is None or (condition.unit in MONEY and member.figure.unit not in MONEY):
        return False
    if condition.unit in MONEY:
        from corpus import convert

        value = convert(value, member.figure.unit, condition.unit)
    return value < bound if condition.below else value > bound


def _full(member: Member) -> Decimal | None:
    return member.weight


def _lost(member: Member) -> bool:
    """Whether points were lost: below the weight, or below target where no weight is printed."""
    weight = _full(member)
    if member.score is None:
        return False
    if weight is not None:
        return member.score < weight
    return _missed(member)


def _missed(member: Member) -> bool:
    value, target = member.figure.value, member.target
    return value is not None and target is not None and value < target


_HUNDRED = Decimal(100)
_TESTS: dict[str, Callable[[Member], bool]] = {
    "over_budget": lambda m: (m.figure.value or Decimal(0)) > _HUNDRED,
    "under_budget": lambda m: m.figure.value is not None and m.figure.value < _HUNDRED,
    "on_budget": lambda m: m.figure.value == _HUNDRED,
    "filled": lambda m: bool(m.figure.value),
    "blank": lambda m: not m.figure.value,
    "lost_points": _lost,
    "full_points": lambda m: not _lost(m),
    "missed": _missed,
}
