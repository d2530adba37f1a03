"""What share one figure is of another: the part, the whole, and which is which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Level
from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.answering.elsewhere import others
from qa.answering.listed import best_listing, heads, whole_of_part
from qa.answering.members import Member
from qa.answering.parts import children
from qa.figures import Figure, Source, of_entry, share_of, sum_of
from qa.gather import candidates
from qa.ledger import PLAIN, CellPlace, Entry
from qa.plan import LOOSE, Mention
from qa.sides import share_sides
from qa.vocabulary import by_id, roles

_NEAR = 4  # passages between a whole and its parts
_AND = re.compile(r"[\s“”]*(?:[、,，+]|和|与|加|及|以及|and|plus)[\s“”]*")


def share(context: Context) -> Answer | None:
    """The share that the question asks for, printed or computed; None when a side is lacking."""
    for source in context.sources:
        answer = _share_in(context, source)
        if answer is not None:
            return answer
    return None


def _share_in(context: Context, source: Source) -> Answer | None:
    if not any(m.via not in LOOSE for m in context.plan.strong):
        listed = _share_in_listing(context)
        if listed is not None:
            return listed
    parts, wholes = _oriented(*share_sides(context.plan))
    blank = _blank_side(context, source, parts, wholes)
    if blank is not None:
        return blank
    part = _parts_figure(context, source, parts, wholes)
    whole = _whole(context, source, wholes, parts, part)
    if part is not None and whole is not None:
        return _computed(context, part, whole)
    if part is not None and not wholes:
        return _of_inner_part(context, source, parts, part) or _of_default_whole(
            context, source, parts[-1], part
        )
    if whole is not None and not parts:
        inner = _inner_part(context, source, wholes[-1])
        return _computed(context, inner.figure, whole) if inner else None
    return _share_in_listing(context)


def _oriented(
    parts: Sequence[Mention], wholes: Sequence[Mention]
) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """The sides the other way round where what was taken for the whole is part of the part."""
    named = [p for p in parts if not p.weak] or list(parts)
    if named and wholes and all(any(_inside(w.item, p.item) for p in named) for w in wholes):
        return wholes, parts
    return parts, wholes


def _inside(item: str, whole: str) -> bool:
    inner = roles().parts.get(whole, ())
    return item in inner or any(_inside(item, i) for i in inner if i != whole)


# --- the two sides --------------------------------------------------------------------------------


def _parts_figure(
    context: Context, source: Source, mentions: Sequence[Mention], wholes: Sequence[Mention]
) -> Figure | None:
    """The part: the account named last, or the sum of those that 和 joins to it."""
    strong = [m for m in mentions if not m.weak] or list(mentions)
    strong = [m for m in strong if m.item not in {w.item for w in wholes}] or strong
    joined = _joined_to_last(context, strong)
    figures = [f for m in joined if (f := _amount(context, source, m)) is not None]
    if not figures or len(figures) != len(joined):
        return None
    return figures[0] if len(figures) == 1 else _named_sum(tuple(figures))


def _spelt_out(mentions: Sequence[Mention]) -> list[Mention]:
    """A name for two accounts (水电费) as the accounts themselves."""
    return [
        replace(m, item=part)
        for m in mentions
        for part in (roles().parts.get(m.item, ()) if m.item not in by_id() else ()) or (m.item,)
    ]


def _blank_side(
    context: Context, source: Source, parts: Sequence[Mention], wholes: Sequence[Mention]
) -> Answer | None:
    """A part or whole that the table leaves empty: nothing can be a share of it."""
    for mention in (*_spelt_out(parts[-1:]), *wholes[:1]):
        if mention.weak:
            continue
        want = replace(context.want(mention).measuring(_measure(context)), units=frozenset())
        figure = context.figure(source, mention.item, replace(want, side=""))
        if figure is None or figure.value is not None or figure.entry is None:
            continue
        if not figure.entry.blank:
            continue
        writer = context.writer().name(context.called(figure.label, mention.item))
        writer.say("：", ": ").figure(figure)
        return answered(writer.say("，无从计算占比。", "; no share can be computed."))
    return None


def _named_sum(figures: tuple[Figure, ...]) -> Figure | None:
    total = sum_of(figures)
    return replace(total, label="、".join(f.label for f in figures)) if total else None


def _joined_to_last(context: Context, mentions: Sequence[Mention]) -> list[Mention]:
    """The last mention with those that nothing but 和 separates from it; all those carried."""
    if context.plan.parts:
        return list({m.item: m for m in mentions}.values())
    text = context.plan.text or context.plan.utterance.text
    kept = list(mentions[-1:])
    for mention in reversed(mentions[:-1]):
        if mention.end < 0 or not _AND.fullmatch(text[mention.end : kept[0].start]):
            break
        if mention.item != kept[0].item:
            kept.insert(0, mention)
    return kept


def _whole(
    context: Context,
    source: Source,
    mentions: Sequence[Mention],
    parts: Sequence[Mention],
    part: Figure | None,
) -> Figure | None:
    """The whole: an account as such, not the column of it that the part names.

    The part's own table gives it where it can, so that both are of the same scope.
    """
    strong = [m for m in mentions if not m.weak] or list(mentions)
    apart = frozenset(m.item for m in parts) - {m.item for m in mentions}
    found = [f for m in strong if (f := _amount(context, source, m, apart)) and f.value]
    beside = [_beside(context, source, m, part) for m in strong] if part else []
    return next((f for f in (*beside, *found) if f is not None), None)


def _beside(context: Context, source: Source, mention: Mention, part: Figure) -> Figure | None:
    """The account's figure in the table, or in the section, that the part stands in."""
    if part.entry is None:
        return None
    want = replace(context.want(mention).measuring(_measure(context)), side="")
    want = replace(want, units=frozenset(), keys=frozenset({mention.item}))
    for candidate in candidates(source.ledger, mention.item, want):
        found = candidate.entry
        if found.value and not found.required and _stands_over(found, part.entry):
            return replace(of_entry(found), label=context.called(found.label, mention.item))
    return None


