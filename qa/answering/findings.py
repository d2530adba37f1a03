"""Is the report right about itself? Answered from the audit's findings, with both places shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Outcome, Report, find_quantities
from qa.answer import Answer, CheckedBy
from qa.answering import doubts
from qa.answering.context import Context, answered, clean
from qa.audit import Evidence, Finding, Verdict, examine, examine_years, findings_of
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of, of_entry
from qa.ledger import CellPlace, Entry, Place, SpanPlace
from qa.names import grams
from qa.vocabulary import key_of

_SHOWN = 40  # more than that is a matter for the printed page of the audit
_RELEVANT = 1.2


def findings(context: Context) -> Answer | None:
    """What the audit found about what the question names; its checks where nothing is wrong."""
    for source in context.sources:
        found = findings_of(context.verdicts(source))
        if not _about(context):
            return _all(context, source, (*found, *_between_years(source)))
        relevant = _relevant(context, found)
        if relevant:
            return _written(context, source, relevant)
    return doubts.settled(context)


def _about(context: Context) -> bool:
    """Whether the question names anything; otherwise it is about the whole report."""
    plan = context.plan
    figures = find_quantities(plan.utterance.text)
    return bool(plan.mentions or figures or len(_topic(context)) >= 3)


_AUDIT_WORDS = re.compile(
    r"报告|前后|自相|矛盾|不一致|一致|一样|错误|写错|搞错|对不上|对得上|有没有|是否|是不是|哪里|地方|正文|表格|表|写得|写的|写|得|"
    r"数字|数据|问题|到底|核对|对吗|正确|吗|的|和|与|里|有|是|还是|说|什么|哪些|这份|存在|文字|说明|前面|后面|两处"
)


def _topic(context: Context) -> str:
    return re.sub(r"[^\u3400-\u9fff]", "", _AUDIT_WORDS.sub("", context.plan.utterance.text))


# --- which findings are meant -------------------------------------------------------------------


def _relevant(context: Context, found: Sequence[Finding]) -> list[Finding]:
    scored = [(s, f) for f in found if (s := _relevance(context, f)) >= _RELEVANT]
    best = max((s for s, _ in scored), default=0.0)
    return [f for s, f in scored if s >= best - 1.0][:3]


def _relevance(context: Context, finding: Finding) -> float:
    """Shared figures tell most, then shared accounts, then shared words."""
    text = context.plan.utterance.text
    asked = {q.quantity.value.normalize() for q in find_quantities(text)}
    asked |= {Decimal(n.replace(",", "")).normalize() for n in re.findall(r"\d[\d,]*\.\d+", text)}
    told = {q.quantity.value.normalize() for v in finding.values for q in find_quantities(v)}
    items = {key_of(i) for i in finding.items}
    keys = {m.item for m in context.plan.mentions}
    doubted = {m.item for m in context.plan.strong}
    if (asked and not asked & told) or (doubted and not (doubted & items or asked & told)):
        return 0.0  # the question is about another figure or account: words alone are beside it
    score = 3.0 * len(asked & told) + 2.0 * len(items & keys)
    return score + 2.5 * _overlap(_topic(context), finding)


def _overlap(topic: str, finding: Finding) -> float:
    wanted = set(grams(topic))
    if not wanted:
        return 0.0
    quotes = "".join(e.quote for e in finding.evidence)
    said = grams("".join(finding.items) + finding.message + quotes)
    return sum(g in said for g in wanted) / len(wanted)


# --- writing ------------------------------------------------------------------------------------


def _between_years(source: Source) -> tuple[Finding, ...]:
    """What the report and that of the year before contradict each other in, where it is held."""
    before = source.before
    if before is None:
        return ()
    return findings_of(examine_years(before.report, source.ledger.report))


def _all(context: Context, source: Source, found: Sequence[Finding]) -> Answer:
    writer = context.writer()
    if not found:
        tried = [v for v in context.verdicts(source) if v.outcome is not Outcome.UNTRIED]
        writer.say("核对了", "Checked ").counted(len(tried), "处")
        return answered(writer.say("，没有发现自相矛盾的地方。", "; no contradiction was found."))
    writer.say("核对发现", "The audit found ").counted(len(found), "处")
    writer.say("问题：", ":")
    for finding in found[:_SHOWN]:
        writer.lines()
        _write(context, writer, source, finding)
    if len(found) > _SHOWN:
        writer.lines().say("另有", "Another ").counted(len(found) - _SHOWN, "处")
        writer.say("未在此列出。", " not listed here.")
    return answered(writer)


def _written(context: Context, source: Source, found: Sequence[Finding]) -> Answer:
    writer = context.writer()
    for position, finding in enumerate(found):
        if position:
            writer.lines()
        _write(context, writer, source, finding)
        _write_correction(writer, source, finding)
    return answered(writer)


def _write(context: Context, writer: Writer, source: Source, finding: Finding) -> None:
    """The finding's sentence, its figures as slots and its places as citations."""
    message = finding.message if context.zh else finding.message_en
    writer.say("报告前后不一致：" if context.zh else "The report is inconsistent: ")
    writer.name(message.rstrip("。"))
    for evidence in finding.evidence[:4]:
        place = _place(evidence)
        if place is not None:
            writer.mark(evidence.report or source.ledger.report.id, place)
    writer.say("。", ".")
    writer.told(_figures(source, finding))
    places = [p for e in finding.evidence if (p := _place(e)) is not None]
    first = (source.ledger.report.id, places[0]) if places else None
    writer.stated(message, first, CheckedBy.CONFLICT)


