"""A table as the page shows it, before its values are placed: what every layout is turned into."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Column, Placement


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row of one block.

    A layout that has lost its blanks gives `printed`, the values in order without positions; one
    that has cells gives `cells`, one text for each column of the row's block, "" where blank, and
    says by `placement` (CELL or GEOMETRY) how it knows. Exactly one of the two is not None.
    """

    label: str
    code: str = ""
    line: str = ""  # 行次
    block: int = 0
    band: int = 0
    level: int = 0
    path: tuple[str, ...] = ()
    page: int | None = None
    printed: tuple[str, ...] | None = None
    cells: tuple[str, ...] | None = None
    placement: Placement = Placement.CELL


@dataclass(frozen=True, slots=True)
class Draft:
    """A table found in a document. `start` and `end` bound the blocks it occupies (half-open).

    `columns` are numbered from 0; where a statement is known they carry its roles. `statement` is
    the id of its definition in `corpus.statements`, "" for a table that no definition knows.
    """

    start: int
    end: int
    title: str
    columns: tuple[Column, ...]
    rows: tuple[DraftRow, ...]
    number: str = ""  # 公开03表
    unit: str = ""
    statement: str = ""
    notes: tuple[str, ...] = ()
    page: int | None = None

    def columns_of(self, block: int) -> tuple[Column, ...]:
        """The columns of one side-by-side part, from the left."""
        return tuple(c for c in self.columns if c.block == block)
