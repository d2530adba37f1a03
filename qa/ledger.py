"""Every figure of a report, whether a cell or a sentence, as one kind of entry.

A question never asks for "table 5, row 3": it names an account, perhaps a column, and what to
measure. An `Entry` says exactly that of each printed figure, so that finding an answer is
matching names, and both sources of a figure meet in one place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from corpus import Cell, Claim, Column, Level, Measure, Placement, Report, Row, Table
from qa.coverage import area_said, place_of_heading, planned, without_area, year_said
from qa.names import bare, core
from qa.texts import text_of
from qa.vocabulary import by_core, by_key, key_of, roles

PLAIN = "amount"
_TOTALS = frozenset({"合计", "总计", "总", "小计", ""})


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell's address in its report."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class SpanPlace:
    """A figure's or sentence's address in its report."""

    passage: int
    start: int
    end: int


Place = CellPlace | SpanPlace


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure: `item` measured by `measure`, under the further items of `required`.

    `required` are the columns or groups a question must name to mean this entry (基本支出 of an
    account); `context` are items it may name (一般公共预算). `value` is None for a blank or a text.
    """

    report: str
    item: str
    label: str
    required: frozenset[str]
    context: frozenset[str]
    measure: str
    side: str
    value: Decimal | None
    unit: str
    text: str
    code: str
    basis: str
    year: int | None
    place: Place
    path: tuple[str, ...]
    rank: int

    @property
    def blank(self) -> bool:
        """Whether the report prints nothing, or says that there is nothing, at this place."""
        return self.value is None and not self.text


class Ledger:
    """The entries of one report, by item."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.entries = tuple(_cell_entries(report)) + tuple(_claim_entries(report))
        self._by_item: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self._by_item[entry.item].append(entry)
        self._by_place = {entry.place: entry for entry in self.entries}
        self._by_table: dict[int, list[Entry]] = defaultdict(list)
        self._by_passage: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if isinstance(entry.place, CellPlace):
                self._by_table[entry.place.table].append(entry)
            else:
                self._by_passage[entry.place.passage].append(entry)
        self.labels = _labels(self.entries)

    def of(self, item: str) -> tuple[Entry, ...]:
        """The entries about `item`; empty when the report does not name it."""
        return tuple(self._by_item.get(item, ()))

    def within(self, place: SpanPlace) -> tuple[Entry, ...]:
        """The figures that stand inside a stretch of a passage."""
        return tuple(
            e
            for e in self.entries
            if isinstance(e.place, SpanPlace)
            and e.place.passage == place.passage
            and place.start <= e.place.start
            and e.place.end <= place.end
        )

    def items(self) -> frozenset[str]:
        """Every item that the report has an entry for."""
        return frozenset(self._by_item)

    @cached_property
    def text(self) -> str:
        """All words of the report."""
        return text_of(self.report)

    def by_code(self, code: str) -> tuple[Entry, ...]:
        """The entries of the account with this code, in statement order."""
        return tuple(e for e in self.entries if e.code == code)

    def at(self, place: CellPlace) -> Entry | None:
        """The entry of a cell, or None where the table has none."""
        return self._by_place.get(place)

    def of_table(self, table: int) -> tuple[Entry, ...]:
        """The entries of a table, row by row."""
        return tuple(self._by_table.get(table, ()))

    def of_passage(self, passage: int) -> tuple[Entry, ...]:
        """The figures of a passage, in the order of its text."""
        return tuple(self._by_passage.get(passage, ()))


def _labels(entries: tuple[Entry, ...]) -> dict[str, str]:
    """Comparable label -> item, for every label and header that the report prints."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.item and core(entry.label) not in _TOTALS:
            found.setdefault(core(entry.label), entry.item)
    for label, item in tuple(found.items()):  # 维修（护） is asked for as 维修护
        found.setdefault(label.translate(_NO_BRACKETS), item)
        found.setdefault(without_area(label), item)
    return {label: item for label, item in found.items() if label}


_NO_BRACKETS = str.maketrans("", "", "（）()")


