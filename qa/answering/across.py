"""One item over several reports: years, bodies, kinds; and what changed from one to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus import Level
from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.answering.shares import share
from qa.answering.wholes import without_wholes
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of, ratio_of, resolve, share_of, sum_of
from qa.ledger import PLAIN
from qa.plan import Mention, Operation, Via
from qa.several import merge
from qa.sides import share_sides


@dataclass(frozen=True, slots=True)
class Point:
    """One report's figure for an item."""

    source: Source
    figure: Figure


def across(context: Context) -> Answer | None:
    """The item in every report in scope, in the order of years, with the movement between them."""
    if context.plan.narrowing:
        return None
    mentions = without_wholes(context.plan, context.plan.strong or context.plan.mentions)
    writer = context.writer()
    written = 0
    for mention in _each(mentions):
        points = _points(context, mention)
        if not points:
            continue
        if written:
            writer.lines()
        _write_series(context, writer, mention, points)
        written += 1
    return answered(writer) if written else None


def shares(context: Context) -> Answer | None:
    """The same share in every report in scope, each under its body or year."""
    answers = []
    told: list[Source] = []
    for source in context.sources:
        if any(_related(source, other) for other in told):
            continue
        own = replace(context, sources=(source,), writer=_named_writer(context, source))
        answer = share(own)
        if answer is not None:
            answers.append(answer)
            told.append(source)
    if len(answers) < 2:
        return answers[0] if answers else None
    return merge(answers, context.plan.utterance)


_EACH = re.compile(
    r"各(?:自|是)?占|分别(?:是)?占|各(?:是)?多少|分别(?:是)?多少|\b(?:each|respectively)\b"
)


def each_share(context: Context) -> Answer | None:
    """人员经费和公用经费各占多少: one share for each of the accounts, not that of their sum."""
    parts, wholes = share_sides(context.plan)
    named_parts = [m for m in parts if not m.weak]
    if len(named_parts) < 2 or not _EACH.search(context.plan.utterance.text):
        return None
    plans = [replace(context.plan, mentions=(part, *wholes)) for part in named_parts]
    answers = [a for plan in plans if (a := share(replace(context, plan=plan))) is not None]
    return merge(answers, context.plan.utterance) if len(answers) == len(named_parts) else None


def _named_writer(context: Context, source: Source) -> Callable[[], Writer]:
    def opened() -> Writer:
        writer = context.writer()
        _write_body(writer, source, context.sources)
        return writer

    return opened


def _write_body(writer: Writer, source: Source, sources: Sequence[Source]) -> None:
    """What tells a report from the others in scope: its body, its year, 部门 or 单位."""
    identities = [s.ledger.report.identity for s in sources]
    own = source.ledger.report.identity
    if len({i.body for i in identities}) > 1:
        writer.name(own.body)
    if len({i.year for i in identities}) > 1:
        writer.year(own.year)
    if len({(i.body, i.year) for i in identities}) == 1:
        level = {Level.DEPARTMENT: ("部门", "department"), Level.UNIT: ("单位", "unit")}
        zh, en = level.get(own.level, ("", ""))
        kind = ("预算", " budget") if source.is_budget else ("决算", " final accounts")
        writer.say(zh + kind[0], en + kind[1])
    writer.say("", " ")


def alike(context: Context) -> Answer | None:
    """Whether several reports print the same figure of an item (or the same total)."""
    if len(context.sources) < 2 or not _ALIKE.search(context.plan.utterance.text):
        return None
    total = Mention(0, 0, "", "grand.total", Via.DENSE, weak=True)
    asked = without_wholes(context.plan, context.plan.strong or context.plan.mentions)
    mention = next(iter(asked), total)
    want = context.want(mention).measuring(PLAIN)
    found = [(s, context.figure(s, mention.item, want)) for s in context.sources]
    figures = [(s, f) for s, f in found if f is not None and f.value is not None]
    if len(figures) != len(found):
        return None
    writer = context.writer()
    same = len({_yuan(f) for _, f in figures}) == 1
    writer.say(
        "一样，两者相等：" if same else "不一样，两者不一致：",
        "The same: " if same else "Not the same: ",
    )
    for position, (source, figure) in enumerate(figures):
        writer.say("；" if position else "", "; " if position else "")
        _write_body(writer, source, context.sources)
        writer.name(context.called(figure.label, mention.item)).say("为", ": ").figure(figure)
    gap = difference_of(figures[0][1], figures[1][1]) if len(figures) == 2 and not same else None
    if gap is not None:
        writer.say("；相差", "; the difference is ").figure(gap)
    return answered(writer.say("。", "."))


