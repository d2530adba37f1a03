"""The arithmetic of the prose: growth, change, completion and shares, worked out again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Claim, Measure, Quantity, convert
from qa.audit.amounts import Amount, Span, amount, decimals, growth, plain, ratio
from qa.audit.case import Case
from qa.audit.findings import Evidence, Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import subject
from qa.audit.operands import (
    PLAIN,
    Operand,
    base,
    compared,
    is_final,
    level,
    plan,
    said,
    whole,
)

_ADJUSTED = re.compile(r"同口径|可比|剔除|扣除|还原|年均|平均|名义|不变价|累计增|翻")
_NOTHING = Amount(Decimal(0), Decimal(0))


def check_rates(case: Case) -> Iterator[Trial]:
    """增加5万元，增长10%: the rate from the amount and its change, or from both years."""
    for claim in _of(case, Measure.RATE):
        assert claim.quantity is not None
        if claim.quantity.unit not in ("%", ""):
            continue
        now, other = level(case, claim), compared(case, claim)
        if now is None or other is None or _ADJUSTED.search(_between(case, other, claim)):
            yield _lacking(claim)
        else:
            yield _rate(case, claim, now, other)


def _rate(case: Case, claim: Claim, now: Operand, other: Claim) -> Trial:
    change = other.quantity
    assert change is not None
    moved = amount(change)
    if other.measure is Measure.PRIOR and _is_turned(claim, now, moved):
        return _turned(case, claim, now, other)
    if other.measure is Measure.CHANGE:
        sign = 1 if change.value >= 0 else -1
        spans = [growth(value, moved, sign) for value in now.amounts]
        sum_ = f"{change.written}÷（{now.written}{'－' if sign > 0 else '＋'}{change.written}）"
    else:
        spans = [ratio(_difference(value, moved), moved) for value in now.amounts]
        sum_ = f"（{now.written}－{change.written}）÷{change.written}"
    return _percentage(case, claim, spans, sum_, (now, said(case, other)))


def _is_turned(claim: Claim, now: Operand, before: Amount) -> bool:
    """Whether a rate says that something fell which rose, or the other way round."""
    assert claim.quantity is not None
    return all(
        (value.value - before.value) * claim.quantity.value < 0
        and abs(value.value - before.value) > value.slack + before.slack
        for value in now.amounts
    )


def _turned(case: Case, claim: Claim, now: Operand, before: Claim) -> Trial:
    assert claim.quantity is not None
    assert before.quantity is not None
    return fails(
        f"“{claim.subject}”由{before.quantity.written}变为{now.written}，"
        f"正文却写“{_words(case, claim)}”",
        f"{claim.subject} went from {before.quantity.written} to {now.written}; "
        f"the text says {_words(case, claim)}",
        (case.said(claim), *now.evidence, case.said(before)),
        (claim.subject,),
        (claim.quantity.written, now.written, before.quantity.written),
    )


def _difference(one: Amount, other: Amount) -> Amount:
    return Amount(abs(one.value - other.value), one.slack + other.slack)


def check_changes(case: Case) -> Iterator[Trial]:
    """比年初预算数减少5万元, 持平: the change from the amounts before and after."""
    for claim in _of(case, Measure.CHANGE):
        now = level(case, claim, (Measure.AMOUNT,) if is_final(case) else PLAIN)
        start = base(case, claim)
        if now is None or not now.is_money:
            continue
        if claim.quantity is not None and _is_more_than_all(now, claim.quantity):
            yield _more_than_all(case, claim, now)
        elif start is not None and (before := said(case, start)).is_money:
            yield _change(case, claim, now, before)


def _is_more_than_all(now: Operand, change: Quantity) -> bool:
    """Whether something would have grown by more than it is."""
    return change.value > 0 and all(
        amount(change).value - amount(change).slack > value.value + value.slack
        for value in now.amounts
    )


def _more_than_all(case: Case, claim: Claim, now: Operand) -> Trial:
    assert claim.quantity is not None
    return fails(
        f"“{claim.subject}”只有{now.written}，不可能比以前增加{claim.quantity.written}",
        f"{claim.subject} is {now.written} and cannot have grown by {claim.quantity.written}",
        (case.said(claim), *now.evidence),
        (claim.subject,),
        (claim.quantity.written, now.written),
    )


def _change(case: Case, claim: Claim, now: Operand, before: Operand) -> Trial:
    quantity = claim.quantity
    assert quantity is not None
    stated = amount(quantity) if quantity.value else _NOTHING
    start = before.amounts[0]
    if any(_is_change(stated, quantity.value, value, start) for value in now.amounts):
        return holds()
    real = convert(_difference(now.amounts[0], start).value, "元", now.unit)
    difference = f"{plain(real, 4)}{now.unit}"
    return fails(
        f"“{claim.subject}”{now.written}与{before.written}相差{difference}，"
        f"正文却写“{_words(case, claim)}”",
        f"{claim.subject}: {now.written} and {before.written} differ by {difference}, "
        f"the text says {_words(case, claim)}",
        (case.said(claim), *now.evidence, *before.evidence),
        (claim.subject,),
        (quantity.written, now.written, before.written),
    )


def _is_change(stated: Amount, signed: Decimal, now: Amount, start: Amount) -> bool:
    real = _difference(now, start)
    turned = (now.value - start.value) * signed < 0 and real.value > real.slack
    return stated.meets(real) and not turned


def check_completion(case: Case) -> Iterator[Trial]:
    """完成年初预算的93%: from what was planned and what was done."""
    for claim in _of(case, Measure.COMPLETION):
        done = level(case, claim, (Measure.AMOUNT, Measure.COUNT))
        planned = plan(case, claim)
        if done is None or planned is None or done.is_money != planned.is_money:
            yield _lacking(claim)
        else:
            yield _part_of(case, claim, done, planned)


def check_shares(case: Case) -> Iterator[Trial]:
    """占本年支出79.4%: from the part and the whole."""
    for claim in _of(case, Measure.SHARE):
        assert claim.quantity is not None
        part, total = level(case, claim, (*PLAIN, Measure.COUNT)), whole(case, claim)
        if claim.quantity.value > 100:
            yield _too_much(case, claim)
        elif part is None or total is None or part.is_money != total.is_money:
            yield _lacking(claim)
        else:
            yield _part_of(case, claim, part, total)


def _part_of(case: Case, claim: Claim, part: Operand, total: Operand) -> Trial:
    spans = [ratio(one, other) for one in part.amounts for other in total.amounts]
    return _percentage(case, claim, spans, f"{part.written}÷{total.written}", (part, total))


def _too_much(case: Case, claim: Claim) -> Trial:
    assert claim.quantity is not None
    return fails(
        f"“{claim.subject}”占{claim.basis}的{claim.quantity.written}，部分不能多于总体",
        f"{claim.subject} is {claim.quantity.written} of {claim.basis}: more than the whole",
        (case.said(claim),),
        (claim.subject,),
        (claim.quantity.written,),
    )


def check_share_sums(case: Case) -> Iterator[Trial]:
    """Shares of amounts that make up the whole make 100 %."""
    lists: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in _of(case, Measure.SHARE):
        section = case.report.passages[claim.passage].section
        parent = case.report.sections[section].parent if case.report.sections else None
        home = parent if parent is not None and case.report.sections[section].level > 2 else section
        lists[home, claim.basis].append(claim)
    for claims in lists.values():
        names = {subject(c.subject) for c in claims}
        if len(claims) > 1 and len(names) == len(claims):
            yield _share_sum(case, claims)


def _share_sum(case: Case, claims: list[Claim]) -> Trial:
    parts = [level(case, c) for c in claims]
    total = whole(case, claims[0])
    if total is None or any(p is None for p in parts):
        return _lacking(claims[0])
    amounts = [p.amounts[0] for p in parts if p is not None]
    summed = Amount(
        sum((a.value for a in amounts), Decimal(0)), sum((a.slack for a in amounts), Decimal(0))
    )
    if not summed.meets(total.amounts[0]):
        return untried(f"所列部分之和不等于{claims[0].basis}", "the parts are not the whole")
    quantities = [c.quantity for c in claims if c.quantity is not None]
    shares = sum((q.value for q in quantities), Decimal(0))
    step = sum((Decimal(10) ** -decimals(q.written) for q in quantities), Decimal(0))
    if abs(shares - 100) <= step:
        return holds()
    written = tuple(q.written for q in quantities)
    return fails(
        f"各部分占{claims[0].basis}的比例（{'＋'.join(written)}）合计为{plain(shares)}%，不是100%",
        f"the shares ({' + '.join(written)}) add up to {plain(shares)}%, not 100%",
        tuple(case.said(c) for c in claims),
        tuple(c.subject for c in claims),
        written,
    )


def _of(case: Case, measure: Measure) -> list[Claim]:
    return [c for c in case.report.claims if c.measure is measure and c.quantity is not None]


# --- outcomes -----------------------------------------------------------------------------------


def _percentage(
    case: Case,
    claim: Claim,
    spans: Sequence[Span | None],
    sum_: str,
    operands: tuple[Operand, ...],
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
    result = f"{plain(known[0].middle)}%"
    places: list[Evidence] = [case.said(claim)]
    for operand in operands:
        places += operand.evidence
    trial = fails(
        f"“{claim.subject}”：{sum_}＝{result}，正文写{quantity.written}",
        f"{claim.subject}: {sum_} = {result}, the text says {quantity.written}",
        tuple(places),
        (claim.subject,),
        (quantity.written, result, *(operand.written for operand in operands)),
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
    Rule(
        "prose.shares",
        "合成总体的各部分，占比之和应为100%。",
        "Shares of the parts that make up a whole add up to 100 %.",
        Severity.ERROR,
        "每个占比各一个末位",
        check_share_sums,
    ),
)
