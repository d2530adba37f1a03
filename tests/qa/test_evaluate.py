"""The scorers: what counts as stated, as right, as wrong, as declined."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from qa.answer import Answer, CheckedBy, Citation, Number, Status
from qa.evaluation import GoldError, GoldQuestion, Outcome, ask_all, judge, load_gold, summarise
from qa.evaluation.figures import figures, same, scaled
from qa.evaluation.score import Evidence


def gold(**fields: object) -> GoldQuestion:
    base = {
        "id": "q1",
        "reports": ["r"],
        "question": "花了多少？",
        "lang": "zh",
        "kind": "lookup",
        "answerable": True,
        "numbers": [{"value": "1,234.50", "unit": "万元"}],
    }
    return GoldQuestion.model_validate(base | fields)


def answer(text: str, *numbers: tuple[str, str], status: str = "answered", **fields: object):
    listed = tuple(
        Number(value=Decimal(v), unit=u, check=CheckedBy.TABLE, citation=0) for v, u in numbers
    )
    return Answer(
        question="花了多少？",
        status=Status(status),
        answer=text,
        language="zh",
        numbers=listed,
        **fields,
    )


def cite(**fields: object) -> Citation:
    base = {"report": "r", "title": "t", "year": 2020, "section": "第二部分"}
    return Citation.model_validate(base | fields)


@pytest.mark.parametrize(
    "text",
    [
        "共1,234.50万元",
        "共１，２３４．５０万元",
        "共 1234.5 万元。",
        "共12345000元",
        "共12,345,000.00 元",
        "0.12345亿元",
        "CNY 12,345,000",
        "12.345 million yuan",
    ],
)
def test_a_number_is_stated_in_any_correct_writing(text: str) -> None:
    wanted = scaled(Decimal("1234.50"), "万元")
    assert any(same(wanted, figure) for figure in figures(text))


@pytest.mark.parametrize(
    "text",
    [
        "共1,234.50元",
        "共1234.50亿元",
        "共-1234.50万元",
        "共11,234.50万元",
        "共1234.505万元",
        "第1234.50年",
        "A1234.5万元",
        "1234.5%",
        "1234.50人",
    ],
)
def test_a_near_miss_is_not_the_number(text: str) -> None:
    wanted = scaled(Decimal("1234.50"), "万元")
    assert not any(same(wanted, figure) for figure in figures(text))


def test_a_negative_gold_number_may_be_told_in_words() -> None:
    wanted = scaled(Decimal("-3.2"), "%")
    assert any(same(wanted, figure) for figure in figures("比上年下降3.2%"))
    assert not any(same(wanted, figure) for figure in figures("比上年增长3.2%"))


def test_citation_markers_dates_and_table_numbers_are_not_amounts() -> None:
    found = figures("2023年公开03表第4栏[7]为 3 个")
    assert [(f.value, f.unit) for f in found if f.is_amount] == [(Decimal(3), "个")]


def test_text_and_record_must_both_state_the_number() -> None:
    right = answer("共1234.50万元", ("1234.5", "万元"))
    assert judge(gold(), right).outcome is Outcome.RIGHT
    assert judge(gold(), answer("共1234.50万元")).outcome is Outcome.WRONG
    assert judge(gold(), answer("见附表", ("1234.5", "万元"))).outcome is Outcome.WRONG


def test_another_number_is_a_wrong_number() -> None:
    verdict = judge(gold(), answer("共88万元", ("88", "万元")))
    assert verdict.outcome is Outcome.WRONG
    assert verdict.wrong_number


def test_declining_an_answerable_question_is_declined_not_wrong() -> None:
    verdict = judge(gold(), answer("报告没有说明", status="refused"))
    assert (verdict.outcome, verdict.wrong_number) == (Outcome.DECLINED, False)


def test_an_unanswerable_question_wants_a_refusal_without_figures() -> None:
    question = gold(kind="unanswerable", answerable=False, numbers=[])
    assert judge(question, answer("没有", status="refused")).outcome is Outcome.RIGHT
    assert judge(question, answer("大约5万元", status="refused")).outcome is Outcome.WRONG
    answered = judge(question, answer("共5万元", ("5", "万元")))
    assert (answered.outcome, answered.wrong_number) == (Outcome.WRONG, True)


def test_an_ambiguous_question_may_be_asked_back() -> None:
    question = gold(kind="ambiguous", numbers=[], contains=[["哪项"]])
    assert judge(question, answer("您指的是哪项？", status="clarify")).outcome is Outcome.RIGHT
    assert judge(question, answer("没有", status="refused")).outcome is Outcome.DECLINED


def test_zero_means_a_stated_zero() -> None:
    question = gold(numbers=[], contains=[["0"]])
    assert judge(question, answer("为0.00万元", ("0", "万元"))).outcome is Outcome.RIGHT
    assert judge(question, answer("为10万元", ("10", "万元"))).outcome is Outcome.WRONG


def test_contains_and_excludes_ignore_spaces() -> None:
    question = gold(numbers=[], contains=[["上缴 上级"], ["no "]], excludes=["补助"])
    assert judge(question, answer("上缴上\n级: no figure")).outcome is Outcome.RIGHT
    assert judge(question, answer("上缴上级: known")).outcome is Outcome.WRONG
    assert judge(question, answer("上缴上级: no 补 助")).outcome is Outcome.WRONG


def test_a_citation_is_right_by_quote_or_by_section() -> None:
    question = gold(quote=["办公 费"], section="公开06表")
    by_quote = judge(question, answer("x", citations=(cite(quote="30201 办公费 3"),)))
    by_table = judge(question, answer("x", citations=(cite(table="公开06表"),)))
    neither = judge(question, answer("x", citations=(cite(table="公开05表"),)))
    shown = [verdict.evidence for verdict in (by_quote, by_table, neither)]
    assert shown == [Evidence.QUOTE, Evidence.SECTION, Evidence.MISSING]


def test_unchecked_figures_and_broken_markers_are_reported() -> None:
    verdict = judge(gold(), answer("1234.5万元[1]，其中7万元[2]", ("1234.5", "万元")))
    assert verdict.unchecked == ("7万元",)
    assert not verdict.markers_hold


def test_a_rounding_of_a_listed_figure_is_checked() -> None:
    given = answer("1234.5万元，占32.69%，约32.7%", ("1234.5", "万元"), ("32.69", "%"))
    assert judge(gold(), given).unchecked == ()
    given = answer("1234.5万元，占32.69%，约32.6%", ("1234.5", "万元"), ("32.69", "%"))
    assert judge(gold(), given).unchecked == ("32.6%",)


class Broken:
    def ask(self, question, history=(), reports=()):
        raise ZeroDivisionError("no")


class Fixed:
    def ask(self, question, history=(), reports=()):
        return answer("共1234.5万元", ("1234.5", "万元"))


def test_a_broken_question_scores_zero_and_is_kept() -> None:
    results = [*ask_all([gold()], Fixed()), *ask_all([gold(id="q2")], Broken())]
    summary = summarise(results)
    assert (summary.overall.asked, summary.overall.right, summary.overall.failed) == (2, 1, 1)
    assert summary.overall.right_share == 0.5


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"numbers": [{"value": 3.5, "unit": "%"}]}, "string"),
        ({"numbers": [{"value": "about 3", "unit": "%"}]}, "not a number"),
        ({"kind": "riddle"}, "kind"),
        ({"numbers": []}, "must expect"),
        ({"answerable": False}, "cannot expect"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_gold_is_validated_when_loaded(tmp_path: Path, change: dict, problem: str) -> None:
    row = json.loads(gold().model_dump_json()) | change
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(GoldError, match=problem):
        load_gold([file])


def test_gold_ids_are_unique_over_files(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(gold().model_dump_json(), encoding="utf-8")
    with pytest.raises(GoldError, match="also stands in"):
        load_gold([tmp_path / "a.jsonl", tmp_path / "b.jsonl"])
