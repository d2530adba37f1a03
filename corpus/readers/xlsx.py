"""Spreadsheets: XLSX and XLSM through openpyxl, XLS through calamine. One sheet, one grid.

What the sheet hides stays hidden; amounts read as they show (a share stored as 0.123 shows as
12.3%). A sheet of running text becomes lines.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.layout import Document, Grid, GridCell, Line

MOST_CELLS = 400_000
_PROSE_ROWS = 0.9  # of the rows: so many with a single text make a sheet of prose
_NAMELESS = re.compile(r"^(sheet|工作表|表)?\s*\d*$", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_FIGURE = re.compile(r"[-+−－]?[\d,，]*\d(\.\d+)?%?")
_REMEDY = "Open it in a spreadsheet program, save it again as XLSX and try that."

Span = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it shows: texts by (row, column), merged spans, what is hidden."""

    name: str
    texts: dict[tuple[int, int], str]
    merged: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def read(path: Path) -> Document:
    """The visible sheets in order.

    Raises `UnreadableFile` when the workbook is damaged, encrypted, empty or too large.
    """
    content = path.read_bytes()
    old = not content.startswith(b"PK")  # not is_zipfile: an XLS may have one embedded
    sheets, notices = _calamine(path) if old else _openpyxl(path)
    blocks = tuple(block for sheet in sheets for block in _blocks(sheet))
    if not blocks:
        problem = "the workbook shows no text" + ("; it holds images" if _images(path) else "")
        raise UnreadableFile(path.name, problem, "Publish the tables as cells.")
    kind = "xls" if old else "xlsx"
    return Document(path.name, kind, hashlib.sha256(content).hexdigest(), blocks, 0, notices)


def _openpyxl(path: Path) -> tuple[list[Sheet], tuple[str, ...]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        problem = "the workbook is damaged or cut off"
        raise UnreadableFile(path.name, problem, _REMEDY) from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if sum(sheet.max_row * sheet.max_column for sheet in shown) > 50 * MOST_CELLS:
        raise _too_large(path)
    sheets = [_from_openpyxl(sheet) for sheet in shown]
    if sum(len(sheet.texts) for sheet in sheets) > MOST_CELLS:
        raise _too_large(path)
    images = sum(len(getattr(sheet, "_images", ())) for sheet in shown)
    notices = [f"hidden sheets were not read: {', '.join(hidden)}"] if hidden else []
    if images:
        notices.append(f"{images} images were not read")
    return sheets, tuple(notices)


def _from_openpyxl(sheet: Any) -> Sheet:
    texts = {
        (cell.row - 1, cell.column - 1): text
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and (text := shown(cell.value, cell.number_format))
    }
    spans = [(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1)
             for r in sheet.merged_cells.ranges]  # fmt: skip
    columns = {
        number - 1
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for number in range(dimension.min or 0, (dimension.max or 0) + 1)
    }
    rows = {number - 1 for number, row in sheet.row_dimensions.items() if row.hidden}
    return Sheet(sheet.title, texts, tuple(spans), frozenset(rows), frozenset(columns))


def _calamine(path: Path) -> tuple[list[Sheet], tuple[str, ...]]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        visible = calamine.SheetVisibleEnum.Visible
        names = [m.name for m in book.sheets_metadata if m.visible == visible]
        pages = [book.get_sheet_by_name(name) for name in names]
        sheets = [_from_calamine(page) for page in pages]
    except calamine.PasswordError as error:
        remedy = "Save a copy without the password and try again."
        raise UnreadableFile(path.name, "it is encrypted", remedy) from error
    except calamine.CalamineError as error:
        problem = "the workbook is damaged or of an unknown kind"
        raise UnreadableFile(path.name, problem, _REMEDY) from error
    return sheets, ()


def _from_calamine(page: Any) -> Sheet:
    texts = {
        (row, column): text
        for row, values in enumerate(page.to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if (text := shown(value, "General"))
    }
    spans = tuple((*start, *end) for start, end in page.merged_cell_ranges or ())
    return Sheet(page.name, texts, spans)


def _too_large(path: Path) -> UnreadableFile:
    problem = f"the workbook has more than {MOST_CELLS:,} cells"
    return UnreadableFile(path.name, problem, "Split it into a file for each table.")


def _images(path: Path) -> bool:
    if not path.read_bytes().startswith(b"PK"):
        return False
    with zipfile.ZipFile(path) as archive:
        return any(name.startswith("xl/media/") for name in archive.namelist())


def shown(value: object, format_: str) -> str:
    """A cell's value as the sheet shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(format(value, ".15g")), format_)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip("\r\n\t ") if str(value).strip() else ""


def _number(value: Decimal, format_: str) -> str:
    """A number in a spreadsheet's number format: decimals, separators, percent, sign for zero."""
    sections = format_.split(";")
    if value == 0 and len(sections) > 2 and not re.search(r"[0#]", _QUOTED.sub("", sections[2])):
        return "-" if "-" in sections[2] else ""
    pattern = _QUOTED.sub("", sections[0])
    digits = re.search(r"[0#,?]+(\.[0#?]+)?", pattern)
    if digits is None or pattern.strip().lower() in ("general", "@"):
        return format(value.normalize(), "f") if value != 0 else "0"
    if "%" in pattern:
        value *= 100
    decimals = len(digits[1] or ".") - 1
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in digits.group() else "f")
    return text + "%" if "%" in pattern else text


def _blocks(sheet: Sheet) -> Iterator[Line | Grid]:
    rows = [r for r in _used(row for row, _ in sheet.texts) if r not in sheet.hidden_rows]
    columns = [c for c in _used(c for _, c in sheet.texts) if c not in sheet.hidden_columns]
    grid = _grid(sheet, rows, columns)
    if not any(cell.text for cell in grid.cells):
        return
    if _is_prose(grid):
        for cell in grid.cells:
            yield from (Line(t.strip()) for t in cell.text.splitlines() if t.strip())
    else:
        yield grid


def _used(numbers: Iterable[int]) -> Sequence[int]:
    return range(max(numbers, default=-1) + 1)


def _grid(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> Grid:
    """The visible rows and columns, numbered anew; spans shrink by what is hidden."""
    row_at = {row: i for i, row in enumerate(rows)}
    column_at = {column: i for i, column in enumerate(columns)}
    cells: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    for span in sheet.merged:
        high = [r for r in range(span[0], span[2] + 1) if r in row_at]
        wide = [c for c in range(span[1], span[3] + 1) if c in column_at]
        covered.update((r, c) for r in high for c in wide)
        if high and wide:
            text = sheet.texts.get((span[0], span[1]), "")
            at = row_at[high[0]], column_at[wide[0]]
            cells.append(GridCell(*at, text, len(high), len(wide)))
    for row in rows:
        for column in columns:
            if (row, column) not in covered:
                text = sheet.texts.get((row, column), "")
                cells.append(GridCell(row_at[row], column_at[column], text))
    ordered = tuple(sorted(cells, key=lambda c: (c.row, c.column)))
    caption = "" if _NAMELESS.match(sheet.name.strip()) else sheet.name.strip()
    return Grid(ordered, len(rows), len(columns), caption=caption)


def _is_prose(grid: Grid) -> bool:
    """Whether (almost) every row holds a single text: a cover, a page of prose."""
    texts: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.text.strip():
            texts.setdefault(cell.row, []).append(cell.text.strip())
    single = sum(len(row) == 1 for row in texts.values())
    figures = sum(bool(_FIGURE.fullmatch(text)) for row in texts.values() for text in row)
    return single >= _PROSE_ROWS * len(texts) and figures < 2
