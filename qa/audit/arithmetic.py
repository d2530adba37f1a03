"""The arithmetic of the prose: growth, change, completion and shares, worked out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Claim, Kind, Measure, Quantity, convert
from qa.audit.against_tables import readings
from qa.audit.amounts import Amount, Span, amount, decimals, growth, is_money, plain, ratio
from qa.audit.case import Address, Case
from qa.audit.findings import Evidence, Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import subject
from qa.audit.places import budget_of, whole_of

_ADJUSTED = re.compile(r"同口径|可比|剔除|扣除|还原|年均|平均|名义|不变价|累计增|翻")
_OUR_COMPLETION = re.compile(r"^(?:年初|全年|本年|当年)?预算(?:数)?$")
_PLAIN = (Measure.AMOUNT, Measure.BUDGET)


def check_rates(case: Case) -> Iterator[Trial]:
    """增加5万元，增长10%: the rate from the amount and its change, or from both years."""
    for claim in _of(case, Measure.RATE):
        if claim.quantity is None or claim.quantity.unit not in ("%", ""):
            continue
        now, other = _level(case, claim), _compared(case, claim)
        if now is None or other is None or _ADJUSTED.search(_between(case, other, claim)):
            yield _lacking(claim)
            continue
        yield _rate(case, claim, now, other)


def _rate(case: Case, claim: Claim, now: Claim, other: Claim) -> Trial:
    quantity, change = claim.quantity, other.quantity
    assert quantity is not None
    assert change is not None
    assert now.quantity is not None
    levels = readings(case, now)
    if other.measure is Measure.CHANGE:
        spans = [growth(v, amount(change), 1 if change.value >= 0 else -1) for v in levels]
        sign = "－" if change.value >= 0 else "＋"
        sum_ = f"{change.written}÷（{now.quantity.written}{sign}{change.written}）"
    else:
        before = amount(change)
        spans = [ratio(_moved(level, before), before) for level in levels]
        sum_ = f"（{now.quantity.written}－{change.written}）÷{change.written}"
    return _percentage(case, claim, spans, sum_, (now, other))


def _moved(level: Amount, before: Amount) -> Amount:
    return Amount(abs(level.value - before.value), level.slack + before.slack)


def check_changes(case: Case) -> Iterator[Trial]:
    """比年初预算数减少5万元, 持平: the change from the amounts before and after."""
    for claim in _of(case, Measure.CHANGE):
        now = _level(case, claim, (Measure.AMOUNT,) if _is_final(case) else _PLAIN)
        before = _base(case, claim)
        if claim.quantity is None or now is None or before is None:
            continue
        assert now.quantity is not None
        assert before.quantity is not None
        if not is_money(now.quantity.unit) or not is_money(before.quantity.unit):
            continue
        base = amount(before.quantity)
        said = Amount(Decimal(0), Decimal(0))
        if claim.quantity.value:
            said = amount(claim.quantity)
        if any(_is_change(said, claim.quantity.value, v, base) for v in readings(case, now)):
            yield holds()
            continue
        real = _moved(amount(now.quantity), base)
        yield fails(
            f"“{claim.subject}”{now.quantity.written}与{before.quantity.written}相差"
            f"{_in_words(real, now.quantity.unit)}，正文却写“{_words(case, claim)}”",
            f"{claim.subject}: {now.quantity.written} against {before.quantity.written} differ by "
            f"{_in_words(real, now.quantity.unit)}, the text says {_words(case, claim)}",
            (case.said(claim), case.said(now), case.said(before)),
            (claim.subject,),
            (claim.quantity.written, now.quantity.written, before.quantity.written),
        )


def _is_change(said: Amount, signed: Decimal, level: Amount, base: Amount) -> bool:
    real = _moved(level, base)
    turned = (level.value - base.value) * signed < 0 and real.value > real.slack
    return said.meets(real) and not turned


def check_completion(case: Case) -> Iterator[Trial]:
    """完成年初预算的93%: from what was planned and what was done."""
    for claim in _of(case, Measure.COMPLETION):
        if claim.quantity is None:
            continue
        done = _level(case, claim, (Measure.AMOUNT, Measure.COUNT))
        plan = _plan(case, claim)
        if done is None or plan is None or done.quantity is None:
            yield _lacking(claim)
            continue
        planned, evidence, written = plan
        yield _percentage(
            case,
            claim,
            [ratio(value, planned) for value in readings(case, done)],
            f"{done.quantity.written}÷{written}",
            (done,),
            evidence,
        )


def check_shares(case: Case) -> Iterator[Trial]:
    """占本年支出79.4%: from the part and the whole."""
    for claim in _of(case, Measure.SHARE):
        part = _level(case, claim, (*_PLAIN, Measure.COUNT))
        whole = _whole(case, claim)
        if claim.quantity is None or part is None or whole is None or part.quantity is None:
            yield _lacking(claim)
            continue
        total, evidence, written = whole
        yield _percentage(
            case,
            claim,
            [ratio(value, total) for value in readings(case, part)],
            f"{part.quantity.written}÷{written}",
            (part,),
            evidence,
        )


# --- where the operands stand -------------------------------------------------------------------


def _of(case: Case, measure: Measure) -> list[Claim]:
    return [c for c in case.report.claims if c.measure is measure and c.quantity is not None]


def _is_final(case: Case) -> bool:
    return case.report.identity.kind is Kind.FINAL


def _earlier(case: Case, claim: Claim) -> list[Claim]:
    """The claims of the passage before this one about the same thing, the nearest first."""
    named = subject(claim.subject)
    return [
        c
        for c in reversed(case.figures(claim.passage))
        if c.end <= claim.start and subject(c.subject) == named
    ]


def _level(case: Case, claim: Claim, measures: tuple[Measure, ...] = _PLAIN) -> Claim | None:
    """What was spent (or is planned) that the claim speaks of: the nearest before it."""
    year = case.report.identity.year
    found = [c for c in _earlier(case, claim) if c.measure in measures and c.year == year]
    if _is_final(case):
        found = [c for c in found if c.measure is not Measure.BUDGET] or found
    return found[0] if found else None


def _compared(case: Case, claim: Claim) -> Claim | None:
    """The change right before a rate, else the earlier year's figure."""
    earlier = [c for c in case.figures(claim.passage) if c.end <= claim.start]
    last = earlier[-1] if earlier else None
    if last is not None and last.measure is Measure.CHANGE:
        same = last.subject == claim.subject and last.basis == claim.basis
        return last if same and last.quantity and last.quantity.value else None
    return _prior(case, claim)


