"""Which answers make a picture, what it shows, and that it shows nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from qa.answer import Answer, Citation, Derivation, Number, Operand, Status
from qa.web.charts import Chart, Shape, chart_of
from qa.web.drawing import chart_html
from qa.web.words import Words, words
from tests.web.sample import answers, citation, number

ZH, EN = words("zh"), words("en")


def told(
    text: str,
    numbers: tuple[Number, ...],
    citations: tuple[Citation, ...] = (citation(),),
    derivation: Derivation | None = None,
) -> Answer:
    return Answer(
        question="?",
        status=Status.ANSWERED,
        answer=text,
        language="zh",
        numbers=numbers,
        citations=citations,
        derivation=derivation,
    )


def of(*values: str, unit: str = "万元", check: str = "table") -> tuple[Number, ...]:
    return tuple(number(value, unit, check, place) for place, value in enumerate(values))


def years(*given: int) -> tuple[Citation, ...]:
    return tuple(citation(report=f"r-{year}", year=year) for year in given)


def operands(formula: str, first: tuple[str, str], second: tuple[str, str]) -> Derivation:
    pair = tuple(
        Operand(label=label, value=Decimal(value), unit="万元", citation=place)
        for place, (label, value) in enumerate((first, second))
    )
    return Derivation(formula=formula, operands=pair, result=Decimal(1))


def drawn(answer: Answer) -> Chart:
    chart = chart_of(answer)
    assert chart is not None
    return chart


TREND = told(
    "电费：2030年为1,200.50万元[1]；2031年为980.00万元[2]。前后相比减少220.50万元。",
    (*of("1200.50", "980.00"), number("220.50", "万元", "computed", None)),
    years(2030, 2031),
)
BODIES = told(
    "会议费：甲局2031年为3.20万元[1]；乙局2031年为1.10万元[2]。后者较前者少2.10万元。",
    of("3.20", "1.10"),
    (citation(report="a"), citation(report="b")),
)
PARTS = told(
    "车辆购置为9.00万元[1]，其中：轿车为5.00万元[2]；客车为3.00万元[3]；其他为1.00万元[4]。",
    of("9.00", "5.00", "3.00", "1.00"),
    (citation(),) * 4,
)


@pytest.mark.parametrize(
    ("answer", "shape", "labels"),
    [
        (TREND, Shape.TREND, ["2030年", "2031年"]),
        (BODIES, Shape.BODIES, ["甲局2031年", "乙局2031年"]),
        (PARTS, Shape.PARTS, ["轿车", "客车", "其他"]),
    ],
)
def test_an_enumeration_is_drawn(answer: Answer, shape: Shape, labels: list[str]) -> None:
    chart = drawn(answer)
    assert (chart.shape, [mark.label for mark in chart.marks]) == (shape, labels)


def test_years_are_drawn_from_the_oldest() -> None:
    answer = told(
        "支出最高的是2031年，为9.00万元[1]；其余：2030年 5.00万元[2]、2029年 4.00万元[3]。",
        of("9.00", "5.00", "4.00"),
        years(2031, 2030, 2029),
    )
    assert [mark.label for mark in drawn(answer).marks] == ["2029年", "2030年", "2031年"]


def test_yuan_is_drawn_in_the_ten_thousands_that_the_answer_states() -> None:
    answer = told(
        "支出：2030年为5,811,753元（约581.18万元）[1]；2031年为4,333,478元（约433.35万元）[2]。",
        (
            number("5811753", "元", "table", 0),
            number("581.18", "万元", "table", 0),
            number("4333478", "元", "table", 1),
            number("433.35", "万元", "table", 1),
        ),
        years(2030, 2031),
    )
    assert [(str(m.value), m.unit) for m in drawn(answer).marks] == [
        ("581.18", "万元"),
        ("433.35", "万元"),
    ]


def test_parts_that_do_not_make_the_whole_are_only_compared() -> None:
    fewer = told(
        PARTS.answer.replace("9.00", "10.00"), of("10.00", "5.00", "3.00", "1.00"), PARTS.citations
    )
    assert drawn(fewer).shape is Shape.ITEMS


def test_rounding_does_not_break_a_whole() -> None:
    rounded = told(
        PARTS.answer.replace("9.00", "9.01"), of("9.01", "5.00", "3.00", "1.00"), PARTS.citations
    )
    assert drawn(rounded).shape is Shape.PARTS


def test_a_share_is_drawn_beside_its_whole() -> None:
    chart = drawn(answers("支出"))
    assert chart.shape is Shape.SHARE
    assert chart.whole is not None
    assert (chart.marks[0].label, chart.whole.label) == ("项目支出", "支出合计")


def test_budget_and_outturn_are_told_apart_by_their_columns() -> None:
    answer = told(
        "办公费比年初预算少2.00万元（8.00万元 − 10.00万元）[1][2]。",
        (number("2.00", "万元", "computed", None),),
        (citation(column="决算数"), citation(column="预算数")),
        operands("办公费 − 办公费", ("办公费", "8.00"), ("办公费", "10.00")),
    )
    chart = drawn(answer)
    assert chart.shape is Shape.BUDGET
    assert [str(mark.value) for mark in chart.marks] == ["10.00", "8.00"]


def test_budget_and_outturn_are_told_apart_by_their_sentence() -> None:
    said = citation(table="", column="", quote="年初预算为10.00万元，支出决算为8.00万元。")
    answer = told(
        "办公费的完成率为80%（8.00万元 ÷ 10.00万元）[1]。",
        (number("80", "%", "computed", 0),),
        (said, said),
        operands("办公费 ÷ 办公费", ("办公费", "8.00"), ("办公费", "10.00")),
    )
    assert drawn(answer).shape is Shape.BUDGET


@pytest.mark.parametrize(
    "answer",
    [
        told("支出为9.00万元[1]，较上年减少3.00万元[1]，较预算减少2.00万元[1]。", of("9.00")),
        told(
            "支出为9.00万元[1]，较上年减少3.00万元[2]，较预算减少2.00万元[3]。",
            of("9.00", "3.00", "2.00", check="prose"),
            (citation(),) * 3,
        ),
        told(
            "教育支出为8.00万元[1]。另有不同口径：教育支出为9.00万元[2]；教育支出为7.00万元[3]。",
            of("8.00", "9.00", "7.00"),
            (citation(),) * 3,
        ),
        told(
            "甲为9.00万元[1]；乙为3辆[2]；丙为4.00万元[3]。",
            (*of("9.00"), number("3", "辆", "table", 0)),
        ),
        told("甲与乙不一致：9.00万元[1]；8.00万元[1]。", of("9.00", "8.00", check="conflict")),
        answers("天气"),
        answers("哪个"),
    ],
)
def test_what_is_no_series_is_not_drawn(answer: Answer) -> None:
    assert chart_of(answer) is None


@pytest.mark.parametrize("answer", [TREND, BODIES, PARTS, answers("支出")])
@pytest.mark.parametrize("language", [ZH, EN], ids=["zh", "en"])
def test_a_picture_prints_checked_figures_only(answer: Answer, language: Words) -> None:
    shown = chart_html(0, drawn(answer), language)
    printed = re.findall(r">([\d,]+\.\d+)[^<]*<", shown)
    assert printed
    checked = {n.value for n in answer.numbers}
    checked |= {o.value for o in answer.derivation.operands} if answer.derivation else set()
    assert {Decimal(figure.replace(",", "")) for figure in printed} <= checked


def test_a_picture_can_be_read_without_seeing_it() -> None:
    shown = chart_html(2, drawn(PARTS), ZH)
    assert 'role="img" aria-labelledby="chart-2-title chart-2-told"' in shown
    assert "轿车 5.00 万元；客车 3.00 万元" in shown
    assert len(set(re.findall(r"url\(#chart-2-fill-(\d)\)", shown))) == 3  # not by colour alone
    assert shown.count("data-cite=") == 4


def test_lengths_follow_the_figures() -> None:
    shown = chart_html(0, drawn(BODIES), ZH)
    widths = [Decimal(w) for w in re.findall(r'y="\d+" width="([\d.]+)%"', shown)]
    assert widths == [Decimal("70.00"), Decimal("24.06")]
