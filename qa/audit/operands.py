"""Where the arithmetic of the prose takes its operands: the passage, the chapter, or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Claim, Kind, Measure
from qa.audit.against_tables import readings
from qa.audit.amounts import Amount, is_money
from qa.audit.case import Address, Case
from qa.audit.findings import Evidence
from qa.audit.names import subject
from qa.audit.places import budget_of, cells_for, whole_of

PLAIN = (Measure.AMOUNT, Measure.BUDGET)
_OUR_PLAN = re.compile(r"^(?:年初|全年|本年|当年)?预算(?:数)?$")
_NEAR = 8  # passages back in which the whole of a share is looked for


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure to calculate with. `amounts` has more than one where the report says two things."""

    amounts: tuple[Amount, ...]
    written: str
    unit: str
    evidence: tuple[Evidence, ...]

    @property
    def is_money(self) -> bool:
        """Whether the amounts are in yuan."""
        return is_money(self.unit)


def level(case: Case, claim: Claim, measures: tuple[Measure, ...] = PLAIN) -> Operand | None:
    """What was spent (or is planned) that the claim speaks of: the nearest before it.

    Where the passage names no amount, a table may hold it.
    """
    year = case.report.identity.year
    found = [c for c in earlier(case, claim) if c.measure in measures and c.year == year]
    if is_final(case):
        found = [c for c in found if c.measure is not Measure.BUDGET] or found
    if found:
        return said(case, found[0])
    if claim.year != year or any(c.measure in measures for c in earlier(case, claim)):
        return None
    return in_table(case, cells_for(case, claim, "amount"))


def said(case: Case, claim: Claim) -> Operand:
    """A claim as an operand."""
    assert claim.quantity is not None
    quantity = claim.quantity
    return Operand(readings(case, claim), quantity.written, quantity.unit, (case.said(claim),))


def in_table(case: Case, cells: tuple[Address, ...]) -> Operand | None:
    """The first of the cells that holds an amount of money; None where their figures differ."""
    known = [(a, w) for a in cells if (w := case.worth(a)) is not None and w.value]
    money = [(a, w) for a, w in known if is_money(case.unit(a))]
    if not money or len({w.value for _, w in money}) > 1:
        return None
    address, worth = money[0]
    evidence = (case.printed(address),)
    return Operand((worth,), case.figure(address), case.unit(address), evidence)


def compared(case: Case, claim: Claim) -> Claim | None:
    """The change right before a rate, else the earlier year's figure."""
    before = [c for c in case.figures(claim.passage) if c.end <= claim.start]
    last = before[-1] if before else None
    if last is not None and last.measure is Measure.CHANGE:
        same = last.subject == claim.subject and last.basis == claim.basis
        return last if same and last.quantity and last.quantity.value else None
    return prior(case, claim)


def prior(case: Case, claim: Claim) -> Claim | None:
    """The earlier year's figure that a claim compares with."""
    if not claim.basis.startswith("上年"):
        return None
    return next((c for c in earlier(case, claim) if c.measure is Measure.PRIOR), None)


def base(case: Case, claim: Claim) -> Claim | None:
    """What a change starts from: the plan, or the earlier year's figure."""
    if claim.basis.startswith("上年"):
        return prior(case, claim)
    if not is_final(case) or "预算" not in claim.basis or "调整" in claim.basis:
        return None
    return next((c for c in earlier(case, claim) if c.measure is Measure.BUDGET), None)


def plan(case: Case, claim: Claim) -> Operand | None:
    """The plan whose completion is claimed."""
    if not is_final(case) or (claim.basis and not _OUR_PLAN.match(claim.basis)):
        return None
    plans = [c for c in earlier(case, claim) if c.measure is Measure.BUDGET and not c.basis]
    if len(plans) == 1:
        return said(case, plans[0])
    return None if plans else in_table(case, budget_of(case, claim))


def whole(case: Case, claim: Claim) -> Operand | None:
    """The whole of a share: a figure nearby or the cell that the basis names."""
    named = subject(claim.basis)
    if len(named) < 2:
        return None
    for other in _near(case, claim):
        if other.measure in PLAIN and subject(other.subject) == named:
            return said(case, other)
    return in_table(case, whole_of(case, claim))


def earlier(case: Case, claim: Claim) -> list[Claim]:
    """The figures of the passage before this one about the same thing, the nearest first."""
    named = subject(claim.subject)
    return [
        c
        for c in reversed(case.figures(claim.passage))
        if c.end <= claim.start and subject(c.subject) == named
    ]


def is_final(case: Case) -> bool:
    """Whether the report tells what was spent, not what is planned."""
    return case.report.identity.kind is Kind.FINAL


def _near(case: Case, claim: Claim) -> Iterator[Claim]:
    """Figures of the passage before the share, then of the passages before it in its chapter."""
    yield from (c for c in reversed(case.figures(claim.passage)) if c.end <= claim.start)
    passages = case.report.passages
    top = case.report.path(passages[claim.passage].section)[:-1]
    for passage in range(claim.passage - 1, max(-1, claim.passage - _NEAR), -1):
        if case.report.path(passages[passage].section)[: len(top)] != top:
            break
        yield from reversed(case.figures(passage))
