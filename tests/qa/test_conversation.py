"""What a turn takes from the turns before it: one slot changes, the others stay."""

from __future__ import annotations

import re

import pytest

from qa import Answer, Assistant, Status
from qa.conversation import Memory
from qa.language import utterance
from qa.several import merge, parts_of
from tests.qa.made_up import HeldReports, make_report

ASSISTANT = Assistant(HeldReports([make_report()]))  # type: ignore[arg-type]


def values(question: str, *history: str) -> list[str]:
    answer = ASSISTANT.ask(question, history)
    assert answer.status is Status.ANSWERED, answer.answer
    return [f"{n.value.normalize():f}{n.unit}" for n in answer.numbers]


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        ("办公费呢？", ("邮电费是多少？",), "48万元"),
        ("那办公费呢", ("邮电费是多少？",), "48万元"),
        ("年初预算呢？", ("行政运行花了多少？",), "400万元"),
        ("完成了预算的百分之几？", ("行政运行花了多少？",), "62.5%"),
        ("比预算多还是少，差多少？", ("水利工程建设花了多少？",), "40万元"),
        ("占基本支出多少？", ("邮电费是多少？",), "10.67%"),
        ("其中项目支出呢？", ("水利工程建设花了多少？",), "200万元"),
        ("不对，我问的是办公费", ("邮电费是多少？",), "48万元"),
        ("两个加起来呢？", ("邮电费是多少？", "办公费呢？"), "80万元"),
        ("两个加起来一共多少？", ("奖金发了多少？", "基本工资发了多少？"), "220万元"),
        ("比上年减少了多少？", ("支出合计是多少？",), "125万元"),
        ("And office expenses?", ("How much was spent on postage?",), "48万元"),
    ],
)
def test_a_follow_up_changes_one_slot(
    question: str, history: tuple[str, ...], expected: str
) -> None:
    assert expected in values(question, *history)


def test_why_is_asked_of_the_item_before() -> None:
    answer = ASSISTANT.ask("为什么？", ("水利工程建设超预算了吗？",))
    assert "年中追加堤防加固资金" in answer.answer


def test_a_question_that_stands_alone_takes_nothing_from_before() -> None:
    assert values("办公费是多少？", "奖金占工资福利支出的比重？") == values("办公费是多少？")


def test_a_reply_completes_the_question_that_was_asked_back() -> None:
    memory = Memory(pending="奖金是多少？")
    assert memory.completed("2030年") == "2030年 奖金是多少？"
    assert memory.completed("印刷费是多少？") == "印刷费是多少？"
    assert Memory().completed("2030年") == "2030年"


def test_choosing_one_of_two_reports_answers_the_question() -> None:
    reports = [make_report(), make_report("白石县档案馆", 2031, scale=2)]  # type: ignore[arg-type]
    assistant = Assistant(HeldReports(reports))  # type: ignore[arg-type]
    asked = assistant.ask("奖金发了多少？")
    assert asked.status is Status.CLARIFY
    chosen = assistant.ask("白石县档案馆", ("奖金发了多少？",))
    assert chosen.status is Status.ANSWERED
    assert [str(n.value) for n in chosen.numbers] == ["200.00"]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("奖金是多少？办公费是多少？", 2),
        ("奖金是多少", 1),
        ("哪项最多？多多少？", 1),
        ("奖金是多少，占工资福利支出的多少？", 2),
    ],
)
def test_one_utterance_may_hold_several_questions(question: str, parts: int) -> None:
    assert len(parts_of(utterance(question))) == parts


def test_joined_answers_share_one_list_of_citations() -> None:
    one, two = (ASSISTANT.ask(q) for q in ("奖金是多少？", "办公费是多少？"))
    joined = merge((one, two, one), utterance("奖金和办公费？"))
    assert len(joined.citations) == len({*one.citations, *two.citations})
    assert markers(joined) <= set(range(1, len(joined.citations) + 1))
    assert [joined.citations[n.citation or 0].row for n in joined.numbers] == [
        "奖金",
        "办公费",
        "奖金",
    ]


def markers(answer: Answer) -> set[int]:
    return {int(m) for m in re.findall(r"\[(\d+)\]", answer.answer)}
