"""Several measures of one item in one question: 预算和决算各多少, 目标值、实际值、得分."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.compose import Writer
from qa.figures import Figure, Source, of_entry
from qa.language import simplify
from qa.ledger import PLAIN, SpanPlace
from qa.plan import Mention, Operation, Via

_SAID = {
    "budget": r"(?:年初|全年|调整)?预算(?:总数|总额|数|额)?|\bbudget(?:ed)?\b|\bplanned\b",
    "target": r"目标(?:值|数)?|\btargets?\b",
    PLAIN: r"决算(?:总数|总额|数|额)?|实际(?:支出总数|支出|完成值?|花费|值|数)?|执行数|"
    r"\bactual\b|\bfinal\b|\bspent\b|\bexecuted\b",
    "completion": r"完成率|执行率|完成比例|\bcompletion rate\b|\bexecution rate\b",
    "score": r"得分|分数|\bscores?\b",
    "weight": r"分值|权重|满分",
}
_ANY = re.compile("|".join(f"(?P<m{i}>{p})" for i, p in enumerate(_SAID.values())))
_JOINED = re.compile(r"(?:\s|[、,，]|和|与|跟|及|以及|还有|vs\.?|versus|\band\b|\bthe\b|各|分别)+")
_NAMED = {
    "budget": ("的预算数", " (budget)"),
    "target": ("的目标值", " (target)"),
    PLAIN: ("的决算数", " (actual)"),
    "completion": ("的完成率", " (completion)"),
    "score": ("的得分", " (score)"),
    "weight": ("的分值", " (weight)"),
}
_ACHIEVED = ("的实际值", " (actual)")
_WHOLES = frozenset({"grand.total", "expenditure.total"})


def several(context: Context) -> Answer | None:
    """Each measure asked of each item; None where the question asks for one measure only."""
    asked = _asked(simplify(context.plan.utterance.raw))
    apart = context.plan.measure == "change"  # how far the two are apart, not both of them
    if len(asked) < 2 or apart or context.plan.operation not in (Operation.LOOKUP, Operation.LIST):
        return None
    writer, said = context.writer(), 0
    for mention in _mentions(context):
        for source in context.sources:
            want = replace(context.want(mention), basis="")
            figures = {m: context.figure(source, mention.item, want.measuring(m)) for m in asked}
            for measure, figure in _told_together(source, figures).items():
                writer.say("；" if said else "", "; " if said else "")
                _write(context, writer, mention, measure, figure)
                said += 1
    return answered(writer.say("。", ".")) if said > 1 else None


def _told_together(source: Source, figures: dict[str, Figure | None]) -> dict[str, Figure]:
    """The figures found; the outcome as the sentence has it that gives plan and completion."""
    found = {m: f for m, f in figures.items() if f is not None}
    done = found.get(PLAIN)
    for measure in ("budget", "completion"):
        entry = found[measure].entry if measure in found else None
        if done is None or entry is None or not isinstance(entry.place, SpanPlace):
            continue
        beside = next(
            (
                e
                for e in source.ledger.of_passage(entry.place.passage)
                if e.item == entry.item and e.measure == PLAIN and e.unit == done.unit and e.value
            ),
            None,
        )
        if beside is not None and beside.value != done.value:
            return found | {PLAIN: of_entry(beside)}
    return found


def _asked(text: str) -> tuple[str, ...]:
    """The measures that the question names one after another."""
    found = list(_ANY.finditer(text))
    names = list(_SAID)
    chain: dict[str, None] = {}
    for a, b in pairwise(found):
        if _JOINED.fullmatch(text[a.end() : b.start()]):
            chain |= dict.fromkeys(names[int((m.lastgroup or "m0")[1:])] for m in (a, b))
    return tuple(chain)


def _mentions(context: Context) -> tuple[Mention, ...]:
    """The items named; of the whole what was spent of it."""
    plan = context.plan
    mentions = tuple({m.item: m for m in plan.strong or plan.mentions}.values())
    if mentions and {m.item for m in mentions} <= _WHOLES:
        return (Mention(-2, -1, "", "expenditure.total", Via.NAME),)
    return mentions


def _write(
    context: Context, writer: Writer, mention: Mention, measure: str, figure: Figure
) -> None:
    """One measure of an item; an indicator has an outcome, not an account."""
    counted = measure == PLAIN and "target" in _asked(simplify(context.plan.utterance.raw))
    writer.name(context.called(figure.label, mention.item))
    writer.say(*(_ACHIEVED if counted else _NAMED[measure]))
    writer.say("：" if figure.value is None else "为", ": ").figure(figure)
    if figure.entry is None:
        writer.working(figure)
