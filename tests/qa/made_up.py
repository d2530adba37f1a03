"""Reports of bodies that do not exist, with a year, a scale and a name to choose.

Every amount is a base amount times `scale`, so that what an answer must say follows from how the
report was made. Claims and reasons are read from the paragraphs as they are for a real report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from corpus import (
    Cell,
    Column,
    Identity,
    Kind,
    Level,
    Passage,
    Placement,
    Report,
    Row,
    Section,
    Source,
    Table,
)
from corpus.claims import Setting, find_claims
from corpus.reasons import find_reasons
from index import Hit, ReportCard, Scope
from qa.ledger import Ledger

BODY = "青禾市水务管理中心"
SECTIONS = (
    Section(0, "第二部分", "决算表", 1, page=2),
    Section(1, "第三部分", "决算情况说明", 1, page=5),
    Section(2, "一、", "支出决算情况说明", 2, parent=1, page=5),
    Section(3, "二、", "机关运行经费支出说明", 2, parent=1, page=6),
    Section(4, "三、", "财政拨款“三公”经费支出决算情况说明", 2, parent=1, page=6),
)
SPENDING = (
    ("", "合计", ("500.00", "300.00", "200.00")),
    ("213", "农林水支出", ("450.00", "250.00", "200.00")),
    ("21303", "水利", ("450.00", "250.00", "200.00")),
    ("2130301", "行政运行", ("250.00", "250.00", "")),
    ("2130305", "水利工程建设", ("200.00", "", "200.00")),
    ("221", "住房保障支出", ("50.00", "50.00", "")),
    ("2210201", "住房公积金", ("50.00", "50.00", "")),
)
DETAIL = (
    ("301", "工资福利支出", "220.00"),
    ("30101", "基本工资", "120.00"),
    ("30103", "奖金", "100.00"),
    ("302", "商品和服务支出", "80.00"),
    ("30201", "办公费", "48.00"),
    ("30202", "印刷费", ""),
    ("30207", "邮电费", "32.00"),
)
THREE = (
    ("budget.total", ("预算数", "合计"), "9.00"),
    ("budget.vehicles.running", ("预算数", "公务用车运行维护费"), "6.00"),
    ("budget.reception", ("预算数", "公务接待费"), "3.00"),
    ("final.total", ("决算数", "合计"), "7.50"),
    ("final.vehicles.running", ("决算数", "公务用车运行维护费"), "6.00"),
    ("final.reception", ("决算数", "公务接待费"), "1.50"),
)


class Scaled:
    """Amounts as a report of this scale prints them."""

    def __init__(self, scale: Decimal) -> None:
        self.scale = scale

    def text(self, base: str) -> str:
        return f"{Decimal(base) * self.scale:,.2f}" if base else ""

    def cell(self, row: int, column: int, base: str) -> Cell:
        value = (Decimal(base) * self.scale).quantize(Decimal("0.01")) if base else None
        return Cell(row, column, self.text(base), value, "万元", Placement.CELL)


def make_report(
    body: str = BODY,
    year: int = 2031,
    scale: Decimal = Decimal(1),
    *,
    short_names: tuple[str, ...] = (),
    paragraphs: Sequence[tuple[int, str]] | None = None,
    kind: Kind = Kind.FINAL,
) -> Report:
    """A final account in 万元; `paragraphs` are (section, text) and replace the usual ones."""
    said = Scaled(scale)
    word = "预算" if kind is Kind.BUDGET else "决算"
    identity = Identity(
        body, short_names, year, kind, Level.UNIT, title=f"{body}{year}年度单位{word}"
    )
    texts = usual_paragraphs(year, said) if paragraphs is None else paragraphs
    passages = tuple(Passage(i, section, text, 5) for i, (section, text) in enumerate(texts))
    setting = Setting(year, tuple(n for n in (body, *short_names) if len(n) > 3))
    claims, reasons = [], []
    for passage in passages:
        heading = SECTIONS[passage.section].title
        found = find_claims(passage, heading, setting)
        claims += found
        reasons += find_reasons(passage, found, heading.removesuffix("说明"))
    return Report(
        id=f"{body}-{year}-{kind.value}",
        identity=identity,
        sources=(Source(f"{body}{year}{word}.txt", "0" * 64, "text", 6),),
        sections=SECTIONS,
        passages=passages,
        tables=(_spending(year, said), _detail(year, said), _three(year, said)),
        claims=tuple(claims),
        reasons=tuple(reasons),
    )


def usual_paragraphs(year: int, said: Scaled) -> tuple[tuple[int, str], ...]:
    t = said.text
    return (
        (
            2,
            f"{year}年度支出合计{t('500')}万元，与{year - 1}年度相比，支出合计减少{t('125')}万元，"
            "下降20%，主要原因是泵站改造工程上年已经完工。",
        ),
        (
            2,
            f"1.农林水支出（类）水利（款）行政运行（项）。年初预算为{t('400')}万元，支出决算为"
            f"{t('250')}万元，完成年初预算的62.5%，支出决算数小于年初预算数的主要原因：人员调出。",
        ),
        (
            2,
            f"2.农林水支出（类）水利（款）水利工程建设（项）。年初预算为{t('160')}万元，支出决算为"
            f"{t('200')}万元，完成年初预算的125%，支出决算数大于年初预算数的主要原因：年中追加堤防加固资金。",
        ),
        (
            3,
            f"{year}年度机关运行经费支出{t('80')}万元，比年初预算数减少{t('20')}万元，下降20%。"
            "主要原因是：压减印刷和会议开支。",
        ),
        (4, f"公务接待费支出{t('1.5')}万元，比年初预算数减少{t('1.5')}万元，下降50%。"),
    )


def above(rows: Sequence[tuple[str, str, object]], place: int) -> int | None:
    """The row whose account is the nearest one above that of the row at `place`."""
    code = rows[place][0]
    found = [i for i in range(place) if code.startswith(rows[i][0])]
    return max(found, key=lambda i: len(rows[i][0]), default=None)


def _spending(year: int, said: Scaled) -> Table:
    columns = (
        Column(0, ("本年支出合计",), line="1", role="total"),
        Column(1, ("基本支出",), line="2", role="basic"),
        Column(2, ("项目支出",), line="3", role="project"),
    )
    rows = tuple(
        Row(
            i, label, code, "", len(code) // 2, above(SPENDING, i), 0, i, "" if code else "total", 2
        )
        for i, (code, label, _) in enumerate(SPENDING)
    )
    cells = tuple(
        said.cell(i, j, base) for i, (_, _, values) in enumerate(SPENDING)
        for j, base in enumerate(values)
    )  # fmt: skip
    return Table(
        0, f"{year}年度支出决算表", 0, columns, rows, cells, number="公开03表",
        statement="final.spending", unit="万元", page=2,
    )  # fmt: skip


def _detail(year: int, said: Scaled) -> Table:
    rows = tuple(
        Row(i, label, code, "", len(code) // 5, above(DETAIL, i), 0, i, page=3)
        for i, (code, label, _) in enumerate(DETAIL)
    )
    cells = tuple(said.cell(i, 0, base) for i, (_, _, base) in enumerate(DETAIL))
    return Table(
        1, f"{year}年度一般公共预算财政拨款基本支出决算明细表", 0,
        (Column(0, ("决算数",), role="amount"),), rows, cells, number="公开06表",
        statement="final.general_basic", unit="万元", page=3,
    )  # fmt: skip


def _three(year: int, said: Scaled) -> Table:
    columns = tuple(Column(i, path, role=role) for i, (role, path, _) in enumerate(THREE))
    cells = tuple(said.cell(0, i, base) for i, (_, _, base) in enumerate(THREE))
    return Table(
        2, f"{year}年度财政拨款“三公”经费支出决算表", 0, columns, (Row(0, "", page=4),), cells,
        number="公开09表", statement="final.three_public", unit="万元", page=4,
    )  # fmt: skip


def card(report: Report) -> ReportCard:
    return ReportCard(report.id, report.identity, report.sources, 5, 5, 3, 34, 0)


def ledgers(*reports: Report) -> tuple[Ledger, ...]:
    return tuple(Ledger(report) for report in reports or (make_report(),))


class HeldReports:
    """A library in memory whose full-text search finds nothing."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports = {report.id: report for report in reports}

    def reports(self) -> tuple[ReportCard, ...]:
        return tuple(map(card, self._reports.values()))

    def report(self, id_: str) -> Report:
        return self._reports[id_]

    def search(
        self, text: str, scope: Scope | None = None, k: int = 8, words: tuple[str, ...] = ()
    ) -> tuple[Hit, ...]:
        return ()
