"""Why a government's figure moved: the remark in its row, behind it in brackets, in a note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus import Level, Report
from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.answering.placed import placed
from qa.answering.quoting import quote_place
from qa.compose import Writer
from qa.figures import Source, of_entry
from qa.gather import Want, candidates
from qa.ledger import PLAIN, CellPlace, Entry, Place, SpanPlace
from qa.names import core
from qa.plan import LOOSE, Mention

_REMARK_COLUMN = re.compile(r"备注|说明|原因")
_OPENING = re.compile(
    r"\s*(?P<bracket>（)?[，,]?\s*(?:[^，。；（）]{0,12}的?)?"
    r"(?=主要(?:是|因|由于|原因|受|考虑)|原因|因(?!公)|由于|受|新增|增加(?=\d{4}年)|剔除)"
)
_CLOSING = re.compile(r"[；。]|，加上|，其中")
_FEWEST = 6
_NEAR = 60  # characters within which figures of one account stand
_MEASURES = ("rate", "change", PLAIN, "completion")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a report says beside a figure; `note` is the text of a note under its table."""

    entry: Entry
    place: Place
    note: str = ""


def remarked(context: Context) -> Answer | None:
    """The reason that stands beside the very figure asked about; None where there is none."""
    for source in context.sources:
        if source.ledger.report.identity.level is not Level.GOVERNMENT:
            return None
        for mention in _named(context):
            for entry in _entries(context, source, mention):
                found = _beside(source.ledger.report, entry, mention)
                if found is not None:
                    return _written(context, source, found)
    return None


def remark_of(
    context: Context, source: Source, mention: Mention
) -> tuple[str, CellPlace | SpanPlace] | None:
    """(text, place) of what stands beside an account's figure; None where nothing does."""
    report = source.ledger.report
    for entry in _entries(context, source, mention):
        found = _beside(report, entry, mention)
        if found is None or found.note:
            continue
        place = found.place
        if isinstance(place, CellPlace):
            cell = report.tables[place.table].cell(place.row, place.column)
            return (cell.text if cell is not None else "", place)
        return (report.passages[place.passage].text[place.start : place.end], place)
    return None


def _named(context: Context) -> list[Mention]:
    plan = context.plan
    sure = [m for m in plan.strong if m.via not in LOOSE]
    return list({m.item: m for m in sure or plan.mentions}.values())


def _entries(context: Context, source: Source, mention: Mention) -> Iterable[Entry]:
    """The account's figures in the place and year asked for, movements first."""
    plan = context.plan
    want = replace(
        context.want(mention), units=frozenset(), basis="", keys=frozenset({mention.item})
    )
    want = replace(want, side=plan.side)
    seen: set[Place] = set()
    for measure in _MEASURES:
        for candidate in candidates(source.ledger, mention.item, _of(want, measure)):
            if candidate.entry.place not in seen:
                seen.add(candidate.entry.place)
                yield candidate.entry


def _of(want: Want, measure: str) -> Want:
    return replace(want, measure=measure)


def _beside(report: Report, entry: Entry, mention: Mention) -> Remark | None:
    if isinstance(entry.place, CellPlace):
        return _of_row(report, entry, entry.place) or _of_notes(report, entry, entry.place, mention)
    return _behind(report, entry, entry.place)


def _of_row(report: Report, entry: Entry, place: CellPlace) -> Remark | None:
    table = report.tables[place.table]
    for column in table.columns:
        cell = table.cell(place.row, column.id)
        if cell is None or cell.value is not None or len(cell.text) < _FEWEST:
            continue
        if _REMARK_COLUMN.search(column.label):
            return Remark(entry, CellPlace(table.id, place.row, column.id))
    return None


