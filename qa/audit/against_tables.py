"""The prose against the tables: each figure that a statement also holds, and its unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from corpus import Claim, Quantity, Report
from qa.audit.amounts import Amount, amount, is_money
from qa.audit.case import Address, Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried
from qa.audit.places import cells_of

_SCALES = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10**4), "亿元": Decimal(10**8)}


def check_figures(case: Case) -> Iterator[Trial]:
    """Each amount of the prose against the cells that it speaks of; slips of unit aside."""
    for claim, cells in _pairs(case):
        if _slipped(case, claim, cells):
            continue
        yield _figure(case, claim, cells)


def check_units(case: Case) -> Iterator[Trial]:
    """Amounts whose digits agree with the table but whose unit does not."""
    for claim, cells in _pairs(case):
        slip = _slipped(case, claim, cells)
        yield _unit_slip(case, claim, slip) if slip else holds()


def tabled(report: Report) -> tuple[Claim, ...]:
    """The claims whose amount a statement's cell has too."""
    case = Case(report)
    return tuple(
        claim
        for claim, cells in _pairs(case)
        if claim.quantity is not None
        and any((w := case.worth(a)) and w.is_same(_signed(claim.quantity)) for a in cells)
    )


def readings(case: Case, claim: Claim) -> tuple[Amount, ...]:
    """A claim's figure as the text has it and, where a table has another, as the table has it.

    Arithmetic that fits the table's figure is right: the slip is in the amount, told elsewhere.
    """
    assert claim.quantity is not None
    said = amount(claim.quantity)
    if not is_money(claim.quantity.unit):
        return (said,)
    held = [case.worth(a) for a in cells_of(case, claim) if is_money(case.unit(a))]
    known = [worth for worth in held if worth is not None]
    agrees = any(worth.is_same(said) for worth in known)
    return (said,) if agrees else (said, *dict.fromkeys(known))


def _signed(quantity: Quantity) -> Amount:
    """An amount with its sign: what a table has as -3.00 the text may give as -3.00 too."""
    said = amount(quantity)
    return Amount(-said.value, said.slack) if quantity.value < 0 else said


def _pairs(case: Case) -> Iterator[tuple[Claim, tuple[Address, ...]]]:
    for claim in case.report.claims:
        if claim.quantity is not None and is_money(claim.quantity.unit):
            cells = tuple(a for a in cells_of(case, claim) if is_money(case.unit(a)))
            if cells:
                yield claim, cells


def _figure(case: Case, claim: Claim, cells: tuple[Address, ...]) -> Trial:
    quantity = claim.quantity
    assert quantity is not None
    known = [(a, w) for a in cells if (w := case.worth(a)) is not None]
    if not known or any(case.unsure(a[0], a[1]) for a in cells):
        return untried(
            f"“{claim.subject}”{quantity.written}：表中该行的数值未能归入确定的栏",
            f"{claim.subject} {quantity.written}: the table's value has no certain column",
        )
    said = _signed(quantity)
    if any(said.is_same(worth) for _, worth in known):
        return holds()
    address = known[0][0]
    trial = fails(
        f"正文称“{claim.subject}”为{quantity.written}，而{case.place(address)}为{case.figure(address)}",
        f"the text gives {claim.subject} as {quantity.written}; "
        f"{case.place(address)} shows {case.figure(address)}",
        (case.said(claim), *(case.printed(a) for a, _ in known[:2])),
        (claim.subject,),
        (quantity.written, case.figure(address)),
    )
    near = any(said.is_near(worth) for _, worth in known)
    return replace(trial, severity=Severity.NOTE) if near else trial


def _slipped(case: Case, claim: Claim, cells: tuple[Address, ...]) -> Address | None:
    """The cell that the claim would agree with in another unit, if it agrees with none as it is."""
    quantity = claim.quantity
    assert quantity is not None
    said = _signed(quantity)
    if not quantity.value or quantity.unit not in _SCALES:
        return None
    known = [(a, w) for a in cells if (w := case.worth(a)) is not None]
    if any(said.is_same(worth) for _, worth in known):
        return None
    for address, worth in known:
        for scale in _SCALES.values():
            factor = scale / _SCALES[quantity.unit]
            if factor != 1 and Amount(said.value * factor, said.slack * factor).is_same(worth):
                return address
    return None


def _unit_slip(case: Case, claim: Claim, address: Address) -> Trial:
    assert claim.quantity is not None
    written, cell = claim.quantity.written, case.figure(address)
    return fails(
        f"正文称“{claim.subject}”为{written}，而{case.place(address)}为{cell}：数字相同，单位不符",
        f"the text gives {claim.subject} as {written}, {case.place(address)} as {cell}: "
        "the same digits in another unit",
        (case.said(claim), case.printed(address)),
        (claim.subject,),
        (written, cell),
    )


RULES = (
    Rule(
        "prose.table",
        "正文中的金额应与决算（预算）表中同一事项的金额一致。",
        "An amount of the text equals the cell of the statement that holds it.",
        Severity.ERROR,
        "正文末位的一半加表格末位的一半",
        check_figures,
    ),
    Rule(
        "prose.unit",
        "正文中金额的单位应与表格一致（如“万元”不应写成“元”）。",
        "An amount of the text carries the unit that the statement has.",
        Severity.ERROR,
        "正文末位的一半加表格末位的一半",
        check_units,
    ),
)
