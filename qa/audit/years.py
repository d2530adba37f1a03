"""Two reports of one body, a year apart: what the later one says of the earlier year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from corpus import Claim, Kind, Measure, Report
from qa.audit.amounts import Amount, amount, is_money, plain
from qa.audit.case import Address, Case
from qa.audit.findings import Evidence, Finding, Severity
from qa.audit.operands import Operand, level
from qa.audit.places import cells_named

_BALANCES = (
    ("final.income_expenditure", "closing", "opening"),
    ("final.fiscal", "closing", "opening"),
)


def audit_years(reports: Iterable[Report]) -> tuple[Finding, ...]:
    """What consecutive years of one body contradict each other in; the findings name the later.

    A restatement of the earlier year can explain each of them, so they are warnings.
    """
    return tuple(
        finding
        for earlier, later in _couples(reports)
        for finding in _between(Case(earlier), Case(later))
    )


def _couples(reports: Iterable[Report]) -> Iterator[tuple[Report, Report]]:
    dated = [(r.identity.year, r) for r in reports if r.identity.year is not None]
    keyed = sorted(
        dated, key=lambda d: (d[1].identity.body, d[1].identity.kind, d[1].identity.level, d[0])
    )
    for (before, earlier), (year, later) in pairwise(keyed):
        one, other = earlier.identity, later.identity
        same = (one.body, one.kind, one.level) == (other.body, other.kind, other.level)
        if same and one.body and year == before + 1:
            yield earlier, later


def _between(earlier: Case, later: Case) -> Iterator[Finding]:
    if later.report.identity.kind is Kind.FINAL:
        for statement, closing, opening in _BALANCES:
            yield from _carried(earlier, later, statement, closing, opening)
    told: set[tuple[str, tuple[str, ...]]] = set()
    for claim in later.report.claims:
        if claim.measure is Measure.CHANGE and _is_of_last_year(later, claim):
            finding = _restated(earlier, later, claim)
            if finding is not None and (finding.items[0], finding.values) not in told:
                told.add((finding.items[0], finding.values))
                yield finding


def _carried(
    earlier: Case, later: Case, statement: str, closing: str, opening: str
) -> Iterator[Finding]:
    """年末结转和结余 of a year and 年初结转和结余 of the next."""
    ended = _first(earlier, statement, closing)
    began = _first(later, statement, opening)
    if ended is None or began is None:
        return
    left, brought = earlier.worth(ended), later.worth(began)
    if left is None or brought is None or left.is_same(brought):
        return
    yield _finding(
        later,
        "years.opening",
        f"{later.report.identity.year}年{later.place(began)}为{later.figure(began)}，而上年报告"
        f"{earlier.place(ended)}为{earlier.figure(ended)}",
        f"the year opens with {later.figure(began)}; the year before closed with "
        f"{earlier.figure(ended)}",
        (later.printed(began), earlier.printed(ended)),
        later.row(began[0], began[1]).label,
        (later.figure(began), earlier.figure(ended)),
    )


def _first(case: Case, statement: str, row: str) -> Address | None:
    cells = [a for role in ("amount", "total") for a in case.role(statement, row, role)]
    return next(iter(cells), None)


def _is_of_last_year(case: Case, claim: Claim) -> bool:
    """Whether a change is against what last year's report of the same kind holds."""
    final = case.report.identity.kind is Kind.FINAL
    wanted = ("上年", "上年决算") if final else ("上年", "上年预算")
    return claim.basis in wanted and claim.quantity is not None


def _restated(earlier: Case, later: Case, claim: Claim) -> Finding | None:
    """Last year's figure as this year's change implies it, against last year's own."""
    now = level(later, claim)
    links = later.chains.get(claim.passage, ())
    cells = [a for a in cells_named(earlier, claim.subject, links) if is_money(earlier.unit(a))]
    known = [(a, w) for a in cells if (w := earlier.worth(a)) is not None]
    if now is None or not now.is_money or not known:
        return None
    implied = _before(now, claim)
    if any(implied.meets(worth) for _, worth in known):
        return None
    assert claim.quantity is not None
    address = known[0][0]
    result = f"{plain(implied.value / 10**4)}万元"
    moved = claim.quantity.written
    change = f"增减{moved}" if claim.quantity.value else f"称与上年{moved}"
    return _finding(
        later,
        "years.prior",
        f"“{claim.subject}”{now.written}，{change}，推算上年为{result}，而上年报告"
        f"{earlier.place(address)}为{earlier.figure(address)}",
        f"{claim.subject}: {now.written} and its change of {claim.quantity.written} make last year "
        f"{result}; last year's report shows {earlier.figure(address)}",
        (later.said(claim), *now.evidence, earlier.printed(address)),
        claim.subject,
        (result, earlier.figure(address)),
    )


def _before(now: Operand, claim: Claim) -> Amount:
    assert claim.quantity is not None
    value = now.amounts[0]
    if not claim.quantity.value:
        return value
    moved = amount(claim.quantity)
    sign = 1 if claim.quantity.value > 0 else -1
    return Amount(value.value - sign * moved.value, value.slack + moved.slack)


def _finding(
    later: Case,
    rule: str,
    message: str,
    message_en: str,
    evidence: tuple[Evidence, ...],
    item: str,
    values: tuple[str, ...],
) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        message=message,
        message_en=message_en,
        evidence=evidence,
        items=(item,),
        values=values,
        report=later.report.id,
    )
