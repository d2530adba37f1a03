"""Evidence, citations, derivations and pairs of runs: what the deeper scores count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus import Outcome as Replayed
from qa.answer import Citation, Derivation, Operand
from qa.evaluation import Closeness, Found, GoldQuestion, Outcome, compare
from qa.evaluation.evidence import citing, rank
from qa.evaluation.replay import replay
from qa.evaluation.run import Result
from qa.evaluation.score import Verdict

GOLD = GoldQuestion.model_validate(
    {
        "id": "q1",
        "reports": ["r"],
        "question": "办公费是多少？",
        "lang": "zh",
        "kind": "lookup",
        "answerable": True,
        "contains": [["3.20"]],
        "quote": ["办公费", "印刷费"],
        "section": "公开06表",
    }
)


def operand(label: str, value: str, unit: str = "万元") -> Operand:
    return Operand(label=label, value=Decimal(value), unit=unit, citation=None)


def derivation(formula: str, result: str, *operands: Operand) -> Derivation:
    return Derivation(formula=formula, operands=operands, result=Decimal(result))


@pytest.mark.parametrize(
    ("made", "outcome"),
    [
        (derivation("a − b", "1.50", operand("a", "4"), operand("b", "2.5")), Replayed.HOLDS),
        (derivation("a − b", "1.51", operand("a", "4"), operand("b", "2.5")), Replayed.FAILS),
        (derivation("支出 ÷ 支出", "93", operand("支出", "832.84"), operand("支出", "895.06")),
         Replayed.HOLDS),
        (derivation("(a − b) ÷ b", "-6.95", operand("a", "832.84"), operand("b", "895.06")),
         Replayed.HOLDS),
        (derivation("a + b", "2.5", operand("a", "2"), operand("b", "5000", "元")),
         Replayed.HOLDS),
        (derivation("Σ ÷ 2", "3", operand("a", "2"), operand("b", "4")), Replayed.HOLDS),
        (derivation("a ÷ b", "1", operand("a", "2"), operand("b", "0")), Replayed.FAILS),
        (derivation("大约", "1", operand("a", "2")), Replayed.UNTRIED),
    ],
)  # fmt: skip
def test_a_derivation_is_worked_out_again(made: Derivation, outcome: Replayed) -> None:
    assert replay(made) is outcome


def test_evidence_is_the_fragment_or_for_a_section_its_heading_in_the_right_report() -> None:
    pieces = [
        Found("other", "办公费", "公开06表"),
        Found("r", "差旅费", "第二部分\n公开06表"),
        Found("r", "30201 办 公 费 3.20"),
    ]
    assert rank(GOLD, pieces, ("r",), Closeness.SECTION) == 2
    assert rank(GOLD, pieces, ("r",), Closeness.CELL) == 3
    assert rank(GOLD, pieces[:1], ("r",), Closeness.SECTION) == 0


def test_citations_are_scored_to_section_and_to_cell() -> None:
    shown = [("公开06表", "办公费"), ("公开06表", "差旅费"), ("其他", "会议费")]
    citations = [
        Citation(report="r", title="t", year=2020, section="s", table=table, row=row)
        for table, row in shown
    ]
    scores = citing(GOLD, citations)
    assert scores is not None
    assert scores.section_precision == pytest.approx(2 / 3)
    assert scores.cell_precision == pytest.approx(1 / 3)
    assert (scores.section_recall, scores.cell_recall) == (1.0, 0.5)


def test_two_runs_are_compared_question_by_question() -> None:
    def result(outcome: Outcome) -> Result:
        return Result(GOLD, None, Verdict(outcome), 1.0)

    gained = compare([result(Outcome.RIGHT)], {"q1": Outcome.DECLINED})
    assert (gained.both, gained.gained, gained.lost, gained.chance) == (1, ("q1",), (), 1.0)
    lost = compare([result(Outcome.WRONG)], {"q1": Outcome.RIGHT, "q2": Outcome.RIGHT})
    assert (lost.both, lost.lost, lost.turned_wrong) == (1, ("q1",), ("q1",))
