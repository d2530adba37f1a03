"""Taking things away: tables as CSV and XLSX, cells as CSV, feedback as gold candidates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from corpus import Table
from index import UnknownReport
from qa.web.desk.layout import Placed, grid, laid_out
from qa.web.feedback import State
from qa.web.service import Desk, ProblemError
from qa.web.service.finding import Fact, Filters, find_facts
from qa.web.words import Words, words

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARK = "\ufeff"  # without it Excel takes UTF-8 for the system's old encoding
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_MOST = 10_000  # cells exported at most
_FIRST = 3  # row of the sheet where the table begins: title and unit stand above it
_WIDEST = 60  # characters of a spreadsheet column
_FIELDS = (
    *("report", "table", "table_title", "code", "row", "line", "column"),
    *("value", "text", "unit", "page", "placed_by"),
)


def exports(desk: Desk) -> APIRouter:
    """The routes under /desk/export."""
    router = APIRouter(prefix="/desk/export", include_in_schema=False)

    @router.get("/table.{format_}")
    def table(
        format_: Literal["csv", "xlsx"],
        report: str,
        table: Annotated[int, Query(ge=0)],
        lang: Literal["zh", "en"] = "zh",
    ) -> Response:
        """One table in its own layout."""
        held = _held(desk, report, table)
        said = words(lang)
        made = _MARK + csv_text(grid(held, said)) if format_ == "csv" else workbook(held, said)
        name = f"{report} {held.name}.{format_}"
        return Response(made, media_type=_CSV if format_ == "csv" else _XLSX, headers=_named(name))

    @router.get("/cells.csv")
    def cells(filters: Annotated[Filters, Query()]) -> Response:
        """The cells under the filters of the search."""
        found = find_facts(desk.library, filters, _MOST, 0).items
        text = csv_text([_FIELDS, *(_cell_row(fact) for fact in found)])
        return Response(_MARK + text, media_type=_CSV, headers=_named("cells.csv"))

    @router.get("/feedback.jsonl")
    def feedback(state: State | None = None) -> Response:
        """Gold candidates of one state, or of all but the dismissed."""
        lines = [f"{given.model_dump_json()}\n" for given in desk.feedback.export(state=state)]
        return Response(
            "".join(lines), media_type="application/jsonl", headers=_named("feedback.jsonl")
        )

    return router


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV; texts that a spreadsheet would take for a formula get a quote in front."""
    out = io.StringIO()
    csv.writer(out).writerows([_harmless(value) for value in row] for row in rows)
    return out.getvalue()


def workbook(table: Table, said: Words) -> bytes:
    """The table as a workbook of one sheet: figures are numbers, merged headers are merged."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(table.name)
    sheet.append([" ".join(dict.fromkeys(p for p in (table.number, table.title) if p))])
    sheet.append([said.unit.format(unit=table.unit) if table.unit else None])
    placed = laid_out(table, said)
    for cell in placed:
        _write(sheet, cell)
    _widen(sheet, placed)
    for note in table.notes:
        sheet.append([note])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Any, placed: Placed) -> None:
    from openpyxl.styles import Alignment, Font

    row, column = _FIRST + placed.row, 1 + placed.column
    cell = sheet.cell(row, column)
    if isinstance(placed.content, Decimal):
        cell.value = placed.content
        cell.number_format = _format(placed.content)
    elif placed.content:
        cell.value = placed.content
        cell.data_type = "s"  # a text stays a text, also one that begins with "="
    if placed.is_head:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if placed.rowspan > 1 or placed.colspan > 1:
        last_row, last_column = row + placed.rowspan - 1, column + placed.colspan - 1
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=last_row, end_column=last_column
        )


def _widen(sheet: Any, placed: Iterable[Placed]) -> None:
    from openpyxl.utils import get_column_letter

    widths: dict[int, int] = {}
    for cell in placed:
        if cell.colspan == 1:
            needed = 2 * len(str(cell.content)) + 2  # Han characters are two wide
            widths[cell.column] = max(widths.get(cell.column, 8), needed)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(width, _WIDEST)


def _format(value: Decimal) -> str:
    places = max(0, -int(value.as_tuple().exponent))
    return "#,##0" + ("." + "0" * places if places else "")


def _sheet_name(name: str) -> str:
    return "".join(sign for sign in name if sign not in "[]:*?/\\")[:31] or "table"


def _harmless(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_SIGNS)
    return f"'{value}" if is_formula and not _is_number(str(value)) else value


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(",", "").replace(".", "", 1).isdecimal()


def _cell_row(fact: Fact) -> list[object]:
    return [getattr(fact, name) for name in _FIELDS]


def _held(desk: Desk, report: str, table: int) -> Table:
    try:
        return desk.library.report(report).tables[table]
    except (UnknownReport, IndexError) as error:
        problem = "no such table is held"
        raise ProblemError(404, "unknown_table", problem, "Choose it again at /desk") from error


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
