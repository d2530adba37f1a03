"""The spreadsheet reader on workbooks made here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from corpus import UnreadableFile
from corpus.layout import Grid, Line
from corpus.readers import read_document, xlsx


def saved(tmp_path: Path, book: Any) -> Path:
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def sheet_of(rows: list[list[object]]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def rows_of(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return rows


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (0.1234, "0.0%", "12.3%"),
        (0.1 + 0.2, "General", "0.3"),
        (182506.58999999997, "General", "182506.59"),
        (12, "General", "12"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "#,##0.00;-#,##0.00;", ""),
        (-3.005, "0.00_ ", "-3.01"),
        (2080101, "0", "2080101"),
    ],
)
def test_a_number_reads_as_it_shows(value: float, format_: str, shown: str) -> None:
    assert xlsx.shown(value, format_) == shown


def test_hidden_rows_and_columns_stay_hidden(tmp_path: Path) -> None:
    book = sheet_of([["CODE#", "内部"], ["x", "项目", "y", "金额"], ["x", "收入", "y", 1.5]])
    sheet = book.active
    sheet.row_dimensions[1].hidden = True
    for column in "AC":
        sheet.column_dimensions[column].hidden = True
    (grid,) = read_document(saved(tmp_path, book)).blocks
    assert isinstance(grid, Grid)
    assert rows_of(grid) == [["项目", "金额"], ["收入", "1.5"]]


def test_merged_cells_and_the_sheet_name(tmp_path: Path) -> None:
    book = sheet_of([["项目", "收入", None], [None, "预算数", "决算数"], ["税收", 1, 2]])
    book.active.title = "表一 收支表"
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:C1")
    (grid,) = read_document(saved(tmp_path, book)).blocks
    assert isinstance(grid, Grid)
    assert grid.caption == "表一 收支表"
    assert [(c.text, c.rowspan, c.colspan) for c in grid.cells if c.row == 0] == [
        ("项目", 2, 1),
        ("收入", 1, 2),
    ]


def test_a_sheet_of_prose_becomes_lines(tmp_path: Path) -> None:
    book = sheet_of([["部门主要职能"], [None], ["一、负责管理工作。\n二、承担其他事项。"]])
    assert [b.text for b in read_document(saved(tmp_path, book)).blocks if isinstance(b, Line)] == [
        "部门主要职能",
        "一、负责管理工作。",
        "二、承担其他事项。",
    ]


def test_hidden_sheets_are_mentioned(tmp_path: Path) -> None:
    book = sheet_of([["项目", "金额"], ["收入", 1]])
    book.create_sheet("草稿").sheet_state = "hidden"
    document = read_document(saved(tmp_path, book))
    assert len(document.blocks) == 1
    assert "草稿" in document.notices[0]


def test_an_empty_workbook_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read_document(saved(tmp_path, openpyxl.Workbook()))


def test_a_cut_off_workbook_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path, sheet_of([["项目", "金额"]]))
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(UnreadableFile, match="damaged"):
        read_document(path)
