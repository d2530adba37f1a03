"""Quoting a report: cells, sentences that stand together, whole sections."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Report
from qa.answer import CheckedBy
from qa.compose import Writer
from qa.ledger import CellPlace, Place, SpanPlace
from qa.sentences import Sentence


def quote_place(writer: Writer, report: Report, place: Place) -> Writer:
    """A stretch of text or a text cell, verbatim, with its citation."""
    if isinstance(place, SpanPlace):
        text = report.passages[place.passage].text[place.start : place.end]
        writer.quote(report.id, place)
    else:
        cell = report.tables[place.table].cell(place.row, place.column)
        text = cell.text if cell is not None else ""
        writer.name(f"“{text.strip()}”").mark(report.id, place)
    return writer.stated(text, (report.id, place), CheckedBy.PROSE)


def quote_span(writer: Writer, report: Report, sentences: Sequence[Sentence]) -> Writer:
    """Sentences in the order of the report; neighbours of one paragraph as one quotation."""
    for place in _joined(sentences):
        if isinstance(place, SpanPlace):
            quote_place(writer, report, place)
            continue
        if place.row < 0:
            note = report.tables[place.table].notes[-1 - place.column]
            writer.note(report.id, place.table, note)
            writer.stated(note, None, CheckedBy.PROSE)
            continue
        text = "".join(s.text for s in sentences if s.place == place).strip()
        writer.name(f"“{text}”").mark(report.id, place)
        writer.stated(text, (report.id, place), CheckedBy.PROSE)
    return writer


def _joined(sentences: Sequence[Sentence]) -> list[Place]:
    places: list[Place] = []
    for sentence in sorted(sentences, key=lambda s: s.position):
        place, last = sentence.place, places[-1] if places else None
        if (
            isinstance(place, SpanPlace)
            and isinstance(last, SpanPlace)
            and last.passage == place.passage
            and place.start <= last.end + 1
        ):
            places[-1] = SpanPlace(place.passage, last.start, max(last.end, place.end))
        elif place != last:
            places.append(place)
    return places


__all__ = ["CellPlace", "quote_place", "quote_span"]
