"""What the audit says: a finding, a verdict with its three outcomes, and their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
class Rule:
    """A rule: what must hold, in a plain sentence, and how far rounding may carry it."""

    id: str
    sentence: str
    sentence_en: str
    severity: Severity
    tolerance: str
    check: Callable[[Case], Iterator[Trial]]


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
