"""The nine statements of a final account (部门决算), with and without line numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.reports.chart import chart
from benchmarks.reports.frames import amounts, code, label
from benchmarks.reports.ledger import Item, Ledger, Pot
from benchmarks.reports.model import Head, Role, Sheet, SheetRow
from benchmarks.reports.rows import (
    Line,
    account_rows,
    block_rows,
    class_lines,
    economic_lists,
    side_rows,
)
from benchmarks.reports.style import Style, numeral, sheet

_RECEIPTS = (
    "一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入",
    "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入",
)  # fmt: skip
_POTS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")


@dataclass(frozen=True, slots=True)
class FinalSheets:
    """The nine statements of one year in one style."""

    body: str
    ledger: Ledger
    style: Style
    blocks: int = 2  # basic spending side by side
    all_codes: bool = True
    alternate: bool = False  # 三公: budget and final side by side under each item
    planned: Ledger | None = None  # where the 三公 budget comes from

    def all(self) -> list[Sheet]:
        """The statements in the order of publication."""
        return [
            self.income_expenditure(), self.income(), self.spending(), self.fiscal(),
            self.general(), self.basic(), self.fund(), self.capital(), self.three(),
        ]  # fmt: skip

    def _names(self) -> Head:
        style = self.style
        if style.split_codes:
            parts = tuple(code(t, 0.45) for t in "类款项")
            return Head("项目", (Head("功能分类科目编码", parts), label("科目名称")))
        return Head("项目", (code("功能分类科目编码"), label("科目名称")))

    def _side_heads(self, income: str, outlay: str, figures: tuple[Head, ...]) -> tuple[Head, ...]:
        line = (Head("行次", role=Role.LINE, width=0.5),) if self.style.lines else ()
        right = (Head("行次", role=Role.LINE, width=0.5, block=1),) if self.style.lines else ()
        return (
            Head(income, (label("项目", 3), *line, *amounts("决算数"))),
            Head(outlay, (label("项目", 3, block=1), *right, *figures)),
        )

    def income_expenditure(self) -> Sheet:
        """收入支出决算总表."""
        book = self.ledger
        own = (
            *(book.received(pot) for pot in Pot), sum(i.superior for i in book.items),
            sum(i.earned for i in book.items), sum(i.operating for i in book.items),
            sum(i.below for i in book.items), sum(i.other for i in book.items),
        )  # fmt: skip
        left = _numbered(zip(_RECEIPTS, [(v or None,) for v in own], strict=True))
        right = _numbered(class_lines(book.items, lambda i: (i.spent,), self._classes()))
        opening, closing, grand = book.carried_in, book.carried_out, book.grand
        ends: list[tuple[Line, Line]] = [
            (("本年收入合计", (book.income,)), ("本年支出合计", (book.spent,))),
            (("使用非财政拨款结余", (book.used or None,)), ("结余分配", (book.allotted or None,))),
            (("年初结转和结余", (opening or None,)), ("年末结转和结余", (closing or None,))),
            *self._gap(),
            (("总计", (grand,)), ("总计", (grand,))),
        ]
        rows = side_rows(self.style, left, right, ends, (1, 1))
        heads = self._side_heads("收入", "支出", amounts("决算数", block=1, first=2))
        return self._sheet(
            "final.income_expenditure", "收入支出决算总表", heads, rows, 1,
            self._notes("总收支和年末结转结余", self._side_formulas(len(rows), len(right))),
        )  # fmt: skip

    def _gap(self) -> list[tuple[Line, Line]]:
        return [(("", ()), ("", ()))] if self.style.lines else []

    def _classes(self) -> tuple[tuple[str, str], ...]:
        classes = chart().classes
        return classes if self.style.lines else tuple(c for c in classes if c[0] not in _DEBT)

    def _side_formulas(self, rows: int, classes: int) -> tuple[str, ...]:
        total = classes + 1
        return (
            f"{total}行＝（1＋2＋3＋4＋5＋6＋7＋8）行；"
            f"{rows}行＝（{total}＋{total + 1}＋{total + 2}）行；",
            f"{rows + total}行＝（{rows + 1}＋{rows + 2}＋…＋{rows + classes}）行；"
            f"{2 * rows}行＝（{rows + total}＋{rows + total + 1}＋{rows + total + 2}）行。",
        )

    def income(self) -> Sheet:
        """收入决算表."""
        heads = (
            self._names(),
            *amounts(
                "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入",
                "附属单位上缴收入", "其他收入",
            ),
        )  # fmt: skip

        def figures(i: Item) -> Sequence[int]:
            return (
                i.income, i.received, i.superior, i.earned, i.operating, i.below, i.other,
            )  # fmt: skip

        rows = account_rows(self.style, self.ledger.items, figures, width=7)
        notes = self._notes("取得的各项收入", ("1栏各行＝（2＋3＋4＋5＋6＋7）栏各行。",))
        return self._sheet("final.income", "收入决算表", heads, rows, 2, notes, True)

    def spending(self) -> Sheet:
        """支出决算表."""
        heads = (
            self._names(),
            *amounts(
                "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出",
                "对附属单位补助支出",
            ),
        )  # fmt: skip

        def figures(i: Item) -> Sequence[int]:
            basic, project = i.basic + i.business, i.project + i.other + i.superior + i.used
            return i.spent, basic, project, i.upward, i.operating, i.granted

        rows = account_rows(self.style, self.ledger.items, figures, width=6)
        notes = self._notes("各项支出", ("1栏各行＝（2＋3＋4＋5＋6）栏各行。",))
        return self._sheet("final.spending", "支出决算表", heads, rows, 3, notes, True)

    def fiscal(self) -> Sheet:
        """财政拨款收入支出决算总表."""
        book = self.ledger
        left = _numbered(
            (name, (book.received(pot) or None,)) for name, pot in zip(_POTS, Pot, strict=True)
        )
        fiscal = [i for i in book.items if i.fiscal]
        right = _numbered(class_lines(fiscal, _by_pot, self._classes()))
        rows = side_rows(self.style, left, right, self._fiscal_ends(), (1, 4))
        figures = Head("决算数", amounts("合计", *_POTS, block=1, first=2))
        plain = amounts("合计", *_POTS, block=1)
        heads = self._side_heads("收入", "支出", (figures,) if self.style.lines else plain)
        return self._sheet(
            "final.fiscal", "财政拨款收入支出决算总表", heads, rows, 4,
            self._notes("财政拨款总收支情况", self._fiscal_formulas(len(rows), len(right))),
            True,
        )  # fmt: skip

    def _fiscal_ends(self) -> list[tuple[Line, Line]]:
        book = self.ledger
        received, spent = ([f(p) for p in Pot] for f in (book.received, book.fiscal))
        opening, closing = ([b[p] for p in Pot] for b in (book.opening, book.closing))
        grand = [s + c for s, c in zip(spent, closing, strict=True)]
        return [
            (("本年收入合计", (sum(received),)), ("本年支出合计", _with_sum(spent))),
            (
                ("年初财政拨款结转和结余", (sum(opening) or None,)),
                ("年末财政拨款结转和结余", _with_sum(closing)),
            ),
            *(((name, (v or None,)), ("", ())) for name, v in self._opening_lines(opening)),
            (("总计", (sum(received) + sum(opening),)), ("总计", _with_sum(grand))),
        ]

    def _opening_lines(self, opening: Sequence[int]) -> list[tuple[str, int]]:
        """The balances by budget; numbered where there are no line numbers."""
        names = [
            name if self.style.lines else f"{numeral(n + 1)}、{name}"
            for n, name in enumerate(_POTS)
        ]
        return list(zip(names, opening, strict=True))

    def _fiscal_formulas(self, rows: int, classes: int) -> tuple[str, ...]:
        total = classes + 1
        return (
            f"{total}行＝（1＋2＋3）行；"
            f"{total + 1}行＝（{total + 2}＋{total + 3}＋{total + 4}）行；"
            f"{rows}行＝（{total}＋{total + 1}）行；",
            f"{rows + total}行＝（{rows + 1}＋{rows + 2}＋…＋{rows + classes}）行；"
            f"{2 * rows}行＝（{rows + total}＋{rows + total + 1}）行。",
        )

    def general(self) -> Sheet:
        """一般公共预算财政拨款支出决算表."""
        heads: tuple[Head, ...] = (
            self._names(),
            Head("本年支出", amounts("小计", "基本支出", "项目支出")),
        )

        def figures(i: Item) -> Sequence[int]:
            return i.fiscal, i.basic, i.project

        rows = account_rows(self.style, self.ledger.of(Pot.GENERAL), figures, width=3)
        notes = self._notes("一般公共预算财政拨款支出", ("1栏各行＝（2＋3）栏各行。",))
        title = "一般公共预算财政拨款支出决算表"
        return self._sheet("final.general_spending", title, heads, rows, 5, notes)

    def basic(self) -> Sheet:
        """一般公共预算财政拨款基本支出决算明细表."""
        public = [["302"], ["310"]] if self.blocks == 3 else [["302", "310"]]
        parts = [["301", "303"], *public]
        lists = economic_lists(self.ledger.economic, parts, all_codes=self.all_codes)
        ends = [("人员经费合计", self.ledger.personnel), ("公用经费合计", self.ledger.public)]
        rows = block_rows(self.style, lists, ends)
        trios = [
            (code("经济分类科目编码", 0.8, b), label("科目名称", 2, b), *amounts("决算数", block=b))
            for b in range(self.blocks)
        ]
        public_heads = tuple(head for trio in trios[1:] for head in trio)
        heads = (Head("人员经费", trios[0]), Head("公用经费", public_heads))
        notes = self._notes("一般公共预算财政拨款基本支出明细", ())
        title = "一般公共预算财政拨款基本支出决算明细表"
        return self._sheet("final.general_basic", title, heads, rows, 6, notes, lines=False)

    def fund(self) -> Sheet:
        """政府性基金预算财政拨款收入支出决算表."""
        heads: tuple[Head, ...] = (
            self._names(),
            *amounts("年初结转和结余", "本年收入"),
            Head("本年支出", amounts("小计", "基本支出", "项目支出", first=3)),
            *amounts("年末结转和结余", first=6),
        )
        book = self.ledger
        items = book.of(Pot.FUND)
        largest = max(items, key=lambda i: i.fiscal, default=None)

        def figures(i: Item) -> Sequence[int]:
            opening, closing = (
                (b[Pot.FUND] if i is largest else 0) for b in (book.opening, book.closing)
            )
            return opening, i.received, i.fiscal, i.basic, i.project, closing

        rows = account_rows(self.style, items, figures, width=6)
        formulas = ("6栏各行＝（1＋2－3）栏各行；3栏各行＝（4＋5）栏各行。",)
        title = "政府性基金预算财政拨款收入支出决算表"
        notes = self._notes("政府性基金预算财政拨款收入、支出及结转和结余", formulas)
        return self._sheet(
            "final.fund", title, heads, rows, 7, (*notes, *self._empty(items, title)), True
        )

    def capital(self) -> Sheet:
        """国有资本经营预算财政拨款支出决算表."""
        items = self.ledger.of(Pot.CAPITAL)
        heads: tuple[Head, ...] = (
            self._names(),
            Head("本年支出", amounts("合计", "基本支出", "项目支出")),
        )

        def figures(i: Item) -> Sequence[int]:
            return i.fiscal, i.basic, i.project

        rows = account_rows(self.style, items, figures, width=3)
        title = "国有资本经营预算财政拨款支出决算表"
        notes = self._notes("国有资本经营预算财政拨款支出", ("1栏各行＝（2＋3）栏各行。",))
        return self._sheet(
            "final.capital", title, heads, rows, 8, (*notes, *self._empty(items, title))
        )

    def _empty(self, items: Sequence[Item], title: str) -> tuple[str, ...]:
        if items:
            return ()
        what = title.removesuffix("决算表")
        return (f"说明：{self.body}本年度没有{what}，本表为空表。",)

    def three(self) -> Sheet:
        """财政拨款“三公”经费支出决算表."""
        planned = (self.planned or self.ledger).three
        pairs = [(getattr(planned, name), getattr(self.ledger.three, name)) for name in _THREE]
        order = [0, 1, 2, 3, 4, 5]
        if self.alternate:
            figures = [v for i in order for v in pairs[i]]
            heads = _alternating()
        else:
            figures = [pairs[i][k] for k in (0, 1) for i in order]
            heads = _one_after_the_other()
        rows = [SheetRow(tuple(self.style.shown(v) for v in figures))]
        formula = "1栏＝（2＋3＋6）栏；3栏＝（4＋5）栏；7栏＝（8＋9＋12）栏；9栏＝（10＋11）栏。"
        notes = self._notes("财政拨款“三公”经费支出预决算", (formula,))
        title = "财政拨款“三公”经费支出决算表"
        return self._sheet("final.three_public", title, heads, rows, 9, notes, True)

    def _notes(self, what: str, formulas: tuple[str, ...]) -> tuple[str, ...]:
        own = self.style.part
        return (f"注：本表反映{own}本年度{what}情况。", *(formulas if self.style.lines else ()))

    def _sheet(
        self,
        statement: str,
        title: str,
        heads: tuple[Head, ...],
        rows: list[SheetRow],
        number: int,
        notes: tuple[str, ...],
        landscape: bool = False,
        lines: bool = True,
    ) -> Sheet:
        return sheet(
            self.style, statement, title, heads, rows,
            body=self.body, number=number, notes=notes, landscape=landscape, lines=lines,
        )  # fmt: skip


_DEBT = ("231", "232")
_THREE = ("total", "abroad", "vehicles", "purchase", "running", "reception")


def _numbered(lines: Iterable[Line]) -> list[Line]:
    return [(f"{numeral(n + 1)}、{name}", figures) for n, (name, figures) in enumerate(lines)]


def _by_pot(item: Item) -> tuple[int, ...]:
    return (item.fiscal, *(item.fiscal if item.pot is pot else 0 for pot in Pot))


def _with_sum(values: Sequence[int]) -> tuple[int | None, ...]:
    return tuple(v or None for v in (sum(values), *values))


def _one_after_the_other() -> tuple[Head, ...]:
    def half(name: str, first: int) -> Head:
        vehicles = Head(
            "公务用车购置及运行维护费",
            amounts("小计", "公务用车购置费", "公务用车运行维护费", first=first + 2),
        )
        both = amounts("合计", "因公出国（境）费", first=first)
        return Head(name, (*both, vehicles, *amounts("公务接待费", first=first + 5)))

    return half("预算数", 1), half("决算数", 7)


def _alternating() -> tuple[Head, ...]:
    def pair(name: str) -> Head:
        return Head(name, amounts("预算数", "决算数", width=0.9))

    vehicles = Head(
        "公务用车购置及运行维护费",
        (pair("小计"), pair("公务用车购置费"), pair("公务用车运行维护费")),
    )
    return pair("合计"), pair("因公出国（境）费"), vehicles, pair("公务接待费")
