"""A small invented world for the web tests: one report, a library that holds it, fixed answers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.model import (
    Cell,
    Check,
    Column,
    Identity,
    Kind,
    Outcome,
    Passage,
    Placement,
    Report,
    Row,
    Section,
    Source,
    Table,
)
from index import ReportCard, UnknownReport
from qa import Explained
from qa.answer import Answer, CheckedBy, Citation, Derivation, Number, Operand, Status

TITLE = "青石县水务管理站2031年度单位决算"


def _cell(row: int, column: int, text: str, placed: Placement = Placement.IDENTITIES) -> Cell:
    return Cell(row, column, text, Decimal(text) if text else None, "万元", placed)


def _two_sided() -> Table:
    columns = (
        Column(0, ("收入", "决算数"), line="1", block=0),
        Column(1, ("支出", "合计"), line="2", block=1),
        Column(2, ("支出", "其中", "基本支出"), line="3", block=1),
        Column(3, ("支出", "其中", "项目支出"), line="4", block=1),
    )
    rows = (
        Row(0, "一、财政拨款收入", line="1", block=0, band=0),
        Row(1, "一、农林水支出", line="9", block=1, band=0),
        Row(2, "二、其他收入", line="2", block=0, band=1),
        Row(3, "水利行业业务管理", line="10", level=1, parent=1, block=1, band=1),
        Row(4, "本年收入合计", line="8", block=0, band=2),
        Row(5, "本年支出合计", line="20", block=1, band=2),
    )
    cells = (
        _cell(0, 0, "520.40"),
        _cell(1, 1, "498.15"),
        _cell(1, 2, "310.00"),
        _cell(1, 3, "188.15"),
        _cell(2, 0, ""),
        _cell(3, 1, "498.15"),
        _cell(3, 2, "310.00"),
        _cell(3, 3, "188.15"),
        _cell(4, 0, "520.40"),
        _cell(5, 1, "498.15"),
        _cell(5, 2, "310.00"),
        _cell(5, 3, "188.15"),
    )
    checks = (Check("sum", Outcome.HOLDS, "8行＝(1＋2)行"),)
    return Table(
        0,
        "收入支出决算总表",
        1,
        columns,
        rows,
        cells,
        number="公开01表",
        unit="万元",
        page=4,
        notes=("本表反映本年度的总收支情况。",),
        checks=checks,
    )


def report(body: str = "青石县水务管理站", passage: str = "") -> Report:
    """The invented report; `passage` replaces the text of its one paragraph."""
    text = passage or (
        "2031年度支出合计498.15万元，与上年相比减少22.25万元，下降4.3%。"
        "主要原因是泵站改造工程已于上年完工，本年不再安排该项目支出。"
    )
    return Report(
        id="qingshi-2031",
        identity=Identity(body, year=2031, kind=Kind.FINAL, title=TITLE),
        sources=(Source("青石.txt", "0" * 64, "txt", 12),),
        sections=(
            Section(0, "第三部分", " 2031年度单位决算情况说明", 1),
            Section(1, "第二部分", " 2031年度单位决算表", 1),
            Section(2, "三、", "支出决算情况说明", 2, parent=0),
        ),
        passages=(
            Passage(0, 2, text, page=9),
            Passage(
                1, 2, "其中：基本支出310.00万元，占62.2%；项目支出188.15万元，占37.8%。", page=9
            ),
        ),
        tables=(_two_sided(),),
    )


class SampleLibrary:
    """Holds the invented report, or none."""

    def __init__(self, *reports: Report) -> None:
        self._reports = {held.id: held for held in reports}

    def reports(self) -> tuple[ReportCard, ...]:
        return tuple(
            ReportCard(r.id, r.identity, r.sources, 3, 2, 1, 11, 0) for r in self._reports.values()
        )

    def report(self, id_: str) -> Report:
        if id_ not in self._reports:
            raise UnknownReport(id_)
        return self._reports[id_]


def citation(**fields: object) -> Citation:
    base = {
        "report": "qingshi-2031",
        "title": TITLE,
        "year": 2031,
        "section": "第二部分 2031年度单位决算表",
        "table": "公开01表",
        "row": "本年支出合计",
        "column": "支出/合计",
        "page": 4,
        "quote": "本年支出合计 20 498.15 310.00 188.15",
    }
    return Citation.model_validate(base | fields)


PROSE = citation(
    section="第三部分 2031年度单位决算情况说明 › 三、支出决算情况说明",
    table="",
    row="",
    column="",
    page=9,
    quote="主要原因是泵站改造工程已于上年完工，本年不再安排该项目支出。",
)


def number(value: str, unit: str, check: str, cited: int | None = 0) -> Number:
    return Number(value=Decimal(value), unit=unit, check=CheckedBy(check), citation=cited)


def answers(question: str) -> Answer:
    """The fixed answer to a question, by a word in it."""
    if "哪" in question:
        return Answer(
            question=question,
            status=Status.CLARIFY,
            answer="您问的是收入还是支出？",
            language="zh",
            suggestions=("本年支出合计是多少？", "本年收入合计是多少？"),
        )
    if "天气" in question:
        return Answer(
            question=question,
            status=Status.REFUSED,
            answer="已收录的报告里没有天气方面的内容，只能回答预算、决算中的收支。",
            language="zh",
            suggestions=("支出一共多少？",),
        )
    return Answer(
        question=question,
        status=Status.ANSWERED,
        answer="2031年支出合计498.15万元[1]，其中项目支出占37.8%。比上年减少22.25万元[2]，"
        "报告说明的原因是：泵站改造工程已于上年完工，本年不再安排该项目支出[2]。",
        language="zh",
        numbers=(
            number("498.15", "万元", "table"),
            number("37.8", "%", "computed"),
            number("22.25", "万元", "prose", 1),
        ),
        citations=(citation(), PROSE),
        derivation=Derivation(
            formula="项目支出 ÷ 支出合计",
            operands=(
                Operand(label="项目支出", value=Decimal("188.15"), unit="万元", citation=0),
                Operand(label="支出合计", value=Decimal("498.15"), unit="万元", citation=0),
            ),
            result=Decimal("37.8"),
        ),
        suggestions=("其中基本支出多少？", "项目支出用在了哪里？"),
        elapsed_ms=12.0,
    )


class SampleAssistant:
    """Answers with `answers`, breaks when told to."""

    def ask(
        self, question: str, history: Sequence[str] = (), reports: Sequence[str] = ()
    ) -> Answer:
        if question == "break":
            raise ZeroDivisionError
        if "nowhere" in reports:
            raise UnknownReport("nowhere")
        return answers(question)

    def explain(
        self, question: str, history: Sequence[str] = (), reports: Sequence[str] = ()
    ) -> Explained:
        return Explained(self.ask(question, history, reports), None, (("answer", 1.5),))
