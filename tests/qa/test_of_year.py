"""A report of the year after does not answer for the year before with its own figures."""

from __future__ import annotations

import pytest

from qa.answer import Status
from tests.qa.made_up import make_report
from tests.qa.shelf import asked, values


@pytest.mark.parametrize(
    "question",
    [
        "2030年支出合计比2029年减少了多少？",
        "2030年支出为什么减少？",
        "2030年基本支出占比多少？",
        "2030年哪项支出最多？",
        "2030年基本支出和项目支出相差多少？",
        "2030年水利工程建设完成预算的百分之几？",
        "2030年机关运行经费为什么下降？",
        "2030年行政运行的年初预算是多少？",
        "2032年支出合计比2031年增加了多少？",
        "2029年支出合计比2028年增加了多少？",
        "How much did total expenditure fall in 2030 compared with 2029?",
    ],
)
def test_no_figure_of_another_year_is_given(question: str) -> None:
    answer = asked(question, make_report())
    assert answer.status is Status.REFUSED
    assert answer.numbers == ()


def test_what_the_report_tells_of_the_year_before_is_given() -> None:
    answer = asked("2030年支出合计是多少？", make_report())
    assert answer.status is Status.ANSWERED
    assert "625万元" in values(answer)


def test_the_change_of_the_own_year_is_given() -> None:
    answer = asked("2031年支出合计比2030年减少了多少？", make_report())
    assert "125万元" in values(answer)


def test_a_sentence_that_tells_of_the_year_itself_may_be_quoted() -> None:
    report = make_report(paragraphs=((2, "泵站改造工程于2030年完工，新增排涝能力20立方米每秒。"),))
    answer = asked("2030年泵站改造工程的情况如何？", report)
    assert answer.status is Status.ANSWERED
