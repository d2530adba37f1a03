"""Tables that no statement describes show their own sums: held, failed, or not to be tried."""

from __future__ import annotations

from pathlib import Path

from corpus import Outcome, Table, read_report
from tests.corpus.forms import Form, Made, write

HEADER = [["项目", "预算数", "决算数", "决算数为预算数的%"]]
ROWS = [
    ["一、税收收入", "100", "90", "90.0%"],
    ["增值税", "60", "50", "83.3%"],
    ["契税", "40", "40", "100.0%"],
    ["二、非税收入", "50", "60", "120.0%"],
    ["收入合计", "150", "150", "100.0%"],
    ["三、调入资金", "30", "20", "66.7%"],
    ["其中：政府性基金调入", "10", "5", "50.0%"],
    ["国有资本经营调入", "20", "15", "75.0%"],
    ["收入总计", "180", "170", "94.4%"],
]


def table(tmp_path: Path, rows: list[list[str]]) -> Table:
    form = Form(("某市2031年预算收入决算表", "单位：万元"), HEADER, rows, "")
    made = Made("sums", ("某市2031年财政决算",), ("某市", 2031, "final", "government"), [form])
    return read_report(write(made, tmp_path, "html")).tables[0]


def outcomes(read: Table, rule: str) -> list[Outcome]:
    return [check.outcome for check in read.checks if check.rule == rule]


def test_totals_and_groups_are_seen(tmp_path: Path) -> None:
    read = table(tmp_path, ROWS)
    assert Outcome.FAILS not in {check.outcome for check in read.checks}
    assert outcomes(read, "合计=上一合计与其后各项之和") == [Outcome.HOLDS] * 2
    assert outcomes(read, "项目=其中各项之和") == [Outcome.HOLDS] * 2


def test_what_stands_under_a_row_is_its_part(tmp_path: Path) -> None:
    rows = table(tmp_path, ROWS).rows
    host = next(row.id for row in rows if row.label == "三、调入资金")
    parts = [row.label for row in rows if row.parent == host]
    assert parts == ["其中：政府性基金调入", "国有资本经营调入"]


def test_a_broken_sum_fails_where_others_hold(tmp_path: Path) -> None:
    rows = [[*row] for row in ROWS]
    rows[-1][2:] = ["175", "97.2%"]
    read = table(tmp_path, rows)
    assert sorted(outcomes(read, "合计=上一合计与其后各项之和")) == ["fails", "holds"]


def test_parts_that_never_make_the_whole_are_untried(tmp_path: Path) -> None:
    rows = [["甲", "10", "20", ""], ["乙", "20", "30", ""], ["合计", "99", "88", ""]]
    read = table(tmp_path, rows)
    assert {check.outcome for check in read.checks} == {Outcome.UNTRIED}