def _prior(case: Case, claim: Claim) -> Claim | None:
    if not claim.basis.startswith("上年"):
        return None
    return next((c for c in _earlier(case, claim) if c.measure is Measure.PRIOR), None)


def _base(case: Case, claim: Claim) -> Claim | None:
    """What a change starts from: the plan, or the earlier year's figure."""
    if claim.basis.startswith("上年"):
        return _prior(case, claim)
    if not _is_final(case) or "预算" not in claim.basis or "调整" in claim.basis:
        return None
    return next((c for c in _earlier(case, claim) if c.measure is Measure.BUDGET), None)


def _plan(case: Case, claim: Claim) -> tuple[Amount, tuple[Evidence, ...], str] | None:
    if not _is_final(case):
        return None
    if claim.basis and not _OUR_COMPLETION.match(claim.basis):
        return None
    plans = [c for c in _earlier(case, claim) if c.measure is Measure.BUDGET and not c.basis]
    if len(plans) == 1 and plans[0].quantity is not None:
        return amount(plans[0].quantity), (case.said(plans[0]),), plans[0].quantity.written
    return None if plans else _in_table(case, budget_of(case, claim))


def _whole(case: Case, claim: Claim) -> tuple[Amount, tuple[Evidence, ...], str] | None:
    """The whole of a share: a figure of the passage or the cell that the basis names."""
    named = subject(claim.basis)
    if len(named) < 2:
        return None
    for other in _near(case, claim):
        if other.measure in _PLAIN and subject(other.subject) == named and other.quantity:
            return amount(other.quantity), (case.said(other),), other.quantity.written
    return _in_table(case, whole_of(case, claim))


def _near(case: Case, claim: Claim) -> Iterator[Claim]:
    """Claims of the passage before the share, then of the passages before it in its chapter."""
    yield from (c for c in reversed(case.figures(claim.passage)) if c.end <= claim.start)
    sections = case.report.passages
    top = case.report.path(sections[claim.passage].section)[:-1]
    for passage in range(claim.passage - 1, max(-1, claim.passage - 8), -1):
        if case.report.path(sections[passage].section)[: len(top)] != top:
            break
        yield from reversed(case.figures(passage))


