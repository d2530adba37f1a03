"""Sentences as regions other than the seed's write them, with made-up bodies and figures."""

import pytest

from corpus.claims import Setting, find_claims
from corpus.model import Passage
from corpus.reasons import find_reasons

SETTING = Setting(year=2022, bodies=("青石县审计服务中心",))


def brief(text: str, heading: str = "", year: int = 2022) -> list[str]:
    """Subject, measure, value with unit and basis of each claim, as one line."""
    setting = Setting(year=year, bodies=SETTING.bodies)
    found = find_claims(Passage(0, 0, text), heading, setting)
    return [
        f"{c.subject} {c.measure.value} "
        + (f"{c.quantity.value}{c.quantity.unit}" if c.quantity else "-")
        + (f" {c.basis}" if c.basis else "")
        for c in found
    ]


def why(text: str, heading: str = "") -> list[tuple[str, str]]:
    passage = Passage(0, 0, text)
    claims = find_claims(passage, heading, SETTING)
    return [(r.subject, text[r.start : r.end]) for r in find_reasons(passage, claims, heading)]


def test_a_figure_of_the_budget_beside_the_final_one_is_no_earlier_year() -> None:
    text = "2.公务接待费。2022年决算数1.1万元，比2022年年初预算数3万元减少1.9万元。"
    assert brief(text, "公务接待费") == [
        "公务接待费 amount 1.1万元",
        "公务接待费 budget 3万元",
        "公务接待费 change -1.9万元 年初预算",
    ]
    assert brief("培训费5万元，比2021年年初预算数4万元增加1万元。")[1] == "培训费 prior 4万元"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办公费5万元，比上年决算4万元减少1万元，减幅20%。", "办公费 rate -20% 上年决算"),
        ("公务接待费5万元，比年初预算少0.8万元。", "公务接待费 change -0.8万元 年初预算"),
        ("办公费较上年节约3.1万元。", "办公费 change -3.1万元 上年"),
        ("全市债务余额30亿元，较上年新增2.5亿元。", "全市债务余额 change 2.5亿元 上年"),
        ("会议费为1万元，同比上年减少50%。", "会议费 rate -50% 上年"),
        ("在编人员45人，比上年多3人。", "在编人员 change 3人 上年"),
        ("印刷费2万元，与上年对比减少1万元。", "印刷费 change -1万元 上年"),
        ("公务接待费支出决算比2021年减少0.2万元。", "公务接待费 change -0.2万元 上年"),
        (
            "公务用车运行维护费决算支出3万元，完成预算的60%。",
            "公务用车运行维护费 completion 60% 预算",
        ),
    ],
)
def test_changes_keep_their_sign_and_what_they_are_measured_against(
    text: str, expected: str
) -> None:
    assert brief(text)[-1] == expected


def test_both_levels_of_a_change_are_told_apart() -> None:
    assert brief("会议费由上年的20万元减少到15万元，减少5万元。") == [
        "会议费 prior 20万元",
        "会议费 amount 15万元",
        "会议费 change -5万元",
    ]


def test_words_that_only_point_back_keep_the_subject() -> None:
    text = "公务接待费1.4万元，主要用于考察。费用支出较年初预算数减少1.6万元，下降53%。"
    assert brief(text)[1:] == [
        "公务接待费 change -1.6万元 年初预算",
        "公务接待费 rate -53% 年初预算",
    ]
    text = "培训费支出决算为1.5万元，完成预算的50%，支出决算较上年减少0.6万元。"
    assert brief(text)[-1] == "培训费 change -0.6万元 上年"
    text = "其中，堤岸维修项目自评得分96分，项目全年预算数为120万元，执行数为118万元。"
    assert brief(text)[1:] == ["堤岸维修项目 budget 120万元", "堤岸维修项目 amount 118万元"]


def test_a_gap_between_budget_and_final_takes_its_sign_from_the_two() -> None:
    text = "公务接待费全年预算数6万元，决算数3万元，预决算差异率50%，主要原因是从严控制。"
    assert brief(text)[-1] == "公务接待费 rate -50% 预算"
    assert why(text) == [("公务接待费", "从严控制")]


def test_narrow_stops_part_clauses_as_wide_ones_do() -> None:
    text = "单位无下属预算单位,下设3个处室,收入1,200.50万元(含结转),与上年相比,增加58.2万元。"
    assert brief(text) == [
        "下属预算单位 none -",
        "处室 count 3个",
        "收入 amount 1200.50万元",
        "收入 change 58.2万元 上年",
    ]