def _of_notes(report: Report, entry: Entry, place: CellPlace, mention: Mention) -> Remark | None:
    """A note that opens with the account's name: 车船税今年没有预算，主要是…."""
    table = report.tables[place.table]
    name = core(table.rows[place.row].label)
    for position, note in enumerate(table.notes):
        opening = re.sub(r"^(?:备?注[:：])?\s*(?:\d+[.、．])?\s*", "", note)
        said = opening.startswith((name, mention.surface)) and len(name) >= 2
        if said and re.search(r"主要|由于|因|原因", note):
            return Remark(entry, CellPlace(table.id, -1, -1 - position), note)
    return None


def _behind(report: Report, entry: Entry, place: SpanPlace) -> Remark | None:
    """（因…） or ，主要是… right behind the last figure of the account's clause."""
    text = report.passages[place.passage].text
    at = _last_figure(text, place.end)
    opening = _OPENING.match(text, at)
    if opening is None:
        return None
    start = opening.end()
    close = text.find("）", start) if opening.group("bracket") else -1
    end = (
        close
        if close >= 0
        else next((m.start() for m in _CLOSING.finditer(text, start)), len(text))
    )
    start = opening.start() + (1 if opening.group("bracket") else 0)
    while start < end and text[start] in "，, （":
        start += 1
    return Remark(entry, SpanPlace(place.passage, start, end)) if end - start >= _FEWEST else None


_GO_ON = re.compile(
    r"(?:，|、)(?:同比|比[^，。；]{1,10}|为[^，。；]{1,8}|较[^，。；]{1,10}|可比)?(?:增长|下降|完成)?[^，。；（）]{0,10}?\d[\d.,]*(?:%|个百分点|万元|亿元)"
)


def _last_figure(text: str, at: int) -> int:
    """Where the figures of one account end: 为预算的98%，增长3% go on behind the amount."""
    while (more := _GO_ON.match(text, at)) is not None and not re.search(
        r"其中|加上|收入|支出|因|主要|由于", more.group(0)
    ):
        at = more.end()
    return at


# --- writing --------------------------------------------------------------------------------------


def _written(context: Context, source: Source, found: Remark) -> Answer:
    writer = context.writer()
    entry = found.entry
    rate = _rate_beside(source, entry)
    identity = source.ledger.report.identity
    writer.year(entry.year or source.year).say("", " ")
    label = clean(entry.label) if context.zh else context.called(entry.label, entry.item)
    writer.name(placed(label, entry, identity, context.zh))
    if rate is not None:
        _write_rate(context, writer, rate)
    writer.say("。报告给出的原因：", ". The reason that the report gives: ")
    if found.note and isinstance(found.place, CellPlace):
        writer.note(source.ledger.report.id, found.place.table, found.note)
    else:
        quote_place(writer, source.ledger.report, found.place)
    return answered(writer.say("。", "."))


def _rate_beside(source: Source, entry: Entry) -> Entry | None:
    """The movement that stands in the row or sentence of the figure."""
    if entry.measure in ("rate", "change"):
        return entry
    for other in source.ledger.of(entry.item):
        if other.measure != "rate" or other.value is None or other.year != entry.year:
            continue
        if _together(entry.place, other.place) and other.region == entry.region:
            return other
    return None


def _together(a: Place, b: Place) -> bool:
    if isinstance(a, CellPlace) and isinstance(b, CellPlace):
        return (a.table, a.row) == (b.table, b.row)
    if isinstance(a, SpanPlace) and isinstance(b, SpanPlace):
        return a.passage == b.passage and 0 <= b.start - a.start < _NEAR
    return False


def _write_rate(context: Context, writer: Writer, entry: Entry) -> None:
    value = entry.value or 0
    if value == 0:
        return
    fell = value < 0
    asked = context.plan.direction
    writer.say("较", " against ")
    writer.name((entry.basis or "上年") if context.zh else "the year before")
    if asked and (asked == "down") != fell:
        writer.say("并非如问题所说，而是", ", contrary to the question,")
    if entry.unit == "%":
        writer.say("下降" if fell else "增长", " fell by " if fell else " rose by ")
    else:
        writer.say("减少" if fell else "增加", " fell by " if fell else " rose by ")
    writer.figure(of_entry(entry))
