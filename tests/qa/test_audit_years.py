"""Reports of consecutive years: what the later one says of the earlier."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from corpus import Report
from qa.audit import YEAR_RULES, audit_years, examine_years
from tests.qa import test_audit_generated as made_up
from tests.qa.test_audit_rules import told


def dated(report: Report, year: int) -> Report:
    return replace(report, identity=replace(report.identity, year=year))


def test_a_balance_that_is_not_carried_forward_is_found() -> None:
    made = made_up.make(3)
    earlier, later = made_up.generated(3), dated(made_up.generated(3), made.year + 1)
    assert made.closing != made.opening
    assert [f.rule for f in audit_years([later, earlier])] == ["years.opening"]


def test_a_prior_amount_that_last_year_did_not_report_is_found() -> None:
    total = made_up.make(3).total
    earlier = dated(made_up.generated(3), 2023)
    right = told(f"支出合计{total + 10}万元，与2023年度相比增加{Decimal('10.00')}万元。")
    wrong = told(f"支出合计{total + 10}万元，与2023年度相比增加{Decimal('12.00')}万元。")
    assert audit_years([earlier, right]) == ()
    (finding,) = audit_years([earlier, wrong])
    assert finding.rule == "years.prior"
    assert finding.evidence[-1].table_id is not None


def test_years_apart_and_other_bodies_are_not_compared() -> None:
    report = made_up.generated(3)
    year = made_up.make(3).year
    other = replace(report, identity=replace(report.identity, body="他处", year=year + 1))
    assert audit_years([report, dated(report, year + 2), other]) == ()


def test_every_rule_between_years_has_been_seen_to_fail() -> None:
    total = made_up.make(3).total
    earlier, year = made_up.generated(3), made_up.make(3).year
    wrong = told(f"支出合计{total + 10}万元，与2023年度相比增加12.00万元。")
    found = audit_years([earlier, dated(made_up.generated(3), year + 1)])
    found += audit_years([dated(earlier, 2023), wrong])
    assert {f.rule for f in found} == {rule.id for rule in YEAR_RULES}


def test_what_has_no_year_before_says_so() -> None:
    verdicts = examine_years(None, made_up.generated(3))
    assert {(v.rule, v.outcome) for v in verdicts} == {(r.id, "untried") for r in YEAR_RULES}
    assert all(v.message and v.message_en for v in verdicts)
