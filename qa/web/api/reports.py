"""What is held, and reading it: reports, outlines, sections, tables, cited places."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from qa.answer import Citation
from qa.web.api.callers import Known
from qa.web.service.finding import Filters, in_scope
from qa.web.service.pages import DEEPEST, Limit, Offset, Page, page_of
from qa.web.service.reading import (
    Heading,
    HeldReport,
    Original,
    SectionText,
    TableView,
    get_report,
    held_report,
    original,
    outline,
    section_text,
    table_view,
)

router = APIRouter(tags=["reports"])

ReportId = Annotated[str, Path(description="A report's id, see /api/v1/reports.")]
Position = Annotated[int, Path(ge=0, le=DEEPEST, description="Its id, see the outline.")]


@router.get("/reports")
def reports(
    caller: Known,
    body: Annotated[str, Query(max_length=200, description="Part of the body's name.")] = "",
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[HeldReport]:
    """What the store holds, in the order in which it came."""
    cards = in_scope(caller.desk.library, Filters(body=body, year=year))
    return page_of([held_report(card) for card in cards], limit, offset)


@router.get("/reports/{report}")
def report(caller: Known, report: ReportId) -> HeldReport:
    """One report at a glance."""
    held = get_report(caller.desk.library, report).id
    return next(held_report(c) for c in caller.desk.library.reports() if c.id == held)


@router.get("/reports/{report}/outline")
def report_outline(caller: Known, report: ReportId) -> list[Heading]:
    """The headings in reading order, with the tables under each."""
    return list(outline(get_report(caller.desk.library, report)))


@router.get("/reports/{report}/sections/{section}")
def report_section(caller: Known, report: ReportId, section: Position) -> SectionText:
    """The text of one section, paragraph by paragraph."""
    return section_text(get_report(caller.desk.library, report), section)


@router.get("/reports/{report}/tables/{table}")
def report_table(caller: Known, report: ReportId, table: Position) -> TableView:
    """One table with its header levels, rows and cells."""
    return table_view(get_report(caller.desk.library, report), table)


@router.post("/source")
def source(caller: Known, citation: Citation) -> Original:
    """What a citation points at: send it as the answer has it."""
    return original(get_report(caller.desk.library, citation.report), citation)