def test_a_comparison_that_finds_no_difference_is_not_what_the_next_rate_refers_to() -> None:
    text = "市本级一般公共预算收入13.8亿元，与执行数一致，增长10.3%。"
    assert brief(text)[-1] == "市本级一般公共预算收入 rate 10.3%"


def test_what_is_left_without_one_off_factors_is_not_the_account_itself() -> None:
    text = "市本级一般公共预算支出16.8亿元，剔除一次性因素后，为15.6亿元，增长5.2%。"
    assert brief(text) == [
        "市本级一般公共预算支出 amount 16.8亿元",
        "剔除一次性因素后 amount 15.6亿元",
        "剔除一次性因素后 rate 5.2%",
    ]


def test_the_spending_of_a_fund_goes_on_without_its_name() -> None:
    text = "全省政府性基金收入49亿元，为预算的108%；支出57亿元，完成预算的86%。"
    assert brief(text)[2:] == [
        "全省政府性基金支出 amount 57亿元",
        "全省政府性基金支出 completion 86% 预算",
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("“教育支出”（类）2022年度决算12.5万元。", "教育支出"),
        ("审计事务（20108）年初预算400万元。", "审计事务"),
        ("2.上级补助收入7万元。", "上级补助收入"),
        ("后勤编制5名，实有4人。", "实有"),
        ("一般公共预算24.9万元，占97.2%。", "一般公共预算"),
        ("2022年末实有人员编制58人。", "年末实有人员编制"),
        ("处置车辆1辆，账面原值8.5万元。", "处置车辆"),
        ("我部门共设置12个内设机构。", "内设机构"),
        ("本级等1家参公管理事业单位的机关运行经费财政拨款预算412.3万元。", "机关运行经费财政拨款"),
        ("机关运行经费支出合计253.2万元。", "机关运行经费支出"),
    ],
)
def test_subjects(text: str, subject: str) -> None:
    assert brief(text)[-1].split(" ")[0] == subject


def test_each_reason_belongs_to_its_own_change() -> None:
    text = "收入减少的主要原因是人员减少，支出增加的主要原因是项目增加。"
    assert why(text) == [("收入", "人员减少"), ("支出", "项目增加")]
    text = "公务接待费2万元。一般公共预算财政拨款“三公”经费决算数小于预算数的主要原因是厉行节约。"
    assert why(text) == [("一般公共预算财政拨款“三公”经费", "厉行节约")]
    text = "与年初预算相比增加的主要原因是追加经费；与上年决算数相比减少的主要原因是压缩项目。"
    assert [reason for _, reason in why(text)] == ["追加经费", "压缩项目"]
    assert why("收、支总计各减少12万元。主要变动原因是项目减少。") == [("收、支总计", "项目减少")]
    assert why("相比2021年公务接待费有所减少，主要是因为厉行节约。")[0][0] == "公务接待费"


def test_all_income_is_not_the_last_source_named() -> None:
    text = "收入预算97万元，其中：其他收入15万元，占15.5%。与2021年相比，收入预算增加5万元。"
    assert brief(text)[-1] == "收入 change 5万元 上年"
    text = "支出预算97万元，其中：项目支出35万元。支出预算较上年减少4万元。"
    assert brief(text)[-1] == "支出 change -4万元 上年"


def test_a_share_of_the_plan_named_in_front_of_it_is_its_completion() -> None:
    text = "公务接待费支出决算为0.4万元，完成全年预算2万元的20%，较上年0.5万元减少0.1万元。"
    assert brief(text) == [
        "公务接待费 amount 0.4万元",
        "公务接待费 budget 2万元",
        "公务接待费 completion 20% 全年预算",
        "公务接待费 prior 0.5万元",
        "公务接待费 change -0.1万元 上年",
    ]


def test_figures_given_to_several_things_are_shared_out() -> None:
    text = "因公出国（境）费10万元，公务接待费6万元，分别增长100%、下降3.1%。"
    assert brief(text)[2:] == ["因公出国（境）费 rate 100%", "公务接待费 rate -3.1%"]
    text = "收入、支出总计分别减少10万元、20万元。"
    assert brief(text) == ["收入总计 change -10万元", "支出总计 change -20万元"]
    text = "收入合计60万元，支出合计50万元，分别比上年增加3万元和2万元。"
    assert brief(text)[2:] == ["收入合计 change 3万元 上年", "支出合计 change 2万元 上年"]


def test_the_review_of_a_project_is_about_the_project_it_opens_with() -> None:
    text = "“大厅运行”项目绩效自评综述：项目全年预算数为30万元，执行数为29万元。"
    assert brief(text) == ["大厅运行项目 budget 30万元", "大厅运行项目 amount 29万元"]