def _stands_over(whole: Entry, part: Entry) -> bool:
    """Whether both are cells of one table, or one sentence opens the section of the other."""
    if isinstance(whole.place, CellPlace) or isinstance(part.place, CellPlace):
        same = isinstance(whole.place, CellPlace) and isinstance(part.place, CellPlace)
        return same and _table(whole) == _table(part)
    depth = len(whole.path)
    return part.path[:depth] == whole.path and 0 <= part.rank - whole.rank < _NEAR


def _table(entry: Entry) -> int:
    return entry.place.table if isinstance(entry.place, CellPlace) else -1


def _amount(
    context: Context, source: Source, mention: Mention, apart: frozenset[str] = frozenset()
) -> Figure | None:
    want = replace(context.want(mention).measuring(_measure(context)), side="", units=frozenset())
    want = replace(want, keys=want.keys - apart)
    figure = context.figure(source, mention.item, want)
    if figure is None or figure.value is None:
        return None
    named = replace(figure, label=context.called(figure.label, mention.item))
    return _repeated(source, named) or named


def _repeated(source: Source, figure: Figure) -> Figure | None:
    """The sum of the rows of one name in a table without codes: a purchase under several heads."""
    entry = figure.entry
    if entry is None or not isinstance(entry.place, CellPlace) or entry.code:
        return None
    column = entry.place.column
    rows = [
        e
        for e in source.ledger.of_table(entry.place.table)
        if isinstance(e.place, CellPlace)
        and (e.item, e.place.column, e.code) == (entry.item, column, "")
        and e.value is not None
    ]
    if len(rows) < 2 or len({e.path for e in rows}) < 2:
        return None
    total = sum_of(tuple(of_entry(e) for e in rows))
    return replace(total, label=figure.label) if total else None


def _measure(context: Context) -> str:
    text = context.plan.utterance.text
    return "budget" if re.search(r"年初预算|initial budget", text) else PLAIN


# --- a part that only the whole's own parts name --------------------------------------------------


def _of_inner_part(
    context: Context, source: Source, mentions: Sequence[Mention], whole: Figure
) -> Answer | None:
    """某项费用里其中一项占多少: the named account is the whole, one of its parts the part."""
    inner = _inner_part(context, source, mentions[-1])
    return _computed(context, inner.figure, whole) if inner else None


