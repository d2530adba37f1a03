# ruff: noqa: E501 - the sentences of a report are longer than a line of code
"""Made-up final accounts that are right throughout, and the same with one error planted.

Every amount is drawn at random and every sum, share, rate and completion follows from it, so a
finding on a clean report is a false alarm and a planted error that is not found is a miss.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest

from corpus import Column, Identity, Kind, Level, Passage, Report, Section, Source
from corpus.drafts import Draft, DraftRow
from corpus.statements import statement
from corpus.tables import build
from qa.audit import audit_report
from tests.qa.test_audit_planted import (
    PLANTERS,
    Place,
    new_findings,
    places_changed,
    points_at,
    reread,
)

BODY = "云岭市白石区民政事务中心"
CLASSES = {
    "208": ("社会保障和就业支出", {"20802": "民政管理事务", "20805": "行政事业单位养老支出"}),
    "210": ("卫生健康支出", {"21011": "行政事业单位医疗"}),
    "221": ("住房保障支出", {"22102": "住房改革支出"}),
}
ITEMS = {
    "2080201": "行政运行",
    "2080202": "一般行政管理事务",
    "2080207": "行政区划和地名管理",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2101101": "行政单位医疗",
    "2101103": "公务员医疗补助",
    "2210201": "住房公积金",
    "2210203": "购房补贴",
}
PROJECTS = ("2080202", "2080207")  # paid as projects, all else as basic spending
PERSONNEL = {"30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30113": "住房公积金"}
PENSIONS = {"30302": "退休费", "30307": "医疗费补助"}
PUBLIC = {"30201": "办公费", "30207": "邮电费", "30211": "差旅费", "30228": "工会经费"}
BLANK = {"30104": "伙食补助费", "30202": "印刷费", "30212": "因公出国（境）费用"}


@dataclass(frozen=True)
class Made:
    """The amounts of one year, in 万元, from which everything else follows."""

    spent: dict[str, Decimal]
    planned: dict[str, Decimal]
    detail: dict[str, Decimal]
    opening: Decimal
    closing: Decimal
    grew: Decimal  # spending since the year before
    vehicles: tuple[Decimal, Decimal]  # plan and outcome of their running
    reception: tuple[Decimal, Decimal]
    year: int
    digits: int  # decimals of percentages

    def sum(self, prefix: str = "") -> Decimal:
        return sum((v for code, v in self.spent.items() if code.startswith(prefix)), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.sum()

    @property
    def project(self) -> Decimal:
        return sum((v for code, v in self.spent.items() if code in PROJECTS), Decimal(0))

    @property
    def basic(self) -> Decimal:
        return self.total - self.project

    @property
    def income(self) -> Decimal:
        return self.total + self.closing - self.opening

    def percent(self, part: Decimal, whole: Decimal) -> str:
        step = Decimal(1).scaleb(-self.digits)
        return f"{(part * 100 / whole).quantize(step, ROUND_HALF_UP)}%"


def make(seed: int) -> Made:
    chance = random.Random(seed)

    def money(low: int, high: int) -> Decimal:
        return Decimal(chance.randint(low * 100, high * 100)) / 100

    chosen = [c for c in ITEMS if c in ("2080201", "2080202") or chance.random() < 0.8]
    spent = {code: money(3, 900) for code in chosen}
    planned = {
        c: (v * Decimal(chance.randint(80, 120)) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for c, v in spent.items()
    }
    basic = sum((v for c, v in spent.items() if c not in PROJECTS), Decimal(0))
    codes = [*PERSONNEL, *PENSIONS, *PUBLIC]
    cuts = sorted(chance.sample(range(1, int(basic * 100)), len(codes) - 1))
    edges = [0, *cuts, int(basic * 100)]
    detail = {c: Decimal(b - a) / 100 for c, a, b in zip(codes, edges, edges[1:], strict=False)}
    opening = money(5, 40)
    return Made(
        spent, planned, detail, opening, opening / 2 if chance.random() < 0.5 else Decimal(0),
        money(10, 200) * chance.choice((1, -1)), (money(2, 9), money(1, 2)), (money(2, 5), money(1, 2)),
        chance.randint(2016, 2030), chance.choice((1, 2)),
    )  # fmt: skip


# --- the statements -----------------------------------------------------------------------------


def _columns(name: str) -> tuple[Column, ...]:
    layout = statement(name).layouts[0]
    return tuple(
        Column(
            i, tuple(part.split("|")[0] for part in c.path), role=c.role, unit=c.unit, block=c.block
        )
        for i, c in enumerate(layout)
    )


def _shown(value: Decimal) -> str:
    return f"{value:,.2f}" if value else ""


def _draft(place: int, name: str, title: str, rows: list[DraftRow]) -> Draft:
    return Draft(place, place + 1, title, _columns(name), tuple(rows), unit="万元", statement=name)


def _row(label: str, *values: Decimal, code: str = "", block: int = 0) -> DraftRow:
    return DraftRow(label, code, block=block, cells=tuple(_shown(v) for v in values))


def _by_account(made: Made) -> list[DraftRow]:
    rows = [_row("合计", made.total, made.basic, made.project)]

    def of(prefix: str) -> tuple[Decimal, Decimal, Decimal]:
        mine = {c: v for c, v in made.spent.items() if c.startswith(prefix)}
        project = sum((v for c, v in mine.items() if c in PROJECTS), Decimal(0))
        whole = sum(mine.values(), Decimal(0))
        return whole, whole - project, project

    for code, (label, kinds) in CLASSES.items():
        if made.sum(code):
            rows.append(_row(label, *of(code), code=code))
        for kind, name in kinds.items():
            if made.sum(kind):
                rows.append(_row(name, *of(kind), code=kind))
            rows += [
                _row(ITEMS[c], *of(c), code=c) for c in made.spent if c.startswith(kind)
            ]  # fmt: skip
    return rows


def _sides(made: Made) -> list[DraftRow]:
    zero = Decimal(0)
    left = [
        ("一、一般公共预算财政拨款收入", made.income),
        ("二、政府性基金预算财政拨款收入", zero),
        ("本年收入合计", made.income),
        ("年初结转和结余", made.opening),
        ("总计", made.total + made.closing),
    ]
    right = [(CLASSES[c][0], made.sum(c)) for c in CLASSES] + [
        ("本年支出合计", made.total),
        ("年末结转和结余", made.closing),
        ("总计", made.total + made.closing),
    ]
    return [
        *(_row(label, value) for label, value in left),
        *(_row(label, value, block=1) for label, value in right),
    ]


def _basic(made: Made) -> list[DraftRow]:
    def whole(accounts: dict[str, str]) -> Decimal:
        return sum((made.detail[c] for c in accounts), Decimal(0))

    rows = []
    for code, label, accounts, block in (
        ("301", "工资福利支出", PERSONNEL, 0),
        ("303", "对个人和家庭的补助", PENSIONS, 0),
        ("302", "商品和服务支出", PUBLIC, 1),
    ):
        rows.append(_row(label, whole(accounts), code=code, block=block))
        rows += [_row(accounts[c], made.detail[c], code=c, block=block) for c in accounts]
        rows += [
            _row(BLANK[c], Decimal(0), code=c, block=block) for c in BLANK if c.startswith(code)
        ]
    rows.append(_row("人员经费合计", whole(PERSONNEL) + whole(PENSIONS)))
    rows.append(_row("公用经费合计", whole(PUBLIC), block=1))
    return rows


def _three(made: Made) -> list[DraftRow]:
    plan, done = made.vehicles
    invited, hosted = made.reception
    zero = Decimal(0)
    return [
        _row("", plan + invited, zero, plan, zero, plan, invited,
             done + hosted, zero, done, zero, done, hosted)
    ]  # fmt: skip


def drafts(made: Made) -> list[Draft]:
    accounts = _by_account(made)
    padded = [DraftRow(r.label, r.code, cells=(*(r.cells or ()), "", "", "")) for r in accounts]
    return [
        _draft(0, "final.income_expenditure", "收入支出决算总表", _sides(made)),
        _draft(1, "final.spending", "支出决算表", padded),
        _draft(2, "final.general_spending", "一般公共预算财政拨款支出决算表", accounts),
        _draft(3, "final.general_basic", "一般公共预算财政拨款基本支出决算表", _basic(made)),
        _draft(4, "final.three_public", "财政拨款“三公”经费支出决算表", _three(made)),
    ]


# --- the prose ----------------------------------------------------------------------------------


def _change(made: Made, now: Decimal, before: Decimal) -> str:
    way, rate = ("增加", "增长") if now > before else ("减少", "下降")
    size = abs(now - before)
    return f"与{made.year - 1}年度相比，{{}}{way}{size}万元，{rate}{made.percent(size, before)}。"


def prose(made: Made) -> list[tuple[str, list[str]]]:
    """The chapters: heading and paragraphs."""
    grand, year = made.total + made.closing, made.year
    before = made.total - made.grew  # spent a year ago; what was left then is this year's opening
    people = sum((made.detail[c] for c in (*PERSONNEL, *PENSIONS)), Decimal(0))
    (plan, done), (invited, hosted) = made.vehicles, made.reception
    parts = [
        f"{i}.{CLASSES[c][0][:-2]}（类）支出{made.sum(c)}万元，占{made.percent(made.sum(c), made.total)}。"
        for i, c in enumerate((c for c in CLASSES if made.sum(c)), 1)
    ]
    items = [
        f"{i}.{CLASSES[c[:3]][0]}（类）{CLASSES[c[:3]][1][c[:5]]}（款）{ITEMS[c]}（项）。年初预算为"
        f"{made.planned[c]}万元，支出决算为{v}万元，完成年初预算的{made.percent(v, made.planned[c])}。"
        for i, (c, v) in enumerate(made.spent.items(), 1)
    ]
    planned = sum(made.planned.values(), Decimal(0))
    return [
        ("收入支出决算总体情况说明", [
            f"{year}年度收、支总计{grand}万元。" + _change(made, grand, before + made.opening).format("收、支总计各")]),
        ("收入决算情况说明", [
            f"{year}年度收入合计{made.income}万元。其中：财政拨款收入{made.income}万元，占本年收入100%。"]),
        ("支出决算情况说明", [
            f"{year}年度支出合计{made.total}万元，" + _change(made, made.total, before).format("支出合计")
            + f"其中：基本支出{made.basic}万元，占本年支出{made.percent(made.basic, made.total)}；"
            f"项目支出{made.project}万元，占本年支出{made.percent(made.project, made.total)}。"]),
        ("一般公共预算财政拨款支出决算结构情况", [
            f"{year}年度一般公共预算财政拨款支出{made.total}万元，主要用于以下方面：", *parts]),
        ("一般公共预算财政拨款支出决算具体情况", [
            f"{year}年度一般公共预算财政拨款支出年初预算为{planned}万元，支出决算为{made.total}万元，"
            f"完成年初预算的{made.percent(made.total, planned)}。其中：基本支出{made.basic}万元，"
            f"项目支出{made.project}万元。", *items]),
        ("一般公共预算财政拨款基本支出决算情况说明", [
            f"{year}年度一般公共预算财政拨款基本支出{made.basic}万元，其中：人员经费{people}万元，主要包括："
            f"{'、'.join((*PERSONNEL.values(), *PENSIONS.values()))}。",
            f"公用经费{made.basic - people}万元，主要包括：{'、'.join(PUBLIC.values())}。"]),
        ("财政拨款“三公”经费支出决算情况说明", [
            f"{year}年度“三公”经费财政拨款支出预算为{plan + invited}万元，支出决算为{done + hosted}万元，"
            f"完成预算的{made.percent(done + hosted, plan + invited)}。",
            f"公务用车购置及运行维护费预算为{plan}万元，支出决算为{done}万元，完成预算的"
            f"{made.percent(done, plan)}。公务用车购置费无预算安排，无支出决算数。",
            f"公务接待费预算为{invited}万元，支出决算为{hosted}万元，完成预算的"
            f"{made.percent(hosted, invited)}，支出决算数小于预算数。"]),
    ]  # fmt: skip


def generated(seed: int) -> Report:
    made = make(seed)
    sections = [Section(0, "第三部分", f"{made.year}年度单位决算情况说明", 1)]
    passages: list[Passage] = []
    for heading, paragraphs in prose(made):
        home = len(sections)
        sections.append(Section(home, f"{home}、", heading, 2, 0))
        passages += [Passage(len(passages) + i, home, t) for i, t in enumerate(paragraphs)]
    report = Report(
        f"made-{seed}",
        Identity(BODY, (), made.year, Kind.FINAL, Level.UNIT),
        (Source("made.txt", "0" * 64, "text"),),
        tuple(sections),
        tuple(passages),
        build(drafts(made), lambda _: 0, [p.text for p in passages]),
    )
    return reread(report)


# --- what must hold -----------------------------------------------------------------------------


def false_alarms(count: int) -> Counter[str]:
    return Counter(
        f"{f.rule}: {f.message}" for seed in range(count) for f in audit_report(generated(seed))
    )


def recall(count: int, most: int = 1) -> tuple[Counter[str], Counter[str]]:
    """Planted and found errors by kind, one to `most` errors in each of `count` reports."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for seed in range(count):
        chance = random.Random(seed)
        report = changed = generated(seed)
        errors: list[tuple[str, Place]] = []
        for _ in range(chance.randint(1, most)):
            kind = list(PLANTERS)[(seed + len(errors)) % len(PLANTERS)]
            next_ = PLANTERS[kind](changed, chance)
            if next_ is not None and next_ != changed:
                errors += [(kind, place) for place in places_changed(changed, next_)]
                changed = next_
        said = new_findings(report, changed)
        for kind, place in errors:
            planted[kind] += 1
            found[kind] += any(points_at(finding, place) for finding in said)
    return planted, found


def test_made_up_reports_raise_no_alarm() -> None:
    assert false_alarms(12) == Counter()


def test_planted_errors_are_found() -> None:
    planted, found = recall(33)
    assert sum(planted.values()) >= 25
    assert sum(found.values()) >= sum(planted.values()) - 1


@pytest.mark.slow
def test_planted_errors_are_found_in_five_hundred_reports() -> None:
    assert sum(false_alarms(100).values()) <= 20
    planted, found = recall(500, most=5)
    assert sum(found.values()) >= 0.98 * sum(planted.values())
