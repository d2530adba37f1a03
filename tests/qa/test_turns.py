"""Differences between the last two turns; which side of a share is the whole."""

from __future__ import annotations

from corpus import Report
from tests.qa.shelf import asked, values
from tests.qa.written import table, written

COLUMNS = (("合计", "total"), ("人员经费", "personnel"), ("公用经费", "public"))


def plan(year: int, pay: str, office: str) -> Report:
    lines = f"301:工资福利支出|{pay}|{pay}| 30201:办公费|{office}||{office} 30207:邮电费|4.00||4.00"
    basic = table(0, "一般公共预算基本支出表", COLUMNS, lines, statement="budget.general_basic")
    funds = f"基本支出{pay}万元，其中：公用经费20.00万元。"
    bought = "政府采购预算50.00万元，其中：服务支出30.00万元。"
    return written((("二、基本支出", funds), ("三、政府采购", bought)), (basic,), year=year)


OLD, NEW = plan(2023, "100.00", "10.00"), plan(2024, "130.00", "16.00")


def test_one_account_in_two_years() -> None:
    turns = ("青石街道2023年办公费多少？", "那2024年呢？")
    assert "6万元" in values(asked("差多少？", OLD, NEW, turns=turns))


def test_two_accounts_of_one_year() -> None:
    turns = ("青石街道2024年办公费多少？", "邮电费呢？")
    assert "12万元" in values(asked("相差多少？", OLD, NEW, turns=turns))


def test_a_part_named_after_its_whole_stays_the_part() -> None:
    answer = asked("其中服务类占多少？", NEW, turns=("政府采购预算多少？",))
    assert "60%" in values(answer)


def test_the_sides_of_a_share_hold_in_the_next_turn() -> None:
    turns = ("2024年公用经费多少？", "占基本支出多少？")
    shares = [v for v in values(asked("那2023年呢？", OLD, NEW, turns=turns)) if v.endswith("%")]
    assert all(float(v[:-1]) < 100 for v in shares)


def test_the_account_before_is_compared_with_the_one_named_now() -> None:
    answer = asked("比邮电费多多少？", NEW, turns=("青石街道2024年办公费多少？",))
    assert "12万元" in values(answer)
