"""One report, ready to be searched: its entries, their vectors and their postings in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.model import Report
from index.lexical import Segment
from index.model import Hit, Scope
from index.passages import PASSAGE, Entry, entries
from index.words import Terms

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class OpenReport:
    """What a search in one report needs. `vectors` and `segment` are in the order of `entries`."""

    report: Report
    entries: tuple[Entry, ...]
    vectors: Vectors
    segment: Segment

    def inside(self, scope: Scope) -> NDArray[np.bool_]:
        """Which entries lie in the scope's sections and are of its kinds."""
        wanted = np.ones(len(self.entries), dtype=np.bool_)
        if scope.kinds:
            wanted &= [entry.kind in scope.kinds for entry in self.entries]
        if scope.sections:
            under = _under(self.report, scope.sections)
            wanted &= [entry.section in under for entry in self.entries]
        return wanted

    def hit(self, position: int, score: float, lexical: float, dense: float) -> Hit:
        """The entry at `position` as it is shown."""
        return make_hit(self.report.id, self.entries[position], score, lexical, dense)


def make_hit(report: str, entry: Entry, score: float, lexical: float, dense: float) -> Hit:
    """An entry as a hit."""
    first, second = entry.address
    is_passage = entry.kind == PASSAGE
    return Hit(
        report=report,
        kind=entry.kind,
        text=entry.text,
        score=score,
        lexical=lexical,
        dense=dense,
        passage=first if is_passage else None,
        table=None if is_passage else first,
        row=None if is_passage else second,
    )


def open_report(
    report: Report, vectors: Mapping[tuple[str, int, int], bytes], field: Iterable[str]
) -> OpenReport:
    """Make `report` searchable; `field` are the field's own terms."""
    found = entries(report)
    rows = [np.frombuffer(vectors[(e.kind, *e.address)], dtype="<f4") for e in found]
    matrix = np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)
    terms = Terms((*field, *labels(report)))
    return OpenReport(report, found, matrix, Segment.build(terms, map(lexical_text, found)))


def lexical_text(entry: Entry) -> str:
    """What the lexical leg sees: the text under its headings."""
    return "\n".join((*entry.headings, entry.text))


def labels(report: Report) -> set[str]:
    """The report's own names for things: row labels, defined terms, what its claims are about."""
    found = {row.label for table in report.tables for row in table.rows}
    found.update(term.name for term in report.terms)
    found.update(claim.subject for claim in report.claims)
    return found


def _under(report: Report, sections: tuple[int, ...]) -> set[int]:
    """`sections` and everything below them; a section's parent always precedes it."""
    found = set(sections)
    for section in report.sections:
        if section.parent in found:
            found.add(section.id)
    return found
