"""The audit: what a report contradicts itself in, every rule with three outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from corpus import Outcome, Report
from qa.audit import (
    against_tables,
    arithmetic,
    counts,
    nothing,
    performance,
    repeats,
    setting,
    story,
    sums,
    twins,
    wholes,
    wording,
)
from qa.audit.case import Case
from qa.audit.findings import Evidence, Finding, Rule, Severity, Trial, Verdict
from qa.audit.years import audit_years

__all__ = [
    "RULES",
    "Evidence",
    "Finding",
    "Rule",
    "Severity",
    "Verdict",
    "audit_report",
    "audit_years",
    "examine",
]

_ROOMS = (
    sums.RULES,
    twins.RULES,
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


def audit_report(report: Report) -> tuple[Finding, ...]:
    """The contradictions of a report, the gravest first, in reading order within a severity."""
    found: dict[tuple[str, str], Finding] = {}
    for verdict in examine(report):
        if verdict.finding is not None:
            _add(found, verdict.finding)
    weight = list(Severity)
    return tuple(sorted(found.values(), key=lambda finding: weight.index(finding.severity)))


def _add(found: dict[tuple[str, str], Finding], finding: Finding) -> None:
    """A contradiction that shows in several places is one finding with all of them."""
    key = finding.rule, finding.message
    known = found.get(key)
    if known is None:
        found[key] = finding
        return
    places = tuple(dict.fromkeys((*known.evidence, *finding.evidence)))
    found[key] = known.model_copy(update={"evidence": places})


def examine(report: Report) -> tuple[Verdict, ...]:
    """Every trial of every rule: what holds, what fails and what could not be tried, and why.

    A rule that finds nothing in the report to try says so in one untried verdict.
    """
    case = Case(report)
    return tuple(verdict for rule in RULES for verdict in _try(rule, case))


def _try(rule: Rule, case: Case) -> Iterator[Verdict]:
    tried = False
    for trial in rule.check(case):
        tried = True
        yield _verdict(rule, trial, case.report.id)
    if not tried:
        yield Verdict(
            rule=rule.id,
            outcome=Outcome.UNTRIED,
            message="报告中没有这条规则可以核对的内容",
            message_en="the report holds nothing that this rule can be tried on",
        )


def _verdict(rule: Rule, trial: Trial, report: str) -> Verdict:
    finding = None
    if trial.outcome is Outcome.FAILS:
        finding = Finding(
            rule=rule.id,
            severity=trial.severity or rule.severity,
            message=trial.message,
            message_en=trial.message_en,
            evidence=trial.evidence,
            items=trial.items,
            values=trial.values,
            report=report,
        )
    return Verdict(
        rule=rule.id,
        outcome=trial.outcome,
        message=trial.message,
        message_en=trial.message_en,
        finding=finding,
    )
