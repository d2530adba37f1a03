"""A question for two figures is not answered with one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa import completeness
from qa.answer import Answer, CheckedBy, Number, Status
from qa.language import utterance
from tests.qa.shelf import asked, values
from tests.qa.written import written

PLAN = written(
    [
        (
            "八、绩效目标设置情况",
            "2024年本单位共编制绩效目标的项目6个，涉及项目预算资金842.5万元。",
        ),
        (
            "九、“三公”经费说明",
            "公务用车购置费18万元，公务用车运行维护费7.2万元。",
        ),
    ]
)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("接待费花了多少", 1),
        ("编了几个项目，涉及多少资金", 2),
        ("购置和运行各安排多少", 2),
        ("十几年来一共多少", 1),
    ],
)
def test_how_many_figures_a_question_asks_for(text: str, figures: int) -> None:
    assert completeness.asked(text) == figures


def test_clauses_that_each_ask_are_taken_apart() -> None:
    said = completeness.apart(utterance("编了几个项目，涉及资金多少，靠谱不？"))
    assert said == ()  # the last asks for no figure
    parts = completeness.apart(utterance("编了几个项目，涉及资金多少？"))
    assert [p.text for p in parts] == ["编了几个项目", "涉及资金多少?"]


def test_both_figures_are_given() -> None:
    assert values(asked("绩效目标的项目几个，涉及资金多少", PLAN)) == {"6个", "842.5万元"}


def test_a_sentence_is_fuller_where_it_gives_the_figure_found_and_more() -> None:
    found, told = _giving("18"), _giving("18", "7.2")
    assert completeness.contains(told, found)
    assert not completeness.contains(found, told)
    assert not completeness.contains(_giving("7.2", "5"), found)


def _giving(*values: str) -> Answer:
    numbers = tuple(
        Number(value=Decimal(v), unit="万元", check=CheckedBy.TABLE, citation=None) for v in values
    )
    return Answer(question="", status=Status.ANSWERED, answer="", language="zh", numbers=numbers)


def test_the_other_part_of_the_same_whole_is_meant_by_its_first_word() -> None:
    assert values(asked("项目的呢？", turns=("2023年基本支出是多少？",))) == {"326.65万元"}


def test_what_was_asked_of_a_missing_year_is_asked_of_another() -> None:
    assert values(asked("那2023年呢？", turns=("2019年事业运行支出是多少？",))) == {"17.79万元"}
