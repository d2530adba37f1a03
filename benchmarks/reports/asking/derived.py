"""Questions whose answers are computed from several figures of one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from benchmarks.reports.asking.facts import Fact, Index
from benchmarks.reports.asking.wordings import Asker, plain_title
from benchmarks.reports.model import Figure, Question, Sheet
from benchmarks.reports.tell import ratio

_SPENDING = ("final.spending", "budget.spending", "budget.fiscal_spending")
_BASIC = ("final.general_basic", "budget.general_basic")


def derived(asker: Asker, facts: Sequence[Fact], known: Index) -> Iterator[Question]:
    """Differences, sums, shares, the largest, how many: over the items of the spending table."""
    for column in dict.fromkeys(f.column for f in facts if f.cell.statement in _SPENDING):
        items = [
            f for f in facts
            if f.cell.statement in _SPENDING and f.column == column and len(f.code) == 7 and f.value
        ]  # fmt: skip
        yield from _pairs(asker, [f for f in items if known.alone(f)], column or "支出")
        yield from _most(asker, items, column or "支出")
    yield from _shares(asker, facts, known)
    for sheet in asker.made.sheets:
        if sheet.statement in _BASIC:
            yield from _children(asker, sheet)


def _pairs(asker: Asker, items: Sequence[Fact], column: str) -> Iterator[Question]:
    for first, second in pairwise(items):
        a, b = (first, second) if first.value >= second.value else (second, first)
        if a.value == b.value or a.item == b.item:
            continue
        words = {"a": a.item, "b": b.item, "column": column}
        for kind, value in (("difference", a.value - b.value), ("sum", a.value + b.value)):
            text, lang = asker.word(kind, **words)
            yield _computed(text, lang, Figure(value, a.cell.unit), (a, b))


def _most(asker: Asker, items: Sequence[Fact], column: str) -> Iterator[Question]:
    ordered = sorted(items, key=lambda f: -f.value)
    if len(ordered) > 1 and ordered[0].value > ordered[1].value:
        best = ordered[0]
        text, lang = asker.word("most", column=column)
        yield Question(
            text, "derived", lang, numbers=(Figure(best.value, best.cell.unit),),
            contains=((best.item, best.code),), quote=(best.item,), section=best.place,
        )  # fmt: skip


def _shares(asker: Asker, facts: Sequence[Fact], known: Index) -> Iterator[Question]:
    """What part of all spending of a kind went to one account."""
    for sheet in asker.made.sheets:
        if sheet.statement not in _SPENDING:
            continue
        totals = {c.column: c.value for c in sheet.cells() if c.label == "合计"}
        for fact in facts:
            whole = totals.get(fact.cell.column)
            same = fact.cell.title == sheet.title and len(fact.code) == 7
            if same and fact.column and whole and fact.value and known.alone(fact):
                text, lang = asker.word("part", a=fact.item, column=fact.column)
                yield _computed(text, lang, percentage(fact.value, whole), (fact,))


def _children(asker: Asker, sheet: Sheet) -> Iterator[Question]:
    """How many accounts under an economic class have money."""
    valued = {c.code: c.label for c in sheet.cells() if c.code.isdigit() and c.value}
    for head in (code for code in valued if len(code) == 3):
        count = sum(code.startswith(head) for code in valued) - 1
        text, lang = asker.word("children", item=valued[head])
        yield Question(
            text, "count", lang, numbers=(Figure(Decimal(count), "项"),), quote=(valued[head],),
            section=sheet.number or plain_title(sheet.title),
        )  # fmt: skip


def percentage(part: Decimal, whole: Decimal) -> Figure:
    """A share in percent to one decimal; to two and to none count as well."""
    return Figure(ratio(part, whole, 1), "%", (ratio(part, whole, 2), ratio(part, whole, 0)))


def _computed(text: str, lang: str, figure: Figure, of: Sequence[Fact]) -> Question:
    return Question(
        text, "derived", lang, numbers=(figure,), quote=tuple(f.item for f in of),
        section=of[0].place, note=" / ".join(f"{f.item} {f.value}" for f in of),
    )  # fmt: skip
