"""Finding passages, rows and cells under the filters that all doors share."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from corpus import Kind, Report, Table
from index import FactQuery, FactRow, Hit, Library, ReportCard, Scope
from qa.searching import find
from qa.web.service.pages import Page, page_from

_DEPTH = 300  # hits looked through where filters apply to rows
_CODE_LENGTH = 3  # digits from which on an account is given by its code


Amount = Annotated[
    Decimal | None, WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "null"}]})
]


class Filters(BaseModel):
    """Where to look. What is not given does not narrow; amounts are in the cells' own unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    body: str = Field(default="", max_length=200, description="Part of the body's name.")
    year: int | None = Field(default=None, ge=1900, le=2200)
    kind: Kind | None = Field(default=None, description="final (决算), budget (预算) or other.")
    report: tuple[str, ...] = Field(default=(), max_length=50, description="Report ids.")
    statement: str = Field(
        default="", max_length=200, description="Part of a table's number, title or statement."
    )
    account: str = Field(
        default="", max_length=200, description="Part of a row's label, or the account's code."
    )
    least: Amount = Field(default=None, description="Smallest amount.")
    most: Amount = Field(default=None, description="Largest amount.")

    @property
    def narrows_rows(self) -> bool:
        """Whether only table rows can satisfy it."""
        bounded = self.least is not None or self.most is not None
        return bool(self.statement or self.account) or bounded

    @property
    def code(self) -> str:
        """The account where it is a code."""
        is_code = self.account.isdecimal() and len(self.account) >= _CODE_LENGTH
        return self.account if is_code else ""


class Found(BaseModel):
    """A passage or a table row with its address; `text` is as the report has it."""

    model_config = ConfigDict(frozen=True)

    report: str
    title: str
    year: int | None
    kind: Literal["passage", "row"]
    text: str
    section: str
    page: int | None
    score: float = Field(description="Comparable within one search only.")
    passage: int | None = None
    table: int | None = None
    row: int | None = None


class Fact(BaseModel):
    """One table cell. `value` is null where it is blank or text; `text` is as printed."""

    model_config = ConfigDict(frozen=True)

    report: str
    table: str
    table_title: str
    table_id: int
    row: str
    row_id: int
    code: str
    line: str
    column: str
    column_id: int
    value: Decimal | None
    text: str
    unit: str
    page: int | None
    placed_by: str


def in_scope(library: Library, filters: Filters) -> tuple[ReportCard, ...]:
    """The held reports that the filters allow."""
    return tuple(card for card in library.reports() if _fits(card, filters))


def find_texts(
    library: Library, text: str, filters: Filters, limit: int, offset: int
) -> Page[Found]:
    """Passages and rows that suit `text`, best first."""
    ids = tuple(card.id for card in in_scope(library, filters))
    if not ids:
        return Page(items=())
    kinds = ("row",) if filters.narrows_rows else ()
    depth = _DEPTH if filters.narrows_rows else offset + limit + 1
    hits = find(library, text, Scope(reports=ids, kinds=kinds), depth)
    fitting = [hit for hit in hits if _row_fits(library, hit, filters)]
    page = page_from(fitting[offset:], limit, offset)
    items = tuple(_found(library.report(hit.report), hit) for hit in page.items)
    return Page(items=items, next=page.next)


def find_facts(library: Library, filters: Filters, limit: int, offset: int) -> Page[Fact]:
    """Cells under the filters, report by report in reading order."""
    ids = tuple(card.id for card in in_scope(library, filters))
    if not ids:
        return Page(items=())
    tables = _tables(library, ids, filters.statement) if filters.statement else (None,)
    wanted = offset + limit + 1
    rows: list[FactRow] = []
    for table in tables:
        rows.extend(library.iter_facts(_query(filters, ids, table, wanted - len(rows))))
        if len(rows) >= wanted:
            break
    page = page_from(rows[offset:], limit, offset)
    return Page(items=tuple(_fact(row) for row in page.items), next=page.next)


def _query(
    filters: Filters, ids: tuple[str, ...], table: tuple[str, int] | None, limit: int
) -> FactQuery:
    return FactQuery(
        reports=ids if table is None else (table[0],),
        table_id=None if table is None else table[1],
        contains=None if filters.code else filters.account or None,
        code=filters.code or None,
        least=filters.least,
        most=filters.most,
        limit=limit,
    )


def _tables(
    library: Library, ids: Sequence[str], statement: str
) -> tuple[tuple[str, int] | None, ...]:
    return tuple(
        (id_, table.id)
        for id_ in ids
        for table in library.report(id_).tables
        if _is_called(table, statement)
    )


def _is_called(table: Table, statement: str) -> bool:
    wanted = _plain(statement)
    return any(wanted in _plain(name) for name in (table.number, table.title, table.statement))


def _fits(card: ReportCard, filters: Filters) -> bool:
    identity = card.identity
    names = (identity.body, identity.title, *identity.short_names)
    return (
        (not filters.report or card.id in filters.report)
        and (filters.year is None or identity.year == filters.year)
        and (filters.kind is None or identity.kind is filters.kind)
        and any(_plain(filters.body) in _plain(name) for name in names)
    )


def _row_fits(library: Library, hit: Hit, filters: Filters) -> bool:
    if not filters.narrows_rows:
        return True
    if hit.table is None or hit.row is None:
        return False
    table = library.report(hit.report).tables[hit.table]
    row = table.rows[hit.row]
    named = row.code == filters.code if filters.code else filters.account in row.label
    if filters.statement and not _is_called(table, filters.statement):
        return False
    return named and _amount_fits(table, hit.row, filters)


def _amount_fits(table: Table, row: int, filters: Filters) -> bool:
    if filters.least is None and filters.most is None:
        return True
    values = [cell.value for cell in table.row_cells(row) if cell.value is not None]
    return any(
        (filters.least is None or value >= filters.least)
        and (filters.most is None or value <= filters.most)
        for value in values
    )


def _found(report: Report, hit: Hit) -> Found:
    if hit.passage is not None:
        passage = report.passages[hit.passage]
        section, page, kind = passage.section, passage.page, "passage"
    else:
        table = report.tables[hit.table or 0]
        row = table.rows[hit.row or 0]
        section, page, kind = table.section, row.page or table.page, "row"
    return Found.model_validate(
        {
            "report": report.id,
            "title": report.identity.title or report.identity.body,
            "year": report.identity.year,
            "kind": kind,
            "text": hit.text,
            "section": " › ".join(report.path(section)),
            "page": page,
            "score": hit.score,
            "passage": hit.passage,
            "table": hit.table,
            "row": hit.row,
        }
    )


def _fact(row: FactRow) -> Fact:
    return Fact(
        report=row.report,
        table=row.table,
        table_title=row.table_title,
        table_id=row.table_id,
        row=row.row,
        row_id=row.row_id,
        code=row.code,
        line=row.line,
        column=row.column,
        column_id=row.column_id,
        value=row.value,
        text=row.text,
        unit=row.unit,
        page=row.page,
        placed_by=row.placed_by.value,
    )


def _plain(text: str) -> str:
    """Width, case and spaces do not tell names apart."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
