"""What the audit says: a finding, a verdict with its three outcomes, and their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from corpus import Outcome

if TYPE_CHECKING:
    from qa.audit.case import Case


class Severity(StrEnum):
    """How much a finding weighs: a wrong figure, a doubtful one, or a blemish of the text."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Frozen):
    """One place: either (table_id, row_id, column_id) or (passage, start, end) is set.

    The other fields are for display; `quote` is verbatim: the sentence, or the row of the cell.
    """

    section: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    value: str = ""
    page: int | None = None
    quote: str = ""
    table_id: int | None = None
    row_id: int | None = None
    column_id: int | None = None
    passage: int | None = None
    start: int | None = None
    end: int | None = None
    report: str = ""  # where it is another report than the one under audit


class Finding(_Frozen):
    """One contradiction. `items` are the accounts concerned, `values` the figures as written."""

    rule: str
    severity: Severity
    message: str
    message_en: str
    evidence: tuple[Evidence, ...]
    items: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    report: str = ""


class Verdict(_Frozen):
    """One trial of a rule: it holds, it fails (then with its finding), or why it was not tried."""

    rule: str
    outcome: Outcome
    message: str
    message_en: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule yields; the door adds the rule's name and severity."""

    outcome: Outcome
    message: str = ""
    message_en: str = ""
    evidence: tuple[Evidence, ...] = ()
    items: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    severity: Severity | None = None  # where it weighs less than the rule's others


@dataclass(frozen=True, slots=True)
class Maxim:
    """What must hold, in a plain sentence, how grave it is, and how far rounding may carry it."""

    id: str
    sentence: str
    sentence_en: str
    severity: Severity
    tolerance: str


@dataclass(frozen=True, slots=True)
class Rule(Maxim):
    """A rule that one report is tried by."""

    check: Callable[[Case], Iterator[Trial]]


@dataclass(frozen=True, slots=True)
class PairRule(Maxim):
    """A rule that two reports of one body are tried by, the earlier one first."""

    check: Callable[[Case, Case], Iterator[Trial]]


def verdicts(rule: Maxim, trials: Iterable[Trial], report: str) -> Iterator[Verdict]:
    """The trials of a rule as verdicts; one untried verdict where there was nothing to try."""
    tried = False
    for trial in trials:
        tried = True
        yield _verdict(rule, trial, report)
    if not tried:
        yield Verdict(
            rule=rule.id,
            outcome=Outcome.UNTRIED,
            message="报告中没有这条规则可以核对的内容",
            message_en="the report holds nothing that this rule can be tried on",
        )


def _verdict(rule: Maxim, trial: Trial, report: str) -> Verdict:
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


def holds(message: str = "", message_en: str = "") -> Trial:
    """A trial that came out well."""
    return Trial(Outcome.HOLDS, message, message_en)


def untried(message: str, message_en: str) -> Trial:
    """A trial that could not be made, and why."""
    return Trial(Outcome.UNTRIED, message, message_en)


def fails(
    message: str,
    message_en: str,
    evidence: tuple[Evidence, ...],
    items: tuple[str, ...] = (),
    values: tuple[str, ...] = (),
) -> Trial:
    """A trial that came out ill: the contradiction, its places, accounts and figures."""
    return Trial(Outcome.FAILS, message, message_en, evidence, items, values)


def findings_of(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """The contradictions among verdicts, the gravest first; one that shows twice is one finding."""
    found: dict[tuple[str, str], Finding] = {}
    for verdict in verdicts:
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
