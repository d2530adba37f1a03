"""Ways of asking that no report uses: what they come down to, on the report that ships."""

from __future__ import annotations

import pytest

from corpus import Kind
from qa.answer import Answer, Status
from tests.qa.shelf import asked, values
from tests.qa.written import table, written


def about(question: str, *turns: str) -> Answer:
    return asked(question, turns=turns)


@pytest.mark.parametrize("question", ["行政运行超了没？", "行政运行超没超", "事业运行是不是超了？"])
def test_whether_a_budget_was_exceeded_without_the_word_budget(question: str) -> None:
    assert "没有超支" in about(question).answer


def test_one_account_on_both_sides_of_the_accounts() -> None:
    said = about("购房补贴花的比拨的多多少？").answer
    assert "（支出）比" in said
    assert "（收入）多" in said


def test_a_sentence_that_counts_nothing_is_no_count() -> None:
    assert about("单位有多少个在编人员？").status is Status.REFUSED


def test_words_used_elsewhere_in_the_report_are_not_forgiven() -> None:
    """养老保险 is an account; its 扩面 is told of elsewhere, in people, not in money."""
    assert "机关事业单位" not in about("养老保险扩面的完成率是多少？").answer
    assert values(about("养老保险扩面的完成率是多少？")) == {"134.74%"}


@pytest.mark.parametrize(
    "question", ["整体自评为什么没得满分？", "整体绩效自评哪里丢分了，原因是什么？"]
)
def test_why_points_were_lost_names_what_lost_them(question: str) -> None:
    said = about(question).answer
    assert "没有得满分的是" in said
    assert "报告给出的原因" in said


def test_a_code_written_class_by_class() -> None:
    assert values(about("221 02 01 的支出决算")) == values(about("2210201的支出决算"))


def test_a_ranking_may_leave_out_what_is_called_other() -> None:
    assert "其他" not in about("除了“其他”以外，公用经费里哪一项最多？").answer.split("为")[0]


def test_an_approximate_amount_names_nothing() -> None:
    assert "报告给出的原因" in about("支出为什么少了一百多万？").answer


def test_where_the_surplus_went_is_denied_where_there_is_none() -> None:
    assert "并没有增加" in about("支出比去年多了100多万，多出来的钱花哪了？").answer


def test_a_question_of_three_parts_has_three_answers() -> None:
    told = "公务接待费支出0.39万元。2024年公务接待共2批次、26人次。"
    report = written([("三公经费情况说明", told)], kind=Kind.FINAL)
    answer = asked("公务接待花了多少钱，接待了几批、多少人？", report)
    assert {"0.39万元", "2批次", "26人次"} <= set(values(answer))


def test_a_whole_is_held_against_the_sum_of_its_parts() -> None:
    said = about("人员经费等于工资福利支出加对个人和家庭的补助吗？").answer
    assert "两者一致" in said


def test_what_is_named_is_held_against_the_account_before() -> None:
    said = about("社保就业支出是它的几倍？", "卫生健康支出多少？").answer
    assert "社会保障和就业支出为" in said.split("，")[0]
    assert "8.62倍" in said


def test_a_guess_stays_with_what_the_turns_before_spoke_of() -> None:
    turns = ("公车一年开销多少？", "修车花了多少？")
    assert values(about("保险占了多少钱", *turns)) == {"0.18万元"}


@pytest.mark.parametrize(
    "question",
    ["社会保险经办机构超了18.3%，是装修造成的吧？", "行政运行怎么反而比预算少？"],
)
def test_a_suspected_cause_is_answered_with_the_one_the_report_gives(question: str) -> None:
    assert "报告给出的原因" in about(question).answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("二三年住房公积金花了好多钱", "98.77万元"),  # years and amounts as they are spoken
        ("给公车买保险掏了多少钱呀", "0.18万元"),  # a part that only its whole makes known
        ("行政运行没用完的预算还剩多少", "62.22万元"),
        ("行政运行和事业运行相比，预算完成率谁更高", "99.7%"),
        ("基本支出合计等于不等于人员经费加公用经费？", "1261.09万元"),
        ("卫生健康和住房保障并在一起多少", "295.95万元"),
        ("住房公积金执行到百分之几", "96.1%"),
    ],
)
def test_spoken_wordings(question: str, figure: str) -> None:
    assert figure in values(about(question)), about(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "行政运行决算小于预算，理由照抄给我",
        "机关运行经费一下子掉了21.7%，是真省下来了吗？",
        "I noticed that water and power costs dropped. What happened?",
    ],
)
def test_further_ways_to_ask_why(question: str) -> None:
    said = about(question).answer
    assert "报告给出的原因" in said or "The reason that the report gives" in said


