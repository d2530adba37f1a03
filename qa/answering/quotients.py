"""Plain divisions that the asker asks for: a year's figure by month, an amount for each thing.

Neither is published. Both are computed from stated figures only, and only where the question
asks for the division itself; a wage or a sum per head is refused, for no report states a head count
that would carry it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.answering.members import same_kind
from qa.figures import Figure, Source, of_entry, per_month_of, per_unit_of
from qa.gather import MONEY
from qa.ledger import PLAIN, Entry, SpanPlace
from qa.names import core
from qa.plan import LOOSE, Mention
from qa.vocabulary import by_key

_MONTHLY = re.compile(
    r"平均(到)?(每|一)?个?月|每个?月平均|月均|(average|mean).{0,40}(per|a|each|every) month|"
    r"monthly average|average monthly"
)
_EACH = re.compile(
    r"平均(?:到)?(?:每一?|一)(?:个|家|次|批|辆|人次|批次|项|台|户)|"
    r"每(?:一)?(?:个|家|次|批|辆|人次|批次|项|台|户)[^，。]{0,10}平均|"
    r"每(?:个项目|批次|人次|辆车?|家单位)平均|average.{0,60}\bper\b (?!month|year|person|capita)"
)
_PER_HEAD = re.compile(r"人均|每人(?!次)|每个人|per (?:person|capita|employee|head)")
_COUNTED = re.compile(r"批次|人次|项目|[个家次批辆项台户]")
_SUBJECT_UNITS = {"批次": "批次", "人次": "人次", "项目": "个"}
_ENGLISH_UNITS = (
    (re.compile(r"per .{0,20}(guest|visitor)"), "人次"),
    (re.compile(r"per .{0,20}(batch|visit|reception)"), "批次"),
    (re.compile(r"per .{0,20}(vehicle|car)"), "辆"),
    (re.compile(r"per .{0,20}project"), "个"),
)
_STOCK = re.compile(r"结转|结余|保有量|资产|月|覆盖率|满意")


# --- a month's part of a year ---------------------------------------------------------------------


def monthly(context: Context) -> Answer | None:
    """A year's figure divided by twelve; None unless the division itself is asked for."""
    if not _MONTHLY.search(context.plan.utterance.text):
        return None
    for source in context.sources:
        for figure in _of_the_year(context, source):
            month = per_month_of(figure)
            if month is not None:
                return _write_month(context, figure, month)
    return None


def _of_the_year(context: Context, source: Source) -> Iterable[Figure]:
    """The figures that a year amounts to: flows in money or counts, no balances and no rates."""
    mentions = context.plan.strong or context.plan.mentions
    guessed = len({m.item for m in mentions}) > 1 and all(m.via in LOOSE for m in mentions)
    items = _implied(context) if guessed or not mentions else [m.item for m in mentions]
    for item in items:
        want = replace(context.want().measuring(PLAIN), keys=frozenset({item}))
        figure = context.figure(source, item, want)
        if figure is None or not figure.value or figure.unit in ("", "%", "分"):
            continue
        if not _STOCK.search(figure.label):
            asked = context.plan.unit
            unit = asked if asked and same_kind(asked, figure.unit) else figure.unit
            yield replace(figure, unit=unit, label=context.called(figure.label, item))


def _implied(context: Context) -> list[str]:
    """All spending or all income, where the question says no more than that."""
    side = context.plan.side
    if len(context.plan.leftover) > 2 and context.zh:
        return []
    return [f"{side}.total"] if side in ("income", "expenditure") else []


def _write_month(context: Context, year: Figure, month: Figure) -> Answer:
    writer = context.writer()
    writer.name(clean(year.label)).say("全年为", " for the year: ").figure(year)
    writer.say("，平均每月约", "; on average about ").figure(month)
    writer.say("", " a month").working(month)
    return answered(writer.say("。", "."))


# --- an amount for each thing ---------------------------------------------------------------------


def each(context: Context) -> Answer | None:
    """A stated amount divided by a count that is stated beside it; None where either lacks."""
    text = context.plan.utterance.text
    if not _EACH.search(text) or _PER_HEAD.search(text):
        return None
    unit = _unit(text)
    for source in context.sources:
        for mention in context.plan.strong or context.plan.mentions:
            found = _amount_and_count(source, mention, unit)
            found = found or _counted_elsewhere(context, source, mention, unit)
            if found is not None:
                return _write_each(context, *found)
    return None


