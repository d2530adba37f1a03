"""A workbook: what the report says on its first sheets, then a sheet for each statement."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.reports.model import Heading, Made, Paragraph, Sheet
from benchmarks.reports.writers.grid import Place, places


def write(made: Made, path: Path) -> None:
    """Write the workbook."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "封面"
    cover.append([made.title])
    prose = [b for b in made.blocks if isinstance(b, Heading | Paragraph)]
    if prose:
        _prose(book.create_sheet("说明"), prose)
    as_numbers = random.Random(f"{made.seed} xlsx").random() < 0.5
    for n, sheet in enumerate(made.sheets):
        _sheet(book.create_sheet(f"{n + 1:02d}"), sheet, made, as_numbers)
    book.save(path)


def _prose(page: Worksheet, blocks: list[Heading | Paragraph]) -> None:
    page.column_dimensions["A"].width = 100
    for block in blocks:
        page.append([block.text])


def _sheet(page: Worksheet, sheet: Sheet, made: Made, as_numbers: bool) -> None:
    width = len(sheet.columns)
    page.cell(1, 1, sheet.title).alignment = Alignment(horizontal="center")
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    if sheet.number:
        page.cell(2, width, sheet.number)
    page.cell(3, 1, sheet.by or None)
    page.cell(3, width, sheet.unit_line)
    cells, rows = places(sheet)
    for place in cells:
        _put(page, place, 4, as_numbers)
    for n, note in enumerate(sheet.notes):
        page.cell(4 + rows + n, 1, note)
    if made.difficulty.breaks:
        page.freeze_panes = "A5"


def _put(page: Worksheet, place: Place, top: int, as_numbers: bool) -> None:
    row, column = top + place.row, place.column + 1
    figure = place.text.replace(",", "")
    if place.figure and as_numbers and figure.replace(".", "").isdigit():
        cell = page.cell(row, column, Decimal(figure))
        cell.number_format = "#,##0.00"
    else:
        page.cell(row, column, place.text or None)
    if place.rows > 1 or place.columns > 1:
        page.merge_cells(
            start_row=row, start_column=column,
            end_row=row + place.rows - 1, end_column=column + place.columns - 1,
        )  # fmt: skip
