"""What is brought for a question: by the search alone, and by the engine.

The engine brings the places that its answer rests on, then what the search finds with the
question as it was understood: in the reports that it means, and in their own words.
"""

from __future__ import annotations

from collections.abc import Sequence

from index import Hit, Library, Scope
from qa.answer import Citation
from qa.evaluation.evidence import DEPTH, Found, of_citation, squeezed
from qa.plan import Plan
from qa.searching import find
from qa.series import held_id


def searched(
    library: Library, question: str, reports: Sequence[str], plan: Plan | None = None
) -> list[Found]:
    """What the product's own search finds in the `reports`, or in all.

    With a `plan` it is the engine's search, without one that of words as they were typed.
    """
    held = tuple(dict.fromkeys(map(held_id, reports)))
    hits = find(library, plan or question, Scope(reports=held), DEPTH)
    return [_found(library, hit) for hit in hits]


def brought(citations: Sequence[Citation], found: Sequence[Found]) -> list[Found]:
    """The engine's pieces: what both cite and find, the first cited, what is found, the rest.

    One figure often stands in several tables and sentences, and each is cited. The place that
    the search finds as well is the closest to the words of the question; after it come the
    first row and the first sentence cited.
    """
    agreed = next((f for f in found if any(_same(c, f) for c in citations)), None)
    firsts = [next((c for c in citations if bool(c.table) is sort), None) for sort in (True, False)]
    leading = sorted((c for c in firsts if c is not None), key=citations.index)
    rest = [c for c in citations if c not in leading]
    first = [agreed] if agreed else []
    pieces = [*first, *map(of_citation, leading), *found, *map(of_citation, rest)]
    return list(dict.fromkeys(pieces))


def _same(citation: Citation, found: Found) -> bool:
    """Whether a citation is of the place that was found: its row, or a sentence of its passage."""
    if citation.report != found.report:
        return False
    text = squeezed(found.text)
    if citation.table:
        row, table = squeezed(citation.row), squeezed(citation.table)
        return bool(row) and row in text and table in squeezed(found.heading)
    quote = squeezed(citation.quote)
    return bool(quote) and (quote in text or text in quote)


def _found(library: Library, hit: Hit) -> Found:
    report = library.report(hit.report)
    if hit.passage is not None:
        headings = report.path(report.passages[hit.passage].section)
    else:
        table = report.tables[hit.table or 0]
        headings = (*report.path(table.section), table.number, table.title)
    return Found(hit.report, hit.text, "\n".join(headings))
