"""Where a question doubts a government's report: sums of parts, one of two figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import convert, find_quantities
from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.answering.government_figures import placed_name, plain_want, sure_accounts
from qa.answering.lookup import where
from qa.figures import Figure, Source, difference_of, of_entry, sum_of
from qa.gather import MONEY, candidates, same_value
from qa.ledger import PLAIN, Entry, SpanPlace
from qa.names import core, grams

_EITHER = re.compile(
    r"(?P<a>\d[\d,.]*)\s*(?P<ua>亿元?|万元?|元|%)?[，,]?还是(?:说)?(?P<b>\d[\d,.]*)\s*(?P<ub>亿元?|万元?|元|%)?"
)
_ADDS = re.compile(
    r"(?:加起来|相加|加总|合计|之和|加在一起|合起来|各项|[一-龥](?<![增追附参更])加[一-龥]|[一-龥][+＋][一-龥]).*"
    r"(?:等于|是不是|是否|吗|对|凑|一致|相等|够|差|吻合)|凑得?[上齐够]|add up|sum to"
)
_UNITS = {"亿": "亿元", "万": "万元"}
_FAR = Decimal("0.05")  # parts that miss their whole by more were not all found


def either_or(context: Context) -> Answer | None:
    """到底是12亿还是13亿: every place that prints one of the two."""
    said = _EITHER.search(context.plan.utterance.text)
    mentions = sure_accounts(context)
    if said is None or len(mentions) != 1:
        return None
    wanted = [_quantity(said, "a", "ub"), _quantity(said, "b", "ua")]
    for source in context.sources:
        found = [_printing(context, source, mentions[0].item, w) for w in wanted]
        entries = [e for e in found if e is not None]
        if len(entries) == 2:
            return _both(context, source, entries)
        if len(entries) == 1:
            return _one(context, source, entries[0])
    return None


def _quantity(said: re.Match[str], name: str, other: str) -> tuple[Decimal, str]:
    unit = said.group(f"u{name}") or said.group(other) or ""
    return Decimal(said.group(name).replace(",", "")), _UNITS.get(unit, unit)


def _printing(
    context: Context, source: Source, item: str, wanted: tuple[Decimal, str]
) -> Entry | None:
    value, unit = wanted
    area, regions = context.plan.area, context.plan.regions
    for entry in source.ledger.of(item):
        other = entry.context & {"area.whole", "area.own"}
        if entry.region not in (regions or ("",)) or (area and other and area not in other):
            continue
        if entry.value is not None and _same(abs(entry.value), entry.unit, value, unit):
            return entry
    return None


def _same(value: Decimal, unit: str, asked: Decimal, said: str) -> bool:
    if unit in MONEY and said in MONEY:
        return convert(value, unit, "元") == convert(asked, said, "元")
    return value == asked and (not said or said == unit)


def _both(context: Context, source: Source, entries: Sequence[Entry]) -> Answer:
    """Both figures stand in the report: each with its place, and how far they are apart."""
    writer = context.writer().say("报告两处不一致：", "The report has both, which differ: ")
    for position, entry in enumerate(entries):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(where(source.ledger.report, entry)).say("为", ": ").figure(of_entry(entry))
    gap = difference_of(of_entry(entries[0]), of_entry(entries[1]))
    if gap is not None and gap.value:
        writer.say("；相差", "; they differ by ").figure(replace(gap, value=abs(gap.value)))
    return answered(writer.say("。", "."))


def _one(context: Context, source: Source, entry: Entry) -> Answer:
    writer = context.writer().say("报告写的是：", "The report has: ")
    writer.year(entry.year).say("", " ").name(placed_name(context, source, of_entry(entry)))
    writer.say("为", ": ").figure(of_entry(entry))
    return answered(writer.say("，没有另一个数。", "; it does not have the other figure."))


# --- sums -----------------------------------------------------------------------------------------


def adds_up(context: Context) -> Answer | None:
    """各项加起来等于12亿吗: the parts that the text lists behind a total, added and compared."""
    if not _ADDS.search(context.plan.utterance.text):
        return None
    for source in context.sources:
        for whole in _wholes(context, source):
            parts = _parts(source, whole)
            if len(parts) > 1:
                return _tally(context, source, whole, parts)
    return None


_COMPOSED = re.compile(
    r"组成|构成|包括(?:哪|什么)|由哪|哪几[块部项]|分别(?:是|为)?多少|各(?:是|为)?多少|"
    r"made up|break ?down"
)
_GRAND = re.compile(r"总收入|总支出|收入总计|支出总计|收入合计|支出合计|总计")


def composed_of(context: Context) -> Answer | None:
    """总支出由哪几块组成: the parts that the text lists behind a total and that make it."""
    text = context.plan.utterance.text
    if not (_COMPOSED.search(text) and _GRAND.search(text)):
        return None
    for source in context.sources:
        for whole in _wholes(context, source) or _grand(context, source):
            parts = _parts(source, whole)
            total = sum_of(tuple(of_entry(p) for p in parts)) if len(parts) > 1 else None
            if total is None or total.value != whole.value or not _placed_so(context, whole):
                continue
            writer = context.writer().name(placed_name(context, source, of_entry(whole)))
            writer.say("为", ": ").figure(of_entry(whole)).say("，其中：", ", of which ")
            for position, part in enumerate(parts):
                writer.say("；" if position else "", "; " if position else "")
                writer.name(clean(part.label)).say("为", ": ").figure(of_entry(part))
            return answered(writer.say("。", "."))
    return None


def _grand(context: Context, source: Source) -> list[Entry]:
    """The grand totals by the words that the question has of them."""
    said = _GRAND.search(context.plan.utterance.text)
    word = said.group(0) if said else ""
    return [e for e in source.ledger.entries if word and word in e.label and e.measure == PLAIN]


def _placed_so(context: Context, entry: Entry) -> bool:
    areas = entry.context & {"area.whole", "area.own"}
    area = context.plan.area
    return not area or not areas or area in areas


_AGREE = re.compile(r"一致|一样|相符|矛盾|对得上|吻合|出入|\b(?:agree|match|consistent)\b")
_MOVING = re.compile(r"[增降涨跌减][幅长速]|增长|下降|同比|growth|rate")


def places_agree(context: Context) -> Answer | None:
    """两处写的增幅一致吗: every different figure that the report prints for it."""
    mentions = sure_accounts(context)
    text = context.plan.utterance.text
    if not _AGREE.search(text) or len(mentions) != 1:
        return None
    measure = "rate" if _MOVING.search(text) else PLAIN
    for source in context.sources:
        want = plain_want(context, mentions[0]).measuring(
            measure, "prior" if measure == "rate" else ""
        )
        entries = [c.entry for c in candidates(source.ledger, mentions[0].item, want)]
        kept: list[Entry] = []
        for entry in entries:
            if entry.value is not None and not any(same_value(entry, k) for k in kept):
                kept.append(entry)
        if len(kept) > 1:
            return _both(context, source, kept[:_MOST])
    return None


_MOST = 3


def _wholes(context: Context, source: Source) -> list[Entry]:
    """The totals that the question may mean: by its figure, best by its words; else by account."""
    asked = [
        (q.quantity.value, _UNITS.get(q.quantity.unit, q.quantity.unit))
        for q in find_quantities(context.plan.utterance.text)
    ]
    words = grams(context.plan.utterance.text)
    spans = [
        e
        for e in source.ledger.entries
        if isinstance(e.place, SpanPlace) and e.measure == PLAIN and e.value
    ]
    if asked:
        found = [
            e for e in spans if any(_same(e.value or Decimal(0), e.unit, v, u) for v, u in asked)
        ]
        return sorted(found, key=lambda e: -sum(g in words for g in grams(core(e.label))))
    items = [m.item for m in sure_accounts(context)]
    wants = [plain_want(context, m) for m in sure_accounts(context)]
    year = wants[0].year if wants else None
    return [e for e in spans if e.item in items and e.region == "" and year in (None, e.year)]


def _behind(source: Source, whole: Entry) -> list[Entry]:
    """The plain figures of a whole's unit that stand behind it in its paragraph."""
    assert isinstance(whole.place, SpanPlace)
    return [
        e
        for e in source.ledger.of_passage(whole.place.passage)
        if isinstance(e.place, SpanPlace)
        and e.place.start > whole.place.start
        and (e.measure, e.unit) == (PLAIN, whole.unit)
        and e.value is not None
    ]


