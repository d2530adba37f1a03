"""The audit of the report that ships with the repository, and of reports with planted errors."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from corpus import Report, read_report
from qa.audit import Finding, audit_report, examine

SEED = next((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))


@lru_cache(maxsize=1)
def seed() -> Report:
    return read_report(SEED)


@lru_cache(maxsize=1)
def findings() -> tuple[Finding, ...]:
    return audit_report(seed())


def of(rule: str) -> list[Finding]:
    return [f for f in findings() if f.rule == rule]


def test_the_unit_that_the_prose_lost_is_found_with_both_places() -> None:
    (slip,) = of("prose.unit")
    assert slip.values == ("149.91元", "149.91万元")
    prose, cell = slip.evidence
    assert prose.passage is not None
    assert prose.start is not None
    assert seed().passages[prose.passage].text[prose.start : prose.end] == "149.91元"
    assert cell.table_id is not None
    assert (cell.row, cell.value) == ("卫生健康支出", "149.91")


def test_two_directions_at_once_are_found() -> None:
    (slip,) = of("wording.direction")
    assert "增加减少" in slip.message


def test_a_sentence_told_with_other_precision_is_found() -> None:
    assert {f.values for f in of("repeat.precision")} == {
        ("127.5%", "127.53%"),
        ("134.74%", "134.7%"),
    }


def test_a_doubled_negation_is_found() -> None:
    assert [f.items for f in of("wording.negation")] == [("因公出国（境）费",)]


def test_every_verdict_carries_a_reason_or_a_finding() -> None:
    for verdict in examine(seed()):
        if verdict.outcome == "fails":
            assert verdict.finding is not None
            assert verdict.finding.evidence
        if verdict.outcome == "untried":
            assert verdict.message
