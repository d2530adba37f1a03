"""What share one figure of a government's report is of another that it stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer
from qa.answering.context import Context, answered, clean
from qa.answering.government_figures import placed_name, plain_want, year_of
from qa.coverage import without_area
from qa.figures import Figure, Source, of_entry, share_of
from qa.gather import MONEY, Want, candidates
from qa.ledger import PLAIN, CellPlace, Entry, SpanPlace
from qa.names import bare, core
from qa.plan import LOOSE, Mention, Operation
from qa.sides import share_sides
from qa.vocabulary import key_of

_INCOME = re.compile(r"收入|revenue|income")
_SPENT = re.compile(r"支出|spending|expenditure")
_NEAREST = 10_000


def share_in_place(context: Context) -> Answer | None:
    """The share of a part in the whole of its own sentence, paragraph or table column."""
    if context.plan.operation is not Operation.SHARE:
        return None
    parts, wholes = share_sides(context.plan)
    inner = [m for m in parts if not m.weak and m.via not in LOOSE]
    outer = [m for m in wholes if not m.weak and m.via not in LOOSE]
    outer = outer or [replace(m, item=_SIDES[m.surface]) for m in wholes if m.surface in _SIDES]
    if not inner or not outer or inner[-1].item == outer[-1].item:
        return None
    for source in context.sources:
        stated = _stated(context, source, inner[-1], outer[-1])
        if stated is not None:
            return stated
        found = _pair(context, source, inner[-1], outer[-1])
        if found is not None:
            return _written(context, source, *found)
    return None


def _stated(context: Context, source: Source, part: Mention, whole: Mention) -> Answer | None:
    """The share as a sentence states it of this part and this whole."""
    want = replace(plain_want(context, part), side="").measuring("share")
    for candidate in candidates(source.ledger, part.item, want):
        entry = candidate.entry
        if entry.value is None or key_of(without_area(bare(entry.basis))) != whole.item:
            continue
        figure = of_entry(entry)
        writer = context.writer().year(year_of(figure, source)).say("", " ")
        writer.name(_name(context, source, entry)).say("占", " as a share of ").name(entry.basis)
        return answered(writer.say("的", ": ").figure(figure).say("。", "."))
    return None


_SIDES = {"收入": "general.revenue", "支出": "fund.general.expenditure"}


def _pair(
    context: Context, source: Source, part: Mention, whole: Mention
) -> tuple[Entry, Entry] | None:
    """The part and the whole that stand nearest to each other, the part no larger."""
    inner = [*_entries(context, source, part), *_longer(context, source, part)]
    outer = _entries(context, source, whole)
    pairs = [
        (_apart(a, b), i, a, b)
        for i, a in enumerate(inner)
        for b in outer
        if a.value and b.value and a.unit in MONEY and b.unit in MONEY and _alike(a, b)
    ]
    near = [p for p in pairs if p[0] < _NEAREST]
    if not near:
        return None
    _, _, a, b = min(near, key=lambda p: (p[0], p[1]))
    share = share_of(of_entry(a), of_entry(b))
    return (a, b) if share is not None and share.value is not None and share.value <= 100 else None


def _entries(context: Context, source: Source, mention: Mention) -> list[Entry]:
    want = _side(plain_want(context, mention), mention)
    return [c.entry for c in candidates(source.ledger, mention.item, want)]


def _longer(context: Context, source: Source, mention: Mention) -> list[Entry]:
    """Figures whose own names contain the words: 甲类补助 of 甲类补助收入."""
    want = replace(plain_want(context, mention), side="")
    name = core(mention.surface)
    found = []
    for entry in source.ledger.entries:
        if name in core(entry.label) and entry.measure == PLAIN and entry.item != mention.item:
            own = replace(want, keys=frozenset({entry.item}))
            found += [c.entry for c in candidates(source.ledger, entry.item, own)]
    return found


def _side(want: Want, mention: Mention) -> Want:
    """收入 or 支出 in the account's own words chooses the side of a fund."""
    income, spent = _INCOME.search(mention.surface), _SPENT.search(mention.surface)
    if bool(income) == bool(spent):
        return replace(want, side="")
    return replace(want, side="income" if income else "expenditure")


def _alike(a: Entry, b: Entry) -> bool:
    areas = [e.context & {"area.whole", "area.own"} for e in (a, b)]
    same_area = not all(areas) or areas[0] == areas[1]
    return same_area and (a.region, a.year, a.period) == (b.region, b.year, b.period)


def _apart(part: Entry, whole: Entry) -> int:
    """How far a part stands behind its whole: in one column, one paragraph, one section."""
    if isinstance(part.place, CellPlace) and isinstance(whole.place, CellPlace):
        same = part.place.table == whole.place.table
        columns = part.place.column == whole.place.column or part.place.row == whole.place.row
        return 0 if same and columns else 5 if same else _NEAREST
    if isinstance(part.place, SpanPlace) and isinstance(whole.place, SpanPlace):
        if part.place.passage == whole.place.passage:
            return 1 if part.place.start > whole.place.start else 3
        inside = part.path[: len(whole.path)] == whole.path
        behind = 0 < part.place.passage - whole.place.passage < _SECTION
        return 10 + part.place.passage - whole.place.passage if inside and behind else _NEAREST
    return _NEAREST


_SECTION = 8  # passages of a section behind the one that opens it


def _written(context: Context, source: Source, part: Entry, whole: Entry) -> Answer | None:
    share = share_of(of_entry(part), of_entry(whole))
    if share is None:
        return None
    writer = context.writer().year(part.year).say("", " ")
    writer.name(_name(context, source, part)).say("占", " as a share of ")
    writer.name(_name(context, source, whole)).say("的", ": ").figure(share).working(share)
    printed = _printed(source, part)
    if printed is not None:
        writer.say("，报告写的是", "; the report has ").figure(printed)
    return answered(writer.say("。", "."))


def _name(context: Context, source: Source, entry: Entry) -> str:
    return placed_name(context, source, replace(of_entry(entry), label=clean(entry.label)))


def _printed(source: Source, part: Entry) -> Figure | None:
    """The share that the sentence itself gives."""
    if not isinstance(part.place, SpanPlace):
        return None
    near: Sequence[Entry] = source.ledger.of_passage(part.place.passage)
    found = (e for e in near if (e.item, e.measure, e.region) == (part.item, "share", part.region))
    return next((of_entry(e) for e in found if e.value is not None), None)
