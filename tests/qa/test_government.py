"""A government's report: two years in one document, the whole city and its own level, zones."""

from __future__ import annotations

import pytest

from corpus import Kind, Level, Report
from qa import Status
from qa.coverage import OWN, WHOLE, area_said, covered, place_of_heading, planned, without_area
from tests.qa.shelf import asked, values
from tests.qa.written import table, written

CARRIED_OUT = """
一般公共预算收入|900|950|960|101.1|880|9.1
税收收入|600|640|620|96.9|610|1.6
契税|50|52|40|76.9|45|-11.1
"""
COLUMNS = (
    ("2024年预算数", ""),
    ("2024年调整预算数", ""),
    ("2024年执行数", ""),
    ("执行数为调整预算数%", ""),
    ("2023年决算数", ""),
    ("执行数比上年±%", ""),
)


def city(body: str = "云岭市", short: str = "云岭", revenue: str = "96.00") -> Report:
    return written(
        (
            (
                "一、2024年预算执行情况",
                f"2024年全市一般公共预算收入完成{revenue}亿元，增长9.1%。"
                "2024年市本级一般公共预算收入完成30.00亿元，增长5%。",
            ),
            (
                "（五）政府债务情况",
                "2024年末全市政府债务余额为200.00亿元，其中：市级债务余额120.00亿元，"
                "青田县债务余额80.00亿元。2024年省批准我市政府债务限额230.00亿元。",
            ),
            ("三、2025年预算草案", "2025年市本级一般公共预算收入安排33.00亿元。"),
            ("经济技术开发区", "2024年一般公共预算收入完成7.00亿元。"),
        ),
        body=body,
        names=(f"{body}人民政府", short),
        kind=Kind.BUDGET,
        level=Level.GOVERNMENT,
        title=f"关于{body}2024年预算执行情况和2025年预算草案的报告",
    )


def outturn() -> Report:
    title = "松阳市2024年全市一般公共预算收入执行情况表"
    return written(
        tables=(table(0, title, COLUMNS, CARRIED_OUT),),
        body="松阳市",
        names=("松阳市人民政府", "松阳"),
        kind=Kind.BUDGET,
        level=Level.GOVERNMENT,
        title=title,
    )


def test_a_report_to_the_congress_covers_two_years_and_is_no_mere_plan() -> None:
    assert covered(city().identity) == (2024, 2025)
    assert not planned(city())
    assert covered(written(title="青石街道2024年部门预算（较2025年）").identity) == (2024,)
    assert planned(written())


@pytest.mark.parametrize(
    ("texts", "area"),
    [
        (("全市一般公共预算收入",), WHOLE),
        (("税收收入", "（二）市本级财政决算情况"), OWN),
        (("全市及市级预算", "全省"), WHOLE),
        (("基本级差",), ""),
    ],
)
def test_the_nearest_text_that_names_one_area_decides(texts: tuple[str, ...], area: str) -> None:
    assert area_said(texts) == area


def test_labels_lose_their_area_and_zones_are_known_by_their_heading() -> None:
    assert without_area("市直一般公共预算收入") == "一般公共预算收入"
    assert without_area("全市") == "全市"
    assert place_of_heading(("二、2024年情况", "（一）东湖高新区")) == "东湖高新区"
    assert place_of_heading(("各县区情况",)) == ""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("云岭市2024年全市一般公共预算收入完成多少？", "96亿元"),
        ("云岭2024年一般公共预算收入多少亿？", "96亿元"),
        ("市本级一般公共预算收入2024年是多少？", "30亿元"),
        ("2025年市本级一般公共预算收入安排多少？", "33亿元"),
        ("2025年市本级一般公共预算收入比2024年完成数多多少？", "3亿元"),
        ("全市一般公共预算收入增长多少？", "9.1%"),
        ("年末全市政府债务余额是多少？", "200亿元"),
        ("What was the outstanding government debt at the end of 2024?", "200亿元"),
    ],
)
def test_year_and_area_choose_the_figure(question: str, value: str) -> None:
    assert value in values(asked(question, city()))


def test_a_zone_answers_only_where_it_is_named() -> None:
    assert "7亿元" not in values(asked("全市一般公共预算收入是多少？", city()))
    assert "7亿元" in values(asked("经济技术开发区一般公共预算收入是多少？", city()))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("契税执行数是多少？", "40万元"),
        ("松阳市2024年契税收了多少？", "40万元"),
        ("契税年初预算多少？", "50万元"),
        ("契税执行数是调整预算的百分之几？", "76.9%"),
        ("2023年契税是多少？", "45万元"),
        ("税收收入占一般公共预算收入的比重？", "64.58%"),
    ],
)
def test_columns_of_a_table_of_what_was_carried_out(question: str, value: str) -> None:
    assert value in values(asked(question, outturn()))


def test_two_cities_are_compared_by_their_short_names() -> None:
    answer = asked(
        "云岭和丰谷2024年全市一般公共预算收入差多少亿？", city(), city("丰谷市", "丰谷", "90.00")
    )
    assert answer.status is Status.ANSWERED
    assert "6亿元" in values(answer)


def test_a_part_of_the_whole_is_asked_after() -> None:
    answer = asked("其中青田县呢？", city(), turns=("2024年末全市政府债务余额是多少？",))
    assert "80亿元" in values(answer)


def test_what_a_limit_leaves_is_the_limit_less_the_balance() -> None:
    assert "30亿元" in values(asked("离政府债务限额还有多少空间？", city()))
    assert asked("市级离政府债务限额还有多少空间？", city()).status is Status.REFUSED


def test_a_figure_of_another_year_is_not_given_for_the_one_asked() -> None:
    assert "30亿元" not in values(asked("2025年市本级一般公共预算收入是多少？", city()))
    assert asked("2025年政府债务余额是多少？", city()).status is Status.REFUSED


def test_a_body_without_a_report_of_the_year_is_said() -> None:
    later = written(body="丰谷市", names=("丰谷",), year=2026, level=Level.GOVERNMENT)
    answer = asked("云岭和丰谷2024年一般公共预算收入谁高？", city(), later)
    assert answer.status is Status.REFUSED
    assert "丰谷市2024" in answer.answer


def test_what_fell_most_is_among_what_fell() -> None:
    answer = asked("松阳市2024年哪项税收下降最多？", outturn())
    assert "契税" in answer.answer or answer.status is Status.REFUSED
    assert "960" not in answer.answer


def test_a_city_in_front_of_a_body_belongs_to_its_name() -> None:
    office = written(body="云岭市社会保险服务中心", names=("社保中心",), kind=Kind.FINAL)
    mine = asked("云岭社保中心2024年支出多少？", city(), office)
    assert "云岭市人民政府" not in mine.answer
    other = asked("丰谷社保中心2024年支出多少？", city("丰谷市", "丰谷"), office)
    assert other.status is Status.REFUSED
    assert "丰谷社保中心" in other.answer


def test_words_that_no_candidate_has_are_refused_not_asked_back() -> None:
    answer = asked("今年辖区的国内生产总值是多少？", city(), city("丰谷市", "丰谷"))
    assert answer.status is Status.REFUSED