def _figures(source: Source, finding: Finding) -> list[Figure]:
    """The figures of a finding's places: both sides of a conflict."""
    found = []
    for evidence in finding.evidence:
        entry = _entry(source, evidence)
        if entry is not None and entry.value is not None:
            found.append(replace(of_entry(entry), check=CheckedBy.CONFLICT))
    return found


def _write_correction(writer: Writer, source: Source, finding: Finding) -> None:
    """Which side the sums bear out: the cell's value, or the sign of the printed rate."""
    if finding.rule == "wording.direction":
        _write_direction(writer, source, finding)
        return
    cells = [e for e in finding.evidence if e.table_id is not None]
    entry = _entry(source, cells[0]) if cells and finding.rule.startswith("prose") else None
    if entry is not None and entry.value is not None:
        writer.say("以表中数为准：", "The table has: ").name(clean(entry.label))
        writer.say("为", ": ").figure(of_entry(entry))
        _write_gap(writer, source, finding)
        writer.say("。", ".")


def _write_gap(writer: Writer, source: Source, finding: Finding) -> None:
    """How far the two sides are apart, where both are amounts in one scale."""
    figures = _figures(source, finding)
    gap = difference_of(figures[0], figures[1]) if len(figures) == 2 else None
    if gap is not None and gap.value and figures[0].unit == figures[1].unit:
        writer.say("，两处相差", "; they differ by ").figure(gap)


def _write_direction(writer: Writer, source: Source, finding: Finding) -> None:
    items = {key_of(i) for i in finding.items}
    rate = next(
        (e for i in items for e in source.ledger.of(i) if e.measure == "rate" and e.value), None
    )
    if rate is None or rate.value is None:
        return
    fell = rate.value < 0
    writer.say(
        "按增减幅度核算，实际减少，即下降" if fell else "按增减幅度核算，实际增加，即增长",
        "By its own rate it fell by " if fell else "By its own rate it rose by ",
    )
    writer.figure(of_entry(rate)).say("。", ".")


def _place(evidence: Evidence) -> Place | None:
    if evidence.passage is not None:
        return SpanPlace(evidence.passage, evidence.start or 0, evidence.end or 0)
    if evidence.table_id is None or evidence.row_id is None:
        return None
    return CellPlace(evidence.table_id, evidence.row_id, evidence.column_id or 0)


def _entry(source: Source, evidence: Evidence) -> Entry | None:
    place = None if evidence.report else _place(evidence)
    if isinstance(place, CellPlace):
        return source.ledger.at(place)
    if place is None:
        return None
    inside = (e for e in source.ledger.entries if isinstance(e.place, SpanPlace))
    return next(
        (
            e
            for e in inside
            if isinstance(e.place, SpanPlace)
            and e.place.passage == place.passage
            and e.place.start < place.end
            and place.start < e.place.end
        ),
        None,
    )


def verdicts_of(report: Report) -> tuple[Verdict, ...]:
    """Every trial of the audit on a report."""
    return examine(report)
