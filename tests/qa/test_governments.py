"""Places, areas, years and periods of governments' figures, in rows and in sentences."""

from __future__ import annotations

import pytest

from corpus import Kind, Level, Report
from qa import Status
from qa.ledger import Ledger
from qa.regions import leading_region, named_in, region_said, regions_of
from tests.qa.shelf import asked, values
from tests.qa.written import table, written

COLUMNS = (
    ("预算数", ""),
    ("调整预算数", ""),
    ("执行数", ""),
    ("执行数为调整预算数%", ""),
    ("上年决算数", ""),
    ("执行数比上年±%", ""),
    ("备注", ""),
)
REVENUE = """
一般公共预算收入|900|950|960|101.1|880|9.1|
1、税收收入|600|640|620|96.9|610|1.6|
增值税|300|310|320|103.2|300|6.7|
契税|50|52|40|76.9|45|-11.1|主要是上年集中清缴，基数较高
房产税|60|62|70|112.9|56|25.0|
耕地占用税|20|20|18|90.0|16|12.5|
2、非税收入|300|310|340|109.7|270|25.9|
"""
SPENDING = """
一般公共预算支出|1500|1600|1580|98.8|1560|1.3|
1、教育支出|400|420|410|97.6|400|2.5|
2、农林水支出|150|160|155|96.9|170|-8.8|剔除水库工程一次性因素，同口径增长4.0%
3、交通运输支出|100|110|90|81.8|120|-25.0|
4、住房保障支出|80|90|99|110.0|60|65.0|主要是加大保障房投入
"""
DEBTS = """
云岭市|230|200
云岭市本级|130|120
青田县|50|48
白河县|50|32
"""


def city(body: str = "云岭市", short: str = "云岭", balance: str = "200.00") -> Report:
    return written(
        (
            (
                "一、一般公共预算执行情况",
                "2024年全市一般公共预算收入完成96.00亿元，为调整预算的101.1%，增长9.1%。"
                "其中：税收收入62.00亿元，下降8.5%；非税收入34.00亿元，增长25.9%。"
                "2024年市本级一般公共预算收入完成30.00亿元，下降5%（主要是矿产价格回落）。",
            ),
            (
                "二、政府债务情况",
                "2024年省批准我市政府债务限额230.00亿元。"
                f"2024年末全市政府债务余额为{balance}亿元，其中：市本级120.00亿元，"
                "青田县48.00亿元，白河县32.00亿元。",
            ),
            (
                "三、转移支付",
                "2024年全市收到转移支付50.00亿元，其中：一般性转移支付30.00亿元，"
                "专项转移支付19.50亿元。",
            ),
            (
                "四、“十三五”时期财政工作回顾",
                "全市一般公共预算收入累计完成400.00亿元，教育支出210.00亿元。",
            ),
            ("东湖经济开发区", "2024年一般公共预算收入完成7.00亿元，下降12%。"),
            ("五、2025年预算草案", "2025年市本级一般公共预算收入安排33.00亿元，增长10%。"),
        ),
        body=body,
        names=(f"{body}人民政府", short),
        kind=Kind.BUDGET,
        level=Level.GOVERNMENT,
        title=f"关于{body}2024年预算执行情况和2025年预算草案的报告",
    )


def outturn(rows: str = REVENUE, side: str = "收入") -> Report:
    title = f"松阳市2024年全市一般公共预算{side}执行情况表"
    return written(
        tables=(table(0, title, COLUMNS, rows),),
        body="松阳市",
        names=("松阳市人民政府", "松阳"),
        kind=Kind.BUDGET,
        level=Level.GOVERNMENT,
        title=title,
    )


def debts() -> Report:
    title = "2024年云岭市政府债务限额和余额情况表"
    columns = (("政府债务限额", ""), ("政府债务余额", ""))
    return written(
        tables=(table(0, title, columns, DEBTS),),
        body="云岭市",
        names=("云岭市人民政府", "云岭"),
        kind=Kind.FINAL,
        level=Level.GOVERNMENT,
        title=title,
    )


# --- where a figure counts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "region"),
    [("青田县", "青田县"), ("其中：白河县", "白河县"), ("县区合计", "县区"), ("南山区", "南山区")],
)
def test_a_label_that_is_a_place(label: str, region: str) -> None:
    told = region_said(label, "云岭市")
    assert told is not None
    assert told.region == region


