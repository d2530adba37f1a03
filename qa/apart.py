"""差多少 after two turns: the difference between the two things that were asked."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.plan import Operation, Plan, Via

_APART = re.compile(
    r"(?:那么?|那它们|它们|两者|两年|之间|前后|一共|总共)*(?:相差|差距?|差了|多了|少了|变了)(?:是|有|了)?"
    r"(?:多少|几|多大)(?:钱|万元?|元|亿)?[?？]?|(?:and )?(?:what is |what's )?the difference\??"
)
_ASKED = (Operation.LOOKUP, Operation.TREND, Operation.COMPARE)


def between_turns(plan: Plan, last: Plan | None, previous: Plan | None) -> Plan | None:
    """The two turns before as one comparison; None where the question is no bare difference.

    One account in two reports is told as a series, two accounts of one report as a difference.
    """
    if last is None or previous is None or not _APART.fullmatch(plan.text.strip("□，, ")):
        return None
    here, there = last.strong or last.mentions, previous.strong or previous.mentions
    if not here or not there or last.operation not in _ASKED:
        return None
    carried = tuple(replace(m, via=Via.HISTORY) for m in (*there[:1], *here[:1]))
    asked = replace(plan, measure=last.measure, basis="", carried=("items",), leftover="")
    if carried[0].item != carried[1].item:
        return replace(asked, operation=Operation.DIFFERENCE, mentions=carried)
    if set(last.scope.reports) == set(previous.scope.reports):
        return None
    reports = tuple(dict.fromkeys((*previous.scope.reports, *last.scope.reports)))
    years = tuple(sorted({*previous.scope.years, *last.scope.years}))
    scope = replace(last.scope, reports=reports, years=years, prior=False)
    return replace(asked, operation=Operation.TREND, mentions=carried[:1], scope=scope)


# 是它的几倍, 和它差多少: what is named now, held against the account before.
_TO_IT = re.compile(
    r"(?:是|比|和|与|跟|较)(?:它|其|前者|那个|这个)(?:相?比[^，,?？]{0,10}?)?(?:的?(?:几|多少)倍|(?:相)?差|[多少高低大小])|"
    r"\b(?:times|than|from) (?:it|that)\b"
)
_AGAINST = re.compile(
    r"^(?:那么?|它|这)*比[^，,?？]{1,24}(?:多|少|高|低)(?:了|出)?(?:多少|几)(?:钱|万元?|元)?[?？]?$"
)


def against_last(plan: Plan, last: Plan | None) -> Plan | None:
    """比某某多多少: the account of the turn before, compared with the one that is named now."""
    here = last.strong or last.mentions if last is not None else ()
    to_it = bool(_TO_IT.search(plan.text))
    asks = to_it or _AGAINST.search(plan.text)
    if not here or not asks or plan.basis or len(plan.strong) != 1:
        return None
    if here[0].item == plan.strong[0].item:
        return None
    carried = replace(here[0], start=-2, end=-1, via=Via.HISTORY)
    mentions = (plan.strong[0], carried) if to_it else (carried, plan.strong[0])
    if plan.operation is Operation.RATIO:
        return replace(plan, measure="", mentions=mentions, carried=("items",))
    return replace(
        plan, operation=Operation.DIFFERENCE, measure="", mentions=mentions, carried=("items",)
    )
