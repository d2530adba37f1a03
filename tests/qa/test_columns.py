"""A column that is said of accounts chooses their figures: it is no operand, total or parent."""

from __future__ import annotations

import pytest

from corpus import Kind, Report
from qa import Status
from tests.qa.shelf import asked, values
from tests.qa.written import table, written

LINES = """
合计|900.00|500.00|400.00
2120101:行政运行|300.00|300.00|
2120104:城管执法|250.00|50.00|200.00
2210201:住房公积金|90.00|90.00|
2120199:其他城乡社区管理事务支出|260.00|60.00|200.00
"""
COLUMNS = (("本年支出合计", "total"), ("基本支出", "basic"), ("项目支出", "project"))
OUTTURN = (
    "（三）支出决算具体情况",
    "行政运行（项）年初预算为400.00万元，支出决算为300.00万元，完成年初预算的75%。",
)


def final() -> Report:
    spending = table(0, "支出决算表", COLUMNS, LINES, statement="final.spending")
    return written((OUTTURN,), (spending,), kind=Kind.FINAL)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("行政运行和城管执法的基本支出加起来是多少？", "350万元"),
        ("行政运行、城管执法两项本年支出合计合计多少万元？", "550万元"),
        ("城管执法的项目支出比其他城乡社区管理事务支出多多少？", "0万元"),
        ("行政运行的基本支出比城管执法多多少？", "250万元"),
        ("支出决算表里城管执法的本年支出合计是多少？", "250万元"),
        ("What do 行政运行 and 住房公积金 add up to in total expenditure?", "390万元"),
        ("What percentage of the 年初预算 was executed for 行政运行?", "75%"),
        ("行政运行的支出决算和年初预算相差多少万元？", "100万元"),
        ("How far is the final spending on 行政运行 from its initial budget?", "-100万元"),
    ],
)
def test_the_column_chooses_the_figure(question: str, value: str) -> None:
    found = values(asked(question, final()))
    assert value in found or f"-{value}" in found or value.lstrip("-") in found


def test_two_accounts_of_which_one_is_a_column_are_both_operands() -> None:
    assert "590万元" in values(asked("住房公积金和基本支出加起来多少？", final()))


def test_other_is_not_the_account_itself() -> None:
    assert asked("其他住房公积金支出了多少？", final()).status is Status.REFUSED


def test_spending_more_than_another_account_is_no_budget_gap() -> None:
    assert "160万元" in values(asked("城管执法比住房公积金多花了多少？", final()))


def test_three_things_put_together() -> None:
    assert "640万元" in values(asked("行政运行、城管执法、住房公积金三样加一块是多少", final()))
