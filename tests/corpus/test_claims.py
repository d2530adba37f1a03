from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.claims import Setting, find_claims, total_of
from corpus.model import Claim, Measure, Passage
from corpus.reasons import find_reasons

SETTING = Setting(year=2023, bodies=("甲市乙局",))


def claims(text: str, heading: str = "", outer: str = "") -> tuple[Claim, ...]:
    return find_claims(Passage(0, 0, text), heading, SETTING, outer)


def brief(text: str, heading: str = "", outer: str = "") -> list[tuple[str, str, str, str]]:
    """Subject, measure, value with unit, basis."""
    return [
        (
            claim.subject,
            claim.measure.value,
            f"{claim.quantity.value}{claim.quantity.unit}" if claim.quantity else "",
            claim.basis,
        )
        for claim in claims(text, heading, outer)
    ]


def test_the_subject_is_carried_over_its_changes() -> None:
    text = "2023年度甲市乙局机关运行经费支出122.25万元，比年初预算数减少33.9万元，下降21.7%。"
    assert brief(text) == [
        ("机关运行经费支出", "amount", "122.25万元", ""),
        ("机关运行经费支出", "change", "-33.9万元", "年初预算"),
        ("机关运行经费支出", "rate", "-21.7%", "年初预算"),
    ]
    assert [text[c.start : c.end] for c in claims(text)] == ["122.25万元", "33.9万元", "21.7%"]


def test_an_account_is_known_by_its_last_link() -> None:
    text = (
        "1.社会保障和就业支出（类）人力资源和社会保障管理事务（款）行政运行（项）。年初预算为"
        "895.06万元，支出决算为832.84万元，完成年初预算的93%。"
    )
    assert brief(text) == [
        ("行政运行", "budget", "895.06万元", ""),
        ("行政运行", "amount", "832.84万元", ""),
        ("行政运行", "completion", "93%", "年初预算"),
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("1.社会保障和就业（类）支出1,291.79万元。", "社会保障和就业支出"),
        ("1、公共安全支出（204类）司法（06款）行政运行（01项）1434.89万元。", "行政运行"),
        ("1.“教育支出（类）普通教育（款）高中教育（项）”科目43.83万元，主要用于办学。", "高中教育"),
        ("2．一般行政管理事务（项）支出3,666万元", "一般行政管理事务"),
        ("3．公诉、审判、侦查等检察监督（项）1,895万元", "公诉、审判、侦查等检察监督"),
        ("1.住房公积金(项):支出1,073.77万元。", "住房公积金"),
        ("其中：货物支出11.84万元。", "货物支出"),
        ("开支财政拨款的公务用车保有量1辆。", "公务用车保有量"),
        ("项目支出主要用于某项业务工作经费326.65万元。", "某项业务工作经费"),
        ("公务用车购置及运行维护费支出决算为0.00万元", "公务用车购置及运行维护费"),
        ("卫生健康（类）支出149.91元", "卫生健康支出"),
    ],
)
def test_subjects(text: str, subject: str) -> None:
    assert claims(text)[0].subject == subject


def test_a_double_verb_takes_the_later_sign() -> None:
    text = "与2022年度相比，支出合计增加减少166.07万元，下降9.5%，下降（增长）27.78%。"
    assert [claim.quantity.value for claim in claims(text) if claim.quantity] == [
        Decimal("-166.07"),
        Decimal("-9.5"),
        Decimal("-27.78"),
    ]
    assert {claim.basis for claim in claims(text)} == {"上年"}


def test_shares_refer_to_what_they_name_or_to_the_total_split_up() -> None:
    text = "本年支出合计100万元，其中：基本支出80万元，占80%；项目支出20万元，占本年支出20%。"
    shares = [c for c in claims(text) if c.measure is Measure.SHARE]
    assert [(c.subject, c.basis) for c in shares] == [
        ("基本支出", "支出合计"),
        ("项目支出", "本年支出"),
    ]


def test_a_total_announced_by_one_passage_is_split_up_by_the_next() -> None:
    passage = Passage(0, 0, "2023年度一般公共预算财政拨款支出50万元，主要用于以下方面：")
    total = total_of(passage, find_claims(passage, "", SETTING))
    assert total == "一般公共预算财政拨款支出"
    assert brief("1.教育（类）支出5万元，占10%。", outer=total)[1] == (
        "教育支出",
        "share",
        "10%",
        "一般公共预算财政拨款支出",
    )