# --- cells ------------------------------------------------------------------------------------


def _cell_entries(report: Report) -> list[Entry]:
    return [entry for table in report.tables for entry in _table_entries(report, table)]


def _table_entries(report: Report, table: Table) -> list[Entry]:
    subject, context = _subject(table.title), _context(table.title)
    if subject:
        context |= {subject}
    rows = {row.id: _RowSense.of(table, row, context) for row in table.rows}
    columns = {c.id: _ColumnSense.of(report, table, c) for c in table.columns}
    found = []
    for cell in table.cells:
        if cell.placed_by is Placement.OPEN or _is_filling(table, rows[cell.row].row, cell):
            continue
        sense, header = rows[cell.row], columns[cell.column]
        row, column = sense.row, header.column
        item, label, required = _meaning(row, column, sense.item, header.item, subject)
        item, _, group = item.partition("+")
        required = required | ({group} if group else frozenset())
        found.append(
            Entry(
                report=report.id,
                item=item,
                label=label,
                required=required,
                context=sense.context | header.area if header.area else sense.context,
                measure=header.measure,
                side=sense.side,
                value=cell.value,
                unit=_whole_unit(cell.unit) or column.unit or table.unit,
                text=cell.text,
                code=row.code,
                basis=header.basis,
                year=header.year,
                place=CellPlace(table.id, row.id, column.id),
                path=row.path,
                rank=table.id,
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

    @classmethod
    def of(cls, table: Table, row: Row, context: frozenset[str]) -> _RowSense:
        of_path = _context("".join(row.path)) if row.path else frozenset()
        return cls(row, _row_item(row), context | of_path, _side(table, row))


@dataclass(frozen=True, slots=True)
class _ColumnSense:
    """What a column says of each of its cells; `area` is that of its header or of the table."""

    column: Column
    measure: str
    item: str
    year: int | None
    basis: str
    area: frozenset[str]

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
        area = area_said((head, table.title, *reversed(path)))
        return cls(column, measure, item, year, basis, frozenset({area} - {""}))


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
    if label in _TOTALS and not row.code:
        return ""
    return key_of(without_area(bare(row.label)))


@lru_cache(maxsize=4096)
def _subject(title: str) -> str:
    text = title.replace("“", "").replace("”", "").replace(" ", "")
    return next((s for s, words in roles().subjects.items() if any(w in text for w in words)), "")


@lru_cache(maxsize=4096)
def _context(title: str) -> frozenset[str]:
    text = title.replace("“", "").replace("”", "").replace(" ", "")
    return frozenset(s for s, words in roles().contexts.items() if any(w in text for w in words))


def _side(table: Table, row: Row) -> str:
    title = table.title
    two_sided = "收入支出" in title or "收支" in title
    if two_sided:
        return "income" if row.block == 0 else "expenditure"
    if "收入" in title and "支出" not in title:
        return "income"
    return "expenditure" if "支出" in title or "三公" in title else ""


# --- sentences --------------------------------------------------------------------------------

_PROSE_RANK = 10_000


def _claim_entries(report: Report) -> list[Entry]:
    passages = {claim.passage for claim in report.claims}
    paths = {p: report.path(report.passages[p].section) for p in passages}
    return [_claim_entry(report, claim, paths[claim.passage]) for claim in report.claims]


def _claim_entry(report: Report, claim: Claim, path: tuple[str, ...]) -> Entry:
    quantity, text = claim.quantity, report.passages[claim.passage].text
    item, required = _counted_vehicles(_claim_item(claim.subject), claim, text)
    area: frozenset[str] = frozenset()
    if report.identity.level is Level.GOVERNMENT:
        item = key_of(without_area(bare(claim.subject)))
        area = frozenset({area_said((claim.subject, *_nearest(text, claim), *reversed(path)))})
        required = frozenset({place_of_heading(path)} - {""})
    return Entry(
        report=report.id,
        item=item,
        label="购置车辆" if item == "vehicles.bought" else claim.subject,
        required=required,
        context=(_context(claim.subject) | area) - {item, ""},
        measure=_claim_measure(claim, report),
        side=_claim_side(claim.subject),
        value=quantity.value if quantity else None,
        unit=_whole_unit(quantity.unit) if quantity else "",
        text=quantity.written if quantity else "",
        code="",
        basis=claim.basis,
        year=_dated(text[: claim.start]) or claim.year or report.identity.year,
        place=SpanPlace(claim.passage, claim.start, claim.end),
        path=path,
        rank=_PROSE_RANK + claim.passage,
    )


def _nearest(text: str, claim: Claim) -> Iterable[str]:
    """The sentences before a claim in its paragraph, the nearest first."""
    before = _ASIDE.sub("", text[: claim.start])
    return reversed(re.split(r"[。；]", before))


_ASIDE = re.compile(r"（[^（）]*）")  # a remark that is over says nothing of what follows


_WHOLE_UNITS = {"万": "万元", "亿": "亿元"}  # 153.00万 of a table that is in 万元
_BRACKETED = re.compile(r"[（(]([^（）()]+)[）)]")


def _whole_unit(unit: str) -> str:
    """A unit without its shorthand: 万 is 万元, and an indicator's （家） is 家."""
    alone = _BRACKETED.fullmatch(unit)
    plain = alone.group(1) if alone else unit
    return _WHOLE_UNITS.get(plain, plain)


_BUYING = re.compile(r"购置|购买|新购|更新")


def _counted_vehicles(item: str, claim: Claim, text: str) -> tuple[str, frozenset[str]]:
    """(item, required) of a number of vehicles: those to be bought are not those held."""
    if claim.quantity is None or claim.quantity.unit != "辆":
        return item, frozenset()
    start = max(text.rfind(mark, 0, claim.start) for mark in "。；;") + 1
    if not _BUYING.search(text, start, claim.start):
        return item, frozenset()
    if item == "vehicles.owned":
        return "vehicles.bought", frozenset()
    return item, frozenset({"vehicles.bought"})


_AS_OF = re.compile(r"截[至止]到?(20\d\d)\s*年")


def _dated(before: str) -> int | None:
    """The year of the day that a paragraph speaks of so far: 截至2022年12月31日，……."""
    days = _AS_OF.findall(before)
    return int(days[-1]) if days else None


_MODIFIER = re.compile(
    r"^(?:本部门|本单位|我单位|我部门|全院|全局|全年|年度|当年|本年度?|一般公共预算(?:财政拨款|拨款)?|财政拨款|"
    r"列明|安排的?|使用|用于|拟(?=购买|采购)|部门|单位|的)"
)


@lru_cache(maxsize=16384)
def _claim_item(subject: str) -> str:
    """The item of a sentence's subject; modifiers before a known account are set aside.

    本部门一般公共预算机关运行经费预算支出 is 机关运行经费 of the general public budget.
    """
    whole = key_of(subject)
    rest = bare(subject)
    for item, subjects in roles().subjects_said.items():
        if rest in subjects:
            return item
    while whole not in by_key() and (shorter := _MODIFIER.sub("", rest)) != rest:
        rest = shorter
        if key_of(rest) in by_key():
            return key_of(rest)
    return whole


def _claim_measure(claim: Claim, report: Report) -> str:
    """无预算安排 is a budget of nothing; other plain figures and counts are amounts.

    In a budget what is planned is the amount itself, as it is in its tables.
    """
    identity = report.identity
    ahead = bool(claim.year and identity.year and claim.year > identity.year)
    if claim.measure is Measure.BUDGET and (ahead or planned(report)):
        return PLAIN if ahead or claim.year in (None, identity.year) else "budget"
    if claim.measure is Measure.NONE:
        return "budget" if "预算" in claim.basis else PLAIN
    return PLAIN if claim.measure in (Measure.AMOUNT, Measure.COUNT) else claim.measure.value


def _claim_side(subject: str) -> str:
    if "收入" in subject and "支出" not in subject:
        return "income"
    return "expenditure" if "支出" in subject and "收入" not in subject else ""
