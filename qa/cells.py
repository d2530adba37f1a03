"""The cells of a report as entries: what a row and a column together say of a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus import Cell, Column, Level, Placement, Report, Row, Table
from qa.coverage import area_said, planned, without_area, year_said
from qa.entry import PLAIN, TOTALS, CellPlace, Entry, context_of, whole_unit
from qa.names import bare, core
from qa.regions import NOWHERE, Told, of_row, region_said
from qa.vocabulary import by_core, by_key, key_of, roles


def cell_entries(report: Report) -> list[Entry]:
    """Every placed cell of the report as an entry, table by table; open cells are left out."""
    return [entry for table in report.tables for entry in _table_entries(report, table)]


def _table_entries(report: Report, table: Table) -> list[Entry]:
    subject, context = _subject(table.title), context_of(table.title)
    if subject:
        context |= {subject}
    rows = {row.id: _RowSense.of(report, table, row, context) for row in table.rows}
    columns = {c.id: _ColumnSense.of(report, table, c) for c in table.columns}
    found = []
    for cell in table.cells:
        if cell.placed_by is Placement.OPEN or _is_filling(table, rows[cell.row].row, cell):
            continue
        sense, header = rows[cell.row], columns[cell.column]
        row, column = sense.row, header.column
        item, label, required = _meaning(row, column, sense.item, header.item, subject)
        if sense.told != NOWHERE:  # the rows are places: what is counted stands above
            item, label, required = _counted(table, column, header.item)
        item, _, group = item.partition("+")
        required = required | ({group} if group else frozenset())
        found.append(
            Entry(
                report=report.id,
                item=item,
                label=label,
                required=required,
                context=_placed(sense, header),
                measure=sense.measured(header.measure),
                side=sense.side,
                value=cell.value,
                unit=whole_unit(cell.unit) or column.unit or table.unit,
                text=cell.text,
                code=row.code,
                basis=header.basis,
                year=sense.year or header.year,
                place=CellPlace(table.id, row.id, column.id),
                path=row.path,
                rank=table.id,
                region=sense.told.region or header.told.region,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _RowSense:
    """What a row says of each of its cells."""

    row: Row
    item: str
    context: frozenset[str]
    side: str
    told: Told = NOWHERE
    year: int | None = None  # where the label names one: 2023年末债务余额
    earlier: bool = False

    @classmethod
    def of(cls, report: Report, table: Table, row: Row, context: frozenset[str]) -> _RowSense:
        of_path = context_of("".join(row.path)) if row.path else frozenset()
        sense = cls(row, _row_item(row), context | of_path, _side(table, row))
        if report.identity.level is not Level.GOVERNMENT:
            return sense
        head = _debt_above(table, row)
        own = report.identity.year
        year = year_said(row.label) or year_said(head)
        if year is None and own and _OF_YEAR_BEFORE.match(core(head or row.label)):
            year = own - 1
        kind = _DEBT.search(head) if head else None
        if kind is not None:
            sense = replace(sense, item=key_of(f"{core(row.label)}{kind.group(1)}"))
        named = _OF_YEAR_BEFORE.sub("", core(row.label)) if not head else ""
        if named != core(row.label) and key_of(named) in by_key():
            sense = replace(sense, item=key_of(named))
        told = of_row(table, row, report.identity.body)
        earlier = bool(year and own and year < own)
        return replace(sense, told=told, year=year, earlier=earlier)

    def measured(self, measure: str) -> str:
        """The measure of a cell in this row: of an earlier year it is a prior one."""
        return "prior" if self.earlier and measure == PLAIN else measure


@dataclass(frozen=True, slots=True)
class _ColumnSense:
    """What a column says of each of its cells; `area` is that of its header or of the table."""

    column: Column
    measure: str
    item: str
    year: int | None
    basis: str
    area: frozenset[str]
    told: Told = NOWHERE

    @classmethod
    def of(cls, report: Report, table: Table, column: Column) -> _ColumnSense:
        measure, item = _column_meaning(column, planned(report))
        own, head = report.identity.year, "".join(column.path)
        basis = "上年" if measure in ("change", "rate") and _AGAINST_BEFORE.search(head) else ""
        if report.identity.level is not Level.GOVERNMENT:
            return cls(column, measure, item, own, basis, frozenset())
        year = year_said(head) or year_said(table.title) or own
        if measure in (PLAIN, "budget") and year and own:
            measure = "prior" if year < own else PLAIN if year > own else measure
        path = report.path(table.section) if report.sections else ()
        told = _told_of(column, report.identity.body)
        if not told.region and not any(
            _told_of(c, report.identity.body).region for c in table.columns
        ):
            told = NOWHERE  # 合计 of insurances is no 合计 of counties
        item = "" if told != NOWHERE else _of_debt(column) or item
        area = told.area or area_said((head, table.title, *reversed(path)))
        area = "" if told.region else area
        return cls(column, measure, item, year, basis, frozenset({area} - {""}), told)


_PLAIN_TAIL = re.compile(r"(?<=[计区县市])(?:决算|预算|执行)?数$")


def _told_of(column: Column, body: str) -> Told:
    """Where a column that is headed by a place is."""
    label = _PLAIN_TAIL.sub("", column.path[-1]) if column.path else ""
    return (region_said(label, body) if label else None) or NOWHERE


_DEBT = re.compile(r"债务(限额|余额)")
_SORT = re.compile(r"(?:一般|专项)债务")


def _of_debt(column: Column) -> str:
    """The item of 债务限额/一般债务: which debt, and its limit or its balance."""
    head, own = "".join(column.path[:-1]), column.path[-1] if column.path else ""
    kind, sort = _DEBT.search(head), _SORT.search(own)
    if not head and sort is None and "新增" not in own:
        kind = _DEBT.search(own)
        return key_of(f"政府债务{kind.group(1)}") if kind else ""
    if kind is None or "新增" in own:
        return ""
    if sort is None:
        return key_of(f"政府债务{kind.group(1)}") if core(own) in TOTALS | {"小计"} else ""
    return key_of(f"{sort.group(0)}{kind.group(1)}")


_OF_YEAR_BEFORE = re.compile(r"(?:上年|去年)(?!结[余转])[末底]?")


def _debt_above(table: Table, row: Row) -> str:
    """The label that 其中：一般债务 is a part of: the year's limit or balance above it."""
    if not _SORT.fullmatch(core(row.label)):
        return ""
    above = (r.label for r in reversed(table.rows[: row.id]) if not _SORT.fullmatch(core(r.label)))
    head = next(above, "")
    return head if _DEBT.search(head) and not _SORT.search(head) else ""


