"""Attacks on the number checker, made from every cell of a report, and what is right beside them.

An attack takes a true figure and changes one thing about it; where the report happens to make the
changed statement true as well (two rows with one amount) it is no attack and is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from corpus import Kind, Report, Table
from qa.check import CitedCell, Stated
from qa.ledger import CellPlace, Entry, Ledger
from qa.names import bare

MONEY = ("元", "万元", "亿元")


@dataclass(frozen=True)
class Case:
    """One statement, what kind of attack it is ("" for a true one), and how to read it back."""

    kind: str
    stated: Stated
    right: bool


class Book:
    """A report's amounts by address, for making statements of them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.ledger = Ledger(report)
        self.entries = [e for e in self.ledger.entries if isinstance(e.place, CellPlace)]
        self._held: dict[tuple[str, str, str, str], set[Decimal]] = defaultdict(set)
        self._named: dict[tuple[str, str, str], set[Decimal]] = defaultdict(set)
        for entry in self.entries:
            value = entry.value or Decimal(0)
            self._held[self.address(entry)].add(value)
            self._named[self.name(entry)].add(value)

    def table(self, entry: Entry) -> Table:
        assert isinstance(entry.place, CellPlace)
        return self.report.tables[entry.place.table]

    def row_label(self, entry: Entry) -> str:
        assert isinstance(entry.place, CellPlace)
        return self.table(entry).rows[entry.place.row].label

    def column_label(self, entry: Entry) -> str:
        assert isinstance(entry.place, CellPlace)
        return self.table(entry).columns[entry.place.column].label

    def amounts(self) -> list[Entry]:
        """The cells with an amount of money, in a row that has a name, in a table that has one."""
        return [
            e
            for e in self.entries
            if e.value
            and e.unit in MONEY
            and e.measure == "amount"
            and len(bare(self.row_label(e))) > 1
            and self.table(e).title
        ]

    def same_address(self, entry: Entry) -> set[Decimal]:
        """What the cells with the same table title, row label and column label have."""
        return self._held[self.address(entry)]

    def same_name(self, entry: Entry) -> set[Decimal]:
        """The same where a text gives no code."""
        return self._named[self.name(entry)]

    def name(self, entry: Entry) -> tuple[str, str, str]:
        """Table, row and column."""
        table, row, _, column = self.address(entry)
        return table, row, column

    def address(self, entry: Entry) -> tuple[str, str, str, str]:
        """Table, row, code and column of a cell as a text would name them."""
        table = self.table(entry)
        return (
            table.number or table.title, bare(self.row_label(entry)), entry.code,
            bare(self.column_label(entry)),
        )  # fmt: skip


def by_address(report: Report) -> Iterator[Case]:
    """True and false statements of every amount that name table, row and column as printed."""
    book = Book(report)
    amounts = book.amounts()
    for place, entry in enumerate(amounts):
        assert entry.value is not None
        true = _stated(book, entry)
        yield Case("as printed", true, True)
        yield from _conversions(true)
        yield from _roundings(true)
        held = book.same_address(entry)
        for kind, value in _wrong_values(book, amounts, place):
            if value not in held and value != entry.value:
                yield Case(kind, true.model_copy(update={"value": value}), False)
        yield from _wrong_words(book, true)


def by_citation(report: Report) -> Iterator[Case]:
    """The same with a cited cell: the citation must be that of the account."""
    book = Book(report)
    amounts = book.amounts()
    for place, entry in enumerate(amounts):
        other = amounts[(place + 1) % len(amounts)]
        assert isinstance(entry.place, CellPlace)
        assert isinstance(other.place, CellPlace)
        true = _stated(book, entry).model_copy(update={"cell": _cell(report, entry.place)})
        yield Case("cited", true, True)
        elsewhere = true.model_copy(update={"cell": _cell(report, other.place)})
        same = book.address(entry) == book.address(other)
        if not same:
            yield Case("cites another cell", elsewhere, False)


def _cell(report: Report, place: CellPlace) -> CitedCell:
    return CitedCell(report=report.id, table=place.table, row=place.row, column=place.column)


def _stated(book: Book, entry: Entry) -> Stated:
    assert entry.value is not None
    identity = book.report.identity
    table = book.table(entry)
    return Stated(
        value=entry.value, unit=entry.unit, account=book.row_label(entry),
        column=book.column_label(entry), table=table.number or table.title, code=entry.code,
        body=identity.body, year=identity.year, kind=_kind(book.report),
    )  # fmt: skip


def _kind(report: Report) -> str:
    return "" if report.identity.kind is Kind.OTHER else report.identity.kind.value


def _conversions(true: Stated) -> Iterator[Case]:
    power = {"元": 0, "万元": 4, "亿元": 8}
    for unit in MONEY:
        if unit != true.unit:
            value = true.value * Decimal(10) ** (power[true.unit] - power[unit])
            yield Case("converted", true.model_copy(update={"value": value, "unit": unit}), True)