def test_brackets_keep_their_subject_to_themselves() -> None:
    text = "教育支出30亿元，增长5.7%（市本级4亿元，增长10.1%），占总支出的3%。"
    assert [(c.subject, c.measure.value) for c in claims(text)] == [
        ("教育支出", "amount"),
        ("教育支出", "rate"),
        ("市本级", "amount"),
        ("市本级", "rate"),
        ("教育支出", "share"),
    ]


def test_counts() -> None:
    text = "共有车辆3辆，其中，应急保障用车1辆、其他用车2辆。无单价100万元（含）以上设备。"
    assert brief(text) == [
        ("车辆", "count", "3辆", ""),
        ("应急保障用车", "count", "1辆", ""),
        ("其他用车", "count", "2辆", ""),
        ("单价100万元（含）以上设备", "none", "", ""),
    ]
    assert brief("共涉及1个二级项目，接待2批次、26人次。")[0][0] == "二级项目"


def test_counts_and_their_completion() -> None:
    assert brief("养老保险净增9701人，完成134.74%。") == [
        ("养老保险净增", "count", "9701人", ""),
        ("养老保险净增", "completion", "134.74%", ""),
    ]


def test_nothing_is_a_claim_too() -> None:
    assert brief("1.甲市乙局无因公出国（境）费无预算安排，无支出决算数，较上年无变化。") == [
        ("因公出国（境）费", "none", "", "预算"),
        ("因公出国（境）费", "none", "", "决算"),
        ("因公出国（境）费", "change", "0", "上年"),
    ]
    assert brief("甲市乙局2023年度无政府性基金预算财政拨款收入支出。") == [
        ("政府性基金预算财政拨款收入支出", "none", "", "")
    ]
    assert brief("推进无缝对接和无障碍服务，不断提高办事效率。") == []


def test_budget_reports() -> None:
    text = (
        "甲市乙局收入预算8,695.94万元，比2022年预算增加794.88万元；政府性基金拨款支出预算0万元，"
        "与2022年预算持平。"
    )
    assert brief(text) == [
        ("收入", "budget", "8695.94万元", ""),
        ("收入", "change", "794.88万元", "上年预算"),
        ("政府性基金拨款支出", "budget", "0万元", ""),
        ("政府性基金拨款支出", "change", "0", "上年预算"),
    ]


def test_the_year_before_is_a_prior_figure() -> None:
    text = "2022年当年预算执行数为10.5万元，2023年预算安排9万元，比2022年预算执行数减少14.29%。"
    found = claims(text, heading="司法（款）公证（项）")
    assert [(c.subject, c.measure.value, c.year, c.basis) for c in found] == [
        ("公证", "prior", 2022, ""),
        ("公证", "budget", 2023, ""),
        ("公证", "rate", 2023, "上年预算执行数"),
    ]


def test_government_reports() -> None:
    setting = Setting(year=2025, default_basis="上年")
    text = (
        "全市一般公共预算收入完成230.58亿元，为调整预算（以下简称“预算”）的98.6%，下降10.1%；"
        "加上级补助收入0.08亿元、上年结余收入0.66亿元。一般公共预算支出602.56亿元。"
    )
    found = find_claims(Passage(0, 0, text), "", setting)
    assert [(c.subject, c.measure.value, c.basis) for c in found] == [
        ("全市一般公共预算收入", "amount", ""),
        ("全市一般公共预算收入", "completion", "调整预算"),
        ("全市一般公共预算收入", "rate", "上年"),
        ("上级补助收入", "amount", ""),
        ("上年结余收入", "amount", ""),
        ("一般公共预算支出", "amount", ""),
    ]


def test_an_unnamed_spending_side_belongs_to_the_income_side_before_it() -> None:
    text = "全市政府性基金预算收入完成40亿元；预算支出执行91亿元。"
    assert [c.subject for c in claims(text)] == ["全市政府性基金预算收入", "全市政府性基金预算支出"]


def test_a_rate_that_lost_its_sign_is_kept_as_written() -> None:
    assert brief("某支出增加10万元，增长13.95。")[1] == ("某支出", "rate", "13.95", "")


