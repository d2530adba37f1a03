"""A made-up report, a shelf that holds reports in memory, and the assistant over it.

No store, no vectors: what is tested is what the engine makes of a report, in milliseconds.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

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
    Table,
    read_report,
)
from corpus.claims import Setting, find_claims
from index import ReportCard
from qa import Assistant
from qa.answer import Answer

SEED = next((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))
BODY = "云山市档案中心"


class Shelf:
    """What the assistant needs of a library: cards, reports, and a search that finds nothing."""

    def __init__(self, *reports: Report) -> None:
        self._reports = {r.id: r for r in reports}

    def reports(self) -> tuple[ReportCard, ...]:
        return tuple(
            ReportCard(r.id, r.identity, r.sources, len(r.sections), len(r.passages), 0, 0, 0)
            for r in self._reports.values()
        )

    def report(self, report: str) -> Report:
        return self._reports[report]

    def search(self, *_: object) -> tuple[()]:
        return ()


def asked(question: str, *reports: Report, turns: tuple[str, ...] = ()) -> Answer:
    """The answer over these reports, or over the shipped one."""
    shelf = Shelf(*(reports or (seed(),)))
    return Assistant(shelf).ask(question, turns)  # type: ignore[arg-type]


@cache
def seed() -> Report:
    """The shipped report."""
    return read_report(SEED)


def values(answer: Answer) -> set[str]:
    """The numbers of an answer with their units, as plain text."""
    return {f"{n.value.normalize():f}{n.unit}" for n in answer.numbers}


# --- a made-up report -----------------------------------------------------------------------------

_SPENDING = """
208|社会保障和就业支出|1|300.00|300.00|
20805|行政事业单位养老支出|2|300.00|300.00|
2080501|行政单位离退休|3|120.00|120.00|
2080505|机关事业单位基本养老保险缴费支出|3|180.00|180.00|
212|城乡社区支出|1|700.00|500.00|200.00
21201|城乡社区管理事务|2|700.00|500.00|200.00
2120101|行政运行|3|450.00|450.00|
2120199|其他城乡社区管理事务支出|3|250.00|50.00|200.00
"""
_BASIC = """
301|工资福利支出|1|640.00|640.00|
30101|基本工资|2|400.00|400.00|
30103|奖金|2|240.00|240.00|
302|商品和服务支出|1|120.00||120.00
30201|办公费|2|70.00||70.00
30202|印刷费|2|||
30207|邮电费|2|50.00||50.00
303|对个人和家庭的补助|1|40.00|40.00|
30302|退休费|2|40.00|40.00|
"""
_INDICATORS = """
产出指标/数量指标|整理档案卷数|20|1,000卷|1,200卷|20
产出指标/质量指标|档案合格率|20|98%|99%|20
效益指标/社会效益指标|公众查档次数|20|500次|400次|16
效益指标/社会效益指标|开放档案宣传场次|20|10次|10次|20
"""
_UNITS = """
云山市档案中心（本级）
云山市地方志办公室（下属参公事业单位）
云山市电子档案馆（下属事业单位）
"""
PROSE = (
    ("一、机构设置", "中心设5个内设机构，包括：办公室、征集科、保管科、利用科、信息科。"),
    (
        "1.城乡社区支出（类）城乡社区管理事务（款）行政运行（项）",
        "年初预算为500.00万元，支出决算为450.00万元，完成年初预算的90%。",
    ),
    (
        "2.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）",
        "年初预算为100.00万元，支出决算为120.00万元，完成年初预算的120%。",
    ),
    (
        "3.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）",
        "年初预算为180.00万元，支出决算为180.00万元，完成年初预算的100%。",
    ),
    (
        "（一）公务用车运行费支出",
        "公务用车运行费支出3.00万元，其中：维修费1.20万元；保险费1.80万元。",
    ),
    ("（二）公务接待费", "公务接待费0.60万元，接待12批次、60人次。"),
    ("五、采购情况", "政府采购金额50.00万元，其中：货物采购金额20.00万元、服务采购金额30.00万元。"),
    (
        "六、查档情况",
        "全年接待查档900人次。其中，婚姻档案查档400人次；学籍档案查档300人次；工伤档案查档200人次。",
    ),
)


@cache
def made_up() -> Report:
    """Final accounts of a body that does not exist: spending, basic, indicators, units, prose."""
    identity = Identity(BODY, ("档案中心",), 2024, Kind.FINAL, Level.DEPARTMENT, "云山市")
    headings = ("部门决算单位构成", *(heading for heading, _ in PROSE))
    sections = tuple(Section(i, "", title, 1) for i, title in enumerate(headings))
    passages = (
        Passage(0, 0, "纳入决算编制范围的单位包括："),
        *(Passage(i + 1, i + 1, text) for i, (_, text) in enumerate(PROSE)),
    )
    bare = Report(
        "made-up",
        identity,
        (),
        sections,
        passages,
        (_spending(0), _basic(1), _indicators(2), _units(3)),
    )
    claims = tuple(
        claim
        for p in passages
        for claim in find_claims(p, sections[p.section].title, Setting(2024, (BODY,)))
    )
    from dataclasses import replace

    return replace(bare, claims=claims)


def _spending(number: int) -> Table:
    columns = (_column(0, "合计", "total"), _column(1, "基本支出", "basic"))
    columns = (*columns, _column(2, "项目支出", "project"))
    return _accounts(number, "支出决算表", "final.spending", columns, _SPENDING, "1000|800|200")


def _basic(number: int) -> Table:
    columns = (_column(0, "合计", "total"), _column(1, "人员经费", "personnel"))
    columns = (*columns, _column(2, "公用经费", "public"))
    title = "一般公共预算财政拨款基本支出决算表"
    return _accounts(number, title, "final.general_basic", columns, _BASIC, "800|680|120")


def _accounts(
    number: int, title: str, statement: str, columns: tuple[Column, ...], text: str, total: str
) -> Table:
    rows, cells = [Row(0, "合计", role="total")], _cells(0, total.split("|"), "万元")
    last: dict[int, int] = {}
    for position, line in enumerate(text.split(), 1):
        code, label, level, *amounts = line.split("|")
        last[int(level)] = position
        rows.append(Row(position, label, code, "", int(level), last.get(int(level) - 1)))
        cells += _cells(position, amounts, "万元")
    return Table(number, title, 0, columns, tuple(rows), tuple(cells), "", statement, "万元")


def _indicators(number: int) -> Table:
    roles = ("weight", "target", "actual", "score")
    names = ("分值", "年初目标值", "实际完成值", "得分")
    columns = tuple(_column(i, n, r) for i, (n, r) in enumerate(zip(names, roles, strict=True)))
    rows, cells = [], []
    for position, line in enumerate(_INDICATORS.split()):
        path, label, *amounts = line.split("|")
        rows.append(Row(position, label, path=tuple(path.split("/"))))
        cells += _cells(position, amounts, "分")
    rows.append(Row(len(rows), "总分", role="score.total"))
    cells += [Cell(len(rows) - 1, 3, "76分", Decimal(76), "分", Placement.CELL)]
    title = f"2024年度{BODY}整体绩效自评表"
    return Table(number, title, 0, columns, tuple(rows), tuple(cells), "", "final.performance")


def _units(number: int) -> Table:
    rows = tuple(Row(i, name) for i, name in enumerate(_UNITS.split()))
    cells = tuple(Cell(r.id, 0, "", None, "", Placement.CELL) for r in rows)
    return Table(number, "", 0, (_column(0, "备注", ""),), rows, cells)


def _column(number: int, name: str, role: str) -> Column:
    return Column(number, (name,), role=role)


def _cells(row: int, amounts: list[str], unit: str) -> list[Cell]:
    return [_cell(row, column, text, unit) for column, text in enumerate(amounts)]


def _cell(row: int, column: int, text: str, unit: str) -> Cell:
    own = text.lstrip("0123456789.,") if column in (1, 2) else ""
    number = text.removesuffix(own).replace(",", "") if own else text.replace(",", "")
    try:
        value: Decimal | None = Decimal(number)
    except InvalidOperation:
        value = None
    return Cell(row, column, text, value, own or unit, Placement.CELL)
