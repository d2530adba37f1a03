"""Buttons that open a place of a report, and the drawer that they open."""

from __future__ import annotations

import gradio as gr

from index import Library, UnknownReport
from qa.web.desk.bench import whole
from qa.web.markup import safe
from qa.web.sources import cell_html, passage_html
from qa.web.tables import Spot
from qa.web.words import Words


def place_button(content: str, report: str, **address: int | None) -> str:
    """A button around safe `content`; `address` is passage (start, end) or table, row, column."""
    given = "".join(f' data-{k}="{v}"' for k, v in address.items() if v is not None)
    return (
        f'<button type="button" class="place" data-event="place" data-report="{safe(report)}"'
        f"{given}>{content}</button>"
    )


def opened(library: Library, event: gr.EventData, words: Words) -> str:
    """The drawer for a pressed place button; empty if the place is not there."""
    try:
        report = library.report(str(getattr(event, "report", "")))
    except UnknownReport:
        return ""
    passage, table = whole(event, "passage"), whole(event, "table")
    if passage is not None and passage < len(report.passages):
        start, end = whole(event, "start"), whole(event, "end")
        span = (start, end) if start is not None and end is not None else None
        return passage_html(report, passage, span, words)
    if table is not None and table < len(report.tables):
        row, column = whole(event, "row"), whole(event, "column")
        known = row is not None and row < len(report.tables[table].rows)
        return cell_html(
            report, table, Spot(row, column) if known and row is not None else None, words
        )
    return ""