def _in_table(
    case: Case, cells: tuple[Address, ...]
) -> tuple[Amount, tuple[Evidence, ...], str] | None:
    for address in cells:
        worth = case.worth(address)
        if worth is not None and worth.value and is_money(case.unit(address)):
            return worth, (case.printed(address),), case.figure(address)
    return None


# --- outcomes -----------------------------------------------------------------------------------


def _percentage(
    case: Case,
    claim: Claim,
    spans: Sequence[Span | None],
    sum_: str,
    operands: tuple[Claim, ...],
    places: tuple[Evidence, ...] = (),
) -> Trial:
    quantity = claim.quantity
    assert quantity is not None
    known = [span for span in spans if span is not None]
    if not known:
        message = f"“{claim.subject}”：基数为零，无法计算"
        return untried(message, f"{claim.subject}: the base is zero")
    if any(span.explains(abs(quantity.value), quantity.written) for span in known):
        return holds()
    if _evened_out(case, claim, known):
        return holds()
    result = plain(known[0].middle)
    trial = fails(
        f"“{claim.subject}”：{sum_}＝{result}%，正文写{quantity.written}",
        f"{claim.subject}: {sum_} = {result}%, the text says {quantity.written}",
        (case.said(claim), *(case.said(c) for c in operands), *places),
        (claim.subject,),
        (quantity.written, f"{result}%", *(c.quantity.written for c in operands if c.quantity)),
    )
    return replace(trial, severity=Severity.NOTE) if _is_close(quantity, known) else trial


def _is_close(quantity: Quantity, spans: Sequence[Span]) -> bool:
    """Whether only the last digit was rounded the wrong way."""
    step = Decimal(10) ** -decimals(quantity.written)
    stated = abs(quantity.value)
    return any(span.low - step * 3 / 2 <= stated <= span.high + step * 3 / 2 for span in spans)


def _evened_out(case: Case, claim: Claim, spans: Sequence[Span]) -> bool:
    """Whether the last digit was moved so that the shares of a list make 100 %."""
    assert claim.quantity is not None
    if claim.measure is not Measure.SHARE or not _is_close(claim.quantity, spans):
        return False
    path = case.report.passages[claim.passage].section
    listed = [
        c.quantity.value
        for c in _of(case, Measure.SHARE)
        if c.basis == claim.basis
        and c.quantity is not None
        and case.report.passages[c.passage].section == path
    ]
    return len(listed) > 1 and sum(listed) == 100


def _lacking(claim: Claim) -> Trial:
    written = claim.quantity.written if claim.quantity else ""
    return untried(
        f"“{claim.subject}”{written}：同段及表中没有可据以计算的数",
        f"{claim.subject} {written}: nothing to work it out from",
    )


def _between(case: Case, first: Claim, last: Claim) -> str:
    return case.report.passages[last.passage].text[min(first.end, last.start) : last.start]


def _words(case: Case, claim: Claim) -> str:
    text = case.report.passages[claim.passage].text
    start = max(text.rfind(mark, 0, claim.start) for mark in "，。；：") + 1
    return text[start : claim.end]


def _in_words(value: Amount, unit: str) -> str:
    return plain(convert(value.value, "元", unit), 4) + unit


RULES = (
    Rule(
        "prose.rate",
        "增减率应能由金额和增减额（或上年数）算出。",
        "A growth rate follows from the amount and its change.",
        Severity.ERROR,
        "各数末位的一半；截尾也算相符",
        check_rates,
    ),
    Rule(
        "prose.change",
        "增减额应等于两个金额之差；“持平”即两数相同。",
        "A change is the difference of the two amounts.",
        Severity.ERROR,
        "各数末位的一半",
        check_changes,
    ),
    Rule(
        "prose.completion",
        "完成预算的比例应能由决算数和预算数算出。",
        "The completion of a plan follows from plan and outcome.",
        Severity.ERROR,
        "各数末位的一半；截尾也算相符",
        check_completion,
    ),
    Rule(
        "prose.share",
        "占比应能由部分和总体算出。",
        "A share follows from the part and the whole.",
        Severity.ERROR,
        "各数末位的一半；截尾也算相符",
        check_shares,
    ),
)