def _roundings(true: Stated) -> Iterator[Case]:
    exponent = true.value.as_tuple().exponent
    assert isinstance(exponent, int)
    for places in range(-exponent - 1, -1, -1):
        value = true.value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if abs(value - true.value) <= abs(true.value) * Decimal("0.005"):
            yield Case("rounded", true.model_copy(update={"value": value}), True)


def _wrong_values(book: Book, amounts: list[Entry], place: int) -> Iterator[tuple[str, Decimal]]:
    entry = amounts[place]
    assert entry.value is not None
    yield "wrong sign", -entry.value
    for factor in (Decimal(10), Decimal("0.1"), Decimal(10000), Decimal("0.0001")):
        yield "wrong scale", entry.value * factor
    for other in (amounts[place - 1], amounts[(place + 1) % len(amounts)]):
        assert other.value is not None
        kind = "neighbour's row" if other.place.row != entry.place.row else "neighbour's column"  # type: ignore[union-attr]
        yield kind, other.value
    sign, written = (-1 if entry.value < 0 else 1), f"{abs(entry.value):f}"
    if len(written.replace(".", "")) > 2 and Decimal(written[1:]):
        yield "substring", sign * Decimal(written[1:])
        yield "substring", sign * Decimal("1" + written)
    yield "last digit", entry.value + Decimal(1).scaleb(int(entry.value.as_tuple().exponent))
    yield "swapped digits", _swapped(entry.value)


def _swapped(value: Decimal) -> Decimal:
    text = f"{value:f}"
    for i in range(len(text) - 1):
        if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1]:
            return Decimal(text[:i] + text[i + 1] + text[i] + text[i + 2 :])
    return value * 3


def _wrong_words(book: Book, true: Stated) -> Iterator[Case]:
    year = book.report.identity.year
    for unit in MONEY:
        if unit != true.unit:
            yield Case("wrong unit", true.model_copy(update={"unit": unit}), False)
    for unit in ("人次", "%", "辆", "个"):
        yield Case("an amount for a count", true.model_copy(update={"unit": unit}), False)
    if year:
        for other in (year + 1, year - 2):
            yield Case("wrong year", true.model_copy(update={"year": other}), False)
    yield Case("other body", true.model_copy(update={"body": "云岭市河道管理所"}), False)
    other_kind = "budget" if book.report.identity.kind is Kind.FINAL else "final"
    yield Case("budget for actual", true.model_copy(update={"kind": other_kind}), False)
    if true.code:
        wrong = ("3" if true.code[0] == "2" else "2") + true.code[1:]
        yield Case("other classification", true.model_copy(update={"code": wrong}), False)


# --- free texts -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """A sentence as a language model might write it, and whether it may be shown."""

    kind: str
    text: str
    right: bool


def texts(report: Report) -> Iterator[Text]:
    """Sentences on the accounts of a report's statements, true ones and attacks on each."""
    book = Book(report)
    amounts = [e for e in book.amounts() if book.table(e).statement]
    for place, entry in enumerate(amounts):
        assert entry.value is not None
        true = _stated(book, entry)
        yield Text("as printed", _sentence(true), True)
        yield Text("in yuan", _sentence(_in_yuan(true)), True)
        held = book.same_name(entry)
        for kind, value in _wrong_values(book, amounts, place):
            if value not in held and value > 0:
                yield Text(kind, _sentence(true.model_copy(update={"value": value})), False)
        yield from _wrong_sentences(true)


def _sentence(stated: Stated) -> str:
    return (
        f"{stated.body}{stated.year}年度{stated.table}“{stated.account}”行“{stated.column}”栏为"
        f"{stated.value:,f}{stated.unit}。"
    )


def _in_yuan(true: Stated) -> Stated:
    power = {"元": 0, "万元": 4, "亿元": 8}[true.unit]
    value = (true.value * Decimal(10) ** power).normalize()
    return true.model_copy(update={"value": Decimal(f"{value:f}"), "unit": "元"})


def _wrong_sentences(true: Stated) -> Iterator[Text]:
    said = _sentence(true)
    assert true.year is not None
    yield Text("wrong year", said.replace(f"{true.year}年度", f"{true.year + 1}年度", 1), False)
    yield Text("other body", said.replace(true.body, "云岭市河道管理所", 1), False)
    yield Text("negated", said.replace("栏为", "栏不是"), False)
    yield Text("range", said.replace("栏为", "栏为1万元到"), False)
    yield Text("bare digit", said.replace("。", "，另有3处。"), False)
    yield Text("unknown thing", said.replace("行“", "行人均“"), False)
    wrong = "亿元" if true.unit != "亿元" else "万元"
    yield Text("wrong unit", said.replace(f"{true.unit}。", f"{wrong}。"), False)
    yield Text("a count", said.replace(f"{true.unit}。", "人次。"), False)
