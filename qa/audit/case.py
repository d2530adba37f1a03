"""A report laid out for the audit: its claims by passage, its cells by address and by account."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from corpus import Cell, Claim, Column, Level, Measure, Placement, Report, Row, Table, convert
from qa.audit.amounts import Amount, half, is_money
from qa.audit.findings import Evidence
from qa.audit.names import bare, chain

Address = tuple[int, int, int]
_PLACEHOLDER = re.compile(r"[XＸ×]{2,}")
_FEW = 10  # placeholders that a finished report may have forgotten
_SENTENCE_END = "。！？!?；;\n"


class Case:
    """One report under audit. Built once; every rule reads from it."""

    def __init__(self, report: Report) -> None:
        report = self.report = replace(report, claims=tuple(_claims_with_a_subject(report)))
        self.cells: dict[Address, Cell] = {
            (t.id, c.row, c.column): c for t in report.tables for c in t.cells
        }
        self._rows = {(t.id, r.id): r for t in report.tables for r in t.rows}
        self._columns = {(t.id, c.id): c for t in report.tables for c in t.columns}
        self._lines: dict[tuple[int, int], list[Cell]] = defaultdict(list)
        for (table, row, _), cell in self.cells.items():
            self._lines[table, row].append(cell)
        self.claims: dict[int, list[Claim]] = defaultdict(list)
        for claim in report.claims:
            self.claims[claim.passage].append(claim)
        self.statements: dict[str, list[Table]] = defaultdict(list)
        for source in report.tables:
            if source.statement:
                self.statements[source.statement].append(source)

    # --- prose -------------------------------------------------------------------------------

    def figures(self, passage: int) -> list[Claim]:
        """The claims of a passage that carry a figure, in order."""
        return [c for c in self.claims.get(passage, ()) if c.quantity is not None]

    @cached_property
    def is_form(self) -> bool:
        """Whether the file is a form that nobody has filled in: XX万元 all over."""
        return sum(len(_PLACEHOLDER.findall(p.text)) for p in self.report.passages) > _FEW

    @property
    def is_own(self) -> bool:
        """Whether the report is one body's own accounts, not those of a government."""
        return self.report.identity.level in (Level.UNIT, Level.DEPARTMENT)

    def heading(self, passage: int) -> str:
        """The headings above a passage as one string."""
        return "/".join(self.report.path(self.report.passages[passage].section))

    @cached_property
    def chains(self) -> dict[int, tuple[str, ...]]:
        """The account (类, 款, 项) that each passage is about, for those that open with one."""
        found = {}
        for passage in self.report.passages:
            links = chain(passage.text)
            if not links and passage.section < len(self.report.sections):
                section = self.report.sections[passage.section]
                links = chain(f"{section.title}。")
            if links:
                found[passage.id] = links
        return found

    def sentence(self, passage: int, start: int, end: int) -> str:
        """The sentence of a passage that holds a span."""
        text = self.report.passages[passage].text
        left = max(text.rfind(mark, 0, start) for mark in _SENTENCE_END) + 1
        stops = [text.find(mark, end) for mark in _SENTENCE_END]
        right = min((s + 1 for s in stops if s >= 0), default=len(text))
        return text[left:right].strip()

    # --- tables ------------------------------------------------------------------------------

    def row(self, table: int, row: int) -> Row:
        """A row by its address."""
        return self._rows[table, row]

    def line(self, table: int, row: int) -> list[Cell]:
        """The cells of a row."""
        return self._lines.get((table, row), [])

    def column(self, table: int, column: int) -> Column:
        """A column by its address."""
        return self._columns[table, column]

    def unit(self, address: Address) -> str:
        """The unit of a cell, "" where the report gives none."""
        table, _, column = address
        cell = self.cells[address]
        return (
            cell.unit or self._columns[table, column].unit or self.report.tables[table].unit
        ).strip()

    def worth(self, address: Address) -> Amount | None:
        """A cell as an amount (yuan for money); a blank is nothing. None where it is no figure."""
        cell, unit = self.cells[address], self.unit(address)
        if cell.placed_by is Placement.OPEN or (cell.value is None and cell.text.strip("-—– 无")):
            return None
        if cell.value is None:
            return Amount(Decimal(0), Decimal(0))
        if not is_money(unit):
            return Amount(cell.value, half(cell.text))
        return Amount(convert(cell.value, unit, "元"), convert(half(cell.text), unit, "元"))

    def unsure(self, table: int, row: int) -> bool:
        """Whether a value of the row has no certain column."""
        return bool(self._rows[table, row].unplaced)

    @cached_property
    def accounts(self) -> dict[str, list[tuple[int, Row]]]:
        """(table, row) of every labelled row, by the comparable name of its label."""
        found: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        for table in self.report.tables:
            for row in table.rows:
                if row.label:
                    found[bare(row.label)].append((table.id, row))
        return found

    def role(self, statement: str, row: str, column: str) -> list[Address]:
        """The cells of every table of a statement at a row and a column named by their roles.

        A row `*` is the only row of a statement that has one, #code an account.
        """
        return [
            (table.id, r.id, c.id)
            for table in self.statements.get(statement, ())
            for r in table.rows
            if row == "*" or (r.code == row[1:] if row.startswith("#") else r.role == row)
            for c in table.columns
            if c.role == column and (table.id, r.id, c.id) in self.cells
        ]

    def labels_above(self, table: int, row: Row) -> Iterator[str]:
        """The labels of the accounts that a row is part of, nearest first."""
        parent = row.parent
        while parent is not None:
            above = self._rows[table, parent]
            yield above.label
            parent = above.parent

    # --- evidence ----------------------------------------------------------------------------

    def said(self, claim: Claim) -> Evidence:
        """A claim as evidence."""
        written = claim.quantity.written if claim.quantity else self.text(claim)
        return self.span(claim.passage, claim.start, claim.end, written)

    def text(self, claim: Claim) -> str:
        """The words of the report that a claim is made of."""
        return self.report.passages[claim.passage].text[claim.start : claim.end]

    def span(self, passage: int, start: int, end: int, value: str = "") -> Evidence:
        """A stretch of a passage as evidence."""
        source = self.report.passages[passage]
        return Evidence(
            section="/".join(self.report.path(source.section)),
            value=value or source.text[start:end],
            page=source.page,
            quote=self.sentence(passage, start, end),
            passage=passage,
            start=start,
            end=end,
        )

    def printed(self, address: Address, quote: str = "") -> Evidence:
        """A cell as evidence; the quote is its row unless given."""
        table_id, row_id, column_id = address
        table, row = self.report.tables[table_id], self._rows[table_id, row_id]
        cell = self.cells[address]
        texts = [c.text for c in self.line(table_id, row_id)]
        line = " ".join(filter(None, (row.code, row.label, *texts)))
        return Evidence(
            section="/".join(self.report.path(table.section)),
            table=table.name,
            row=row.label,
            column=self._columns[table_id, column_id].label,
            value=cell.text,
            page=row.page or table.page,
            quote=quote or line,
            table_id=table_id,
            row_id=row_id,
            column_id=column_id,
        )

    def place(self, address: Address) -> str:
        """A cell's address in words: 公开03表“合计”行“基本支出”栏."""
        table_id, row_id, column_id = address
        row, column = self._rows[table_id, row_id], self._columns[table_id, column_id]
        label = f"“{row.label}”行" if row.label else ""
        return f"{self.report.tables[table_id].name}{label}“{column.label}”栏"

    def figure(self, address: Address) -> str:
        """A cell as it is written, with its unit; a blank is called so."""
        text, unit = self.cells[address].text, self.unit(address)
        if not text:
            return "空白"
        return text if unit and text.endswith(unit) else text + unit


_SUBJECTLESS = re.compile(r"^(?:年初预算|支出决算|完成年初|[\d.,]+万?元?)")


def _claims_with_a_subject(report: Report) -> Iterator[Claim]:
    """The claims but those of a paragraph whose opening was lost at a line break.

    年初预算为5万元 in a paragraph of its own, under a heading whose subject an earlier paragraph
    has told of already, belongs to an account that is not known any more.
    """
    told: set[tuple[int, str, Measure]] = set()
    for claim in report.claims:
        passage = report.passages[claim.passage]
        key = passage.section, claim.subject, claim.measure
        lost = _SUBJECTLESS.match(passage.text) and claim.subject not in passage.text
        if lost and _told_before(report, claim, told):
            continue
        if not lost:
            told.add(key)
        yield claim


def _told_before(report: Report, claim: Claim, told: set[tuple[int, str, Measure]]) -> bool:
    section = report.passages[claim.passage].section
    return any((section, claim.subject, m) in told for m in (claim.measure, Measure.AMOUNT))
