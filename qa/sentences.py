"""The sentences of a report with their addresses, and how well each covers what was asked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import Report
from qa.ledger import CellPlace, Place, SpanPlace
from qa.names import grams

_BREAK = re.compile(r"[^。；！？]*[。；！？]?")
CAUSAL = re.compile(
    r"原因|由于|因为|因(?!公)|为了|避免|以便|旨在|主要是|考虑|导致|所致|有利于|目的|便于|确保|致使|影响"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage or of a text cell. `heading` is where it stands."""

    report: str
    text: str
    place: Place
    heading: str
    grams: dict[str, int]


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence and the weighted share of the question's content that it covers."""

    sentence: Sentence
    coverage: float
    score: float


class Sentences:
    """All sentences of one report, searchable by what they cover."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.all = tuple(_of_passages(report)) + tuple(_of_cells(report))
        self._weight = _weights(self.all)

    def weight(self, gram: str) -> float:
        """How telling a character or bigram is in this report; unknown ones tell most."""
        return self._weight.get(gram, math.log(1 + len(self.all)) * (1.6 if len(gram) > 1 else 1.0))

    def search(
        self, content: str, names: Sequence[str] = (), passages: dict[int, float] | None = None
    ) -> list[Match]:
        """Sentences by how much of `content` they and their headings cover, best first.

        `names` are labels that must count as said (an account linked from a colloquial word);
        `passages` are passage ids with an extra score from retrieval.
        """
        wanted = grams(" ".join((content, *names)))
        total = sum(self.weight(g) for g in wanted)
        if not total:
            return []
        extra = passages or {}
        found = [self._match(s, wanted, total, extra) for s in self.all]
        return sorted((m for m in found if m.score > 0), key=lambda m: -m.score)

    def _match(
        self, sentence: Sentence, wanted: dict[str, int], total: float, extra: dict[int, float]
    ) -> Match:
        own = sum(self.weight(g) for g in wanted if g in sentence.grams)
        context = sum(
            self.weight(g) for g in wanted if g not in sentence.grams and g in sentence.heading
        )
        coverage = (own + 0.5 * context) / total
        place = sentence.place
        bonus = extra.get(place.passage, 0.0) if isinstance(place, SpanPlace) else 0.0
        return Match(sentence, coverage, coverage + bonus)


def _weights(sentences: Sequence[Sentence]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for sentence in sentences:
        for gram in sentence.grams:
            counts[gram] = counts.get(gram, 0) + 1
    size = len(sentences) + 1
    return {g: math.log(1 + size / n) * (1.6 if len(g) > 1 else 1.0) for g, n in counts.items()}


def _of_passages(report: Report) -> Iterable[Sentence]:
    for passage in report.passages:
        heading = "".join(report.path(passage.section)[-2:])
        for start, end in spans(passage.text):
            text = passage.text[start:end]
            yield Sentence(
                report.id, text, SpanPlace(passage.id, start, end), heading, grams(text.lower())
            )


def _of_cells(report: Report) -> Iterable[Sentence]:
    for table in report.tables:
        for cell in table.cells:
            if cell.value is None and len(cell.text) >= 8:
                row = table.rows[cell.row]
                place = CellPlace(table.id, cell.row, cell.column)
                heading = table.title + row.label + table.columns[cell.column].label
                yield Sentence(report.id, cell.text, place, heading, grams(cell.text.lower()))


def spans(text: str) -> Iterable[tuple[int, int]]:
    """The bounds of the sentences of `text`; a short fragment joins the sentence before it."""
    bounds = [m.span() for m in _BREAK.finditer(text) if m.end() > m.start()]
    merged: list[tuple[int, int]] = []
    for start, end in bounds:
        if merged and end - start < 6:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
