"""Projects that a budget describes under headings of their own, and budgets set side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus import Report
from qa import Status
from qa.topics import named, topics_of
from tests.qa.shelf import asked, values
from tests.qa.written import table, written

LAMPS = (
    ("路灯节能改造专项（政策资金）经费情况说明", ""),
    ("项目概述", "更换辖区老旧路灯，降低能耗。"),
    ("立项依据", "1、《白露市绿色照明办法》（白建规〔2022〕7号）。"),
    ("实施主体", "白露市照明管理所"),
    ("实施周期", "2024.3.1-2024.11.30"),
    (
        "年度预算安排",
        "2024年度项目总预算600.00万元，其中灯具采购350.00万元，线路敷设200.00万元，"
        "检测验收50.00万元。",
    ),
)
RIVER = (
    ("河道清淤专项经费情况说明", ""),
    ("项目概述", "清理青石河淤泥。"),
    ("立项依据", "1、《青石河治理规划》。"),
    ("实施主体", "白露市水务所"),
    ("实施周期", "2024.1.1-2024.12.31"),
    (
        "年度预算安排",
        "第一季度用款计划10万元，第二季度用款计划20万元，第三季度用款计划30万元，"
        "第四季度用款计划40万元。",
    ),
)


def nested(*projects: tuple[tuple[str, str], ...]) -> Report:
    """A report whose parts have the headings of a project below them."""
    report = written([heading for project in projects for heading in project])
    sections = []
    at = 0
    for project in projects:
        sections.append(report.sections[at])
        for child in report.sections[at + 1 : at + len(project)]:
            sections.append(replace(child, level=2, parent=at))
        at += len(project)
    return replace(report, sections=tuple(sections))


PLAN = nested(LAMPS, RIVER)


def test_a_project_is_known_by_its_title_without_what_titles_end_in() -> None:
    topics = topics_of(PLAN)
    assert [t.name for t in topics] == ["路灯节能改造", "河道清淤"]
    assert [t.name for t in named("河道清淤专项花多少", topics)] == ["河道清淤"]
    assert named("公务接待费是多少", topics) == []


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("路灯节能改造专项多少钱？", "600万元"),
        ("路灯节能改造专项里线路敷设安排了多少？", "200万元"),
        ("灯具采购占路灯节能改造专项的比例", "58.33%"),
        ("河道清淤专项今年预算多少", "100万元"),
        ("河道清淤第二季度用款多少", "20万元"),
        ("河道清淤前三季度用款合计多少", "60万元"),
        ("两个专项加起来多少钱？", "700万元"),
        ("路灯节能改造和河道清淤两个专项相差多少", "500万元"),
    ],
)
def test_what_a_project_costs(question: str, value: str) -> None:
    answer = asked(question, PLAN)
    assert answer.status is Status.ANSWERED
    assert value in values(answer), answer.answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("路灯节能改造专项的立项依据是什么？", "绿色照明办法"),
        ("谁来实施河道清淤专项？", "白露市水务所"),
        ("路灯节能改造专项什么时候结束？", "2024.11.30"),
        ("哪个专项的钱最多？", "路灯节能改造"),
    ],
)
def test_what_is_written_of_a_project(question: str, words: str) -> None:
    assert words in asked(question, PLAN).answer


def test_a_follow_up_keeps_the_project_or_the_aspect() -> None:
    first = "路灯节能改造专项的立项依据是什么？"
    assert "照明管理所" in asked("实施主体呢？", PLAN, turns=(first,)).answer
    assert "治理规划" in asked("河道清淤专项呢？", PLAN, turns=(first,)).answer


def test_an_aspect_without_a_project_asks_which() -> None:
    assert asked("立项依据是什么？", PLAN).status is Status.CLARIFY


def test_an_empty_table_and_one_that_only_says_so() -> None:
    empty = replace(
        table(0, "政府性基金预算支出表", (("合计", "total"),), "合计|"), notes=("故本表为空表。",)
    )
    full = replace(
        table(1, "三公经费预算表", (("合计", "total"),), "公务接待费|3.00"),
        notes=("故本表为空表。",),
    )
    report = written((), (empty, full))
    assert "是空表" in asked("政府性基金预算支出表是空的吗？", report).answer
    assert "不是空表" in asked("三公经费预算表真的是空表吗？", report).answer