@pytest.mark.parametrize("label", ["城乡社区", "援助其他地区", "教育支出", "上市"])
def test_a_label_that_only_looks_like_a_place(label: str) -> None:
    assert region_said(label, "云岭市") is None


def test_a_county_opens_the_name_of_its_account() -> None:
    assert leading_region("青田县债务余额") == ("青田县", "债务余额")
    assert leading_region("县级基本财力保障")[0] == ""


def test_rows_and_sentences_say_what_a_place_has() -> None:
    assert {"青田县", "白河县"} <= regions_of(debts())
    told = {(e.item, e.region): e.value for e in Ledger(city()).entries if e.measure == "amount"}
    assert str(told["政府债务余额", "青田县"]) == "48.00"
    assert str(told["政府债务余额", ""]) in ("200.00", "120.00")
    assert ("政府债务限额", "青田县") not in told


def test_a_place_is_found_by_its_short_name_and_in_latin_letters() -> None:
    assert [r for *_, r in named_in("青田的债务", (debts(),))] == ["青田县"]
    assert [r for *_, r in named_in("debt of qingtian in 2024", (debts(),))] == ["青田县"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青田县政府债务余额是多少？", "48亿元"),
        ("市本级政府债务余额多少？", "120亿元"),
        ("青田县比白河县政府债务余额多多少？", "16亿元"),
        ("市本级政府债务余额占全市的比例？", "60%"),
        ("白河县占全市政府债务余额的多少？", "16%"),
        ("政府债务余额离限额还有多少空间？", "30亿元"),
        ("东湖经开区2024年一般公共预算收入多少？", "7亿元"),
        ("十三五全市一般公共预算收入累计多少？", "400亿元"),
        ("全市和市本级2024年一般公共预算收入差多少？", "66亿元"),
    ],
)
def test_places_of_a_city(question: str, value: str) -> None:
    assert value in values(asked(question, city()))


@pytest.mark.parametrize(
    "question",
    [
        "青田县政府债务限额是多少？",
        "全市教育支出是多少？",
        "红石县2024年一般公共预算收入多少？",
        "东湖经开区2024年政府性基金收入多少？",
        "市本级税收收入是多少？",
    ],
)
def test_what_another_place_or_period_has_is_no_answer(question: str) -> None:
    assert asked(question, city()).status is Status.REFUSED


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青田县债务限额和余额各多少？", "50万元"),
        ("白河县还有多少债务空间？", "18万元"),
        ("云岭市债务余额是多少？", "200万元"),
        ("云岭市本级债务余额是多少？", "120万元"),
        ("哪个县的债务余额最高？", "48万元"),
    ],
)
def test_a_table_whose_rows_are_places(question: str, value: str) -> None:
    assert value in values(asked(question, debts()))


# --- measures and premises ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("税收收入是涨了8.5%吧？", "8.5%", "下降"),
        ("非税收入下降了多少？", "25.9%", "增长"),
        ("全市一般公共预算收入没完成调整预算吧？", "101.1%", "并非如此"),
        ("全市一般公共预算收入完成多少，增长多少？", "9.1%", "增长"),
    ],
)
def test_a_premise_is_held_to_the_rate(question: str, value: str, words: str) -> None:
    answer = asked(question, city())
    assert value in values(answer)
    assert words in answer.answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("市本级一般公共预算收入为什么下降？", "矿产价格回落"),
        ("契税为什么下降？", "集中清缴"),
        ("Why did the deed tax fall?", "集中清缴"),
    ],
)
def test_the_remark_beside_a_figure_is_its_reason(question: str, words: str) -> None:
    report = outturn() if "税" in question or "tax" in question else city()
    assert words in asked(question, report).answer


def test_no_reason_is_taken_from_another_row() -> None:
    assert asked("增值税为什么增长？", outturn()).status is Status.REFUSED


def test_like_for_like_growth_is_quoted_and_never_the_plain_rate() -> None:
    answer = asked("农林水支出同口径增长多少？", outturn(SPENDING, "支出"))
    assert "4.0%" in answer.answer
    assert "8.8%" not in answer.answer


