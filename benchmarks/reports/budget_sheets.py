"""The statements of a budget (部门预算): Shanghai's nine in 元 and Jiangsu's twelve in 万元."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.reports.chart import chart
from benchmarks.reports.frames import amounts, code, label
from benchmarks.reports.ledger import Item, Ledger, Pot
from benchmarks.reports.model import Head, Sheet, SheetRow
from benchmarks.reports.rows import (
    Line,
    account_rows,
    class_lines,
    code_texts,
    economic_lists,
    side_rows,
    with_total,
)
from benchmarks.reports.style import Style, numeral, sheet


@dataclass(frozen=True, slots=True)
class ShanghaiSheets:
    """The nine statements of a Shanghai district: amounts in 元, 三公 in 万元."""

    body: str
    year: int
    ledger: Ledger
    style: Style
    divided: bool = False  # since 2025 the right side of 收支总表 by kind of spending

    def all(self) -> list[Sheet]:
        """The statements in the order of publication."""
        return [
            self.overall(), self.income(), self.spending(), self.fiscal(),
            self.by_function("一般公共预算支出", Pot.GENERAL, "budget.general_spending"),
            self.by_function("政府性基金预算支出", Pot.FUND, "budget.fund"),
            self.by_function("国有资本经营预算支出", Pot.CAPITAL, "budget.capital"),
            self.basic(), self.three(),
        ]  # fmt: skip

    def overall(self) -> Sheet:
        """财务收支预算总表."""
        book = self.ledger
        own = _own_money(book)
        fiscal = sum(book.received(pot) for pot in Pot)
        left: list[Line] = [
            ("一、财政拨款收入", (fiscal,)),
            *(
                (f"{n + 1}. {name}", (book.received(pot) or None,))
                for n, (name, pot) in enumerate(zip(_POTS, Pot, strict=True))
            ),
            ("二、事业收入", (own[0] or None,)),
            ("三、事业单位经营收入", (own[1] or None,)),
            ("四、其他收入", (own[2] or None,)),
        ]
        uses = _uses(book) if self.divided else lambda i: (i.spent,)
        right = _numbered_classes(book.items, uses)
        grand = tuple(map(sum, zip(*map(uses, book.items), strict=True)))
        ends: list[tuple[Line, Line]] = [(("收入总计", (book.income,)), ("支出总计", grand))]
        rows = side_rows(self.style, left, right, ends, (1, len(grand)))
        heads = (
            Head("本年收入", (label("项目", 2.6), *amounts("预算数", width=1.4))),
            Head("本年支出", (label("项目", 2.6, block=1), *self._outlay_heads())),
        )
        return self._sheet("budget.income_expenditure", "财务收支预算总表", heads, rows)

    def _outlay_heads(self) -> tuple[Head, ...]:
        if not self.divided:
            return amounts("预算数", width=1.4, block=1)
        basic = Head("基本支出", amounts("人员经费", "公用经费", width=1.3, block=1))
        both = (*amounts("合计", width=1.4, block=1), basic)
        return (Head("预算数", (*both, *amounts("项目支出", width=1.4, block=1))),)

    def _names(self, what: str = "功能分类科目", parts: str = "类款项") -> Head:
        name = f"{what}名称"
        if not self.style.split_codes:
            return Head("项目", (code(f"{what}编码"), label(name, 2.6)))
        codes = tuple(code(part, 0.45) for part in parts)
        return Head("项目", (Head(f"{what}编码", codes), label(name, 2.6)))

    def income(self) -> Sheet:
        """收入预算总表."""
        sources = ("合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入")
        heads = (self._names(), Head("收入预算", amounts(*sources, width=1.4)))

        def figures(i: Item) -> Sequence[int]:
            return i.income, i.received, i.business + i.saved, i.operating, i.other

        rows = account_rows(self.style, self.ledger.items, figures, width=5)
        return self._sheet("budget.income", "收入预算总表", heads, rows)

    def spending(self) -> Sheet:
        """支出预算总表."""
        heads = (self._names(), Head("支出预算", _kinds()))

        def figures(i: Item) -> Sequence[int]:
            basic = i.basic + i.business
            return i.spent, basic, i.spent - basic

        rows = account_rows(self.style, self.ledger.items, figures, width=3)
        return self._sheet("budget.spending", "支出预算总表", heads, rows)

    def fiscal(self) -> Sheet:
        """财政拨款收支预算总表."""
        book = self.ledger
        left: list[Line] = [
            (f"{numeral(n + 1)}、{name}", (book.received(pot) or None,))
            for n, (name, pot) in enumerate(zip(_POTS, Pot, strict=True))
        ]
        right = _numbered_classes([i for i in book.items if i.fiscal], _by_pot)
        spent = [book.fiscal(pot) for pot in Pot]
        total = (sum(book.received(pot) for pot in Pot),)
        grand = tuple(v or None for v in (sum(spent), *spent))
        rows = side_rows(
            self.style, left, right, [(("收入总计", total), ("支出总计", grand))], (1, 4)
        )
        pots = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
        heads = (
            Head("财政拨款收入", (label("项目", 2.4), *amounts("预算数", width=1.4))),
            Head(
                "财政拨款支出",
                (label("项目", 2.4, block=1), *amounts("合计", *pots, width=1.4, block=1)),
            ),
        )
        return self._sheet("budget.fiscal", "财政拨款收支预算总表", heads, rows)

    def by_function(self, what: str, pot: Pot, statement: str) -> Sheet:
        """…支出功能分类预算表 of one pot."""
        heads = (self._names(), Head(what, _kinds()))
        items = self.ledger.of(pot)

        def figures(i: Item) -> Sequence[int]:
            return i.fiscal, i.basic, i.project

        rows = account_rows(self.style, items, figures, width=3)
        own = f"本{self.style.part}{self.year}年无{what.removesuffix('支出')}安排的预算"
        notes = () if items else (f"注：{own}，故本表为空表。",)
        return self._sheet(statement, f"{what}功能分类预算表", heads, rows, notes)

    def basic(self) -> Sheet:
        """一般公共预算基本支出部门预算经济分类预算表."""
        names = self._names("部门预算经济分类科目", "类款")
        figures = amounts("合计", "人员经费", "公用经费", width=1.4)
        heads = (names, Head("一般公共预算基本支出", figures))
        rows = economic_rows(self.style, self.ledger.economic, _by_use, parts=2)
        title = "一般公共预算基本支出部门预算经济分类预算表"
        return self._sheet("budget.general_basic", title, heads, rows)

    def three(self) -> Sheet:
        """“三公”经费和机关运行经费预算表, in 万元."""
        three = self.ledger.three
        vehicles = Head("公务用车购置及运行费", amounts("小计", "购置费", "运行费"))
        both = amounts("合计", "因公出国（境）费", "公务接待费")
        heads = (Head("“三公”经费预算数", (*both, vehicles)), *amounts("机关运行经费预算数"))
        figures = (
            three.total, three.abroad, three.reception, three.vehicles, three.purchase,
            three.running, self.ledger.public,
        )  # fmt: skip
        rows = [SheetRow(tuple(self.style.shown(v or None, "万元") for v in figures))]
        title = "“三公”经费和机关运行经费预算表"
        return self._sheet("budget.three_public", title, heads, rows, unit="万元")

    def _sheet(
        self,
        statement: str,
        title: str,
        heads: tuple[Head, ...],
        rows: list[SheetRow],
        notes: tuple[str, ...] = (),
        unit: str = "",
    ) -> Sheet:
        title = f"{self.year}年{self.style.part}{self.style.word(title)}"
        return sheet(
            self.style, statement, title, heads, rows,
            body=self.body, notes=notes, unit=unit, landscape=True,
        )  # fmt: skip


_POTS = ("一般公共预算资金", "政府性基金", "国有资本经营预算")


def _kinds() -> tuple[Head, ...]:
    return amounts("合计", "基本支出", "项目支出", width=1.4)


def _own_money(book: Ledger) -> tuple[int, int, int]:
    """事业收入, 经营收入, 其他收入."""
    return (
        sum(i.business + i.saved for i in book.items),
        sum(i.operating for i in book.items),
        sum(i.other for i in book.items),
    )


def _uses(book: Ledger) -> Callable[[Item], Sequence[int]]:
    """合计, 人员经费, 公用经费, 项目支出 of an item: 公用经费 on the largest first."""
    rest, public = book.public, {}
    for item in sorted(book.items, key=lambda i: -i.basic):
        public[item.code] = min(rest, item.basic)
        rest -= public[item.code]

    def uses(item: Item) -> Sequence[int]:
        basic, things = item.basic + item.business, public[item.code]
        return item.spent, basic - things, things, item.spent - basic

    return uses


def _by_pot(item: Item) -> tuple[int, ...]:
    return (item.fiscal, *(item.fiscal if item.pot is pot else 0 for pot in Pot))


def _by_use(head: str, value: int) -> Sequence[int]:
    people = head in ("301", "303")
    return value, value if people else 0, 0 if people else value


def _numbered_classes(
    items: Iterable[Item], columns: Callable[[Item], Sequence[int]]
) -> list[Line]:
    """The classes that have money, numbered 一、 …"""
    lines = class_lines(items, columns, chart().classes)
    used = [(name, figures) for name, figures in lines if any(figures)]
    return [(f"{numeral(n + 1)}、{name}", figures) for n, (name, figures) in enumerate(used)]


def economic_rows(
    style: Style,
    economic: Mapping[str, int],
    columns: Callable[[str, int], Sequence[int]],
    *,
    parts: int = 1,
) -> list[SheetRow]:
    """Economic accounts that have money, with their classes and 合计."""
    (listed,) = economic_lists(economic, [["301", "302", "303", "310"]], all_codes=False)
    rows, total = [], [0] * len(columns("301", 0))
    for account, value in listed:
        figures = columns(account[:3], value)
        texts = code_texts(style, account)[: parts if style.split_codes else 1]
        name = chart().economic_name(account)
        rows.append(SheetRow((*texts, name, *map(style.shown, figures)), level=len(account) // 5))
        if len(account) == 3:
            total = [a + b for a, b in zip(total, figures, strict=True)]
    names = (parts if style.split_codes else 1) + 1
    return with_total(style, rows, tuple(map(style.shown, total)), names)
