"""A figure, a sum or two places that the asker doubts, where the audit has found nothing wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Report, find_quantities
from qa.answer import Answer, CheckedBy
from qa.answering import premise
from qa.answering.context import Context, answered, clean
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of, of_entry, replayed, resolve, sum_of
from qa.gather import candidates, same_value
from qa.ledger import PLAIN, CellPlace, Entry
from qa.names import core, grams
from qa.vocabulary import roles


def settled(context: Context) -> Answer | None:
    """What the report has for the figures that the question doubts; None where it doubts none."""
    for check in (_recomputed, _adds_up, _compare_figures, _both_places, _confirm):
        for source in context.sources:
            answer = check(context, source)
            if answer is not None:
                return answer
    return None


@dataclass(frozen=True, slots=True)
class _Located:
    """A figure of the question, found in the report."""

    entry: Entry
    written: str


def _compare_figures(context: Context, source: Source) -> Answer | None:
    """Two figures that seem to contradict each other but measure different things."""
    located = _located(context, source)
    if len({one.written for one in located}) < 2:
        return None
    writer = context.writer().say("两处口径不同，不构成矛盾：", "They measure different things: ")
    for position, one in enumerate(located[:3]):
        writer.say("；" if position else "", "; " if position else "")
        _write_located(writer, source, one.entry)
    writer.say("。", ".")
    _write_notes(writer, source, [one.entry for one in located])
    return answered(writer)


def _located(context: Context, source: Source) -> list[_Located]:
    """The report's entries with the values the question quotes, the best-named first."""
    found: list[_Located] = []
    text = context.plan.utterance.text
    for quantity in find_quantities(text):
        value = quantity.quantity.value
        same = [
            e
            for e in source.ledger.entries
            if e.value == value and e.unit == quantity.quantity.unit
        ]
        best = max(same, key=lambda e: _named(context, source, e), default=None)
        if best is not None and _named(context, source, best) > 0:
            found.append(_Located(best, quantity.quantity.written))
    return found


def _named(context: Context, source: Source, entry: Entry) -> float:
    text = context.plan.utterance.text
    around = core(entry.label) + entry.basis + "".join(entry.path)
    if isinstance(entry.place, CellPlace):
        table = source.ledger.report.tables[entry.place.table]
        around += table.title + table.columns[entry.place.column].label
    wanted = {g for g in grams(text) if len(g) == 2}
    return sum(g in around for g in wanted) + (0.5 if entry.basis and entry.basis in text else 0.0)


def _write_located(writer: Writer, source: Source, entry: Entry) -> None:
    report = source.ledger.report
    if isinstance(entry.place, CellPlace):
        table = report.tables[entry.place.table]
        writer.name(f"{table.name}“{clean(entry.label)}”{table.columns[entry.place.column].label}")
    else:
        writer.say("正文中", "in the text, ").name(clean(entry.label))
        if entry.basis:
            writer.say("完成" if entry.measure == "completion" else "", " of ").name(entry.basis)
    writer.say("为", ": ").figure(of_entry(entry))


def _write_notes(writer: Writer, source: Source, entries: Sequence[Entry]) -> None:
    """The note under a table that says what its columns mean (预算数为调整后…)."""
    report = source.ledger.report
    for entry in entries:
        if not isinstance(entry.place, CellPlace):
            continue
        note = _note_on(report, entry.place)
        if note:
            writer.say("该表注明：", "The table notes: ").note(report.id, entry.place.table, note)
            writer.say("。", ".")
            return


def _note_on(report: Report, place: CellPlace) -> str:
    table = report.tables[place.table]
    heads = {
        core(re.sub(r"（.*", "", c.label))
        for c in table.columns
        if c.block == table.columns[place.column].block
    }
    for note in table.notes:
        for sentence in re.split(r"(?<=[。；])", note):
            if any(_defines(sentence, h) for h in heads if h):
                return sentence.strip().rstrip("。")
    return ""


def _defines(sentence: str, head: str) -> bool:
    said = sentence.replace(" ", "")
    return f"{head}为" in said or f"{head}数为" in said


_PERCENTAGES = ("rate", "completion", "share")


