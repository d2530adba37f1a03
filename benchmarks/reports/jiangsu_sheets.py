"""The twelve statements of a provincial budget in Jiangsu's form, in 万元."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.reports.budget_sheets import economic_rows
from benchmarks.reports.chart import chart
from benchmarks.reports.frames import amounts, code, label
from benchmarks.reports.ledger import Item, Ledger, Pot
from benchmarks.reports.model import Head, Role, Sheet, SheetRow
from benchmarks.reports.rows import account_rows, class_lines
from benchmarks.reports.style import Style, numeral, sheet

# 国有资本, foreign aid and debt have no line in this form.
_LEFT_OUT = ("219", "223", "231", "232", "234")


@dataclass(frozen=True, slots=True)
class JiangsuSheets:
    """公开01表 to 公开12表 of one year."""

    body: str
    ledger: Ledger
    style: Style

    def all(self) -> list[Sheet]:
        """The statements in the order of publication."""
        return [
            self.balance(), self.income(), self.uses(), self.fiscal(),
            self._by_function("财政拨款支出预算表", 5, "budget.fiscal_spending", list(Pot)),
            self._by_class("财政拨款基本支出预算表", 6, "budget.fiscal_basic"),
            self._by_function(
                "一般公共预算支出预算表", 7, "budget.general_spending", [Pot.GENERAL]
            ),
            self._by_class("一般公共预算基本支出预算表", 8, "budget.general_basic"),
            self.three(),
            self._by_function("政府性基金预算财政拨款支出预算表", 10, "budget.fund", [Pot.FUND]),
            self.operating(), self.procurement(),
        ]  # fmt: skip

    @property
    def project(self) -> int:
        """项目支出 without what is held in reserve."""
        return self.ledger.project - self.ledger.extras.reserve

    def balance(self) -> Sheet:
        """收支预算总表: receipts, outlays by function, outlays by use."""
        book = self.ledger
        general, fund = book.received(Pot.GENERAL), book.received(Pot.FUND)
        other = sum(i.business + i.other + i.operating for i in book.items)
        left = [
            ("一、财政拨款", general + fund), (" 1.一般公共预算", general),
            (" 2.政府性基金预算", fund), ("二、财政专户管理资金", 0), ("三、其他资金", other),
        ]  # fmt: skip
        classes = [c for c in chart().classes if c[0] not in _LEFT_OUT]
        middle = [
            (f"{numeral(n + 1)}、{name}", figures[0] or 0)
            for n, (name, figures) in enumerate(
                class_lines(book.items, lambda i: (i.spent,), classes)
            )
        ]
        right = [
            ("一、基本支出", book.basic), ("二、项目支出", self.project),
            ("三、单位预留机动经费", book.extras.reserve),
        ]  # fmt: skip
        rows = [self._trio(left, middle, right, i) for i in range(len(middle))]
        rows += [
            self._end("当年收入小计", book.income, "当年支出小计", book.spent),
            self._end("上年结转资金", 0, "结转下年资金", 0),
            self._end("收入合计", book.income, "支出合计", book.spent),
        ]
        function = (label("功能科目名称", 2.4, 1), *amounts("金额", block=1))
        use = (label("项目名称", 2, 2), *amounts("金额", block=2))
        heads = (
            Head("收入", (label("项目名称", 2), *amounts("金额"))),
            Head("支出", (Head("功能分类", function), Head("支出用途", use))),
        )
        return self._sheet("budget.balance", "收支预算总表", heads, rows, 1)

    def _trio(
        self,
        left: Sequence[tuple[str, int]],
        middle: Sequence[tuple[str, int]],
        right: Sequence[tuple[str, int]],
        at: int,
    ) -> SheetRow:
        texts: list[str] = []
        for part in (left, middle, right):
            name, value = part[at] if at < len(part) else ("", 0)
            texts += [name, self.style.shown(value or None)]
        return SheetRow(tuple(texts))

    def _end(self, left: str, income: int, right: str, outlay: int) -> SheetRow:
        shown = [self.style.shown(v or None) for v in (income, outlay)]
        return SheetRow((left, shown[0], right, "", "", shown[1]), merged=((2, 3),))

    def income(self) -> Sheet:
        """收入预算总表: each source with its 小计."""
        book = self.ledger
        general, fund = book.received(Pot.GENERAL), book.received(Pot.FUND)
        business, operating, other = (
            sum(getattr(i, name) for i in book.items) for name in ("business", "operating", "other")
        )
        groups: list[tuple[str, list[tuple[str, int]]]] = [
            (
                "一般公共预算资金",
                [("小计", general), ("公共财政拨款（补助）资金", general), ("专项收入", 0)],
            ),
            ("政府性基金", [("小计", fund)]),
            ("财政专户管理资金", [("小计", 0), ("专户管理教育收费", 0), ("其他非税收入", 0)]),
            (
                "其他资金",
                [
                    ("小计", business + operating + other), ("事业收入", business),
                    ("经营收入", operating), ("其他收入", other),
                ],
            ),
            ("上年结转和结余资金", [("小计", 0)]),
        ]  # fmt: skip
        total = SheetRow(("收入总计", "", self.style.shown(book.income)), merged=((0, 2),))
        rows = [total] + [
            SheetRow((group, name, self.style.shown(value or None)))
            for group, lines in groups
            for name, value in lines
        ]
        heads = (
            Head("项目名称", role=Role.GROUP, width=2),
            label("项目", 2.6),
            *amounts("金额", width=1.4),
        )
        return self._sheet("budget.income_sources", "收入预算总表", heads, rows, 2)

    def uses(self) -> Sheet:
        """支出预算总表: one line of figures."""
        book = self.ledger
        names = ("合计", "基本支出", "项目支出", "单位预留机动经费", "结转下年资金")
        figures = (book.spent, book.basic, self.project, book.extras.reserve, 0)
        rows = [SheetRow(tuple(self.style.shown(v or None) for v in figures))]
        return self._sheet("budget.spending_uses", "支出预算总表", amounts(*names), rows, 3)

    def fiscal(self) -> Sheet:
        """财政拨款收支预算总表, outlays by use."""
        book = self.ledger
        general, fund = book.received(Pot.GENERAL), book.received(Pot.FUND)
        basic = sum(book.economic.values())
        total = general + fund
        left = [("一、一般公共预算", general), ("二、政府性基金预算", fund), ("", 0)]
        right = [
            ("一、基本支出", basic), ("二、项目支出", total - basic - book.extras.reserve),
            ("三、单位预留机动经费", book.extras.reserve),
        ]  # fmt: skip
        ends = [("收入合计", total), ("支出合计", total)]
        rows = [
            SheetRow((a, self.style.shown(x or None), b, self.style.shown(y or None)))
            for (a, x), (b, y) in [*zip(left, right, strict=True), ends]
        ]
        use = Head("支出用途", (label("项目名称", 2.4, 1), *amounts("金额", block=1)))
        heads = (
            Head("收入", (label("项目名称", 2.4), *amounts("金额"))),
            Head("支出", (use,)),
        )
        return self._sheet("budget.fiscal", "财政拨款收支预算总表", heads, rows, 4)

    def _by_function(self, title: str, number: int, statement: str, pots: list[Pot]) -> Sheet:
        items = [i for i in self.ledger.items if i.pot in pots and i.fiscal]

        def figures(i: Item) -> Sequence[int]:
            return (i.fiscal,)

        rows = account_rows(self.style, items, figures, width=1)
        heads = (code("功能科目编码"), label("功能科目名称", 3), *amounts("金额", width=1.4))
        return self._sheet(statement, title, heads, rows, number, self._note())

    def _by_class(self, title: str, number: int, statement: str) -> Sheet:
        rows = economic_rows(self.style, self.ledger.economic, lambda _, v: (v,))
        heads = (code("科目编码"), label("科目名称", 3), *amounts("金额", width=1.4))
        return self._sheet(statement, title, heads, rows, number, self._note())

    def three(self) -> Sheet:
        """“三公”经费、会议费、培训费支出预算表."""
        t = self.ledger.three
        vehicles = Head(
            "公务用车购置及运行维护费", amounts("小计", "公务用车购置费", "公务用车运行维护费")
        )
        inside = (*amounts("小计", "因公出国（境）费"), vehicles, *amounts("公务接待费"))
        heads = (*amounts("合计"), Head("“三公”经费", inside), *amounts("会议费", "培训费"))
        figures = (
            t.total + t.meetings + t.training, t.total, t.abroad, t.vehicles, t.purchase,
            t.running, t.reception, t.meetings, t.training,
        )  # fmt: skip
        rows = [SheetRow(tuple(self.style.shown(v or None) for v in figures))]
        title = "“三公”经费、会议费、培训费支出预算表"
        return self._sheet("budget.three_public", title, heads, rows, 9)

    def operating(self) -> Sheet:
        """一般公共预算机关运行经费支出预算表."""
        goods = {k: v for k, v in self.ledger.economic.items() if k[:3] in ("302", "310")}
        rows = economic_rows(self.style, goods, lambda _, v: (v,))
        heads = (code("科目编码"), label("科目名称", 3), *amounts("机关运行经费支出", width=1.4))
        title = "一般公共预算机关运行经费支出预算表"
        return self._sheet("budget.operating_cost", title, heads, rows, 11, self._note())

    def procurement(self) -> Sheet:
        """政府采购支出预算表: classes of goods, works and services with one article each."""
        e = self.ledger.extras
        kinds = (("一、货物A", "台式计算机", e.goods), ("二、工程B", "房屋修缮工程", e.works),
                 ("三、服务C", "物业管理服务", e.services))  # fmt: skip
        rows = [SheetRow(("合计", "", "", self.style.shown(e.goods + e.works + e.services)))]
        for kind, article, value in kinds:
            if value:
                rows.append(SheetRow((kind, "", "", self.style.shown(value))))
                rows.append(SheetRow((kind, article, "部门集中采购", self.style.shown(value))))
        heads = (
            Head("采购品目大类", role=Role.GROUP, width=1.4), label("采购物品名称", 2),
            *amounts("采购组织形式", width=1.6), *amounts("总计", width=1.4),
        )  # fmt: skip
        return self._sheet("budget.procurement", "政府采购支出预算表", heads, rows, 12)

    def _note(self) -> tuple[str, ...]:
        return ("注：“科目编码”和“科目名称”为必填项。",)

    def _sheet(
        self,
        statement: str,
        title: str,
        heads: tuple[Head, ...],
        rows: list[SheetRow],
        number: int,
        notes: tuple[str, ...] = (),
    ) -> Sheet:
        return sheet(
            self.style, statement, title, heads, rows, body=self.body, number=number, notes=notes
        )
