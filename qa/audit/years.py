"""Two reports of one body, a year apart: what the later one says of the earlier year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus import Claim, Identity, Kind, Level, Measure, Outcome, Report
from qa.audit.amounts import Amount, amount, is_money, plain
from qa.audit.case import Address, Case
from qa.audit.findings import (
    Evidence,
    Finding,
    PairRule,
    Severity,
    Trial,
    Verdict,
    fails,
    holds,
    untried,
    verdicts,
)
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
        verdict.finding
        for earlier, later in consecutive(reports)
        for verdict in examine_years(earlier, later)
        if verdict.finding is not None
    )


def examine_years(earlier: Report | None, later: Report) -> tuple[Verdict, ...]:
    """Every trial of `later` against the report of the year before; None where it is not held."""
    if earlier is None:
        lacking = untried(
            "没有收录同一单位上一年度的报告", "the report of the year before is not held"
        )
        return tuple(v for rule in YEAR_RULES for v in verdicts(rule, (lacking,), later.id))
    one, other = Case(earlier), Case(later)
    return tuple(v for rule in YEAR_RULES for v in verdicts(rule, rule.check(one, other), later.id))


def consecutive(reports: Iterable[Report]) -> Iterator[tuple[Report, Report]]:
    """The reports of one body, kind and level that are a year apart, as (earlier, later)."""
    held = list(reports)
    for later, earlier in preceding([r.identity for r in held]).items():
        yield held[earlier], held[later]


def preceding(identities: Sequence[Identity]) -> dict[int, int]:
    """For each report with one of the year before: its position and that of the earlier."""
    last = {_key(one, one.year): place for place, one in enumerate(identities) if one.year}
    found = {}
    for place, one in enumerate(identities):
        before = last.get(_key(one, one.year - 1)) if one.year and one.body else None
        if before is not None:
            found[place] = before
    return found


def _key(one: Identity, year: int | None) -> tuple[str, Kind, Level, str, int | None]:
    return one.body, one.kind, one.level, one.scope, year


def check_opening(earlier: Case, later: Case) -> Iterator[Trial]:
    """年末结转和结余 of a year and 年初结转和结余 of the next."""
    if later.report.identity.kind is not Kind.FINAL:
        return
    for statement, closing, opening in _BALANCES:
        yield from _carried(earlier, later, statement, closing, opening)


def _carried(
    earlier: Case, later: Case, statement: str, closing: str, opening: str
) -> Iterator[Trial]:
    ended = _first(earlier, statement, closing)
    began = _first(later, statement, opening)
    if ended is None or began is None:
        return
    left, brought = earlier.worth(ended), later.worth(began)
    if left is None or brought is None:
        yield untried("年初或年末结转和结余没有确定的数值", "a balance has no certain value")
        return
    if left.is_same(brought):
        yield holds()
        return
    yield fails(
        f"{later.report.identity.year}年{later.place(began)}为{later.figure(began)}，而上年报告"
        f"{earlier.place(ended)}为{earlier.figure(ended)}",
        f"the year opens with {later.figure(began)}; the year before closed with "
        f"{earlier.figure(ended)}",
        (later.printed(began), _of_last_year(earlier, ended)),
        (later.row(began[0], began[1]).label,),
        (later.figure(began), earlier.figure(ended)),
    )


def _of_last_year(earlier: Case, address: Address) -> Evidence:
    return earlier.printed(address).model_copy(update={"report": earlier.report.id})


def _first(case: Case, statement: str, row: str) -> Address | None:
    cells = [a for role in ("amount", "total") for a in case.role(statement, row, role)]
    return next(iter(cells), None)


def check_prior(earlier: Case, later: Case) -> Iterator[Trial]:
    """An amount less its change against last year's report."""
    told: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for claim in later.report.claims:
        if claim.measure is not Measure.CHANGE or not _is_of_last_year(later, claim):
            continue
        trial = _restated(earlier, later, claim)
        if (trial.items, trial.values) not in told or trial.outcome is not Outcome.FAILS:
            told.add((trial.items, trial.values))
            yield trial


def _is_of_last_year(case: Case, claim: Claim) -> bool:
    """Whether a change is against what last year's report of the same kind holds."""
    final = case.report.identity.kind is Kind.FINAL
    wanted = ("上年", "上年决算") if final else ("上年", "上年预算")
    return claim.basis in wanted and claim.quantity is not None


def _restated(earlier: Case, later: Case, claim: Claim) -> Trial:
    """Last year's figure as this year's change implies it, against last year's own."""
    now = level(later, claim)
    links = later.chains.get(claim.passage, ())
    cells = [a for a in cells_named(earlier, claim.subject, links) if is_money(earlier.unit(a))]
    known = [(a, w) for a in cells if (w := earlier.worth(a)) is not None]
    if now is None or not now.is_money or not known:
        return untried(
            f"“{claim.subject}”：上年报告的表中没有对应的金额",
            f"{claim.subject}: no amount for it in last year's tables",
        )
    implied = _before(now, claim)
    if any(implied.meets(worth) for _, worth in known):
        return holds()
    assert claim.quantity is not None
    address = known[0][0]
    result = f"{plain(implied.value / 10**4)}万元"
    moved = claim.quantity.written
    change = f"增减{moved}" if claim.quantity.value else f"称与上年{moved}"
    return fails(
        f"“{claim.subject}”{now.written}，{change}，推算上年为{result}，而上年报告"
        f"{earlier.place(address)}为{earlier.figure(address)}",
        f"{claim.subject}: {now.written} and its change of {claim.quantity.written} make last year "
        f"{result}; last year's report shows {earlier.figure(address)}",
        (later.said(claim), *now.evidence, _of_last_year(earlier, address)),
        (claim.subject,),
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


YEAR_RULES = (
    PairRule(
        "years.opening",
        "年初结转和结余应与上年年末结转和结余一致（需有两年的报告）。",
        "A year opens with what the year before closed with (two reports).",
        Severity.WARNING,
        "较粗一数末位的一半",
        check_opening,
    ),
    PairRule(
        "years.prior",
        "金额减去增减额应为上年报告中的金额（需有两年的报告）。",
        "An amount less its change is last year's amount (two reports).",
        Severity.WARNING,
        "各数末位的一半",
        check_prior,
    ),
)
