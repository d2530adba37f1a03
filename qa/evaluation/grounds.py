"""Whether the gold's evidence stands in the reports: a quote that nobody printed proves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus import Report
from qa.evaluation.evidence import squeezed
from qa.evaluation.gold import GoldQuestion


def unfounded(gold: Iterable[GoldQuestion], reports: Sequence[Report]) -> tuple[str, ...]:
    """Lines "id: quote" for each quoted fragment that stands in none of the `reports`."""
    printed = "\n".join(map(_printed, reports))
    return tuple(
        f"{question.id}: {quote}"
        for question in gold
        for quote in question.quote
        if squeezed(quote) not in printed
    )


def _printed(report: Report) -> str:
    """Everything the report prints, a line for each passage, heading and row."""
    rows = []
    for table in report.tables:
        cells: dict[int, list[str]] = {row.id: [row.code, row.label] for row in table.rows}
        for cell in table.cells:
            cells[cell.row].append(cell.text)
        labels = ["".join(row.path) + row.label for row in table.rows]
        rows += [table.title, table.number, *labels, *("".join(texts) for texts in cells.values())]
        rows += [part for column in table.columns for part in column.path]
    headings = (section.number + section.title for section in report.sections)
    texts = (passage.text for passage in report.passages)
    notes = (note for table in report.tables for note in table.notes)
    return "\n".join(map(squeezed, (*headings, *texts, *rows, *notes)))
