"""Questions for one figure of a table, and for places where a table shows nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.reports.asking.facts import Fact, Index
from benchmarks.reports.asking.wordings import Asker, wordings
from benchmarks.reports.model import Figure, Question

_BLANKS = 12  # blank places are many in any report


def lookups(asker: Asker, facts: Sequence[Fact], known: Index) -> Iterator[Question]:
    """A question for every figure whose words are unmistakable, with or without its table."""
    for fact in facts:
        if not fact.cell.value:
            continue
        kind = _kind(fact, known)
        if kind:
            text, lang = asker.word(kind, **_slots(fact))
            yield Question(
                text, "lookup", lang, numbers=(Figure(fact.value, fact.cell.unit),),
                quote=(fact.cell.label or fact.item,), section=fact.place,
                note=f"{fact.cell.title} {fact.cell.label} {'/'.join(fact.cell.column)}",
            )  # fmt: skip


def blanks(asker: Asker, facts: Sequence[Fact], known: Index) -> Iterator[Question]:
    """A question for figures that the table leaves blank: that is the answer."""
    empty = [f for f in facts if not f.value and known.alone_in_table(f)]
    for fact in asker.chance.sample(empty, min(len(empty), _BLANKS)):
        kind = "blank" if fact.column else "blank_row"
        text, lang = asker.word(kind, **_slots(fact))
        yield Question(
            text, "lookup", lang, contains=(wordings().nothing,),
            quote=(fact.cell.label or fact.item,), section=fact.place,
            note=f"{fact.cell.title}: blank",
        )  # fmt: skip


def _kind(fact: Fact, known: Index) -> str:
    base = "cell" if fact.column else "row"
    if known.alone(fact):
        return base
    return f"{base}_in_table" if known.alone_in_table(fact) else ""


def _slots(fact: Fact) -> dict[str, object]:
    code = fact.code if fact.code.isdigit() else ""
    return {"item": fact.item, "column": fact.column, "code": code, "table": fact.table}
