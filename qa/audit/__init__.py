"""The audit: what a report contradicts itself in, every rule with three outcomes."""

from __future__ import annotations

from corpus import Report
from qa.audit import (
    against_tables,
    arithmetic,
    counts,
    nothing,
    percents,
    performance,
    repeats,
    setting,
    story,
    sums,
    twins,
    wholes,
    wording,
)
from qa.audit.against_tables import tabled
from qa.audit.case import Case
from qa.audit.findings import (
    Evidence,
    Finding,
    Maxim,
    Rule,
    Severity,
    Verdict,
    findings_of,
    verdicts,
)
from qa.audit.survey import Survey, survey_all
from qa.audit.years import YEAR_RULES, audit_years, examine_years

__all__ = [
    "MAXIMS",
    "RULES",
    "YEAR_RULES",
    "Evidence",
    "Finding",
    "Maxim",
    "Rule",
    "Severity",
    "Survey",
    "Verdict",
    "audit_report",
    "audit_years",
    "examine",
    "examine_years",
    "findings_of",
    "survey_all",
    "tabled",
]

_ROOMS = (
    sums.RULES,
    twins.RULES,
    percents.RULES,
    against_tables.RULES,
    nothing.RULES,
    arithmetic.RULES,
    wholes.RULES,
    counts.RULES,
    story.RULES,
    repeats.RULES,
    setting.RULES,
    performance.RULES,
    wording.RULES,
)
RULES: tuple[Rule, ...] = tuple(rule for room in _ROOMS for rule in room)
MAXIMS: tuple[Maxim, ...] = (*RULES, *YEAR_RULES)


def audit_report(report: Report) -> tuple[Finding, ...]:
    """The contradictions of a report, the gravest first, in reading order within a severity."""
    return findings_of(examine(report))


def examine(report: Report) -> tuple[Verdict, ...]:
    """Every trial of every rule: what holds, what fails and what could not be tried, and why.

    A rule that finds nothing in the report to try says so in one untried verdict.
    """
    case = Case(report)
    return tuple(v for rule in RULES for v in verdicts(rule, rule.check(case), report.id))
