"""Differences, sums, means, multiples and shares: the right two sides, with their working."""

from __future__ import annotations

import pytest

from qa.answer import Answer, Status
from tests.qa.shelf import asked, made_up, values


def about(question: str) -> Answer:
    return asked(question, made_up())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("办公费和邮电费哪个多，差多少？", "20万元"),
        ("人员经费比公用经费多多少？", "560万元"),
        ("工伤档案和学籍档案查档相差多少人次？", "100人次"),
        ("办公费和邮电费一共多少？", "120万元"),
        ("基本工资、奖金加起来多少？", "640万元"),
        ("基本工资和奖金平均是多少？", "320万元"),
        ("办公费是邮电费的几倍？", "1.4倍"),
        ("办公费占公用经费的百分之几？", "58.33%"),
        ("公用经费中，邮电费占多少？", "41.67%"),
        ("公务用车运行费里维修占多大比例？", "40%"),
        ("采购里服务占百分之几？", "60%"),
        ("办公费和邮电费占基本支出的比例是多少？", "15%"),
        ("项目支出占总支出的百分之几？", "20%"),
        ("What share of basic expenditure is personnel cost?", "85%"),
        ("平均每月办公费多少？", "5.83万元"),
        ("公务接待平均每批次花了多少？", "500元"),
        ("工资福利支出和商品和服务支出一共花了多少？", "760万元"),
        ("What is the ratio of office expenses to post and telecommunications?", "1.4倍"),
    ],
)
def test_two_figures(question: str, expected: str) -> None:
    answer = about(question)
    assert expected in values(answer), answer.answer
    assert answer.derivation is not None


def test_the_larger_is_named() -> None:
    assert "办公费比2024年邮电费多20.00万元" in about("办公费和邮电费哪个多，差多少？").answer


def test_of_two_one_may_be_blank() -> None:
    answer = about("办公费和印刷费哪个多？").answer
    assert "有金额的只有办公费" in answer


@pytest.mark.parametrize(
    "question",
    [
        "奖金和差旅费加起来多少？",  # one summand is nowhere in the report
        "平均每个人工资多少？",
        "人均支出是多少？",
        "奖金是差旅费的几倍？",
    ],
)
def test_half_a_sum_is_no_answer(question: str) -> None:
    answer = about(question)
    assert answer.status is Status.REFUSED, answer.answer
    assert not answer.numbers


def test_working_is_shown() -> None:
    assert "70.00万元 ÷ 120万元" in about("办公费占公用经费的百分之几？").answer