def reasons(text: str, fallback: str = "某项") -> list[tuple[str, str]]:
    passage = Passage(0, 0, text)
    found = find_reasons(passage, find_claims(passage, fallback, SETTING), fallback)
    return [(reason.subject, text[reason.start : reason.end]) for reason in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "机关运行经费支出5万元，下降2%。主要原因是：厉行节约，反对浪费。",
            ("机关运行经费支出", "厉行节约，反对浪费"),
        ),
        (
            "甲费10万元，减少1万元，主要原因是人员减少；乙费5万元，与上年持平。",
            ("甲费", "人员减少"),
        ),
        (
            "收入合计7万元，下降10%，主要原因是存在人员退休；2023年4月，大厅搬迁，水电费减少。其中：",
            ("收入合计", "存在人员退休；2023年4月，大厅搬迁，水电费减少"),
        ),
        ("财政拨款收入支出增加的主要原因是项目调整。", ("财政拨款收入支出", "项目调整")),
        (
            "因公出国（境）费0万元，主要原因是因公出国（境）费不变。",
            ("因公出国（境）费", "因公出国（境）费不变"),
        ),
        (
            "资料发放量不足，主要是使用线上宣传，减少了印刷。",
            ("资料发放量不足", "使用线上宣传，减少了印刷"),
        ),
        ("支出增加3万元，增长5%。主要是因工资改革增加了支出。", ("支出", "工资改革增加了支出")),
        (
            "公务接待费0.4万元。“三公”经费支出决算数小于预算数的主要原因：严格控制支出。",
            ("“三公”经费", "严格控制支出"),
        ),
        (
            "税收收入8亿元，下降13%（主要是受煤炭价格回落因素影响）。",
            ("税收收入", "受煤炭价格回落因素影响"),
        ),
    ],
)
def test_reasons_in_the_report_s_words(text: str, expected: tuple[str, str]) -> None:
    assert reasons(text)[0] == expected


@pytest.mark.parametrize(
    "text", ["教育支出5万元，主要是用于办学。", "各项收入9万元，主要是甲公司3万元、乙公司6万元。"]
)
def test_uses_and_parts_are_no_reasons(text: str) -> None:
    assert reasons(text) == []


def test_levels_and_parallel_figures() -> None:
    assert brief("全市收入从2021年的22亿元增加到2025年的31亿元，年均增长8.8%。") == [
        ("全市收入", "prior", "22亿元", ""),
        ("全市收入", "amount", "31亿元", ""),
        ("全市收入", "rate", "8.8%", ""),
    ]
    assert brief("旅客、货运吞吐量分别增长24.7%和43.3%。") == [
        ("旅客", "rate", "24.7%", ""),
        ("货运吞吐量", "rate", "43.3%", ""),
    ]


WORDS = st.sampled_from(
    [
        "支出",
        "收入",
        "预算",
        "决算",
        "比上年",
        "增加",
        "减少",
        "下降",
        "占",
        "完成",
        "为",
        "的",
        "（",
        "）",
        "，",
        "。",
        "；",
        "：",
        "、",
        "其中",
        "主要原因是",
        "12.5万元",
        "3%",
        "1辆",
        "无",
        "持平",
        "“",
        "”",
        "（类）",
        "（款）",
        "（项）",
        "2023年",
        "1.",
        "一、",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=30).map("".join))
def test_any_text_is_read_without_stumbling(text: str) -> None:
    passage = Passage(0, 0, text)
    found = find_claims(passage, "情况说明", SETTING)
    for claim in found:
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.quantity is None or text[claim.start : claim.end] == claim.quantity.written
    for reason in find_reasons(passage, found, ""):
        assert 0 <= reason.start < reason.end <= len(text)


def test_a_reason_ends_where_the_next_statement_gives_its_own() -> None:
    text = (
        "公务接待费支出1.5万元，决算数小于预算数的主要原因是厉行节约，与上年相比减少0.5万元，下降25%，减少的"
        "主要原因是接待批次减少。"
    )
    assert reasons(text) == [
        ("公务接待费支出", "厉行节约"),
        ("公务接待费支出", "接待批次减少"),
    ]
    longer = "支出总计增加5万元。主要原因：项目支出增加，较上年增加4万元，主要由于大楼装修等。"
    assert reasons(longer)[0][1] == "项目支出增加，较上年增加4万元，主要由于大楼装修等"


@pytest.mark.parametrize("text", ["某项支出预算为0；", "某项支出预算为零。"])
def test_zero_without_a_unit_is_nothing(text: str) -> None:
    assert brief(text) == [("某项支出", "none", "", "预算")]


def test_the_budget_a_figure_is_compared_with_is_a_budget() -> None:
    assert brief("运行维护费3万元，比年初预算数5万元减少2万元，下降40%。") == [
        ("运行维护费", "amount", "3万元", ""),
        ("运行维护费", "budget", "5万元", ""),
        ("运行维护费", "change", "-2万元", "年初预算"),
        ("运行维护费", "rate", "-40%", "年初预算"),
    ]
