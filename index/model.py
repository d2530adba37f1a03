"""The terms in which the library answers: frozen, typed, and free of I/O."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.model import Identity, Placement, Source


class Change(StrEnum):
    """What adding a report did to the store."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    MERGED = "merged"  # the file is a further part of a report that is held
    COPY = "copy"  # the file shows what a held report shows; only its name is noted


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """The result of `Library.add`.

    `report` is the id under which the content is held, which is another one than the given
    report's when the same files are already held. `entries` are the passages and rows that can
    be found now, `texts` how many of them are different, `embedded` how many of those were new.
    """

    change: Change
    report: str
    entries: int
    texts: int
    embedded: int


@dataclass(frozen=True, slots=True)
class ReportCard:
    """One held report at a glance. `open_cells` are values whose column stayed undecided."""

    id: str
    identity: Identity
    sources: tuple[Source, ...]
    sections: int
    passages: int
    tables: int
    facts: int
    open_cells: int
    reader_version: int = 1


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search. Empty means everywhere; `sections` include what hangs under them."""

    reports: tuple[str, ...] = ()
    sections: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()  # "passage", "row"


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage or table row that was found.

    `score` orders the hits and is comparable within one search only. `lexical` is the BM25 score
    and `dense` the cosine of the embeddings; both are as measured, before they were combined.
    """

    report: str
    kind: str  # "passage" or "row"
    text: str
    score: float
    lexical: float
    dense: float
    passage: int | None = None
    table: int | None = None
    row: int | None = None

    @property
    def address(self) -> tuple[int, ...]:
        """(passage,) or (table, row): the place inside the report."""
        if self.passage is not None:
            return (self.passage,)
        return (self.table or 0, self.row or 0)


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Which cells to return; conditions that are not given do not narrow.

    `table` is a table's number, title or statement, `label` a row's label (width, spaces and
    numbering are ignored), `contains` a part of it, `column` a column's role or header.
    `least` and `most` bound the value in the cell's own unit. Blank cells are left out only if
    `filled` is set or a bound is given.
    """

    report: str | None = None
    reports: tuple[str, ...] = ()
    table: str | None = None
    table_id: int | None = None
    label: str | None = None
    contains: str | None = None
    code: str | None = None
    line: str | None = None
    column: str | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    filled: bool = False
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class FactRow:
    """One cell with its whole address. `value` is in `unit`, None where the cell is blank."""

    report: str
    table: str
    table_title: str
    row: str
    code: str
    line: str
    column: str
    value: Decimal | None
    text: str
    unit: str
    page: int | None
    placed_by: Placement
    table_id: int
    row_id: int
    column_id: int


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One invariant of the store, tried. `remedy` is empty when it holds."""

    name: str
    ok: bool
    message: str
    remedy: str = ""
