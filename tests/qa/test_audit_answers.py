"""Is the report right about itself? All that the audit found is told, and last year's too."""

from __future__ import annotations

from dataclasses import replace

from qa.answer import Status
from qa.audit import audit_report, audit_years
from tests.qa import test_audit_generated as made_up
from tests.qa.shelf import asked, seed
from tests.qa.test_audit_years import dated

QUESTION = "这份报告有没有自相矛盾的地方？"


def test_every_finding_on_the_shipped_report_is_told() -> None:
    answer = asked(QUESTION, seed())
    assert answer.status is Status.ANSWERED
    for finding in audit_report(seed()):
        assert finding.message.rstrip("。") in answer.answer
    assert answer.citations


def test_what_the_year_before_contradicts_is_told_with_its_place() -> None:
    made = made_up.make(3)
    earlier = made_up.generated(3)
    later = replace(dated(made_up.generated(3), made.year + 1), id="later")
    (finding,) = audit_years([earlier, later])
    answer = asked(f"{made.year + 1}年这份报告有没有自相矛盾的地方？", earlier, later)
    assert finding.message in answer.answer
    assert earlier.id in {citation.report for citation in answer.citations}


def test_a_report_that_is_right_says_how_much_was_tried() -> None:
    answer = asked(QUESTION, made_up.generated(3))
    assert "没有发现自相矛盾" in answer.answer
    assert answer.numbers[0].value > 20
