"""Changes of a whole and of its parts: 财政拨款支出 changes by as much as its three budgets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus import Claim, Measure
from qa.audit.amounts import amount, plain
from qa.audit.case import Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds
from qa.audit.names import subject
from qa.audit.places import WholeSpec, places

_NEAR = 8  # passages on in which the parts of a whole are told


def check_changes(case: Case) -> Iterator[Trial]:
    """Every whole of places.yaml whose change is told together with those of all its parts."""
    if not case.is_own:
        return
    changes = [c for c in case.report.claims if c.measure is Measure.CHANGE and c.quantity]
    kind = case.report.identity.kind
    for spec in places().wholes:
        if spec.kind not in (None, kind):
            continue
        for whole in changes:
            if spec.whole.fullmatch(_name(whole)):
                parts = _parts(changes, whole, spec)
                if len(parts) == len(spec.parts):
                    yield _trial(case, whole, parts)


def _name(claim: Claim) -> str:
    return re.sub("支出决算$", "支出", subject(claim.subject))


def _parts(changes: list[Claim], whole: Claim, spec: WholeSpec) -> list[Claim]:
    """The first change of each part behind the whole, against the same basis."""
    found = []
    for pattern in spec.parts:
        behind = (
            c
            for c in changes
            if (c.passage, c.start) > (whole.passage, whole.start)
            and c.passage - whole.passage <= _NEAR
            and pattern.fullmatch(_name(c))
        )
        part = next(behind, None)
        if part is None or part.quantity is None:
            return []
        # What has not changed has not changed against any basis.
        if part.basis != whole.basis and part.quantity.value:
            return []
        found.append(part)
    return found


def _trial(case: Case, whole: Claim, parts: list[Claim]) -> Trial:
    quantities = [c.quantity for c in (whole, *parts) if c.quantity is not None]
    signed = [amount(q).value.copy_sign(q.value) if q.value else Decimal(0) for q in quantities]
    slack = sum((amount(q).slack for q in quantities if q.value), Decimal(0))
    if abs(signed[0] - sum(signed[1:])) <= slack:
        return holds()
    result = plain(sum(signed[1:], Decimal(0)) / 10**4)
    written = tuple(q.written for q in quantities)
    return fails(
        f"“{whole.subject}”增减{written[0]}，而其各部分的增减合计为{result}万元",
        f"{whole.subject} changes by {written[0]}, its parts by {result} 万元 together",
        (case.said(whole), *(case.said(c) for c in parts)),
        (whole.subject,),
        written,
    )


RULES = (
    Rule(
        "prose.wholes",
        "总体的增减额应等于各组成部分增减额之和。",
        "A whole changes by as much as its parts together.",
        Severity.ERROR,
        "各数末位的一半",
        check_changes,
    ),
)
