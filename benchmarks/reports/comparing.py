"""What was read against what is true: F1 over cells, and the identity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from benchmarks.reports.model import Made, TrueCell
from corpus.model import Report, Table

Key = tuple[str, str, str, str]  # statement, row, column, text


@dataclass(frozen=True, slots=True)
class Score:
    """How many cells were right, missed and invented."""

    right: int
    missed: tuple[Key, ...]
    invented: tuple[Key, ...]

    @property
    def f1(self) -> float:
        """Twice the right ones over all that are true and all that were read."""
        total = 2 * self.right + len(self.missed) + len(self.invented)
        return 2 * self.right / total if total else 1.0


def compare(made: Made, report: Report) -> Score:
    """The cells of a report that was read against those that it was made of."""
    true = Counter(_true(made.cells))
    read = Counter(key for table in report.tables for key in _read(table))
    right = sum((true & read).values())
    return Score(right, tuple((true - read).elements()), tuple((read - true).elements()))


def identity_errors(made: Made, report: Report) -> list[str]:
    """The parts of the identity that were not read as they are."""
    who = report.identity
    pairs = {
        "body": (made.body, who.body),
        "year": (made.year, who.year),
        "kind": (made.kind, who.kind),
        "level": (made.level, who.level),
    }
    return [f"{name}: {want} read as {got}" for name, (want, got) in pairs.items() if want != got]


def _true(cells: Iterable[TrueCell]) -> Iterable[Key]:
    for cell in cells:
        name = cell.code or _bare(cell.group + cell.label)
        yield cell.statement, name, _column(cell.column), _figure(cell.text)


def _read(table: Table) -> Iterable[Key]:
    rows = {row.id: row for row in table.rows}
    columns = {column.id: column for column in table.columns}
    for cell in table.cells:
        row, column = rows[cell.row], columns[cell.column]
        name = row.code or _bare("".join(row.path) + row.label)
        text = _figure(cell.text if cell.value is None else str(cell.value))
        if name or text or not any(row.label for row in table.rows):
            yield table.statement, name, _column(column.path), text


def _column(path: tuple[str, ...]) -> str:
    """The last two levels of a header: tables differ in what they print above them."""
    return "/".join(map(_bare, path[-2:]))


def _bare(text: str) -> str:
    text = re.sub(r"\s", "", normalize("NFKC", text))
    return re.sub(r"^(?:[一二三四五六七八九十]+、|\d+[.、])", "", text)


def _figure(text: str) -> str:
    text = text.replace(",", "").strip()
    return (
        str(Decimal(text).quantize(Decimal("0.01")))
        if re.fullmatch(r"-?\d+(\.\d+)?", text)
        else text
    )
