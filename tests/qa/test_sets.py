"""Which set a question points at, and what is done with it."""

from __future__ import annotations

import pytest

from qa.answer import Answer, Status
from tests.qa.shelf import asked, made_up, values


def about(question: str) -> Answer:
    return asked(question, made_up())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # parts of an account, a single child passed over
        ("城乡社区支出分哪几项？", {"450万元", "250万元"}),
        ("社会保障和就业支出包括哪些，各多少？", {"120万元", "180万元"}),
        ("工资福利支出由哪些组成？", {"400万元", "240万元"}),
        # 人员经费 and 公用经费 as columns
        ("公用经费由哪些科目组成？", {"70万元", "50万元"}),
        ("人员经费都花在哪些科目？", {"400万元", "240万元", "40万元"}),
        # the column of a kind of spending
        ("项目支出用在哪些科目？", {"200万元"}),
        # a level of the classification
        ("钱按功能分花在哪两大类？", {"300万元", "700万元"}),
        # accounts that the question lists
        ("办公费、邮电费分别是多少？", {"70万元", "50万元"}),
        # what only a sentence lists
        ("公务用车运行费里维修和保险各多少？", {"1.2万元", "1.8万元"}),
        ("政府采购货物和服务各多少？", {"20万元", "30万元"}),
        ("婚姻、学籍、工伤档案查档各多少人次？", {"400人次", "300人次", "200人次"}),
    ],
)
def test_lists_have_their_members_and_no_others(question: str, expected: set[str]) -> None:
    answer = about(question)
    assert answer.status is Status.ANSWERED
    assert expected <= values(answer)
    totals = {"700万元", "300万元", "640万元", "120万元", "680万元", "200万元", "3万元", "50万元"}
    assert values(answer) - expected <= totals | {"900人次"}


def test_blanks_are_left_out_unless_asked_for() -> None:
    assert "印刷费" not in about("商品和服务支出有哪些明细？").answer
    blank = about("商品和服务支出里哪些科目为空？").answer
    assert "印刷费" in blank
    assert "办公费" not in blank


@pytest.mark.parametrize(
    ("question", "name", "amount"),
    [
        ("公用经费中哪项花得最多？", "办公费", "70万元"),
        ("公用经费里最少的是哪一项？", "邮电费", "50万元"),
        ("支出最大的科目是哪个？", "行政运行", "450万元"),
        ("第二大支出科目是什么？", "其他城乡社区管理事务支出", "250万元"),
        ("支出最多的是哪一类？", "城乡社区支出", "700万元"),
        ("哪类档案查档最多？", "婚姻档案", "400人次"),
        ("得分最低的指标是哪个？", "公众查档次数", "16分"),
        ("办公费、邮电费、退休费哪个最多？", "办公费", "70万元"),
    ],
)
def test_the_first_of_a_set(question: str, name: str, amount: str) -> None:
    answer = about(question)
    assert name in answer.answer
    assert amount in values(answer)


def test_the_first_n_and_their_share() -> None:
    two = about("支出最大的两个科目是哪些？")
    assert {"450万元", "250万元"} == values(two)
    share = about("公用经费中哪项最多？占公用经费的比例是多少？")
    assert "58.33%" in values(share)
    assert share.derivation is not None


def test_members_that_tie_are_all_named() -> None:
    answer = about("得分最高的指标是哪个？").answer
    assert "并列" in answer
    assert "档案合格率" in answer
    assert "开放档案宣传场次" in answer


def test_spread() -> None:
    assert "200人次" in values(about("各类档案查档最多的和最少的差多少人次？"))


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("支出表里项级科目有几个？", "4个"),
        ("社会保障和就业支出下面有几个项级科目？", "2个"),
        ("商品和服务支出有金额的明细有几项？", "2项"),
        ("支出超过200万元的科目有几个？", "2个"),
        ("完成率不到95%的科目有几个？", "1个"),
        ("有几个科目超预算？", "1个"),
        ("有几个科目完成率100%？", "1个"),
        ("整体自评表有几个三级指标？", "4个"),
        ("社会效益指标有几个？", "2个"),
        ("有几个指标得了满分？", "3个"),
        ("有几个指标没完成目标？", "1个"),
        ("中心有几个内设机构？", "5个"),
        ("纳入部门决算的单位有几家？", "3家"),
    ],
)
def test_counts(question: str, count: str) -> None:
    assert count in values(about(question))


@pytest.mark.parametrize(
    ("question", "count"),
    [("有几个科目的完成率在96%到98%之间？", "0个"), ("有几个科目的完成率在85%到100%之间？", "2个")],
)
def test_a_range_has_both_its_ends(question: str, count: str) -> None:
    assert count in about(question).answer


def test_a_range_of_money() -> None:
    found = about("支出在100万元到200万元之间的科目有哪些？")
    assert values(found) == {"120万元", "180万元"}


def test_people_are_not_counted_by_counting_accounts() -> None:
    assert about("编制有多少人？").status is Status.REFUSED


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("哪些科目超预算？", "行政单位离退休", "行政运行"),
        ("哪些科目没完成预算？", "行政运行", "离退休"),
        ("完成率最低的科目是哪个？", "行政运行", "离退休"),
        ("哪个科目的决算和年初预算差得最多？", "行政运行比预算少50", "养老"),
        ("超预算最多的是哪个科目？", "行政单位离退休比预算多20", "养老"),
    ],
)
def test_accounts_against_their_budget(question: str, said: str, unsaid: str) -> None:
    answer = about(question).answer
    assert said in answer
    assert unsaid not in answer.split("按完成率")[0]


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("社会效益指标是哪两个？", "公众查档次数", "总分"),
        ("二级指标有哪些？", "质量指标", "档案合格率"),
        ("哪个指标扣分了？", "公众查档次数扣4分", "档案合格率"),
        ("超额完成目标的指标有哪些？", "整理档案卷数", "公众查档次数"),
        ("质量指标得了几分？", "档案合格率为20分", "公众查档次数"),
        ("整体自评一共扣了多少分？", "共扣4分", "总分"),
        ("Which indicators are social benefit indicators?", "公众查档次数", "档案合格率"),
    ],
)
def test_indicators(question: str, said: str, unsaid: str) -> None:
    answer = about(question).answer
    assert said in answer
    assert unsaid not in answer


def test_names_without_figures() -> None:
    units = about("部门决算包括哪几家单位？").answer
    assert "云山市电子档案馆" in units
    others = about("下属事业单位（不含参公的）有哪些？").answer
    assert "云山市电子档案馆" in others
    assert "地方志" not in others
    offices = about("有哪些内设机构？").answer
    assert "征集科" in offices
    assert "信息科" in offices


def test_a_word_that_narrows_otherwise_is_not_answered_by_a_table() -> None:
    answer = about("除了到馆，还能用哪些方式查档？")
    assert "支出" not in answer.answer


def test_a_question_and_its_tail_are_one() -> None:
    answer = about("哪一项公用经费最多？多少？")
    assert answer.answer.count("办公费") == 1


def test_every_figure_of_the_seed_has_its_place() -> None:
    answer = asked("公用经费由哪些组成？")
    assert len(answer.numbers) == 11  # ten accounts and their total
    assert all(n.citation is not None for n in answer.numbers)
