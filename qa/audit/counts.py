"""Wholes and their parts in the prose: what is counted, listed, or split up with 其中."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus import Claim, Kind, Measure, Passage
from qa.audit.against_tables import readings
from qa.audit.amounts import Amount, amount, half, is_money, plain
from qa.audit.case import Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import subject
from qa.audit.performance import STATEMENT

_LISTED = re.compile(
    r"(?:设有?|下设|内设|共有|有)(?P<count>\d+)个(?P<what>[^，。；、：]{2,12})[，,]?"
    r"(?:分别)?(?:包括|为|是)[：:]?(?P<items>[^。；]+)(?=[。；])"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ENUMERATED = re.compile(r"^(?:(?P<number>\d{1,2})[.．、]|[（(](?P<bracketed>\d{1,2})[）)])")
_FOLLOW = re.compile(r"(?:具体|分别)?(?:包括|如下|为)[：:]$")
_SPLIT = re.compile(r"其中[，：:]?|分别[为是]?[：:]?")
_REST = re.compile(r"^其他|^其余")
_WHOLES = (
    frozenset({"基本支出", "项目支出"}),
    frozenset({"货物", "工程", "服务"}),
    frozenset({"优", "良", "合格", "不合格"}),
)
_COUNTED = frozenset({"辆", "个", "家", "人", "台（套）", "名"})
_ALL = re.compile(r"所有|全部")
_SUMMED = ("合计", "总计", "共计")
_SCALES = (Measure.AMOUNT, Measure.BUDGET, Measure.COUNT)


def check_listed(case: Case) -> Iterator[Trial]:
    """设5个内设机构，包括：甲、乙、丙: as many as are named."""
    for passage in case.report.passages:
        for match in _LISTED.finditer(passage.text):
            named = match["items"]
            if re.search(r"等|\d", named):
                yield untried("列举不完整", "the list is open")
                continue
            items = [i for i in re.split("[、，]", _BRACKETS.sub("", named)) if i.strip()]
            if len(items) < 2 or len(items) == int(match["count"]):
                yield holds()
                continue
            yield fails(
                f"正文称有{match['count']}个{match['what']}，而列举了{len(items)}个",
                f"the text says {match['count']} {match['what']} and lists {len(items)}",
                (case.span(passage.id, match.start(), match.end()),),
                (match["what"],),
                (f"{match['count']}个", f"{len(items)}个"),
            )


def check_enumerated(case: Case) -> Iterator[Trial]:
    """行政单位1家，事业单位4家，具体包括：1. … 5. …: as many as are enumerated."""
    passages = case.report.passages
    for passage in passages:
        counts = [c for c in case.figures(passage.id) if c.measure is Measure.COUNT]
        if not counts or not _FOLLOW.search(passage.text):
            continue
        units = {c.quantity.unit for c in counts if c.quantity}
        found = _following(passages, passage.id + 1)
        if len(units) != 1 or units.isdisjoint({"家", "个"}) or not found:
            continue
        total = sum((c.quantity.value for c in counts if c.quantity), Decimal(0))
        if total == found or counts[0].quantity is None or counts[0].quantity.value == found:
            yield holds()
            continue
        yield fails(
            f"正文称共{plain(total)}{units.pop()}，而其后列出了{found}个",
            f"the text counts {plain(total)} and enumerates {found}",
            (*(case.said(c) for c in counts), case.span(passage.id + found, 0, 2)),
            tuple(c.subject for c in counts),
            tuple(c.quantity.written for c in counts if c.quantity),
        )


def _following(passages: tuple[Passage, ...], start: int) -> int:
    """How many passages from `start` are numbered 1, 2, 3 …"""
    count = 0
    for passage in passages[start:]:
        mark = _ENUMERATED.match(passage.text)
        if mark is None or int(mark["number"] or mark["bracketed"]) != count + 1:
            break
        count += 1
    return count


def check_projects(case: Case) -> Iterator[Trial]:
    """共涉及1个二级项目: as many as there are self-assessments of projects."""
    tables = [t for t in case.statements.get(STATEMENT, ()) if "项目" in t.title]
    for claim in case.report.claims:
        if claim.measure is not Measure.COUNT or claim.quantity is None:
            continue
        if subject(claim.subject) not in ("项目", "二级项目") or claim.quantity.unit != "个":
            continue
        sentence = case.sentence(claim.passage, claim.start, claim.end)
        count = claim.quantity.value
        if not tables or "自评" not in sentence:
            yield untried("报告没有附项目自评表", "the report has no self-assessments of projects")
        elif count == len(tables) or (count > len(tables) and not _ALL.search(sentence)):
            yield holds()
        else:
            yield fails(
                f"正文称共{claim.quantity.written}项目，而报告附有{len(tables)}张项目自评表",
                f"the text counts {claim.quantity.written} projects; the report has "
                f"{len(tables)} self-assessments of projects",
                (case.said(claim),),
                (claim.subject,),
                (claim.quantity.written, f"{len(tables)}张"),
            )


def check_parts(case: Case) -> Iterator[Trial]:
    """共有车辆2辆，其中…其他用车2辆: parts that name the rest add up to the whole."""
    for passage in case.report.passages:
        marks = list(_SPLIT.finditer(passage.text))
        for k, mark in enumerate(marks):
            end = marks[k + 1].start() if k + 1 < len(marks) else len(passage.text)
            whole, parts = _split(case, passage, mark.end(), end)
            summed = _summed(case, passage, mark.end(), end)
            if whole is not None and summed:
                yield _told(case, whole, summed)
            elif whole is not None and parts:
                yield _parts(case, whole, parts)


def _summed(case: Case, passage: Passage, start: int, end: int) -> list[Claim]:
    """其中甲3万元，乙4万元，合计7万元: the figures up to the one that says 合计, () without it."""
    if not case.is_own:
        return []  # governments tell several sums in one sentence
    figures = [
        c
        for c in case.figures(passage.id)
        if start <= c.start < end and c.quantity and c.quantity.unit.startswith(("万", "元", "亿"))
    ]
    for place, claim in enumerate(figures):
        lead = passage.text[: claim.start].rstrip("为是共")
        if place and lead.endswith(_SUMMED) and "。" not in passage.text[start : claim.start]:
            return figures[: place + 1]
    return []


def _told(case: Case, whole: Claim, summed: list[Claim]) -> Trial:
    """A sum that the text draws itself, and the figure that it repeats."""
    quantities = [c.quantity for c in summed if c.quantity is not None]
    assert whole.quantity is not None
    # The last part may carry the whole unit where the others have lost half of it.
    values = [abs(q.value) for q in quantities]
    slack = sum((half(q.written) for q in quantities), Decimal(0))
    holds_up = abs(sum(values[:-1], Decimal(0)) - values[-1]) <= slack
    if holds_up and values[-1] == whole.quantity.value:
        return holds()
    written = [q.written for q in quantities]
    return fails(
        f"“{whole.subject}”为{whole.quantity.written}，各部分{'＋'.join(written[:-1])}＝"
        f"{plain(sum(values[:-1], Decimal(0)))}，合计写作{written[-1]}",
        f"{whole.subject} is {whole.quantity.written}; {' + '.join(written[:-1])} = "
        f"{plain(sum(values[:-1], Decimal(0)))}, told as {written[-1]}",
        (case.said(whole), *(case.said(c) for c in summed)),
        (whole.subject,),
        (whole.quantity.written, *written),
    )


def _split(case: Case, passage: Passage, start: int, end: int) -> tuple[Claim | None, list[Claim]]:
    """The figure before 其中 and the figures behind it that measure the same thing."""
    figures = case.figures(passage.id)
    before = [c for c in figures if c.end <= start and c.measure in _SCALES]
    whole = before[-1] if before else None
    if whole is None or whole.quantity is None:
        return None, []
    stop = passage.text.find("。", start)
    limit = min(end, stop if stop >= 0 else end)
    parts = [
        c
        for c in figures
        if start <= c.start < limit
        and c.quantity is not None
        and c.quantity.unit == whole.quantity.unit
        and c.measure in (whole.measure, Measure.AMOUNT)
        and _depth(passage.text, c.start) == _depth(passage.text, start)
    ]
    return whole, parts


def _depth(text: str, position: int) -> int:
    """How many brackets are open: what stands in brackets splits up a part."""
    before = text[:position]
    return len(re.findall("[（(]", before)) - len(re.findall("[）)]", before))


def _parts(case: Case, whole: Claim, parts: list[Claim]) -> Trial:
    assert whole.quantity is not None
    written = [c.quantity.written for c in parts if c.quantity]
    total = amount(whole.quantity)
    summed = _sum([amount(c.quantity) for c in parts if c.quantity])
    if total.meets(summed) or _sum([readings(case, c)[-1] for c in parts]).meets(total):
        return holds()
    exhaustive = _is_exhaustive(parts)
    if summed.value < total.value and not exhaustive:
        message = f"“{whole.subject}”的“其中”未必列全"
        return untried(message, f"{whole.subject}: perhaps not all parts")
    if summed.value > total.value and not exhaustive and not _are_disjoint(case, parts):
        message = f"“{whole.subject}”的各部分可能重叠"
        return untried(message, f"{whole.subject}: parts may overlap")
    unit = whole.quantity.unit
    result = plain(summed.value / (amount(whole.quantity).value or 1) * whole.quantity.value, 2)
    return fails(
        f"“{whole.subject}”为{whole.quantity.written}，而各部分（{'＋'.join(written)}）合计为"
        f"{result}{unit}",
        f"{whole.subject} is {whole.quantity.written}; its parts add up to {result}{unit}",
        (case.said(whole), *(case.said(c) for c in parts)),
        (whole.subject, *(c.subject for c in parts)),
        (whole.quantity.written, *written),
    )


def _sum(amounts: list[Amount]) -> Amount:
    return Amount(
        sum((a.value for a in amounts), Decimal(0)), sum((a.slack for a in amounts), Decimal(0))
    )


def _is_exhaustive(parts: list[Claim]) -> bool:
    """Whether the parts name everything: the last is 其他…, or they are a known whole."""
    names = [subject(c.subject) for c in parts]
    if _REST.match(names[-1]):
        return True
    return any(
        len(names) > 1 and all(any(word in name for word in whole) for name in names)
        for whole in _WHOLES
    )


def _are_disjoint(case: Case, parts: list[Claim]) -> bool:
    """Whether the parts cannot overlap: amounts of different things, or counts of kinds of one."""
    names = [subject(c.subject) for c in parts]
    units = {c.quantity.unit for c in parts if c.quantity}
    if len(set(names)) < len(names):
        return False
    if all(map(is_money, units)):
        return case.is_own
    return units <= _COUNTED and len({name[-2:] for name in names}) == 1


def check_items(case: Case) -> Iterator[Trial]:
    """The plans of all accounts of a chapter add up to the plan that heads it."""
    if case.report.identity.kind is not Kind.FINAL:
        return
    for heads, items in _chapters(case):
        spent = _total(case, items, Measure.AMOUNT)
        planned = _total(case, items, Measure.BUDGET)
        done = next((c for c in heads if c.measure is Measure.AMOUNT), None)
        plan = next((c for c in heads if c.measure is Measure.BUDGET), None)
        if spent is None or planned is None or done is None or plan is None:
            continue
        assert plan.quantity is not None
        assert done.quantity is not None
        if not any(spent.meets(value) for value in readings(case, done)):
            message = "各项决算数之和与总数不等，所列未必齐全"
            yield untried(message, "perhaps not all accounts are told")
        elif planned.meets(amount(plan.quantity)):
            yield holds()
        else:
            yield fails(
                f"各项年初预算合计为{plain(planned.value / 10**4)}万元，而“{plan.subject}”"
                f"年初预算为{plan.quantity.written}",
                f"the plans of the accounts add up to {plain(planned.value / 10**4)}万元; "
                f"the text gives {plan.quantity.written}",
                (case.said(plan),),
                (plan.subject,),
                (plan.quantity.written, f"{plain(planned.value / 10**4)}万元"),
            )


def _chapters(case: Case) -> Iterator[tuple[list[Claim], list[list[Claim]]]]:
    """The figures of a passage and those of the accounts that the passages behind it tell."""
    passages, index = case.report.passages, 0
    while index < len(passages):
        first = index
        while first < len(passages) and passages[first].id in case.chains:
            first += 1
        items = [case.figures(p.id) for p in passages[index:first]]
        if len(items) > 1 and index:
            yield case.figures(passages[index - 1].id), items
        index = max(first, index + 1)


def _total(case: Case, items: list[list[Claim]], measure: Measure) -> Amount | None:
    """The sum over the accounts, as the tables have them; None where one lacks the figure."""
    amounts = []
    for figures in items:
        own = [c for c in figures if c.measure is measure and c.quantity is not None]
        if not own or own[0].quantity is None or not is_money(own[0].quantity.unit):
            return None
        amounts.append(readings(case, own[0])[-1])
    return _sum(amounts)


RULES = (
    Rule(
        "count.listed",
        "正文所说的个数应与其后列举的个数相同。",
        "As many are named as the text counts.",
        Severity.ERROR,
        "无",
        check_listed,
    ),
    Rule(
        "count.enumerated",
        "正文所说的单位数应与其后逐条列出的单位数相同。",
        "As many are enumerated as the text counts.",
        Severity.ERROR,
        "无",
        check_enumerated,
    ),
    Rule(
        "count.projects",
        "正文所说的项目数应与所附项目自评表的张数相符。",
        "The count of projects fits the self-assessments that are attached.",
        Severity.WARNING,
        "无",
        check_projects,
    ),
    Rule(
        "prose.parts",
        "“其中”列全的各部分之和应等于总数。",
        "Parts that are complete add up to their whole.",
        Severity.ERROR,
        "每个四舍五入的数各半个末位",
        check_parts,
    ),
    Rule(
        "prose.items",
        "逐项说明的年初预算之和应等于年初预算总数。",
        "The plans of all accounts add up to the plan as a whole.",
        Severity.ERROR,
        "每个四舍五入的数各半个末位",
        check_items,
    ),
)