_ALIKE = re.compile(r"一样|相同|相等|一致|同样|\b(?:same|equal|identical)\b")


def _each(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple({m.item: m for m in mentions}.values())


def _points(context: Context, mention: Mention) -> list[Point]:
    measure = (
        context.plan.measure
        if context.plan.measure in ("budget", "completion", "target")
        else PLAIN
    )
    want = context.want(mention).measuring(measure)
    found = []
    for source in context.sources:
        figure = context.figure(source, mention.item, want)
        if figure is not None:
            found.append(Point(source, figure))
    found = _distinct(found)
    found.sort(key=lambda p: (p.source.year or 0, p.source.ledger.report.identity.body))
    if len(found) == 1:
        found = _with_prior(context, mention, found[0])
    return found


def _distinct(points: Sequence[Point]) -> list[Point]:
    """One point for each body and year where several of its reports say the same."""
    kept: list[Point] = []
    for point in points:
        if not any(_same(point, other) for other in kept):
            kept.append(point)
    return kept


def _same(a: Point, b: Point) -> bool:
    return _related(a.source, b.source) and _yuan(a.figure) == _yuan(b.figure)


def _related(a: Source, b: Source) -> bool:
    """Whether two files are of one body and year: its text and its tables."""
    one, other = a.ledger.report.identity, b.ledger.report.identity
    return one.year == other.year and (one.body in other.body or other.body in one.body)


def _with_prior(context: Context, mention: Mention, point: Point) -> list[Point]:
    """A single report still says how it compares with the year before, if it says so."""
    prior = resolve(point.source, mention.item, context.want(mention).measuring("prior"))
    if prior is None or prior.value is None:
        return [point]
    return [Point(point.source, replace(prior, label=point.figure.label)), point]


def _write_series(
    context: Context, writer: Writer, mention: Mention, points: Sequence[Point]
) -> None:
    bodies = {p.source.ledger.report.identity.body for p in points}
    name = context.called(points[-1].figure.label, mention.item)
    writer.name(name).say("：", ": ")
    for position, point in enumerate(points):
        writer.say("；" if position else "", "; " if position else "")
        if len(bodies) > 1:
            writer.name(point.source.ledger.report.identity.body)
        year = point.figure.year or point.source.year
        writer.say("", " ").year(year).say("为", ": ").figure(point.figure)
    writer.say("。", ".")
    text = context.plan.utterance.text
    added = context.plan.operation is Operation.SUM or _ADDED.search(text)
    if added and not _MOVED_IN_ALL.search(text):
        total = sum_of(tuple(p.figure for p in points))
        if total is not None and len(points) > 1:
            writer.say("合计为", "In total ").figure(total).working(total).say("。", ".")
        return
    _write_movement(context, writer, points, len(bodies) > 1)


# 一共涨了多少 asks how far it went, not for a sum.
_MOVED_IN_ALL = re.compile(
    r"(?:一共|总共|总计|合计)[^，,?？]{0,4}(?:[涨降增减升抬]|提高|压缩|多了|少了)"
)
_ADDED = re.compile(
    r"合计|一共|总共|加起来|之和|总和|\b(?:in total|combined|altogether|together)\b"
)


def _write_movement(
    context: Context, writer: Writer, points: Sequence[Point], bodies: bool
) -> None:
    if len(points) < 2:
        return
    first, last = points[0].figure, points[-1].figure
    gap = difference_of(last, first)
    if gap is None or gap.value is None:
        return
    if gap.value == 0:
        writer.say("两者相同。", "They are equal.")
        return
    more = gap.value > 0
    if bodies:
        writer.say("后者较前者" if len(points) == 2 else "末项较首项", "The last is ")
        writer.say("多" if more else "少", "higher by " if more else "lower by ")
    else:
        writer.say("前后相比", "Overall ")
        writer.say("增加" if more else "减少", "up " if more else "down ")
    writer.figure(gap)
    rate = share_of(gap, first) if first.value else None
    if rate is not None and rate.value and not bodies:
        writer.say("，变动幅度为", ", a change of ")
        writer.say("增长" if more else "下降", "plus " if more else "minus ").figure(rate)
    writer.say("。", ".")
    _write_ratio(context, writer, points)
    _write_extreme(writer, points)


_TIMES = re.compile(r"几倍|多少倍|倍数|how many times")


def _write_ratio(context: Context, writer: Writer, points: Sequence[Point]) -> None:
    """How many times the one goes into the other, the one that the question names first on top."""
    text = context.plan.utterance.text
    if len(points) != 2 or not _TIMES.search(text):
        return
    named_first = sorted(points, key=lambda p: _position(p, text))
    a, b = named_first
    ratio = ratio_of(a.figure, b.figure)
    if ratio is not None:
        _name(writer, a, points)
        writer.say("是", " is ")
        _name(writer, b, points)
        writer.say("的", ": ").figure(ratio).working(ratio).say("。", ".")


def _position(point: Point, text: str) -> int:
    """Where the question names the body or the year of a point; behind everything if nowhere."""
    identity = point.source.ledger.report.identity
    names = (identity.body, *identity.short_names, str(identity.year or ""))
    found = [text.find(n) for n in names if n and n in text]
    return min(found, default=len(text))


def _write_extreme(writer: Writer, points: Sequence[Point]) -> None:
    if len(points) < 3:
        return
    top = max(points, key=lambda p: p.figure.value or Decimal(0))
    writer.say("其中最高的是", " The highest is ")
    bodies = {p.source.ledger.report.identity.body for p in points}
    if len(bodies) > 1:
        writer.name(top.source.ledger.report.identity.body).say("", " ")
    writer.year(top.figure.year or top.source.year).say("。", ".")


def rank_bodies(context: Context) -> Answer | None:
    """Which report has the most or least of an item."""
    asked = without_wholes(context.plan, context.plan.strong or context.plan.mentions)
    mention = next(iter(_each(asked)), None)
    points = _points(context, mention) if mention else []
    points = [p for p in points if p.figure.value is not None]
    if mention is None or len(points) < 2:
        return None
    ordered = sorted(points, key=lambda p: _yuan(p.figure), reverse=not context.plan.lowest)
    writer = context.writer()
    best = ordered[0]
    writer.name(context.called(best.figure.label, mention.item))
    writer.say(
        "最低的是" if context.plan.lowest else "最高的是",
        ": lowest " if context.plan.lowest else ": highest ",
    )
    _name(writer, best, points)
    writer.say("，为", ", ").figure(best.figure).say("；其余：", "; others: ")
    for position, point in enumerate(ordered[1:8]):
        writer.say("、" if position else "", ", " if position else "")
        _name(writer, point, points)
        writer.name(" ").figure(point.figure)
    gap = difference_of(best.figure, ordered[1].figure)
    if gap is not None and len(ordered) == 2:
        writer.say("；相差", "; the difference is ").figure(gap)
    return answered(writer.say("。", "."))


def _name(writer: Writer, point: Point, points: Sequence[Point]) -> None:
    if len({p.source.ledger.report.identity.body for p in points}) > 1:
        writer.name(point.source.ledger.report.identity.body).say("", " ")
    if len({p.source.year for p in points}) > 1:
        writer.year(point.source.year)


def _yuan(figure: Figure) -> Decimal:
    from corpus import convert

    if figure.value is None:
        return Decimal(0)
    if figure.unit in ("万元", "亿元"):
        return convert(figure.value, figure.unit, "元")
    return figure.value