_OF_TITLE = re.compile(
    r"(?:20\d\d年?度?[末底]?)|分(?:市县|地区|县区|区县|县市|市)|(?:决算|预算|执行)?(?:情况)?(?:总)?表|[（(]\d+[）)]|"
    r"(?:决算|预算|执行)数?$|(?:省级|市级|省本级|市本级|全省|全市)"
)


def _counted(table: Table, column: Column, item: str) -> tuple[str, str, frozenset[str]]:
    """(item, label, required) of a cell whose row is a place: its column, or what its table is."""
    subject = _OF_TITLE.sub("", _OF_TITLE.sub("", table.title)).strip()
    if item and core(item) not in TOTALS:
        return item, _header(column), frozenset()
    return key_of(subject), subject, frozenset()


def _placed(sense: _RowSense, header: _ColumnSense) -> frozenset[str]:
    """The context of a cell with its area: the row's, where the rows are places."""
    if sense.told.region or header.told.region:
        return sense.context
    area = frozenset({sense.told.area} - {""}) or header.area
    return sense.context | area if area else sense.context


_AGAINST_BEFORE = re.compile(r"上年|同比|去年|增长|增减")


_FUNDS = frozenset({"fund.government", "fund.capital"})


def _is_filling(table: Table, row: Row, cell: Cell) -> bool:
    """Whether a cell only fills up a line of a form: no name, no code, no figure.

    Where a table has named rows, a nameless blank says nothing of what the table is about.
    """
    return not (cell.text or row.label or row.code) and any(r.label for r in table.rows)


def _meaning(
    row: Row, column: Column, row_item: str, column_item: str, subject: str
) -> tuple[str, str, frozenset[str]]:
    """(item, label, further items required) of a cell from what its row and column say."""
    if row_item:
        return row_item, row.label, frozenset({column_item} - {"", row_item})
    if column_item:
        fund = subject if subject in _FUNDS else ""
        return column_item, _header(column), frozenset({fund} - {"", column_item})
    if row.line and not row.label:
        return "", "", frozenset()  # a numbered line that is left free says nothing
    return subject, row.label or column.label, frozenset()


def _header(column: Column) -> str:
    plain = roles().plain_headers
    return next((h for h in reversed(column.path) if core(h) and h not in plain), column.label)


@lru_cache(maxsize=4096)
def _column_meaning(column: Column, plans: bool) -> tuple[str, str]:
    """(measure, item) of a column: by its role, otherwise by its header.

    `plans` says that the report's plain amounts are planned ones.
    """
    table = roles()
    role = column.role
    if role in table.measures:
        return table.measures[role], ""
    prefix, _, rest = role.partition(".")
    if prefix in ("budget", "final"):
        measure = "budget" if prefix == "budget" and not plans else PLAIN
        return measure, table.columns.get(rest, rest) or "three"
    if role in table.columns:
        return PLAIN, table.columns[role]
    return _header_meaning(column.path, plans)


_HEADER_NOISE = re.compile(r"20\d\d\s*年度?|[\s,，]")


def _header_meaning(path: tuple[str, ...], plans: bool) -> tuple[str, str]:
    table = roles()
    path = tuple(_HEADER_NOISE.sub("", h) for h in path)
    whole = "".join(path)
    measure = next(
        (m for m, words in table.header_measures.items() if any(w in whole for w in words)), PLAIN
    )
    if measure == "budget" and plans:
        measure = PLAIN
    plain = (*table.plain_headers, "")
    item = next((h for h in reversed(path) if h not in plain and not area_said((h,))), "")
    if measure != PLAIN and any(w in item for w in _words(measure)) and "调整" not in item:
        item = ""
    if measure in ("completion", "rate"):
        item = ""
    return measure, key_of(item) if item else ""


def _words(measure: str) -> tuple[str, ...]:
    return roles().header_measures.get(measure, ())


def _row_item(row: Row) -> str:
    table = roles()
    label = core(row.label)
    if label in by_core() and "+" not in table.rows.get(row.role, ""):
        return key_of(row.label)
    if row.role in table.rows:
        return table.rows[row.role]
    if label in TOTALS and not row.code:
        return ""
    return key_of(without_area(bare(row.label)))


@lru_cache(maxsize=4096)
def _subject(title: str) -> str:
    text = title.replace("“", "").replace("”", "").replace(" ", "")
    return next((s for s, words in roles().subjects.items() if any(w in text for w in words)), "")


def _side(table: Table, row: Row) -> str:
    title = table.title
    two_sided = "收入支出" in title or "收支" in title
    if two_sided:
        return "income" if row.block == 0 else "expenditure"
    if "收入" in title and "支出" not in title:
        return "income"
    return "expenditure" if "支出" in title or "三公" in title else ""