def test_what_was_approved_is_no_outturn() -> None:
    report = written(
        (
            (
                "一、预算执行情况",
                "市人大批准2024年全市一般公共预算支出为80.00亿元。"
                "2024年全市一般公共预算支出执行77.00亿元，下降3%。",
            ),
        ),
        body="云岭市",
        names=("云岭",),
        level=Level.GOVERNMENT,
        title="关于云岭市2024年预算执行情况的报告",
    )
    assert "77亿元" in values(asked("2024年全市一般公共预算支出是多少？", report))
    assert "80亿元" not in values(asked("2024年全市一般公共预算支出执行了多少？", report))


# --- sets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("哪个税种收入最多？", "增值税"),
        ("降幅最大的是哪个税种？", "契税"),
        ("哪个税种完成调整预算的比例最低？", "契税"),
        ("Which tax brought in the most revenue?", "增值税"),
    ],
)
def test_taxes_are_ranked_by_what_is_asked(question: str, words: str) -> None:
    assert words in asked(question, outturn()).answer.split("；")[0]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("支出科目里执行数比上年下降的有几个？", "2个"),
        ("有几个支出科目增长超过20%？", "1个"),
        ("哪个支出科目降幅最大？", "25%"),
    ],
)
def test_heads_of_spending_are_counted_by_their_rates(question: str, value: str) -> None:
    assert value in values(asked(question, outturn(SPENDING, "支出")))


# --- doubts ---------------------------------------------------------------------------------------


def test_parts_that_miss_their_whole_are_said_to() -> None:
    answer = asked("全市收到转移支付50亿元，一般性加专项凑得上吗？", city())
    assert "49.5亿元" in values(answer)
    assert "0.5亿元" in values(answer)


def test_parts_that_make_their_whole() -> None:
    answer = asked("全市政府债务余额各部分加起来等于200亿元吗？", city())
    assert "相等" in answer.answer
    assert "200亿元" in values(answer)


def test_one_of_two_figures() -> None:
    answer = asked("全市政府债务余额到底是200亿还是210亿？", city())
    assert "200亿元" in values(answer)
    assert "210亿元" not in values(answer)


# --- conversation and comparison ------------------------------------------------------------------


def test_a_follow_up_keeps_place_and_year() -> None:
    first = "2024年市本级一般公共预算收入是多少？"
    assert "33亿元" in values(asked("那2025年呢？", city(), turns=(first,)))
    assert "5%" in values(asked("下降多少？", city(), turns=(first,)))
    assert "96亿元" in values(asked("全市呢？", city(), turns=(first,)))


def test_two_governments_are_compared_in_one_area() -> None:
    answer = asked(
        "云岭和丰谷2024年末全市政府债务余额谁多？", city(), city("丰谷市", "丰谷", "260.00")
    )
    assert {"200亿元", "260亿元", "60亿元"} <= set(values(answer))
    assert "丰谷市比云岭市" in answer.answer


def test_a_share_above_the_whole_is_never_stated() -> None:
    answer = asked("全市政府债务余额占一般公共预算收入多少？", city())
    assert "208" not in answer.answer


def test_another_tax_is_not_taken_for_all() -> None:
    assert asked("关税收入是多少？", outturn()).status is Status.REFUSED


@pytest.mark.parametrize(
    "question",
    [
        "2024年全省一般公共预算收入是多少？",
        "云岭高新区2024年一般公共预算收入多少？",
        "市本级转移支付收到多少？",
    ],
)
def test_a_wider_area_or_another_zone_is_not_the_city(question: str) -> None:
    assert asked(question, city()).status is Status.REFUSED


def test_two_areas_in_one_question_each_have_their_figure() -> None:
    answer = asked("全市和市本级2024年一般公共预算收入各是多少？", city())
    assert {"96亿元", "30亿元"} <= set(values(answer))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("农林水支出比上年少了多少？", "15万元"),
        ("交通运输支出预算调增了多少？", "10万元"),
        ("教育支出为调整预算的百分之多少？", "97.6%"),
    ],
)
def test_amounts_beside_rates(question: str, value: str) -> None:
    assert value in values(asked(question, outturn(SPENDING, "支出")))