def test_what_is_asked_of_several_bodies_is_not_asked_of_two_accounts() -> None:
    bodies = [
        written(
            [("三公经费", f"“三公”经费预算{t}万元，其中：公务接待费{r}万元。")],
            body=f"白露市{n}局",
            names=(f"{n}局",),
        )
        for n, t, r in (("青石", "9.5", "2.5"), ("白沙", "8.5", "3.5"))
    ]
    said = asked("“三公”里的公务接待费，青石局和白沙局谁多？", *bodies).answer
    assert "3.5万元" in said
    assert "9.5" not in said


def test_a_word_that_the_report_uses_elsewhere_makes_it_another_share() -> None:
    """Guests are counted, not the money spent on them."""
    told = "公务接待费支出5.2万元，占三公经费的67%。国内公务接待共579人次，其中外事接待500人次。"
    report = written([("三公经费情况说明", told)], kind=Kind.FINAL)
    assert "67%" not in values(asked("国内接待里外事占几成？", report))


@pytest.mark.parametrize(
    ("question", "figure"),
    [("公务接待平均每一批多少钱", "2.1万元"), ("平均一辆车的运行费是多少", "1.5万元")],
)
def test_an_amount_for_each_thing_that_is_counted_elsewhere(question: str, figure: str) -> None:
    report = written(
        [
            ("公务接待费", "公务接待费支出27.3万元。"),
            ("公务接待情况", "全年国内公务接待13批次、190人次。"),
            ("公务用车", "公务用车运行维护费支出3万元。公务用车保有量2辆。"),
        ],
        kind=Kind.FINAL,
    )
    assert figure in values(asked(question, report))


def test_a_code_that_nobody_prints_is_refused() -> None:
    assert "2299999" in about("2299999的决算数是多少？").answer
    assert about("2299999的决算数是多少？").status is Status.REFUSED


def test_one_report_in_two_formats_is_asked_once() -> None:
    from dataclasses import replace

    report = written([("三公经费", "公务接待费支出27.3万元。")], kind=Kind.FINAL)
    again = replace(report, id="another format")
    assert asked("公务接待费多少？", report, again).status is Status.ANSWERED


def test_a_reason_is_not_denied_by_another_comparison() -> None:
    told = (
        "公务接待费支出1.5万元，完成预算的100%。"
        "公务接待费比上年增加0.5万元，主要原因是接待检查的次数增加。"
    )
    report = written([("三公经费", told)], kind=Kind.FINAL)
    assert "接待检查" in asked("接待费为什么涨了？", report).answer


def test_what_is_enough() -> None:
    assert "不够用" in about("本年收入够本年支出用吗，差多少？").answer


def test_a_code_before_a_column_is_no_head_count() -> None:
    assert values(about("基本工资")) <= values(about("30101 人员经费"))


def test_an_item_level_in_english() -> None:
    assert "行政运行" in about("Which item-level account has the largest basic expenditure?").answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("行政运行比年初预算省下来多少？", "62.22万元"),
        ("住房保障，全年支出比当年拨款收入多出多少？", "9.14万元"),
    ],
)
def test_what_was_saved_and_what_was_spent_beyond_receipts(question: str, figure: str) -> None:
    assert figure in values(about(question))


def test_a_list_leaves_out_what_the_question_has_already() -> None:
    said = about("人力资源和社会保障管理事务下面除了行政运行还有哪些项？").answer
    assert "社会保险经办机构" in said


def test_a_figure_of_the_year_before_is_read_in_its_own_report() -> None:
    """The prior figure stands in the other report's table, at an address that this one lacks."""
    years = {
        y: written([("三公经费", f"公务接待费预算{y - 2000}万元。")], year=y) for y in (2023, 2024)
    }
    turns = ("2023年青石街道公务接待费预算多少？",)
    answer = asked("2024年呢？", *years.values(), turns=turns)
    assert "24万元" in values(answer)


def test_a_negative_amount_keeps_its_sign() -> None:
    """A refund may exceed what came in; only a movement's sign is told by words."""
    taxes = table(0, "收入决算表", [("决算数", "amount")], "增值税|-38.5 所得税|20.25")
    report = written(tables=[taxes], kind=Kind.FINAL)
    assert "-38.5万元" in asked("增值税是多少？", report).answer
    assert "多58.75万元" in asked("增值税和所得税哪个多，差多少？", report).answer


def test_a_fall_is_said_once() -> None:
    """下降 says the sign: the percentage behind it stands without one."""
    before = written([("三、情况说明", "培训费支出预算8.4万元。")], year=2023)
    after = written([("三、情况说明", "培训费支出预算6.3万元。")], year=2024)
    said = asked("培训费2024年比2023年降了多少，降幅多大", before, after)
    assert "下降25%" in said.answer
    assert "25%" in values(said)