def _inner_part(context: Context, source: Source, mention: Mention) -> Member | None:
    """A part of what the question names that it says besides, in the part's own words."""
    text = context.plan.text or context.plan.utterance.text
    if 0 <= mention.start < mention.end <= len(text):
        text = text[: mention.start] + " " + text[mention.end :]
    parts = children(context, source, mention)
    return next((p for p in parts if any(h in text for h in heads(p.label))), None)


# --- a whole that the question leaves out ---------------------------------------------------------


def _of_default_whole(
    context: Context, source: Source, mention: Mention, part: Figure
) -> Answer | None:
    """A printed share, otherwise the share of the total that the part belongs to."""
    if others(context, [(source, part)]):
        return None
    printed = candidates(source.ledger, mention.item, context.want(mention).measuring("share"))
    if printed and printed[0].entry.value is not None:
        return _printed(context, part, of_entry(printed[0].entry))
    listed = whole_of_part(source, part.entry) if part.entry else None
    if listed is not None:
        return _computed(context, part, of_entry(listed))
    whole = _whole_of(context, source, mention, part)
    return _computed(context, part, whole) if whole is not None else None


_HUNDRED = 100


def _impossible(context: Context, share: Figure) -> bool:
    """More than the whole: a government's figures of two kinds were held against each other."""
    of_government = all(s.ledger.report.identity.level is Level.GOVERNMENT for s in context.sources)
    return of_government and share.value is not None and share.value > _HUNDRED


def _of_the_budget(part: Figure) -> bool:
    """Whether a government's figure is a head of its general public budget's spending."""
    entry = part.entry
    return entry is not None and "fund.general" in entry.context and entry.side == "expenditure"


def _whole_of(context: Context, source: Source, mention: Mention, part: Figure) -> Figure | None:
    if source.ledger.report.identity.level is Level.GOVERNMENT and not _of_the_budget(part):
        return None
    side = part.entry.side if part.entry else ""
    total = "income.total" if side == "income" else "expenditure.total"
    for name, members in roles().parts.items():
        if mention.item in members:
            total = name
            break
    want = replace(context.want(mention).measuring(PLAIN), side="", tables=frozenset(), code="")
    whole = context.figure(source, total, replace(want, keys=frozenset({total})))
    if whole is None or whole.value is None or whole.unit in ("", "%"):
        return None
    return replace(whole, label=context.called(whole.label, total))


def _share_in_listing(context: Context) -> Answer | None:
    """A part of what only a sentence lists (net increases of several insurances)."""
    best = best_listing(context)
    if best is None:
        return None
    _, listing = best
    text = context.plan.utterance.text
    part = next((e for e in listing.parts if any(w in text for w in heads(e.label))), None)
    if part is None:
        return None
    every = tuple(of_entry(e) for e in listing.parts)
    whole = of_entry(listing.whole) if listing.whole else sum_of(every)
    return _computed(context, of_entry(part), whole) if whole else None


def _same_place(a: Figure, b: Figure) -> bool:
    """Whether both are one figure: nothing is a share of itself."""
    return a.entry is not None and b.entry is not None and a.entry.place == b.entry.place


# --- writing --------------------------------------------------------------------------------------


def _printed(context: Context, part: Figure, printed: Figure) -> Answer:
    writer = context.writer()
    writer.name(part.label).say("为", ": ").figure(part).say("，占", ", share of ")
    basis = printed.entry.basis if printed.entry else ""
    writer.name(basis or ("总额" if context.zh else "the total")).say("的", ": ")
    return answered(writer.figure(printed).say("。", "."))


def _computed(context: Context, part: Figure, whole: Figure) -> Answer | None:
    if part.unit == "%":  # what is 100% of the goods bought is a share already
        writer = context.writer().name(clean(part.label)).say("为", ": ").figure(part)
        return answered(writer.say("。", "."))
    if others(context, [(context.source, part), (context.source, whole)]):
        return None
    share = share_of(part, whole) if not _same_place(part, whole) else None
    if share is None or _impossible(context, share):
        return None
    writer = context.writer()
    writer.name(clean(part.label)).say("占", " as a share of ").name(clean(whole.label))
    writer.say("的", ": ").figure(share).working(share)
    return answered(writer.say("。", "."))
