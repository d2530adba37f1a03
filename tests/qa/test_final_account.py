"""Questions on one final account: lines and columns by number, sets by share and order, turns."""

from __future__ import annotations

import pytest

from qa import Answer, Assistant, Status
from qa.families import families
from qa.ledger import Ledger
from tests.qa.made_up import make_report
from tests.qa.shelf import asked


def stated(answer: Answer) -> set[str]:
    return {f"{n.value.normalize():f}{n.unit}" for n in answer.numbers}


def ask(assistant: Assistant, question: str) -> Answer:
    *earlier, last = question.split(" → ")
    return assistant.ask(last, earlier)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("公开01表第50行是多少", "146.04万元"),
        ("03表第3栏的合计", "326.65万元"),
        ("失业和养老净增合计多少", "19073人"),
        ("失业比养老少净增多少人", "329人"),
        ("哪个险种完成率最低", "124.2%"),
        ("三个功能类各占多少", "9.2%"),
        ("机关运行经费的年初预算，根据降幅推算", "156.15万元"),
        ("提租补贴比预算少了百分之几", "3.54%"),
        ("提租补贴预算、决算、完成率", "18.06万元"),
        ("购房补贴收入和支出差多少", "9.14万元"),
        ("预算和决算总共差多少", "26.33万元"),
        ("30107+30103", "342.36万元"),
        ("21011下面几项之和", "149.91万元"),
        ("人员经费明细最高的和最低的差多少", "315.95万元"),
        ("整体自评表的预算执行率", "100%"),
        ("2080501完成率", "93.3%"),
        ("宣传资料发放量超目标多少份，完成率", "22.73%"),
    ],
)
def test_figures_by_place_pair_and_measure(
    seed_assistant: Assistant, question: str, expected: str
) -> None:
    answer = ask(seed_assistant, question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert expected in stated(answer), answer.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("离休费占人员经费的比例", "无从计算占比"),
        ("手续费和印刷费各多少", "印刷费：无（表中该项为空）"),
        ("水电费花了多少", "电费的决算数：无（表中该项为空）"),
        ("编号的表一共几张", "9张"),
        ("定量指标的得分怎么算", "权重"),
        ("基本支出里哪项最多", "奖金"),
        ("按功能分类支出从少到多", "住房保障支出为146.04万元"),
        ("项目支出是哪个科目的", "社会保险经办机构"),
    ],
)
def test_blanks_notes_and_orders_in_words(
    seed_assistant: Assistant, question: str, expected: str
) -> None:
    answer = ask(seed_assistant, question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert expected in answer.answer.replace("[1]", "").replace("[2]", "")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("收入合计多少 → 比上年呢", "175.21万元"),
        ("支出合计多少 → 不对，我问的是收入", "1578.6万元"),
        ("购房补贴支出多少 → 收入呢", "20.71万元"),
        ("邮电费多少 → 差旅费呢 → 两个加起来占公用经费多少", "6.66%"),
        ("基本工资占工资福利支出的比重 → 绩效工资呢", "1.52%"),
        ("哪个科目完成率最低 → 第二低呢", "93%"),
        ("公用经费里最多的是哪项 → 占公用经费多少", "32.69%"),
        ("邮电费多少 → 差旅费呢 → 哪个多", "5.58万元"),
        ("邮电费多少 → 差旅费呢 → 前者是后者的几倍", "5.36倍"),
        ("整体自评得分 → 扣了几分", "7.73分"),
        ("年末结转多少 → 年初呢", "9.14万元"),
    ],
)
def test_turns_change_side_place_and_pair(
    seed_assistant: Assistant, question: str, expected: str
) -> None:
    answer = ask(seed_assistant, question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert expected in stated(answer), answer.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many leaflets were handed out?", "12500份"),
        ("What was the target for publicity materials?", "55000份"),
        ("By how many people did net enrolment exceed its target?", "12991人"),
        ("What share of wages and benefits was base salary?", "14.95%"),
        ("How much more was spent on bonuses than on base salary?", "158万元"),
    ],
)
def test_english_questions_in_the_words_of_the_report(
    seed_assistant: Assistant, question: str, expected: str
) -> None:
    answer = ask(seed_assistant, question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert expected in stated(answer), answer.answer


@pytest.mark.parametrize(
    "question",
    ["搬家花了多少钱", "宣传会办了几场", "养老、生育和办公费一共多少", "总支出占总支出多少"],
)
def test_a_word_that_was_not_understood_is_not_passed_over(
    seed_assistant: Assistant, question: str
) -> None:
    assert ask(seed_assistant, question).status is Status.REFUSED


def test_families_are_counts_that_end_alike() -> None:
    report = make_report()
    for family in families(Ledger(report)):
        assert len(family.items) > 1
        assert all(family.tail and head for head, _ in family.items)


def test_a_free_line_of_a_two_sided_table_is_no_total() -> None:
    answer = asked("收支总计是多少？", make_report())
    assert all(n.value for n in answer.numbers)
