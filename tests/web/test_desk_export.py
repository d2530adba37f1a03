"""What is taken away from the desk is what the report shows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from qa.evaluation.gold import GoldQuestion
from qa.web.desk.export import csv_text, workbook
from qa.web.desk.layout import grid
from qa.web.feedback import Opinion, Rating
from qa.web.service import Desk
from qa.web.words import words
from tests.web.desks import NAME, PASSWORD, app, desk
from tests.web.sample import answers, report

ZH = words("zh")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(made: Desk) -> TestClient:
    signed_in = TestClient(app(made))
    signed_in.post("/desk/sign-in", data={"name": NAME, "password": PASSWORD})
    return signed_in


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_table_keeps_its_layout() -> None:
    lines = grid(report().tables[0], ZH)
    assert lines[0] == ["项目", "行次", "收入", "项目", "行次", "支出", "", ""]
    assert lines[1] == ["", "", "决算数", "", "", "合计", "其中", ""]
    assert lines[2][6:] == ["基本支出", "项目支出"]
    assert lines[4] == [
        "二、其他收入",
        "2",
        "",
        "水利行业业务管理",
        "10",
        "498.15",
        "310.00",
        "188.15",
    ]


def test_a_table_comes_as_csv(client: TestClient) -> None:
    done = client.get("/desk/export/table.csv?report=qingshi-2031&table=0")
    assert rows(done.text) == grid(report().tables[0], ZH)
    assert done.text.startswith("\ufeff")
    assert done.headers["content-disposition"].endswith(".csv")


def test_a_table_comes_as_a_workbook(client: TestClient) -> None:
    done = client.get("/desk/export/table.xlsx?report=qingshi-2031&table=0")
    sheet = load_workbook(io.BytesIO(done.content)).active
    assert sheet["A1"].value == "公开01表 收入支出决算总表"
    assert sheet["A2"].value == "单位：万元"
    assert {str(span) for span in sheet.merged_cells.ranges} >= {"F3:H3", "G4:H4", "A3:A5"}
    assert (sheet["F8"].value, sheet["F8"].number_format) == (498.15, "#,##0.00")
    assert sheet["A9"].value is None or "本表反映" in str(sheet["A9"].value)


def test_a_report_cannot_smuggle_a_formula() -> None:
    assert rows(csv_text([["=1+1", "@x", "+cmd", "-5.00", "-x"]])) == [
        ["'=1+1", "'@x", "'+cmd", "-5.00", "'-x"]
    ]
    table = report().tables[0]
    hostile = replace(table, rows=(replace(table.rows[0], label="=HYPERLINK(1)"), *table.rows[1:]))
    sheet = load_workbook(io.BytesIO(workbook(hostile, ZH))).active
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("wanted", ["report=nowhere&table=0", "report=qingshi-2031&table=99"])
def test_what_is_not_held_is_not_found(client: TestClient, wanted: str) -> None:
    assert client.get(f"/desk/export/table.csv?{wanted}").status_code == 404


@pytest.mark.parametrize(
    ("filters", "values"),
    [
        ("account=水利", ["498.15", "310.00", "188.15"]),
        ("statement=公开01表&least=500", ["520.40", "520.40"]),
        ("account=水利&most=200", ["188.15"]),
        ("account=水利&year=1999", []),
    ],
)
def test_the_cells_of_a_search_are_exported(
    client: TestClient, filters: str, values: list[str]
) -> None:
    head, *cells = rows(client.get(f"/desk/export/cells.csv?{filters}").text)
    assert [cell[head.index("value")] for cell in cells] == values


def test_feedback_is_exported_as_gold_questions(client: TestClient, made: Desk) -> None:
    given = answers("支出")
    made.feedback.add(Opinion(rating=Rating.UP, question="支出多少？", answer=given, face="page"))
    (line,) = client.get("/desk/export/feedback.jsonl").text.splitlines()
    assert GoldQuestion.model_validate_json(line).question == "支出多少？"
    assert json.loads(line)["numbers"][0] == {"value": "498.15", "unit": "万元"}
