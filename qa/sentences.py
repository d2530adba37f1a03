"""The sentences of a report with their addresses, and how well each covers what was asked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus import Report
from qa.ledger import CellPlace, Place, SpanPlace
from qa.needs import Need, plain
from qa.wording import wording

_BREAK = re.compile(r"[^。；！？]*[。；！？]?")
_HEADING = 0.7  # what the heading says counts this much of what the sentence says itself
_BEFORE = 0.5  # and what stands before it in its paragraph this much
_TELLING = 1.6
_LONG = 90  # a text cell longer than this is read sentence by sentence
_SHORT = 8  # a text cell this short holds a name or a mark, not a sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage or of a text cell. `heading` is where it stands, top level first.

    `before` is what its paragraph says before it, `position` its place among all sentences,
    `plain` its text as needs are looked for in it.
    """

    report: str
    text: str
    place: Place
    heading: tuple[str, ...]
    before: str
    position: int
    plain: str

    @property
    def passage(self) -> int | None:
        """The passage that it stands in, None for a cell."""
        return self.place.passage if isinstance(self.place, SpanPlace) else None


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence and the weighted share of the question's needs that it covers.

    `own` is the share that the sentence says itself, `coverage` counts its heading and what
    stands before it too; `score` orders matches and adds what retrieval found close in meaning.
    """

    sentence: Sentence
    own: float
    coverage: float
    score: float


class Sentences:
    """All sentences of one report, searchable by what they cover."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.all = tuple(_numbered((*_of_passages(report), *_of_cells(report), *_of_notes(report))))
        self._counts: dict[str, int] = {}

    @cached_property
    def _pairs(self) -> frozenset[str]:
        texts = [s.plain for s in self.all] + [plain(s.title) for s in self.report.sections]
        texts += [plain(row.label) for table in self.report.tables for row in table.rows]
        return frozenset(t[i : i + 2] for t in texts for i in range(len(t) - 1))

    def knows(self, pair: str) -> bool:
        """Whether the report has these two characters side by side."""
        return pair in self._pairs

    def says(self, word: str) -> bool:
        """Whether any sentence has this word."""
        return self._count(word) > 0

    def of_passage(self, passage: int) -> tuple[Sentence, ...]:
        """The sentences of a passage, in order."""
        return self._by_passage.get(passage, ())

    @cached_property
    def _by_passage(self) -> dict[int, tuple[Sentence, ...]]:
        found: dict[int, tuple[Sentence, ...]] = {}
        for sentence in self.all:
            if sentence.passage is not None:
                found[sentence.passage] = (*found.get(sentence.passage, ()), sentence)
        return found

    def weight(self, gram: str) -> float:
        """How telling a character or pair of characters is in this report; unknown ones most."""
        count = self._count(gram)
        telling = (
            math.log(1 + (len(self.all) + 1) / count) if count else math.log(1 + len(self.all))
        )
        return telling * (_TELLING if len(gram) > 1 else 1.0)

    def telling(self, need: Need) -> float:
        """How telling a need is in this report; what no sentence says tells most."""
        count = sum(self._count(option) for option in need.options)
        return need.share * _TELLING * math.log(1 + (len(self.all) + 1) / (count + 0.5))

    def _count(self, word: str) -> int:
        if word not in self._counts:
            self._counts[word] = sum(word in s.plain for s in self.all)
        return self._counts[word]

    def search(
        self, needs: Sequence[Need], passages: dict[int, float] | None = None
    ) -> list[Match]:
        """Sentences by how much of the needs they and their surroundings cover, best first.

        `passages` are passage ids with an extra score from retrieval.
        """
        weighed = [(need, self.telling(need)) for need in needs]
        total = sum(weight for _, weight in weighed)
        if not total:
            return []
        extra = passages or {}
        found = [self._match(s, weighed, total, extra) for s in self.all]
        return sorted((m for m in found if m.own > 0), key=lambda m: (-m.score, -m.own))

    def _match(
        self,
        sentence: Sentence,
        weighed: Sequence[tuple[Need, float]],
        total: float,
        extra: dict[int, float],
    ) -> Match:
        own = around = 0.0
        heading = plain("".join(sentence.heading))
        for need, weight in weighed:
            if says(sentence.plain, need):
                own += weight
            elif says(heading, need):
                around += weight * _HEADING
            elif says(sentence.before, need):
                around += weight * _BEFORE
        bonus = extra.get(sentence.passage, 0.0) if sentence.passage is not None else 0.0
        coverage = (own + around) / total
        return Match(sentence, own / total, coverage, coverage + bonus)

    def coverage(self, text: str, needs: Sequence[Need]) -> float:
        """The weighted share of the needs that any text covers."""
        text = plain(text)
        weighed = [(need, self.telling(need)) for need in needs]
        total = sum(weight for _, weight in weighed)
        return sum(w for need, w in weighed if says(text, need)) / total if total else 0.0

    @cached_property
    def causal(self) -> tuple[Sentence, ...]:
        """The sentences that say why something is, or what it is for."""
        book = wording()
        return tuple(
            s for s in self.all if book.causes.search(s.text) or book.purposes.search(s.text)
        )


def headings(report: Report, section: int) -> tuple[str, ...]:
    """The headings above a section and its own, without the name of the body."""
    body = report.identity.body
    return tuple(h.replace(body, "") if body else h for h in report.path(section))


def says(text: str, need: Need) -> bool:
    """Whether `text` has one of the need's options."""
    return any(option in text for option in need.options)


def _numbered(sentences: Iterable[Sentence]) -> Iterable[Sentence]:
    for position, s in enumerate(sentences):
        yield replace(s, position=position)


def _of_passages(report: Report) -> Iterable[Sentence]:
    for passage in report.passages:
        heading = headings(report, passage.section)[-3:]
        for start, end in spans(passage.text):
            text = passage.text[start:end]
            place = SpanPlace(passage.id, start, end)
            before = plain(passage.text[:start])
            yield Sentence(report.id, text, place, heading, before, 0, plain(text))


def _of_cells(report: Report) -> Iterable[Sentence]:
    for table in report.tables:
        for cell in table.cells:
            if cell.value is None and len(cell.text) >= _SHORT:
                row = table.rows[cell.row]
                place = CellPlace(table.id, cell.row, cell.column)
                heading = (table.title, row.label, table.columns[cell.column].label)
                bounds = spans(cell.text) if len(cell.text) > _LONG else ((0, len(cell.text)),)
                for start, end in bounds:
                    text, before = cell.text[start:end], plain(cell.text[:start])
                    yield Sentence(report.id, text, place, heading, before, 0, plain(text))


# What every table says of itself answers nothing.
_OF_EVERY_TABLE = re.compile(r"^(?:注[：:])?\s*(?:1[.、])?\s*本表(?:反映|按)")


def _of_notes(report: Report) -> Iterable[Sentence]:
    """The notes under tables: how scores are counted, what a column means."""
    for table in report.tables:
        for position, note in enumerate(table.notes):
            if len(note) < _SHORT or _OF_EVERY_TABLE.match(note):
                continue
            place = CellPlace(table.id, -1, -1 - position)
            for start, end in spans(note):
                text, before = note[start:end], plain(note[:start])
                yield Sentence(report.id, text, place, (table.title,), before, 0, plain(text))


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
