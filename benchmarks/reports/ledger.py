"""A body's year in figures, whole 元, from which every statement and sentence is derived.

Income and spending balance by construction: what an account received is what it spent, plus what
it carried forward, less what it brought from the year before.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from benchmarks.reports.bodies import Body
from benchmarks.reports.chart import chart


class Stage(StrEnum):
    """The plan at the beginning of a year and the account at its end."""

    BUDGET = "budget"
    FINAL = "final"


class Pot(StrEnum):
    """Which budget the fiscal money comes from."""

    GENERAL = "general"
    FUND = "fund"
    CAPITAL = "capital"


@dataclass(frozen=True, slots=True)
class Item:
    """One 项 and what it spent, by source. `received` is the fiscal income booked on it."""

    code: str
    pot: Pot
    basic: int = 0
    project: int = 0
    business: int = 0  # basic spending paid from 事业收入
    other: int = 0  # project spending paid from 其他收入
    operating: int = 0  # 经营支出, paid from 经营收入
    received: int = 0
    saved: int = 0  # 事业收入 kept back (结余分配)
    superior: int = 0  # project spending paid from 上级补助收入
    used: int = 0  # project spending paid from 使用非财政拨款结余
    upward: int = 0  # 上缴上级支出 and
    granted: int = 0  # 对附属单位补助支出, both paid from 附属单位上缴收入

    @property
    def fiscal(self) -> int:
        """Spent from the fiscal pot."""
        return self.basic + self.project

    @property
    def spent(self) -> int:
        """Spent altogether."""
        own = self.business + self.other + self.operating + self.superior + self.used
        return self.fiscal + own + self.below

    @property
    def income(self) -> int:
        """Received altogether."""
        own = self.earned + self.other + self.operating + self.superior
        return self.received + own + self.below

    @property
    def earned(self) -> int:
        """事业收入."""
        return self.business + self.saved

    @property
    def below(self) -> int:
        """附属单位上缴收入."""
        return self.upward + self.granted


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """“三公”经费 and what goes with it in Jiangsu."""

    abroad: int
    purchase: int
    running: int
    reception: int
    meetings: int = 0
    training: int = 0

    @property
    def vehicles(self) -> int:
        """公务用车购置及运行维护费."""
        return self.purchase + self.running

    @property
    def total(self) -> int:
        """The three together."""
        return self.abroad + self.vehicles + self.reception


@dataclass(frozen=True, slots=True)
class Extras:
    """What only sentences say, and tables of Jiangsu: procurement, assets, performance."""

    goods: int
    works: int
    services: int
    to_small: int  # 授予中小企业
    to_micro: int
    vehicles: int
    devices: int
    projects: int
    score: int  # hundredths of a point
    groups: int
    batches: int
    guests: int
    reserve: int  # 单位预留机动经费


@dataclass(frozen=True, slots=True)
class Ledger:
    """One year of one body at one stage."""

    items: tuple[Item, ...]
    opening: Mapping[Pot, int]
    closing: Mapping[Pot, int]
    economic: Mapping[str, int]  # five digits; the general budget's basic spending
    three: ThreePublic
    extras: Extras
    own: int = 0  # carried into the year and out of it besides fiscal money

    def of(self, pot: Pot) -> tuple[Item, ...]:
        """The items of one pot."""
        return tuple(item for item in self.items if item.pot is pot)

    def fiscal(self, pot: Pot) -> int:
        """Spent from one pot."""
        return sum(item.fiscal for item in self.of(pot))

    def received(self, pot: Pot) -> int:
        """Fiscal income of one pot."""
        return sum(item.received for item in self.of(pot))

    @property
    def spent(self) -> int:
        """All spending of the year."""
        return sum(item.spent for item in self.items)

    @property
    def income(self) -> int:
        """All income of the year."""
        return sum(item.income for item in self.items)

    @property
    def allotted(self) -> int:
        """结余分配."""
        return sum(item.saved for item in self.items)

    @property
    def used(self) -> int:
        """使用非财政拨款结余."""
        return sum(item.used for item in self.items)

    @property
    def carried_in(self) -> int:
        """年初结转和结余, fiscal and own."""
        return sum(self.opening.values()) + self.own

    @property
    def carried_out(self) -> int:
        """年末结转和结余, fiscal and own."""
        return sum(self.closing.values()) + self.own

    @property
    def grand(self) -> int:
        """总计."""
        return self.income + self.used + self.carried_in

    @property
    def basic(self) -> int:
        """基本支出, whoever pays."""
        return sum(item.basic + item.business for item in self.items)

    @property
    def project(self) -> int:
        """项目支出, whoever pays."""
        return sum(item.project + item.other + item.superior + item.used for item in self.items)

    @property
    def personnel(self) -> int:
        """人员经费 of the general budget."""
        return sum(v for k, v in self.economic.items() if k[:3] in ("301", "303"))

    @property
    def public(self) -> int:
        """公用经费 of the general budget."""
        return sum(v for k, v in self.economic.items() if k[:3] in ("302", "310"))


_RUNNING = ("行政运行", "事业运行", "机关服务")
_SHARED_BASIC = ("20805", "21011", "22102")


@dataclass(frozen=True, slots=True)
class Book:
    """All years of a body. `step` is the smallest amount: 100 元 keeps 万元 exact to the cent."""

    seed: int
    body: Body
    step: int = 100

    def ledger(self, year: int, stage: Stage) -> Ledger:
        """The figures of one year, always the same for the same book."""
        chance = random.Random(f"{self.seed} {year} {stage}")
        items = [self._item(str(code), Pot.GENERAL, year, stage) for code in self.body.accounts]
        items += [self._item(str(c), Pot.FUND, year, stage) for c in self.body.kind.fund]
        items += [self._item(str(c), Pot.CAPITAL, year, stage) for c in self.body.kind.capital]
        items = [item for item in items if item.spent]
        opening = self._balance(year) if stage is Stage.FINAL else dict.fromkeys(Pot, 0)
        closing = self._balance(year + 1) if stage is Stage.FINAL else dict.fromkeys(Pot, 0)
        items = _received(items, opening, closing)
        economic = self._economic(items, chance)
        three = self._three(economic, chance, stage, year)
        extras = self._extras(items, chance)
        own = self._own_balance() if stage is Stage.FINAL else 0
        ordered = tuple(sorted(items, key=lambda i: i.code))
        return Ledger(ordered, opening, closing, economic, three, extras, own)

    def _item(self, code: str, pot: Pot, year: int, stage: Stage) -> Item:
        steady = random.Random(f"{self.seed} {code}")
        base = self._size(code, pot)
        present = steady.random() < (0.5 if pot is Pot.CAPITAL else 0.9)
        chance = random.Random(f"{self.seed} {code} {year} {stage}")
        moved = base * chance.uniform(0.85, 1.2)
        if not (present or code == str(self.body.kind.own[0])):
            return Item(code, pot)
        whole = self._round(moved)
        own = str(self.body.kind.own[0]) == code
        basic = _is_basic(code) or own
        share = chance.uniform(0.7, 1) if own and not self.body.kind.public else float(basic)
        part = self._round(whole * share) if share < 1 else whole
        made = Item(code, pot, part if pot is Pot.GENERAL else 0, whole - part)
        if pot is not Pot.GENERAL:
            made = Item(code, pot, 0, whole)
        return self._own_money(made, stage, chance) if own else made

    def _size(self, code: str, pot: Pot) -> float:
        """What an account usually costs: own ones by chance, shared ones a part of the first."""
        own = self.body.kind.own
        chance = random.Random(f"{self.seed} size {code}")
        if pot is Pot.GENERAL and int(code) not in own:
            return self._size(str(own[0]), pot) * chance.uniform(0.01, 0.12)
        return float(10 ** chance.uniform(5.2 if int(code) == own[0] else 4.4, 7.6))

    def _own_money(self, item: Item, stage: Stage, chance: random.Random) -> Item:
        kind = self.body.kind
        business = self._round(item.fiscal * chance.uniform(0.2, 0.9)) if kind.business else 0
        other = self._round(item.fiscal * chance.uniform(0.01, 0.1)) if kind.business else 0
        operating = self._round(item.fiscal * chance.uniform(0.1, 0.3)) if kind.operating else 0
        keeps = stage is Stage.FINAL and chance.random() < 0.4
        saved = self._round(business * 0.03) if keeps else 0
        made = Item(
            item.code, item.pot, item.basic, item.project, business, other, operating, 0, saved
        )
        return self._between_units(made, chance) if kind.network and stage is Stage.FINAL else made

    def _between_units(self, item: Item, chance: random.Random) -> Item:
        """Money between a unit, the one above it and those below it; some of it each year."""
        parts = {
            name: self._round(item.fiscal * chance.uniform(0.01, 0.2))
            for name in ("superior", "used", "upward", "granted")
            if chance.random() < 0.6
        }
        return replace(item, **parts)

    def _own_balance(self) -> int:
        chance = random.Random(f"{self.seed} own balance")
        size = self._size(str(self.body.kind.own[0]), Pot.GENERAL)
        return self._round(size * chance.uniform(0.01, 0.3)) if self.body.kind.network else 0

    def _balance(self, year: int) -> dict[Pot, int]:
        """What is carried into a year: the closing balance of the year before."""
        chance = random.Random(f"{self.seed} opening {year}")
        size = self._size(str(self.body.kind.own[0]), Pot.GENERAL)
        general = self._round(size * chance.uniform(0.01, 0.1)) if chance.random() < 0.7 else 0
        fund = self._round(10 ** chance.uniform(3.2, 4)) if chance.random() < 0.4 else 0
        has_fund = bool(self.body.kind.fund) and self._item(
            str(self.body.kind.fund[0]), Pot.FUND, year, Stage.FINAL
        )
        return {
            Pot.GENERAL: general,
            Pot.FUND: fund if has_fund and has_fund.spent else 0,
            Pot.CAPITAL: 0,
        }

    def _economic(self, items: Sequence[Item], chance: random.Random) -> dict[str, int]:
        """Basic spending of the general budget by economic class; insurance follows its item."""
        by_code = {item.code: item.basic for item in items if item.pot is Pot.GENERAL}
        fixed = {
            "30108": by_code.get("2080505", 0),
            "30109": by_code.get("2080506", 0),
            "30113": by_code.get("2210201", 0),
            "30110": by_code.get("2101101", 0) + by_code.get("2101102", 0),
            "30111": by_code.get("2101103", 0),
            "30302": by_code.get("2080501", 0) + by_code.get("2080502", 0),
        }
        rest = sum(by_code.values()) - sum(fixed.values())
        personnel = self._round(rest * chance.uniform(0.6, 0.85))
        steady = random.Random(f"{self.seed} economic")
        pay = ["30101", "30102", "30103", "30107", "30112", "30199", "30305", "30309"]
        kept = [code for code in pay if steady.random() < 0.8] or ["30101"]
        goods = [code for code in chart().economic["302"] if steady.random() < 0.6]
        goods += ["30299"] * ("30299" not in goods)
        capital = ["31002"] if steady.random() < 0.6 else []
        spread = self._split(personnel, kept, chance)
        spread |= self._split(rest - personnel, [*goods, *capital], chance)
        return {k: v for k, v in sorted({**spread, **fixed}.items()) if v}

    def _three(
        self, economic: Mapping[str, int], chance: random.Random, stage: Stage, year: int
    ) -> ThreePublic:
        """The three public costs are at least what basic spending shows of them."""
        more = 1.1 if stage is Stage.BUDGET else 1.0
        bought = random.Random(f"{self.seed} car {year}").random() < 0.15
        return ThreePublic(
            abroad=self._round(economic.get("30212", 0) * more),
            purchase=self._round(chance.uniform(12e4, 25e4)) if bought else 0,
            running=self._round(economic.get("30231", 0) * more),
            reception=self._round(economic.get("30217", 0) * more),
            meetings=economic.get("30215", 0),
            training=economic.get("30216", 0),
        )

    def _extras(self, items: Sequence[Item], chance: random.Random) -> Extras:
        project = sum(i.project for i in items) or 10 * self.step
        goods = self._round(project * chance.uniform(0.05, 0.2))
        works = self._round(project * chance.uniform(0, 0.2)) if chance.random() < 0.5 else 0
        services = self._round(project * chance.uniform(0.1, 0.4))
        small = self._round((goods + works + services) * chance.uniform(0.5, 1))
        return Extras(
            goods, works, services, small, self._round(small * chance.uniform(0.3, 1)),
            vehicles=chance.randint(0, 12), devices=chance.randint(0, 5),
            projects=chance.randint(1, 25), score=chance.randint(8500, 9990),
            groups=chance.randint(1, 3), batches=chance.randint(2, 60),
            guests=chance.randint(60, 900),
            reserve=self._round(max((i.project for i in items), default=0) * 0.4),
        )  # fmt: skip

    def _split(self, total: int, codes: Sequence[str], chance: random.Random) -> dict[str, int]:
        """Positive parts that add up to `total`; the last takes what rounding leaves."""
        weights = [chance.uniform(0.05, 1) for _ in codes]
        parts = [self._round(total * w / sum(weights)) for w in weights]
        parts[parts.index(max(parts))] += total - sum(parts)
        return dict(zip(codes, parts, strict=True))

    def _round(self, amount: float) -> int:
        return round(amount / self.step) * self.step


def _is_basic(code: str) -> bool:
    return code[:5] in _SHARED_BASIC or chart().name(code) in _RUNNING


def _received(
    items: Iterable[Item], opening: Mapping[Pot, int], closing: Mapping[Pot, int]
) -> list[Item]:
    """Fiscal income of each item: the largest of each pot carries the balances."""
    listed = list(items)
    largest = {
        pot: max((i for i in listed if i.pot is pot), key=lambda i: i.fiscal, default=None)
        for pot in Pot
    }
    booked = []
    for item in listed:
        carried = closing[item.pot] - opening[item.pot] if item is largest[item.pot] else 0
        booked.append(replace(item, received=item.fiscal + carried))
    return booked
