"""One account of several governments, of the same area and measure, held against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus import convert
from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.answering.government_figures import body_of, placed_name, plain_want, sure_accounts
from qa.compose import Writer
from qa.coverage import WHOLE
from qa.figures import Figure, Source, difference_of, ratio_of, sum_of
from qa.gather import MONEY
from qa.ledger import PLAIN
from qa.plan import Mention, Operation

_RATE = re.compile(
    r"增[长幅速]|[降涨跌]幅|下降|增加|减少|[更]?快|同比|[涨降跌]|\b(?:grew|growth|rose|fell|faster|rate)\b"
)
_COMPLETED = re.compile(
    r"完成率|完成(?:调整|年初)?预算的?(?:百分|比例|程度)|执行率|进度|completion"
)
_RATIO = re.compile(r"几倍|多少倍|倍数|how many times")
_SUM = re.compile(r"加起来|合计|之和|总和|一共|合起来|\b(?:together|combined|sum)\b")
_LOW = re.compile(r"[少低小慢]|least|lowest|smallest|lower|smaller|less|slower")
_NOT_HERE = (Operation.REASON, Operation.DEFINE, Operation.SHARE, Operation.OVERVIEW)


@dataclass(frozen=True, slots=True)
class Point:
    """One government's figure."""

    source: Source
    figure: Figure


def several_bodies(context: Context) -> Answer | None:
    """The account in each government that is named; None unless all of them have it alike."""
    bodies = list(dict.fromkeys(map(body_of, context.sources)))
    mentions = sure_accounts(context)
    if len(bodies) < 2 or len(mentions) != 1 or context.plan.operation in _NOT_HERE:
        return None
    text = context.plan.utterance.text
    rate, completed = _RATE.search(text), _COMPLETED.search(text)
    measure = "completion" if completed else "rate" if rate else PLAIN
    area = context.plan.area or WHOLE
    points = [_point(context, body, mentions[0], measure, area) for body in bodies]
    found = [p for p in points if p is not None]
    if len(found) != len(bodies):
        return None
    return _written(context, sorted(found, key=lambda p: _at(p, text)), measure)


def _point(context: Context, body: str, mention: Mention, measure: str, area: str) -> Point | None:
    """A government's figure in the area asked for; without one said, of the whole."""
    basis = "prior" if measure == "rate" else ""
    want = replace(plain_want(context, mention), area=area).measuring(measure, basis)
    for source in context.sources:
        if body_of(source) != body:
            continue
        figure = context.figure(source, mention.item, want)
        if figure is not None and figure.value is not None:
            return Point(source, figure)
    return None


def _at(point: Point, text: str) -> int:
    """Where the question names the body."""
    identity = point.source.ledger.report.identity
    names = (identity.body, *identity.short_names)
    return min((text.find(n) for n in names if n in text), default=len(text))


def _written(context: Context, points: Sequence[Point], measure: str) -> Answer:
    writer = context.writer()
    for position, point in enumerate(points):
        writer.say("；" if position else "", "; " if position else "")
        _write_point(context, writer, point, measure)
    writer.say("。", ". ")
    _write_relation(context, writer, points)
    return answered(writer)


def _write_point(context: Context, writer: Writer, point: Point, measure: str) -> None:
    source, figure = point.source, point.figure
    writer.name(body_of(source)).say("", " ").year(figure.year or source.year).say("", " ")
    writer.name(placed_name(context, source, figure))
    value = figure.value or 0
    if measure == "rate":
        writer.say("下降" if value < 0 else "增长", " fell by " if value < 0 else " rose by ")
        writer.figure(figure)
        return
    writer.say("完成预算的" if measure == "completion" else "为", ": ").figure(figure)


def _write_relation(context: Context, writer: Writer, points: Sequence[Point]) -> None:
    """Who has more and by how much; how many times; the sum: as the question asks."""
    text = context.plan.utterance.text
    named = [replace(p.figure, label=body_of(p.source)) for p in points]
    if any((f.unit in MONEY) != (named[0].unit in MONEY) for f in named):
        return
    if _SUM.search(text):
        total = sum_of(tuple(named))
        if total is not None and total.unit != "%":
            writer.say("合计为", "In total ").figure(total).working(total).say("。", ".")
        return
    if len(named) == 2 and _RATIO.search(text):
        ratio = ratio_of(named[0], named[1])
        if ratio is not None:
            writer.say("前者是后者的", "The first is ").figure(ratio).working(ratio).say("。", ".")
        return
    if len(named) == 2:
        _write_gap(writer, named[0], named[1])
        return
    low = bool(_LOW.search(text))
    best = (min if low else max)(named, key=_size)
    writer.say("最低的是" if low else "最高的是", "Lowest: " if low else "Highest: ")
    writer.name(best.label).say("。", ".")


def _size(figure: Figure) -> Decimal:
    value = figure.value or Decimal(0)
    return convert(value, figure.unit, "元") if figure.unit in MONEY else value


def _write_gap(writer: Writer, a: Figure, b: Figure) -> None:
    gap = difference_of(a, b)
    if gap is None or gap.value is None:
        return
    if gap.value == 0:
        writer.say("两者相等。", "They are equal.")
        return
    more, less = (a, b) if gap.value > 0 else (b, a)
    writer.name(more.label).say("比", " is higher than ").name(less.label).say("高", " by ")
    percent = gap.unit == "%"
    writer.figure(replace(gap, value=abs(gap.value), unit="个百分点" if percent else gap.unit))
    writer.say("。", ".")