def _recomputed(context: Context, source: Source) -> Answer | None:
    """A percentage that the question doubts, worked out again from the report's own figures."""
    found = [q.quantity for q in find_quantities(context.plan.utterance.text)]
    asked = {q.value for q in found if q.unit == "%"}
    for mention in context.plan.strong or context.plan.mentions:
        for measure in _PERCENTAGES:
            figure = context.figure(source, mention.item, context.want(mention).measuring(measure))
            if figure is None or figure.step is None or figure.value is None:
                continue
            if asked & {figure.value, abs(figure.value)}:
                return _write_recomputed(context, figure)
    return None


def _write_recomputed(context: Context, figure: Figure) -> Answer:
    again = replayed(figure)
    writer = context.writer()
    agrees = figure.check is CheckedBy.COMPUTED
    writer.say(
        "重新计算的结果与报告一致：" if agrees else "重新计算的结果与报告不一致，报告有误：",
        "Recomputing gives the same: " if agrees else "Recomputing gives another figure: ",
    )
    writer.say("报告写", "the report has ").figure(replace(figure, step=None))
    if again is not None:
        writer.say("，按", ", from ").working(figure).say("计算为", " it is ").figure(again)
    return answered(writer.say("。", "."))


_SUMS = re.compile(r"加起来|相加|合起来|之和|总和|加总|add up|sum")


def _adds_up(context: Context, source: Source) -> Answer | None:
    """Whether the parts of a total make it: the sum beside the printed total."""
    if not _SUMS.search(context.plan.utterance.text):
        return None
    for mention in context.plan.mentions:
        want = replace(context.want(mention), measure="", tables=frozenset(), side="")
        whole = context.figure(source, mention.item, want)
        found = (resolve(source, i, want) for i in roles().parts.get(mention.item, ()))
        parts = tuple(f for f in found if f is not None and f.value is not None)
        total = sum_of(parts) if len(parts) > 1 else None
        if whole is not None and total is not None:
            return _write_sum(context, whole, total, parts)
    return None


def _write_sum(context: Context, whole: Figure, total: Figure, parts: Sequence[Figure]) -> Answer:
    gap = difference_of(total, whole)
    equal = gap is not None and not gap.value
    writer = context.writer()
    writer.say(
        "相等，前后一致：" if equal else "不相等，前后不一致：",
        "They agree: " if equal else "They differ: ",
    )
    for position, part in enumerate(parts):
        writer.say("、" if position else "", ", " if position else "")
        writer.name(clean(part.label)).say("为", " ").figure(part)
    writer.say("，合计", ", together ").figure(total).say("；总额为", "; the total is ").figure(
        whole
    )
    if gap is not None and not equal:
        writer.say("，相差", ", a difference of ").figure(gap)
    return answered(writer.say("。", "."))


_MANY = 4
_TWO_PLACES = re.compile(
    r"一致|不同|不一样|矛盾|冲突|对不上|对得上|两|哪个|哪一个|前后|各处|到底|究竟|正文|表|"
    r"consistent|contradict|differ|agree|both|which"
)


def _both_places(context: Context, source: Source) -> Answer | None:
    """One item that the question finds in two places: what each of them prints."""
    if not _TWO_PLACES.search(context.plan.utterance.text):
        return None
    for mention in context.plan.strong:
        want = replace(context.want(mention).measuring(PLAIN), tables=frozenset(), side="")
        found = [c.entry for c in candidates(source.ledger, mention.item, want) if c.entry.value]
        kept: list[Entry] = []
        for entry in found:
            if not any(same_value(entry, k) for k in kept) and len(kept) < _MANY:
                kept.append(entry)
        if len(kept) > 1:
            return _write_places(context, source, kept)
    return None


def _write_places(context: Context, source: Source, entries: Sequence[Entry]) -> Answer:
    writer = context.writer().say("不一致：", "They differ: ")
    for position, entry in enumerate(entries):
        writer.say("；" if position else "", "; " if position else "")
        _write_located(writer, source, entry)
    first, second = of_entry(entries[0]), of_entry(entries[1])
    gap = difference_of(first, second)
    if gap is not None:
        writer.say("；前两者相差", "; the first two differ by ").figure(gap)
    return answered(writer.say("。", "."))


def _confirm(context: Context, source: Source) -> Answer | None:
    """A figure that the question doubts and the audit bears out."""
    located = _located(context, source)
    if not located or not premise.bears_out(context):
        return None
    writer = context.writer().say("核对未发现矛盾：", "No contradiction was found: ")
    for position, one in enumerate(located[:3]):
        writer.say("；" if position else "", "; " if position else "")
        _write_located(writer, source, one.entry)
    return answered(writer.say("。", "."))