def _parts(source: Source, whole: Entry) -> tuple[Entry, ...]:
    """The figures behind a total that make it, or come close."""
    behind = [e for e in _behind(source, whole) if e.region == whole.region]
    of_places = [e for e in _behind(source, whole) if e.item == whole.item and e.region != ""]
    if of_places:  # the places that the whole is made of, its own level first
        behind = [e for e in _behind(source, whole) if e.item == whole.item]
    target, total = whole.value or Decimal(0), Decimal(0)
    kept: list[Entry] = []
    for entry in behind:
        if total + (entry.value or 0) > target * (1 + _FAR):
            break
        total += entry.value or 0
        kept.append(entry)
        if len(kept) > 1 and abs(total - target) <= _slack(whole, len(kept)):
            return tuple(kept)
    return tuple(kept) if abs(total - target) <= target * _FAR else ()


def _slack(whole: Entry, terms: int) -> Decimal:
    exponent = (whole.value or Decimal(0)).as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    return Decimal(5).scaleb(places - 1) * (terms if terms > 2 else 0)


def _tally(context: Context, source: Source, whole: Entry, parts: Sequence[Entry]) -> Answer | None:
    figures: tuple[Figure, ...] = tuple(of_entry(p) for p in parts)
    total = sum_of(figures)
    gap = difference_of(total, of_entry(whole)) if total is not None else None
    if total is None or gap is None or gap.value is None:
        return None
    equal = gap.value == 0
    writer = context.writer()
    writer.say("相等，前后一致：" if equal else "不相等，前后有出入：",
               "They agree: " if equal else "They differ: ")  # fmt: skip
    for position, figure in enumerate(figures):
        writer.say("、" if position else "", ", " if position else "")
        writer.name(clean(figure.label)).say("为", " ").figure(figure)
    writer.say("，合计", ", together ").figure(total).say("；", "; ")
    writer.name(placed_name(context, source, of_entry(whole))).say("为", " is ").figure(
        of_entry(whole)
    )
    if not equal:
        writer.say("，相差", ", a difference of ").figure(replace(gap, value=abs(gap.value)))
    return answered(writer.say("。", "."))