def _unit(text: str) -> str:
    """The unit of the count that is divided by."""
    for pattern, unit in _ENGLISH_UNITS:
        if pattern.search(text):
            return unit
    found = _EACH.search(text)
    tail = text[found.start() : found.end() + 2] if found else ""
    said = _COUNTED.findall(tail)
    word = next((w for w in ("批次", "人次", "项目") if w in said), said[0] if said else "")
    return _SUBJECT_UNITS.get(word, word)


def _amount_and_count(source: Source, mention: Mention, unit: str) -> tuple[Figure, Figure] | None:
    """Money and a count that one passage gives, about the item or under its heading."""
    report = source.ledger.report
    for passage in report.passages:
        entries = [e for e in source.ledger.of_passage(passage.id) if e.value]
        counts = [e for e in entries if e.unit == unit and e.measure == PLAIN]
        counts.sort(key=lambda e: e.item != mention.item)  # the thing's own count first
        money = [
            e
            for e in entries
            if (e.unit in MONEY or e.unit == "万") and e.measure in (PLAIN, "budget")
        ]
        about = any(e.item == mention.item for e in counts) or _heads(source, passage.id, mention)
        if counts and money and about:
            meant = [e for e in money if e.item == mention.item] or money
            return _amount(_nearest(meant, counts[0])), of_entry(counts[0])
    return None


_SAME_COUNT = {"批": "批次", "人": "人次", "台": "辆"}


def _counted_elsewhere(
    context: Context, source: Source, mention: Mention, unit: str
) -> tuple[Figure, Figure] | None:
    """The item's money, and the one count of such things that is told under its name."""
    want = replace(context.want(mention).measuring(PLAIN), units=MONEY, side="")
    amount = context.figure(source, mention.item, want)
    if amount is None or not amount.value or amount.unit not in MONEY:
        return None
    concept = by_key().get(mention.item)
    things = set(concept.counted.values()) if concept else set()
    name = core(concept.names[0])[-2:] if concept else mention.item[-2:]
    told = [
        e
        for e in source.ledger.entries
        if e.value
        and e.measure == PLAIN
        and _SAME_COUNT.get(e.unit, e.unit) == _SAME_COUNT.get(unit, unit)
        and (e.item in things or (unit != "辆" and name in e.label))
    ]
    values = {e.value for e in told}
    return (amount, of_entry(told[0])) if len(values) == 1 else None


def _amount(entry: Entry) -> Figure:
    """0.39万 is money too."""
    figure = of_entry(entry)
    return replace(figure, unit="万元") if figure.unit == "万" else figure


def _nearest(money: list[Entry], count: Entry) -> Entry:
    """The amount with the count's own label, otherwise the one that stands nearest to it."""
    own = [e for e in money if e.label == count.label]
    return min(own or money, key=lambda e: abs(_start(e) - _start(count)))


def _start(entry: Entry) -> int:
    return entry.place.start if isinstance(entry.place, SpanPlace) else 0


def _heads(source: Source, passage: int, mention: Mention) -> bool:
    """Whether the passage stands under a heading that names the item."""
    report = source.ledger.report
    heading = "".join(report.path(report.passages[passage].section)[-1:])
    names = {e.label for e in source.ledger.of(mention.item) if isinstance(e.place, SpanPlace)}
    return any(name and name in heading for name in names)


def _write_each(context: Context, amount: Figure, count: Figure) -> Answer | None:
    unit = "元" if (amount.value or 0) / (count.value or 1) < 1 else amount.unit
    result = per_unit_of(amount, count, unit)
    if result is None:
        return None
    writer = context.writer()
    writer.name(clean(amount.label)).say("为", ": ").figure(amount)
    writer.say("，", ", ").name(clean(count.label)).say("为", ": ").figure(count)
    writer.say("，平均每", "; on average per ").name(count.unit).say("约", ": about ")
    return answered(writer.figure(result).working(result).say("。", "."))
