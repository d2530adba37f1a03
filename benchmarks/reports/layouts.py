"""The layouts a report can be made in: which statements, which words, which formats."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.reports.bodies import Body, make_body
from benchmarks.reports.budget_prose import (
    PlannedYear,
    tell_jiangsu,
    tell_shanghai,
    tell_shanghai_rest,
)
from benchmarks.reports.budget_sheets import ShanghaiSheets
from benchmarks.reports.final_prose import FinalYear, tell_final
from benchmarks.reports.final_sheets import FinalSheets
from benchmarks.reports.jiangsu_sheets import JiangsuSheets
from benchmarks.reports.ledger import Book, Ledger, Pot, Stage
from benchmarks.reports.model import Block, Difficulty, Heading, Paragraph
from benchmarks.reports.style import Style
from benchmarks.reports.tell import Teller
from benchmarks.reports.troubles import other_words
from corpus.model import Kind


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: everything a layout needs to print one report."""

    seed: int
    year: int
    body: Body
    book: Book
    unit: bool  # 单位 rather than 部门
    difficulty: Difficulty

    @property
    def part(self) -> str:
        """部门 or 单位."""
        return "单位" if self.unit else "部门"

    def chance(self, what: str) -> random.Random:
        """Chance of its own for one purpose, so that purposes do not disturb each other."""
        return random.Random(f"{self.seed} {self.year} {what}")


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of publishing: `build` prints the blocks; `formats` are those it is found in."""

    name: str
    kind: Kind
    formats: tuple[str, ...]
    build: Callable[[Order], list[Block]]
    province: bool = False


def body_of(seed: int, layout: Layout) -> Body:
    """The body that a seed stands for in a layout."""
    return make_body(seed, province=layout.province)


def _words(order: Order, kind: Kind) -> dict[str, str]:
    return other_words(kind, order.difficulty, order.chance("words"))


def _final_year(order: Order) -> FinalYear:
    book, year = order.book, order.year
    return FinalYear(
        order.body, year, book.ledger(year, Stage.FINAL), book.ledger(year, Stage.BUDGET),
        book.ledger(year - 1, Stage.FINAL),
    )  # fmt: skip


def _wuhan(order: Order) -> list[Block]:
    style = Style(
        words=_words(order, Kind.FINAL),
        lines=True,
        numbers=True,
        trimmed=True,
        year=order.year,
        part=order.part,
        unit="元" if order.difficulty.yuan else "万元",
        split_codes=order.difficulty.split_codes,
        zero="0.00" if order.difficulty.zeros else "",
    )
    return _final(order, style, blocks=3, alternate=False)


def _putuo_final(order: Order) -> list[Block]:
    style = Style(
        words=_words(order, Kind.FINAL),
        grouped=False,
        by="",
        part=order.part,
        zero="" if order.difficulty.zeros else "0.00",
        unit="元" if order.difficulty.yuan else "万元",
        split_codes=order.difficulty.split_codes,
    )
    return _final(order, style, blocks=3 if order.difficulty.sides else 2, alternate=True)


def _portal(order: Order) -> list[Block]:
    """A page of a portal; half of them leave out the line numbers."""
    style = Style(
        words=_words(order, Kind.FINAL),
        lines=order.seed % 2 == 0,
        numbers=True,
        by="部门",
        part=order.part,
        unit="元" if order.difficulty.yuan else "万元",
        split_codes=order.difficulty.split_codes,
        zero="0.00" if order.difficulty.zeros else "",
    )
    return _final(order, style, blocks=3 if order.difficulty.sides else 2, alternate=False)


def _final(order: Order, style: Style, *, blocks: int, alternate: bool) -> list[Block]:
    """The parts of a final account: what the body is, its tables, what they say, words."""
    y, name = _final_year(order), order.body.name
    t = Teller(style, order.chance("prose"), 1 if style.trimmed else 2)
    whole = f"{name}{order.year}年度{order.part}决算"
    t.head(1, "第一部分", f"{name}概况")
    t.head(2, "一、", "主要职能")
    t.say(f"{name}的主要职责是：承担{order.body.kind.duty}等工作；承办上级交办的其他事项。")
    t.head(2, "二、", "机构设置情况")
    t.say(f"从{order.part}构成看，{name}{order.part}决算由纳入独立核算的本级决算组成。")
    t.head(1, "第二部分", f"{whole}表")
    sheets = FinalSheets(name, y.now, style, blocks, True, alternate, y.planned)
    t.blocks += sheets.all()
    t.head(1, "第三部分", f"{whole}情况说明")
    tell_final(t, y)
    t.head(1, "第四部分", "名词解释")
    _terms(t)
    return t.blocks


def _terms(t: Teller) -> None:
    t.say("（一）一般公共预算财政拨款收入：指同级财政当年拨付的一般公共预算资金。")
    t.say("（二）年初结转和结余：指以前年度没有用完、结转到本年继续使用的资金。")
    t.say("（三）基本支出：指为保障机构正常运转而发生的人员支出和公用支出。")
    t.say("（四）项目支出：指在基本支出之外为完成特定任务而发生的支出。")


def _putuo_budget(order: Order) -> list[Block]:
    hard, name = order.difficulty, order.body.name
    style = Style(
        words=_words(order, Kind.BUDGET),
        unit="万元" if hard.yuan else "元",
        by=f"编制{order.part}",
        part=order.part,
        total_last=True,
        split_codes=not hard.split_codes,
        zero="0.00" if hard.zeros else "",
    )
    y = _planned_year(order)
    t = Teller(style, order.chance("prose"), 2)
    t.head(1, "", f"{name}主要职能")
    t.say(f"{name}是主管{order.body.kind.duty}工作的{order.part}。主要职能包括：")
    t.say("1．贯彻执行有关法律法规，拟订并组织实施相关规划。")
    t.say(f"2．组织开展{order.body.kind.duty}等工作。")
    t.head(1, "", f"{name}机构设置")
    t.say(f"{name}{order.part}预算包括本级以及下属预算单位的综合收支计划。")
    t.head(1, "", "名词解释")
    _budget_terms(t)
    tell_shanghai(t, y)
    sheets = ShanghaiSheets(name, order.year, y.now, style, divided=order.year >= 2025)
    t.blocks += sheets.all()
    tell_shanghai_rest(t, y)
    return t.blocks


def _budget_terms(t: Teller) -> None:
    t.say("（一）财政拨款收入：指本年度从同级财政取得的各类预算拨款。")
    t.say("（二）基本支出预算：指为保障机构正常运转而编制的年度支出计划，包括人员经费和公用经费。")
    t.say("（三）项目支出预算：指为完成特定任务，在基本支出之外编制的年度支出计划。")


def _planned_year(order: Order) -> PlannedYear:
    now, before = (order.book.ledger(y, Stage.BUDGET) for y in (order.year, order.year - 1))
    return PlannedYear(order.body, order.year, now, before)


def _jiangsu(order: Order) -> list[Block]:
    hard, name = order.difficulty, order.body.name
    style = Style(
        words=_words(order, Kind.BUDGET),
        numbers=True,
        by="部门名称",
        part=order.part,
        unit="元" if hard.yuan else "万元",
        zero="0.00" if hard.zeros else "",
    )
    y = _planned_year(order)
    y = replace(y, now=_without_capital(y.now), before=_without_capital(y.before))
    t = Teller(style, order.chance("prose"), 2)
    t.head(1, "第一部分", f"{order.part}概况")
    t.head(2, "一、", "主要职能")
    t.say(f"{name}的主要职责是{order.body.kind.duty}。")
    t.head(2, "二、", f"{order.year}年度主要工作任务及目标")
    t.say(f"{order.year}年，围绕{order.body.kind.duty}，完善制度，提升服务水平。")
    t.head(1, "第二部分", f"{order.year}年度{order.part}预算表")
    t.blocks += JiangsuSheets(name, y.now, style).all()
    t.head(1, "第三部分", f"{order.year}年度{order.part}预算情况说明")
    tell_jiangsu(t, y)
    t.head(1, "第四部分", "名词解释")
    t.say("一、财政拨款：指一般公共预算财政拨款和政府性基金预算财政拨款。")
    t.say("二、基本支出：指为保障机构正常运转、完成工作任务而发生的人员支出和公用支出。")
    t.say("三、单位预留机动经费：指年初预留用于年度执行中不可预见支出的经费。")
    return t.blocks


def _without_capital(ledger: Ledger) -> Ledger:
    """国有资本经营预算 has no place in this form."""
    return replace(ledger, items=tuple(i for i in ledger.items if i.pot is not Pot.CAPITAL))


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("wuhan", Kind.FINAL, ("txt", "pdf", "docx", "html", "xlsx"), _wuhan),
        Layout("putuo_final", Kind.FINAL, ("pdf", "docx", "html", "xlsx"), _putuo_final),
        Layout("portal", Kind.FINAL, ("html", "docx"), _portal),
        Layout("putuo_budget", Kind.BUDGET, ("pdf", "docx", "html", "xlsx"), _putuo_budget),
        Layout("jiangsu", Kind.BUDGET, ("pdf", "docx", "html", "xlsx"), _jiangsu, True),
    )
}

__all__ = ["LAYOUTS", "Heading", "Layout", "Order", "Paragraph", "body_of"]
