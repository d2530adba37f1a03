"""A report's parts as its readers ask for them: cards, outline, sections, tables, sources."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus import Outcome, Report, Row, Table
from index import Library, ReportCard, UnknownReport
from qa.answer import Citation
from qa.web.markup import find_loosely
from qa.web.service.desk import unknown_report
from qa.web.service.problems import ProblemError
from qa.web.sources import find_passage, find_spot, find_table
from qa.web.tables import Spot


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class HeldReport(_Frozen):
    """One report that the store holds, at a glance."""

    id: str
    title: str
    body: str
    year: int | None
    kind: str = Field(description="final (决算), budget (预算) or other")
    sections: int
    tables: int
    facts: int
    open_cells: int = Field(description="Values whose column stays undecided.")


class TableRef(_Frozen):
    """A table by its address and name."""

    id: int
    number: str
    title: str
    statement: str
    page: int | None


class Heading(_Frozen):
    """One entry of the outline, with the tables right under it."""

    id: int
    number: str
    title: str
    level: int
    parent: int | None
    page: int | None
    passages: int
    tables: tuple[TableRef, ...]


class Paragraph(_Frozen):
    """A passage; `mark` bounds what a citation quotes from it, in characters."""

    id: int
    text: str
    page: int | None
    mark: tuple[int, int] | None = None


class SectionText(_Frozen):
    """A section with its text; `path` are the headings from the top down."""

    report: str
    id: int
    path: tuple[str, ...]
    page: int | None
    passages: tuple[Paragraph, ...]
    tables: tuple[TableRef, ...]


class ColumnView(_Frozen):
    """A column of figures; `path` is its header from the top level down."""

    id: int
    path: tuple[str, ...]
    line: str
    unit: str
    block: int


class CellView(_Frozen):
    """A cell of a row; an empty `text` is a blank."""

    column: int
    text: str
    value: Decimal | None
    placed_by: str


class RowView(_Frozen):
    """A row; rows of side-by-side blocks share a `band`."""

    id: int
    label: str
    code: str
    line: str
    level: int
    parent: int | None
    block: int
    band: int
    path: tuple[str, ...]
    cells: tuple[CellView, ...]
    unplaced: tuple[str, ...]


class TableView(_Frozen):
    """A table as the report has it, and how many of its sums hold, fail, or were not tried."""

    report: str
    id: int
    number: str
    title: str
    statement: str
    unit: str
    page: int | None
    path: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    notes: tuple[str, ...]
    checks: dict[Outcome, int]


class Original(_Frozen):
    """What a citation points at: a section with its sentence, or a table with its row and cell."""

    kind: Literal["section", "table"]
    title: str
    page: int | None
    path: tuple[str, ...]
    section: SectionText | None = None
    table: TableView | None = None
    row: int | None = None
    column: int | None = None


def held_report(card: ReportCard) -> HeldReport:
    """A report card as readers see it."""
    return HeldReport(
        id=card.id,
        title=card.identity.title or card.identity.body,
        body=card.identity.body,
        year=card.identity.year,
        kind=card.identity.kind,
        sections=card.sections,
        tables=card.tables,
        facts=card.facts,
        open_cells=card.open_cells,
    )


def get_report(library: Library, id_: str) -> Report:
    """The report; raises ProblemError (404)."""
    try:
        return library.report(id_)
    except UnknownReport as error:
        raise unknown_report() from error


def outline(report: Report) -> tuple[Heading, ...]:
    """All headings in reading order."""
    counts = [0] * len(report.sections)
    for passage in report.passages:
        counts[passage.section] += 1
    return tuple(
        Heading(
            id=s.id,
            number=s.number,
            title=s.title,
            level=s.level,
            parent=s.parent,
            page=s.page,
            passages=counts[s.id],
            tables=_tables_of(report, s.id),
        )
        for s in report.sections
    )


def section_text(report: Report, id_: int, cited: Paragraph | None = None) -> SectionText:
    """One section; `cited` takes the place of its paragraph. Raises ProblemError (404)."""
    if not 0 <= id_ < len(report.sections):
        raise _not_there("section")
    texts = (
        Paragraph(id=p.id, text=p.text, page=p.page) for p in report.passages if p.section == id_
    )
    return SectionText(
        report=report.id,
        id=id_,
        path=report.path(id_),
        page=report.sections[id_].page,
        passages=tuple(cited if cited and cited.id == p.id else p for p in texts),
        tables=_tables_of(report, id_),
    )


def table_view(report: Report, id_: int) -> TableView:
    """One table; raises ProblemError (404)."""
    if not 0 <= id_ < len(report.tables):
        raise _not_there("table")
    table = report.tables[id_]
    checks = dict.fromkeys(Outcome, 0)
    for check in table.checks:
        checks[check.outcome] += 1
    return TableView(
        report=report.id,
        id=id_,
        number=table.number,
        title=table.title,
        statement=table.statement,
        unit=table.unit,
        page=table.page,
        path=report.path(table.section),
        columns=tuple(
            ColumnView(id=c.id, path=c.path, line=c.line, unit=c.unit, block=c.block)
            for c in table.columns
        ),
        rows=_rows(table),
        notes=table.notes,
        checks=checks,
    )


def original(report: Report, citation: Citation) -> Original:
    """The cited place with what stands around it; raises ProblemError (404)."""
    table = find_table(report, citation)
    if table is not None:
        return _in_table(report, table, find_spot(table, citation), citation)
    passage = find_passage(report, citation)
    if passage is None:
        raise _not_there("passage")
    span = find_loosely(passage.text, citation.quote) or (0, len(passage.text))
    cited = Paragraph(id=passage.id, text=passage.text, page=passage.page, mark=span)
    return Original(
        kind="section",
        title=citation.title,
        page=citation.page,
        path=report.path(passage.section),
        section=section_text(report, passage.section, cited),
    )


def _in_table(report: Report, table: Table, spot: Spot | None, citation: Citation) -> Original:
    return Original(
        kind="table",
        title=citation.title,
        page=citation.page,
        path=report.path(table.section),
        table=table_view(report, table.id),
        row=spot.row if spot else None,
        column=spot.column if spot else None,
    )


def _rows(table: Table) -> tuple[RowView, ...]:
    by_row: dict[int, list[CellView]] = {row.id: [] for row in table.rows}
    for cell in table.cells:
        view = CellView(
            column=cell.column, text=cell.text, value=cell.value, placed_by=cell.placed_by.value
        )
        by_row[cell.row].append(view)
    return tuple(_row(row, by_row[row.id]) for row in table.rows)


def _row(row: Row, cells: Sequence[CellView]) -> RowView:
    return RowView(
        id=row.id,
        label=row.label,
        code=row.code,
        line=row.line,
        level=row.level,
        parent=row.parent,
        block=row.block,
        band=row.band,
        path=row.path,
        cells=tuple(cells),
        unplaced=row.unplaced,
    )


def _tables_of(report: Report, section: int) -> tuple[TableRef, ...]:
    return tuple(
        TableRef(id=t.id, number=t.number, title=t.title, statement=t.statement, page=t.page)
        for t in report.tables
        if t.section == section
    )


def _not_there(what: str) -> ProblemError:
    return ProblemError(
        404,
        f"unknown_{what}",
        f"the report has no such {what}",
        "See /api/v1/reports/{id}/outline",
    )
