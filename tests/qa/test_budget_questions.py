"""Questions that people put to budgets: vehicles, day-dated assets, projects, derived years."""

from __future__ import annotations

import pytest

from corpus import Table
from qa import Status
from tests.qa.shelf import asked, values
from tests.qa.written import table, written

ASSETS = (
    "五、国有资产占有使用情况",
    "截止2023年12月31日，本部门流动资产88.20万元。固定资产905.40万元，其中：车辆9辆"
    "（执法执勤用车6辆，其他用车3辆）。2024年部门预算安排购置车辆2辆，其中：执法执勤用车1辆、"
    "其他用车1辆。",
)
DUTIES = (
    "一、主要职责",
    "（一）负责辖区内的市政养护。（二）负责辖区内的社区服务和养老服务，指导居民委员会的工作。",
)
TOTALS = (
    "一、收支预算总表情况说明",
    "2024年度收支预算总计1,500.00万元，与上年相比收、支预算总计各增加300.00万元，增长25%。",
)
SERVICES = (
    "三、政府采购预算情况",
    "2024年政府采购预算200.00万元，其中：货物支出50.00万元、工程支出0.00万元、"
    "购买服务支出150.00万元。",
)


def project(number: int, name: str, funds: str, target: str) -> Table:
    return table(
        number,
        "财政项目支出绩效目标申报表",
        (("指标值", "target"), ("内容", "text")),
        f"项目名称||{name} 主管部门||白露市民政局{number} "
        f"年度资金申请总额||{funds} 受益数|{target}|",
        unit="元",
        statement="budget.performance",
    )


PLAN = written(
    (ASSETS, DUTIES, TOTALS, SERVICES),
    (
        project(0, "社区助餐点运营补贴", "250,000.00", "900"),
        project(1, "老旧小区加装电梯", "800,000.00", "120"),
        table(
            2, "基本支出预算表", (("合计", "total"),), "30213:维修(护)费|41.00 30201:办公费|9.00"
        ),
    ),
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青石街道有几辆车？", "9辆"),
        ("青石街道有多少台公车？", "9辆"),
        ("2024年打算买几辆车？", "2辆"),
        ("2024年要购置多少辆公务用车？", "2辆"),
        ("现有多少辆执法车？", "6辆"),
        ("准备新买几辆执法车？", "1辆"),
        ("到2023年底固定资产有多少？", "905.4万元"),
        ("维修护费多少钱？", "41万元"),
    ],
)
def test_one_figure(question: str, value: str) -> None:
    answer = asked(question, PLAN)
    assert answer.status is Status.ANSWERED
    assert value in values(answer), answer.answer


def test_the_year_before_is_worked_back_from_the_change() -> None:
    assert "1200万元" in values(asked("按说明倒推，2023年收支预算总计是多少？", PLAN))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("社区助餐点运营补贴项目申请了多少钱？", "250000元"),
        ("老旧小区加装电梯这个项目的年度资金申请总额是多少？", "800000元"),
        ("老旧小区加装电梯的受益数是多少？", "120元"),
    ],
)
def test_a_named_project_is_read_from_its_own_table(question: str, value: str) -> None:
    assert value in values(asked(question, PLAN))


def test_a_form_of_a_named_project() -> None:
    assert "白露市民政局1" in asked("老旧小区加装电梯项目的主管部门是谁？", PLAN).answer


def test_clauses_are_counted_without_being_repeated() -> None:
    answer = asked("主要职责一共列了几条？", PLAN)
    assert "2条" in answer.answer
    assert answer.citations


def test_a_generic_word_alone_names_its_account_in_a_follow_up() -> None:
    answer = asked("服务呢？", PLAN, turns=("2024年政府采购预算多少？", "其中货物多少？"))
    assert "150万元" in values(answer)


def test_a_service_centre_is_no_procurement_of_services() -> None:
    answer = asked("社区养老服务中心有多少张床位？", PLAN)
    assert answer.status is Status.REFUSED


def test_money_of_a_part_is_no_share() -> None:
    answer = asked("服务占里面多少钱？", PLAN, turns=("政府采购预算多少？",))
    assert "%" not in answer.answer
