"""The indicators of a self-assessment or a table of targets, and the points they lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Cell, Row, Table
from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.answering.members import Group, Member, clean_title, write_members
from qa.figures import Figure, Source, difference_of, of_entry, percent_of, sum_of
from qa.ledger import CellPlace, Entry
from qa.names import grams
from qa.plan import LOOSE
from qa.vocabulary import indicator_groups

_ABOUT = re.compile(
    r"指标|[得扣失丢满]了?(多少|几)?分|权重|分值|评分|indicator|\bpoints?\b|\bscore|\bmarks?\b"
)
_SCORED = ("lost_points", "full_points", "missed", "exceeded")
_WHOLE = re.compile(r"整体|单位自评|部门自评|overall|whole")
_PROJECT = re.compile(r"项目(支出)?(绩效)?自评|project")
_FULL_IN_HEADER = re.compile(r"(\d+(?:\.\d+)?)分")
_LEVELS = (
    (re.compile(r"一级指标|first[- ]level"), 0),
    (re.compile(r"二级指标|second[- ]level"), 1),
)


# --- the set --------------------------------------------------------------------------------------


def of_question(context: Context) -> Group | None:
    """The indicators that the question speaks of; None where it speaks of none."""
    condition = context.plan.condition
    scored = condition is not None and condition.name in _SCORED
    if not scored and not _ABOUT.search(context.plan.utterance.text):
        return None
    return group_of_indicators(context)


def group_of_indicators(context: Context) -> Group | None:
    """The indicators of the table that the question means, narrowed to the group it names."""
    for source in context.sources:
        for table in _tables(context, source):
            found = [_measured(context, m) for m, _ in _narrowed(context, source, table)]
            members = tuple(m for m in found if m is not None)
            if members:
                return Group(clean_title(table.title), members, source, kind="indicators")
    return None


def _tables(context: Context, source: Source) -> list[Table]:
    """Performance tables: those named, then by 整体 or 项目, then by likeness of the title."""
    report = source.ledger.report
    named = {t for r, t in context.plan.tables if r == report.id}
    text = context.plan.utterance.text
    wanted = grams(text)
    tables = [t for t in report.tables if t.statement.endswith("performance")]

    def order(table: Table) -> tuple[bool, bool, int, int]:
        whole = "整体" in table.title
        fits = whole if _WHOLE.search(text) else not whole if _PROJECT.search(text) else True
        alike = sum(1 for g in grams(clean_title(table.title)) if len(g) > 1 and g in wanted)
        return table.id not in named, not fits, -alike, table.id

    return sorted(tables, key=order)


def _narrowed(context: Context, source: Source, table: Table) -> list[tuple[Member, Row]]:
    rows = list(_indicators(source, table))
    group = _group_named(context, [row for _, row in rows])
    return [(m, row) for m, row in rows if not group or group in row.path]


def _indicators(source: Source, table: Table) -> Iterable[tuple[Member, Row]]:
    """Third-level rows: those with a target, an outcome or a weight, the totals left out."""
    for row in table.rows:
        cells = {table.columns[c.column].role: c for c in table.row_cells(row.id)}
        actual = cells.get("actual") or cells.get("target")
        if row.role or actual is None or not any(_printed(cells.get(r)) for r in _VALUES):
            continue
        entry = source.ledger.at(CellPlace(table.id, row.id, actual.column))
        if entry is None or not row.label:
            continue
        others = _others(source, table, row, cells)
        label = clean(row.label)
        yield Member(label, entry.item, replace(of_entry(entry), label=label), others), row


_VALUES = ("target", "actual", "weight", "score")


def _printed(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.text)


def _others(
    source: Source, table: Table, row: Row, cells: dict[str, Cell]
) -> tuple[tuple[str, Figure], ...]:
    found: dict[str, Figure] = {}
    for measure in _VALUES:
        cell = cells.get(measure)
        entry = source.ledger.at(CellPlace(table.id, row.id, cell.column)) if cell else None
        if entry is not None and entry.value is not None:
            found[measure] = replace(of_entry(entry), label=clean(row.label))
    lost = _difference(found.get("weight"), found.get("score"))
    if lost is not None:
        found["lost"] = lost
    done = _completion(found.get("actual"), found.get("target"))
    if done is not None:
        found["completion"] = done
    return tuple(found.items())


def _difference(weight: Figure | None, score: Figure | None) -> Figure | None:
    return difference_of(weight, score) if weight is not None and score is not None else None


def _completion(actual: Figure | None, target: Figure | None) -> Figure | None:
    if actual is None or target is None or _is_ceiling(target):
        return None
    return percent_of(f"{actual.label}完成率", actual, target)


def _is_ceiling(target: Figure) -> bool:
    """Whether less is better: a target of ≤X is met by staying below it."""
    return target.entry is not None and bool(re.search(r"[≤＜<]|不超过|以下", target.entry.text))


def _group_named(context: Context, rows: Sequence[Row]) -> str:
    """The group (社会效益指标) that the question names; the longest where one holds another."""
    text = context.plan.utterance.text
    english = indicator_groups()
    parts = {part for row in rows for part in row.path}
    said = [
        p
        for p in parts
        if p in text
        or (len(p) > 4 and p.removesuffix("指标") in text)
        or any(w in text for w in english.get(p, ()))
    ]
    return max(said, key=len, default="")


def _measured(context: Context, member: Member) -> Member | None:
    """The member by what is asked of it: its score, weight, target or completion."""
    measure = context.plan.measure
    if measure == "score" and _asks_lost(context):
        measure = "lost"
    if measure not in ("score", "weight", "target", "completion", "lost"):
        return member
    figure = member.by(measure)
    sense = "lost" if measure == "lost" else ""
    return replace(member, figure=figure, sense=sense) if figure is not None else None


def _asks_lost(context: Context) -> bool:
    return bool(re.search(r"[扣失丢]了?(最)?(多|少)?(的)?分|\blost\b|deduct", _text(context)))


def _text(context: Context) -> str:
    return context.plan.utterance.text


def of_level(context: Context) -> Group | None:
    """The groups of the first or second level, where the question asks for a level."""
    depth = next((n for pattern, n in _LEVELS if pattern.search(_text(context))), None)
    if depth is None:
        return None
    for source in context.sources:
        for table in _tables(context, source):
            firsts: dict[str, Member] = {}
            for member, row in _narrowed(context, source, table):
                if len(row.path) > depth:
                    name = row.path[depth]
                    firsts.setdefault(name, replace(member, label=name, item=name))
            if firsts:
                name = clean_title(table.title)
                return Group(name, tuple(firsts.values()), source, kind="names")
    return None


# --- tests of a member ----------------------------------------------------------------------------


def lost(member: Member) -> bool:
    """Whether points were lost: below the weight, or below target where no weight is printed."""
    figure = member.by("lost")
    return bool(figure.value) if figure is not None else missed(member)


def full(member: Member) -> bool:
    """Whether an indicator has all its points."""
    return member.by("score") is not None and not lost(member)


def missed(member: Member) -> bool:
    """Whether the outcome is below the target."""
    done = member.by("completion")
    return done is not None and done.value is not None and done.value < 100


def exceeded(member: Member) -> bool:
    """Whether the outcome is above the target."""
    done = member.by("completion")
    return done is not None and done.value is not None and done.value > 100


# --- the execution of the budget, as a self-assessment gives it -----------------------------------

_ASSESSED = re.compile(r"自评|绩效表|self-(?:evaluation|assessment)")
_EXECUTION = (
    ("rate", re.compile(r"执行率|execution rate|was executed")),
    (
        "budget.score",
        re.compile(r"预算执行.{0,4}(?:得分|得了|多少分|几分)|budget execution.{0,20}score"),
    ),
    ("budget", re.compile(r"(?<!年初)(?:全年)?预算数|预算(?:是|为|多少)")),
    ("executed", re.compile(r"执行数|实际执行|执行了多少")),
)


def execution(context: Context) -> Answer | None:
    """The budget, its execution, their rate and its points in the head of a self-assessment."""
    text = _text(context)
    asked = [role for role, pattern in _EXECUTION if pattern.search(text)]
    if not asked or not (_ASSESSED.search(text) or context.plan.tables):
        return None
    if any(m.via not in LOOSE for m in context.plan.strong):
        return None
    for source in context.sources:
        for table in _tables(context, source)[:1]:
            found = [e for role in asked for e in _of_role(source, table, role)]
            if found:
                return _write_execution(context, table, found)
    return None


def _of_role(source: Source, table: Table, role: str) -> Iterable[Entry]:
    columns = {c.id for c in table.columns if c.role == role}
    for entry in source.ledger.of_table(table.id):
        place = entry.place
        if isinstance(place, CellPlace) and place.column in columns and entry.value is not None:
            yield entry


def _write_execution(context: Context, table: Table, found: Sequence[Entry]) -> Answer:
    writer = context.writer().name(clean_title(table.title)).say("中，", ": ")
    for position, entry in enumerate(found):
        assert isinstance(entry.place, CellPlace)
        writer.say("；" if position else "", "; " if position else "")
        column = table.columns[entry.place.column].label
        writer.name(f"{clean(entry.label)}（{column}）").say("为", ": ").figure(of_entry(entry))
    return answered(writer.say("。", "."))


# --- the points of a group ------------------------------------------------------------------------


def points(context: Context) -> Answer | None:
    """The points lost in all, or the points that a named group of indicators has or earned."""
    return points_lost(context) or _points_of_group(context)


def _points_of_group(context: Context) -> Answer | None:
    """质量指标得了几分: its indicators one by one, and their sum where there are several."""
    if context.plan.measure not in ("score", "weight") or context.plan.strong:
        return None
    for source in context.sources:
        for table in _tables(context, source)[:1]:
            group = _group_named(context, [row for _, row in _indicators(source, table)])
            found = [_measured(context, m) for m, r in _narrowed(context, source, table)]
            members = tuple(m for m in found if m is not None)
            if group and members:
                return _write_points(context, f"{clean_title(table.title)}{group}", members)
    return None


def _write_points(context: Context, name: str, members: tuple[Member, ...]) -> Answer:
    writer = context.writer().name(name).say("中，", ": ")
    write_members(context, writer, members)
    total = sum_of(tuple(m.figure for m in members))
    if len(members) > 1 and total is not None:
        writer.say("；合计为", "; in all ").figure(total)
    return answered(writer.say("。", "."))


# --- points lost altogether -----------------------------------------------------------------------

_HOW_MANY = re.compile(
    r"[扣失丢](了|掉)?(多少|几)分|how many points .{0,40}(lost|lose|deducted)|points? lost"
)


def points_lost(context: Context) -> Answer | None:
    """How many points a self-assessment lost in all, indicator by indicator."""
    named = {m.item for m in context.plan.strong} - {"performance.score"}
    if not _HOW_MANY.search(_text(context)) or named:
        return None
    for source in context.sources:
        for table in _tables(context, source):
            losses = _losses(source, table)
            if losses is not None:
                return _write_losses(context, source, table, losses)
    return None


def _losses(source: Source, table: Table) -> tuple[Figure, ...] | None:
    """What was lost where; None where an indicator lacks its weight or score."""
    members = [m for m, _ in _indicators(source, table)]
    figures = [m.by("lost") for m in members]
    if not figures or any(f is None for f in figures):
        return None
    found = [
        replace(f, label=m.label)
        for m, f in zip(members, figures, strict=True)
        if f is not None and f.value
    ]
    budget = _budget_loss(source, table)
    if budget is not None and budget.value:
        found.append(budget)
    return tuple(found)


def _budget_loss(source: Source, table: Table) -> Figure | None:
    """What the execution of the budget lost: its header says how many points it can earn."""
    for column in table.columns:
        earned = _FULL_IN_HEADER.search(column.label)
        if column.role != "budget.score" or earned is None:
            continue
        for entry in source.ledger.of_table(table.id):
            place = entry.place
            if isinstance(place, CellPlace) and place.column == column.id and entry.value:
                score = of_entry(entry)
                most = replace(score, value=Decimal(earned.group(1)))
                loss = difference_of(most, score)
                return replace(loss, label=entry.label) if loss else None
    return None


def _write_losses(
    context: Context, source: Source, table: Table, losses: tuple[Figure, ...]
) -> Answer:
    writer = context.writer().name(clean_title(table.title))
    if not losses:
        writer.say("没有扣分，各项指标均得满分。", ": no points were lost.")
        for member, _ in list(_indicators(source, table))[:1]:
            score = member.by("score")
            if score is not None and score.entry is not None:
                writer.mark(score.entry.report, score.entry.place)
        return answered(writer)
    total = losses[0] if len(losses) == 1 else sum_of(losses)
    assert total is not None
    writer.say("共扣", ": points lost ").figure(total).say("：", ": ")
    for position, loss in enumerate(losses):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(loss.label).say("扣", " ").figure(loss).working(loss)
    return answered(writer.say("。", "."))
