"""What the prose says in one place against what it says in another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from corpus import Claim, Kind, Measure
from qa.audit.amounts import Amount, amount, is_money, plain
from qa.audit.case import Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import bare, subject
from qa.audit.places import cells_of

_REASON = re.compile(
    r"(?P<change>增加|增长|减少|下降|降低)\s*[\d.,]+\s*(?:[万亿]?元|[%％])[，。]\s*"
    r"(?:主要)?原因(?:是|为|：|:)*(?P<about>[^，。；]{2,40}?)(?:经费|支出|预算)*(?P<reason>增加|减少)。"
)
_COMPARISON = re.compile(
    r"决算数?(?P<word>小于|低于|大于|高于)(?:年初|全年)?预算数?|"
    r"(?:支出)?决算数?(?:与|同|和)(?:年初|全年)?预算数?(?P<same>持平|相等|一致|相同)"
)
_RISING = ("增加", "增长")
_SHORT = 5  # a subject of fewer characters says too little to be the same thing elsewhere
_GENERIC = re.compile(r"^(?:采购金额|资金|项目|其中|预算|支出|收入|基本支出|项目支出|车辆|设备)")


def check_reasons(case: Case) -> Iterator[Trial]:
    """减少2.98%。主要原因是：某某经费增加: a reason that explains the opposite."""
    for passage in case.report.passages:
        for match in _REASON.finditer(passage.text):
            if not _is_about(case, passage.id, match["about"]):
                continue
            if (match["change"] in _RISING) == (match["reason"] in _RISING):
                yield holds()
                continue
            yield fails(
                f"前面说{match['change']}，原因却说{match['reason']}：“{match.group()}”",
                f"the text says {match['change']}, its reason says {match['reason']}",
                (case.span(passage.id, match.start(), match.end()),),
                (match["about"],),
            )


def _is_about(case: Case, passage: int, about: str) -> bool:
    """Whether a reason speaks of the account itself, not of a cause."""
    links = case.chains.get(passage, ())
    return bool(links) and bare(about).endswith(links[-1])


def check_comparisons(case: Case) -> Iterator[Trial]:
    """决算数小于预算数: what the amounts of the passage say."""
    for passage in case.report.passages:
        for match in _COMPARISON.finditer(passage.text):
            figures = [c for c in case.figures(passage.id) if c.end <= match.start()]
            done = next((c for c in reversed(figures) if c.measure is Measure.AMOUNT), None)
            plan = next((c for c in reversed(figures) if c.measure is Measure.BUDGET), None)
            if done is None or plan is None or done.subject != plan.subject:
                yield untried("同段没有预算数和决算数", "the passage has no two amounts")
                continue
            yield _comparison(case, passage.id, match, done, plan)


def _comparison(case: Case, passage: int, match: re.Match[str], done: Claim, plan: Claim) -> Trial:
    assert done.quantity is not None
    assert plan.quantity is not None
    level, base = amount(done.quantity), amount(plan.quantity)
    more, less = level.value > base.value, level.value < base.value
    word = match["word"]
    right = level.meets(base) if word is None else less if word in ("小于", "低于") else more
    if right:
        return holds()
    return fails(
        f"“{done.subject}”决算{done.quantity.written}、预算{plan.quantity.written}，"
        f"正文却说“{match.group()}”",
        f"{done.subject}: outcome {done.quantity.written}, plan {plan.quantity.written}; "
        f"the text says {match.group()}",
        (case.span(passage, *match.span()), case.said(done), case.said(plan)),
        (done.subject,),
        (done.quantity.written, plan.quantity.written),
    )


def check_claims(case: Case) -> Iterator[Trial]:
    """The same thing measured in two passages: the same figure."""
    if not case.is_own:
        yield untried("政府报告各级口径不同", "levels of government differ in scope")
        return
    said: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in case.report.claims:
        key = _key(case, claim)
        if key is not None:
            said[key].append(claim)
    for claims in said.values():
        for first, second in pairwise(claims):
            if first.passage != second.passage:
                yield _same(case, first, second)


def _key(case: Case, claim: Claim) -> tuple[object, ...] | None:
    """What a claim measures; None where its words say too little or a table holds it."""
    named = subject(claim.subject)
    if claim.quantity is None or len(named) < _SHORT or _GENERIC.match(named):
        return None
    if claim.measure in (Measure.SHARE, Measure.COMPLETION, Measure.PRIOR) or cells_of(case, claim):
        return None
    links = case.chains.get(claim.passage, ())
    unit = "元" if is_money(claim.quantity.unit) else claim.quantity.unit
    return named, links, claim.measure, claim.basis, claim.year, unit


def _same(case: Case, first: Claim, second: Claim) -> Trial:
    assert first.quantity is not None
    assert second.quantity is not None
    one, other = first.quantity, second.quantity
    if amount(one).is_same(amount(other)) and one.value * other.value >= 0:
        return holds()
    return fails(
        f"“{first.subject}”在正文中一处写{one.written}，另一处写{other.written}",
        f"{first.subject} is {one.written} in one place and {other.written} in another",
        (case.said(first), case.said(second)),
        (first.subject,),
        (one.written, other.written),
    )


def check_opening(case: Case) -> Iterator[Trial]:
    """The year before closed with what this year opened with.

    Both years' totals follow from the amounts and their changes: what was left a year ago is the
    grand total less the spending of that year.
    """
    if case.report.identity.kind is not Kind.FINAL:
        return
    opening = next(iter(case.role("final.income_expenditure", "opening", "amount")), None)
    total = _before(case, re.compile("收入?支出?(?:决算)?总计|收支(?:决算)?总计"))
    spent = _before(case, re.compile("支出(?:决算)?合计"))
    if opening is None or total is None or spent is None:
        yield untried("缺少上年收支总计或支出合计", "last year's totals cannot be worked out")
        return
    worth = case.worth(opening)
    if worth is None:
        yield untried("年初结转和结余未能归入确定的栏", "the opening balance has no certain column")
        return
    left = Amount(total[0].value - spent[0].value, total[0].slack + spent[0].slack)
    if left.value + left.slack + worth.slack >= worth.value:
        yield holds()
        return
    unit = case.unit(opening)
    yield fails(
        f"{case.place(opening)}为{case.figure(opening)}，而按正文推算上年收支总计减上年支出合计为"
        f"{plain(left.value / 10**4)}万元，不足以结转",
        f"{case.place(opening)} shows {case.figure(opening)}; by the text last year's totals left "
        f"{plain(left.value / 10**4)} 万元",
        (case.printed(opening), *(case.said(c) for _, pair in (total, spent) for c in pair)),
        (case.row(opening[0], opening[1]).label,),
        (case.figure(opening), f"{plain(left.value / 10**4)}{unit}"),
    )


def _before(case: Case, of: re.Pattern[str]) -> tuple[Amount, tuple[Claim, Claim]] | None:
    """Last year's figure of a total: this year's less its change, and the two claims."""
    for passage in list(case.claims):
        figures = [c for c in case.figures(passage) if of.fullmatch(subject(c.subject))]
        now = next((c for c in figures if c.measure is Measure.AMOUNT), None)
        change = next(
            (c for c in figures if c.measure is Measure.CHANGE and c.basis.startswith("上年")), None
        )
        if now and change and now.quantity and change.quantity and is_money(now.quantity.unit):
            level, moved = amount(now.quantity), amount(change.quantity)
            sign = 1 if change.quantity.value >= 0 else -1
            value = level.value - sign * moved.value
            return Amount(value, level.slack + moved.slack), (now, change)
    return None


RULES = (
    Rule(
        "prose.reason",
        "增减的原因应与增减的方向一致。",
        "A reason explains the direction that the text states.",
        Severity.WARNING,
        "不涉及",
        check_reasons,
    ),
    Rule(
        "prose.comparison",
        "“决算数小于（大于）预算数”应与两数相符。",
        "What the text says of outcome and plan fits their amounts.",
        Severity.ERROR,
        "各数末位的一半",
        check_comparisons,
    ),
    Rule(
        "prose.repeat",
        "同一事项在正文各处的数值应当相同。",
        "The text gives the same figure for the same thing everywhere.",
        Severity.ERROR,
        "各数末位的一半",
        check_claims,
    ),
    Rule(
        "balance.opening",
        "由正文推算的上年结余应够本年年初结转。",
        "What last year left, by the text, covers this year's opening balance.",
        Severity.WARNING,
        "各数末位的一半",
        check_opening,
    ),
)
