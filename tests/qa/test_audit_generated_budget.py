# ruff: noqa: E501 - the sentences of a report are longer than a line of code
"""Made-up budgets, tables in 元 and prose in 万元: no alarm when right, planted errors found."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest

from corpus import Identity, Kind, Level, Passage, Report, Section, Source
from corpus.drafts import Draft, DraftRow
from corpus.tables import build
from qa.audit import audit_report
from tests.qa.test_audit_generated import BODY, CLASSES, ITEMS, PROJECTS, _columns
from tests.qa.test_audit_planted import PLANTERS, is_found, reread


@dataclass(frozen=True)
class Plan:
    """The amounts of one planned year in whole 元, and the outcome of the year before in 万元."""

    items: dict[str, int]
    before: dict[str, Decimal]
    grew: Decimal
    running: Decimal
    reception: Decimal
    year: int

    def sum(self, prefix: str = "") -> int:
        return sum(v for code, v in self.items.items() if code.startswith(prefix))


def make(seed: int) -> Plan:
    chance = random.Random(seed)
    items = {c: chance.randint(20_000, 9_000_000) for c in ITEMS if chance.random() < 0.8}
    items.setdefault("2080201", 1_234_567)
    before = {c: Decimal(chance.randint(500, 90000)) / 100 for c in items}
    return Plan(
        items, before, Decimal(chance.randint(-9000, 9000) or 1) / 100,
        Decimal(chance.randint(100, 900)) / 100, Decimal(chance.randint(100, 900)) / 100,
        chance.randint(2016, 2030),
    )  # fmt: skip


def in_wan(yuan: int) -> Decimal:
    return (Decimal(yuan) / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _draft(place: int, name: str, title: str, rows: list[DraftRow], unit: str = "元") -> Draft:
    return Draft(place, place + 1, title, _columns(name), tuple(rows), unit=unit, statement=name)


def _accounts(plan: Plan) -> list[DraftRow]:
    def row(label: str, prefix: str, code: str) -> DraftRow:
        mine = {c: v for c, v in plan.items.items() if c.startswith(prefix)}
        project = sum(v for c, v in mine.items() if c in PROJECTS)
        whole = sum(mine.values())
        return DraftRow(
            label,
            code,
            cells=tuple(f"{v:,}" if v else "" for v in (whole, whole - project, project)),
        )

    rows = []
    for code, (label, kinds) in CLASSES.items():
        rows += [row(label, code, code)] if plan.sum(code) else []
        for kind, name in kinds.items():
            rows += [row(name, kind, kind)] if plan.sum(kind) else []
            rows += [row(ITEMS[c], c, c) for c in plan.items if c.startswith(kind)]
    return [*rows, row("合计", "", "")]


def drafts(plan: Plan) -> list[Draft]:
    total = f"{plan.sum():,}"
    left = [
        ("一、财政拨款收入", total),
        ("1.一般公共预算资金", total),
        ("2.政府性基金", ""),
        ("收入总计", total),
    ]
    right = [(CLASSES[c][0], f"{plan.sum(c):,}") for c in CLASSES if plan.sum(c)] + [
        ("支出总计", total)
    ]
    sides = [DraftRow(n, cells=(v,)) for n, v in left] + [
        DraftRow(n, block=1, cells=(v,)) for n, v in right
    ]
    three = (
        plan.running + plan.reception,
        "0",
        plan.reception,
        plan.running,
        "0",
        plan.running,
        "0",
    )
    return [
        _draft(0, "budget.income_expenditure", "财务收支预算总表", sides),
        _draft(1, "budget.spending", "支出预算总表", _accounts(plan)),
        _draft(2, "budget.general_spending", "一般公共预算支出功能分类预算表", _accounts(plan)),
        _draft(3, "budget.three_public", "“三公”经费和机关运行经费预算表", [DraftRow("", cells=tuple(map(str, three)))], "万元"),
    ]  # fmt: skip


def prose(plan: Plan) -> list[tuple[str, list[str]]]:
    total, year, last = in_wan(plan.sum()), plan.year, plan.year - 1
    change = f"比{last}年预算{'增加' if plan.grew > 0 else '减少'}{abs(plan.grew)}万元"
    items = []
    for i, (code, yuan) in enumerate(plan.items.items(), 1):
        now, then = in_wan(yuan), plan.before[code]
        rate = (abs(now - then) * 100 / then).quantize(Decimal("0.01"), ROUND_HALF_UP)
        path = (
            f"{CLASSES[code[:3]][0]}（类）{CLASSES[code[:3]][1][code[:5]]}（款）{ITEMS[code]}（项）"
        )
        items.append(
            f"{i}.“{path}”{now}万元，主要用于日常工作。{last}年当年预算执行数为{then}万元，{year}年预算安排{now}万元，"
            f"比{last}年预算执行数{'增加' if now >= then else '减少'}{rate}%。"
        )
    same = f"与{last}年预算持平"
    return [
        ("单位预算编制说明", [
            f"{year}年，{BODY}收入预算{total}万元，其中：财政拨款收入{total}万元，{change}；事业收入0万元。",
            f"支出预算{total}万元，其中：财政拨款支出预算{total}万元，{change}。财政拨款支出预算中，一般公共预算拨款支出预算"
            f"{total}万元，{change}；政府性基金拨款支出预算0万元，{same}；国有资本经营预算拨款支出预算0万元，{same}。",
            "财政拨款支出主要内容如下：", *items]),
        ("“三公”经费预算情况说明", [
            f"{year}年“三公”经费预算数为{plan.running + plan.reception}万元，{same}。其中：",
            f"公务用车购置及运行费{plan.running}万元，{same}。其中：公务用车购置费0万元，{same}；公务用车运行费{plan.running}万元，{same}。",
            f"公务接待费{plan.reception}万元，{same}。"]),
    ]  # fmt: skip


def generated(seed: int) -> Report:
    plan = make(seed)
    sections, passages = [Section(0, "", f"{plan.year}年单位预算", 1)], list[Passage]()
    for heading, paragraphs in prose(plan):
        home = len(sections)
        sections.append(Section(home, "", heading, 2, 0))
        passages += [Passage(len(passages) + i, home, t) for i, t in enumerate(paragraphs)]
    report = Report(
        f"plan-{seed}", Identity(BODY, (), plan.year, Kind.BUDGET, Level.UNIT),
        (Source("plan.txt", "0" * 64, "text"),), tuple(sections), tuple(passages),
        build(drafts(plan), lambda _: 0, [p.text for p in passages]),
    )  # fmt: skip
    return reread(report)


def false_alarms(count: int) -> Counter[str]:
    return Counter(
        f"{f.rule}: {f.message}" for s in range(count) for f in audit_report(generated(s))
    )


def recall(count: int) -> tuple[Counter[str], Counter[str]]:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    kinds = ["cell", "amount", "budget", "change", "rate", "unit", "direction", "year"]
    for seed in range(count):
        report, kind = generated(seed), kinds[seed % len(kinds)]
        changed = PLANTERS[kind](report, random.Random(seed))
        if changed is not None and changed != report:
            planted[kind] += 1
            found[kind] += is_found(report, changed)
    return planted, found


def test_made_up_budgets_raise_no_alarm() -> None:
    assert false_alarms(12) == Counter()


def test_errors_planted_in_budgets_are_found() -> None:
    """An income that moved alone has nothing to be held against."""
    planted, found = recall(32)
    assert sum(found.values()) >= 0.9 * sum(planted.values())


@pytest.mark.slow
def test_errors_planted_in_many_budgets_are_found() -> None:
    assert sum(false_alarms(100).values()) <= 20
    planted, found = recall(400)
    assert sum(found.values()) >= 0.95 * sum(planted.values())
