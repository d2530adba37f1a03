"""Questions over two figures or more: differences, sums, means and shares, with their working."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.answering.sets import claim_group
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of, mean_of, of_entry, share_of, sum_of
from qa.ledger import PLAIN
from qa.plan import LOOSE, Mention, Operation
from qa.understand import share_sides
from qa.vocabulary import roles


def pairs(context: Context) -> Answer | None:
    """The answer to a difference, sum, mean or share; None when a figure is lacking."""
    handler = {
        Operation.DIFFERENCE: _difference,
        Operation.SUM: _sum,
        Operation.AVERAGE: _mean,
        Operation.SHARE: _share,
    }[context.plan.operation]
    return handler(context)


def _amount(context: Context, source: Source, mention: Mention) -> Figure | None:
    measure = (
        context.plan.measure if context.plan.measure in ("budget", "prior", "target") else PLAIN
    )
    want = replace(context.want(mention).measuring(measure), side="")
    figure = context.figure(source, mention.item, want)
    if figure is None:
        return None
    return replace(figure, label=clean(figure.label) or context.called("", mention.item))


def _figures(context: Context, mentions: Sequence[Mention]) -> tuple[Figure, ...]:
    """One figure for each mention and report in scope, in the order of the question."""
    unique = {m.item: m for m in mentions}.values()
    found = [_amount(context, s, m) for m in unique for s in context.sources]
    return tuple(f for f in found if f is not None and f.value is not None)


def _difference(context: Context) -> Answer | None:
    mentions = context.plan.strong if len(context.plan.strong) > 1 else context.plan.mentions
    figures = _figures(context, mentions)
    if len(figures) < 2:
        return None
    a, b = figures[0], figures[1]
    gap = difference_of(a, b)
    if gap is None or gap.value is None:
        return None
    writer = context.writer()
    _name(writer, a).say("为", ": ").figure(a).say("，", "; ")
    _name(writer, b).say("为", ": ").figure(b).say("，", "; ")
    if gap.value == 0:
        return answered(
            writer.say("两者相等，相差", "they are equal, difference ").figure(gap).say("。", ".")
        )
    more = gap.value > 0
    writer.say(
        "前者比后者多" if more else "前者比后者少",
        "the first is higher by " if more else "the first is lower by ",
    )
    writer.figure(gap).say("。", ".")
    return answered(writer)


def _name(writer: Writer, figure: Figure) -> Writer:
    if figure.year and writer.language == "zh":
        writer.year(figure.year)
    return writer.name(figure.label)


def _sum(context: Context) -> Answer | None:
    figures = _figures(context, context.plan.strong or context.plan.mentions)
    total = sum_of(figures) if len(figures) > 1 else None
    if total is None:
        return None
    writer = context.writer()
    for position, figure in enumerate(figures):
        writer.say("，" if position else "", ", " if position else "")
        _name(writer, figure).name(" ").figure(figure)
    writer.say("，合计", "; in total ").figure(total).say("。", ".")
    return answered(writer)


def _mean(context: Context) -> Answer | None:
    if context.plan.narrowing:
        return None
    figures = _figures(context, context.plan.strong or context.plan.mentions)
    mean = mean_of(figures) if len(figures) > 1 else None
    if mean is None:
        return None
    writer = context.writer().say("平均为", "The mean is ").figure(mean).say("：", ": ")
    for position, figure in enumerate(figures):
        writer.say("、" if position else "", ", " if position else "")
        _name(writer, figure).name(" ").figure(figure)
    return answered(writer.say("。", "."))


# --- shares -----------------------------------------------------------------------------------


def _share(context: Context) -> Answer | None:
    for source in context.sources:
        answer = _share_in(context, source)
        if answer is not None:
            return answer
    return None


def _share_in(context: Context, source: Source) -> Answer | None:
    if not any(m.via not in LOOSE for m in context.plan.strong):
        grouped = _share_of_group(context)
        if grouped is not None:
            return grouped
    parts, wholes = share_sides(context.plan)
    part = _first(context, source, parts)
    whole = _first(context, source, wholes) if wholes else None
    if part is None:
        return _share_of_group(context)
    if whole is None:
        printed = context.figure(source, parts[-1].item, context.want(parts[-1]).measuring("share"))
        if printed is not None and not wholes:
            return _printed_share(context, part, printed)
        whole = None if wholes else _whole_of(context, source, parts[-1], part)
    share = share_of(part, whole) if whole else None
    if share is None or whole is None:
        return _share_of_group(context)
    return _computed_share(context, part, whole, share)


def _first(context: Context, source: Source, mentions: Sequence[Mention]) -> Figure | None:
    strong = [m for m in mentions if not m.weak] or list(mentions)
    for mention in strong:
        figure = _amount(context, source, mention)
        if figure is not None and figure.value is not None:
            return figure
    return None


def _whole_of(context: Context, source: Source, mention: Mention, part: Figure) -> Figure | None:
    """What a share without a named whole is of: the total on the same side."""
    side = part.entry.side if part.entry else ""
    total = "income.total" if side == "income" else "expenditure.total"
    for name, members in roles().parts.items():
        if mention.item in members:
            total = name
            break
    want = replace(context.want(mention).measuring(PLAIN), side="", tables=frozenset())
    return context.figure(source, total, want)


def _printed_share(context: Context, part: Figure, printed: Figure) -> Answer:
    writer = context.writer()
    writer.name(part.label).say("为", ": ").figure(part).say("，占", ", share of ")
    basis = printed.entry.basis if printed.entry else ""
    writer.name(basis or ("总额" if context.zh else "the total")).say("的", ": ")
    writer.figure(printed).say("。", ".")
    return answered(writer)


def _computed_share(context: Context, part: Figure, whole: Figure, share: Figure) -> Answer:
    writer = context.writer()
    writer.name(part.label).say("占", " as a share of ").name(clean(whole.label)).say("的", ": ")
    writer.figure(share).working(share).say("。", ".")
    return answered(writer)


def _share_of_group(context: Context) -> Answer | None:
    """A part of a group that only sentences list (net increases of several insurances)."""
    group = claim_group(context)
    if group is None:
        return None
    _, entries, total = group
    text = context.plan.utterance.text
    part = next((e for e in entries if any(w in text for w in _heads(e.label))), None)
    if part is None:
        return None
    whole = of_entry(total) if total else sum_of(tuple(of_entry(e) for e in entries))
    share = share_of(of_entry(part), whole) if whole else None
    if whole is None or share is None:
        return None
    return _computed_share(context, of_entry(part), whole, share)


def _heads(label: str) -> tuple[str, ...]:
    """The telling first characters of a label: 工伤保险净增 -> 工伤."""
    return tuple(label[:n] for n in (4, 3, 2) if len(label) >= n)
