"""What is left under a government's debt limit."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.answering.government_figures import placed_name
from qa.figures import Figure, Source, difference_of, of_entry
from qa.gather import MONEY
from qa.ledger import PLAIN
from qa.plan import Mention, Via

_ROOM = re.compile(
    r"空间|余地|余量|额度还?[剩有]|还[能可]?(?:再)?[剩差余借举发]|[离距](?:限额|上限)|限额[^，。]{0,6}(?:剩|差|减)|"
    r"(?:余额|债务)[^，。]{0,4}[离距]|没用完|未使用|[超突](?:过|出|破)了?(?:债务|政府)*限额|限额比余额|余额比限额|"
    r"\broom\b|headroom|still (?:be )?(?:issue|borrow|use)|"
    r"under its .{0,12}limit|below the (?:limit|ceiling)|left under"
)
_DEBTS = (("一般债务", "general debt"), ("专项债务", "special debt"), ("政府债务", "debt"))


def room(context: Context) -> Answer | None:
    """限额减余额, of the debt and the place that the question names."""
    text = context.plan.utterance.text
    if not _ROOM.search(text) or not re.search(r"债|debt", text):
        return None
    zh, _ = next((d for d in _DEBTS if d[0] in text or d[1] in text), _DEBTS[-1])
    stated = _stated(context)
    if stated is not None:
        return stated
    figures = []
    for kind in ("限额", "余额"):
        item = zh + kind
        mention = Mention(-2, -1, item, item, Via.NAME)
        found = _debt(context, item, mention)
        if found is None:
            return None
        figures.append(found)
    (source, limit), (_, balance) = figures
    gap = difference_of(limit, balance)
    if gap is None or gap.value is None:
        return None
    writer = context.writer()
    for figure in (limit, balance):
        writer.year(figure.year).say("", " ").name(placed_name(context, source, figure))
        writer.say("为", ": ").figure(figure).say("，", ", ")
    if gap.value == 0:
        return answered(
            writer.say("两者相等，没有剩余空间，即", "no room is left: ").figure(gap).say("。", ".")
        )
    writer.say("限额比余额多" if gap.value > 0 else "余额超过限额", "the room is ")
    writer.figure(replace(gap, value=abs(gap.value))).working(gap)
    writer.say(
        "，没有超过限额。" if gap.value > 0 else "。",
        "; within the limit." if gap.value > 0 else ".",
    )
    return answered(writer)


def _stated(context: Context) -> Answer | None:
    """The room that the report itself states (限额空间12亿元)."""
    plan = context.plan
    for source in context.sources:
        for entry in source.ledger.entries:
            areas = entry.context & {"area.whole", "area.own"}
            named = entry.label.endswith("空间") and entry.value is not None and entry.unit in MONEY
            fits = entry.region in (plan.regions or ("",)) and (not plan.area or plan.area in areas)
            if named and fits and (plan.area or "area.own" not in areas):
                figure = of_entry(entry)
                writer = context.writer().year(entry.year).say("", " ")
                writer.name(placed_name(context, source, figure)).say("为", ": ").figure(figure)
                return answered(writer.say("。", "."))
    return None


def _debt(context: Context, item: str, mention: Mention) -> tuple[Source, Figure] | None:
    for source in context.sources:
        want = replace(context.want(mention).measuring(PLAIN), units=frozenset(MONEY))
        want = replace(want, keys=frozenset({item}), basis="", side="")
        figure = context.figure(source, item, want)
        if figure is not None and figure.value is not None:
            return source, figure
    return None
