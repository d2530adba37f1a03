"""What a published report is, once read: frozen, typed, and free of I/O.

Every other package speaks in these terms. Ids are positions: `Section.id` is the index of the
section in `Report.sections`, and so on, so that an address is a pair of small integers and a
report serialises to plain JSON. Amounts are `Decimal` in the unit that stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Raised when reading changes its results, so that held reports are read again.
READER_VERSION = 4


class Kind(StrEnum):
    """What a report accounts for: money spent (决算), money planned (预算), or neither."""

    FINAL = "final"
    BUDGET = "budget"
    OTHER = "other"


class Level(StrEnum):
    """Whose accounts: a department with its units (部门), one unit (单位), a government."""

    DEPARTMENT = "department"
    UNIT = "unit"
    GOVERNMENT = "government"
    UNKNOWN = "unknown"


class Placement(StrEnum):
    """How a value came into its column; `OPEN` means that the report leaves it undecided."""

    CELL = "cell"  # the file has cells (a spreadsheet, HTML, a ruled table)
    GEOMETRY = "geometry"  # position on the page
    ORDER = "order"  # the row prints as many values as it has columns
    IDENTITIES = "identities"  # the only placement under which the statement's sums hold
    PROSE = "prose"  # a sentence of the report names the item and the value
    OPEN = "open"  # more than one placement is possible


class Outcome(StrEnum):
    """A check has three results; an empty list of findings never stands for the third."""

    HOLDS = "holds"
    FAILS = "fails"
    UNTRIED = "untried"


class Measure(StrEnum):
    """What a figure in a sentence measures about its subject."""

    AMOUNT = "amount"  # the plain figure: spent, received, owned
    BUDGET = "budget"  # 年初预算 / 预算数
    PRIOR = "prior"  # the earlier year's figure
    CHANGE = "change"  # 增加 / 减少 by so much; signed
    RATE = "rate"  # 增长 / 下降 by so many percent; signed
    COMPLETION = "completion"  # 完成预算的 … %
    SHARE = "share"  # 占 … %
    COUNT = "count"  # vehicles, projects, people, copies
    NONE = "none"  # the sentence says that there is nothing (无 / 未发生)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the report writes it. `value` is in `unit`; `written` is the text itself."""

    value: Decimal
    unit: str
    written: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who published what. `short_names` are forms of the name that people use."""

    body: str
    short_names: tuple[str, ...] = ()
    year: int | None = None
    kind: Kind = Kind.OTHER
    level: Level = Level.UNKNOWN
    region: str = ""
    scope: str = ""  # government reports: 全市, 市级, 市本级 …
    title: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One published file. `digest` is the SHA-256 of its bytes.

    `copy`: the file shows what the report's other files show, and was not read into it.
    """

    name: str
    digest: str
    format: str
    pages: int = 0
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what hangs under it. `number` is as printed: 第三部分, 五、, （二）, 3."""

    id: int
    number: str
    title: str
    level: int
    parent: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its broken lines rejoined; `text` is verbatim, whitespace aside."""

    id: int
    section: int
    text: str
    page: int | None = None
    source: int = 0  # which of the report's files the page is in


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures. `path` is its header from the top level down."""

    id: int
    path: tuple[str, ...]
    line: str = ""  # 栏次
    role: str = ""  # the statement's name for it (corpus/statements), "" when unknown
    unit: str = ""  # where it differs from the table's
    block: int = 0  # side-by-side parts of a table are numbered from the left

    @property
    def label(self) -> str:
        """The header as one string, levels joined by a slash."""
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class Row:
    """One account or indicator. `band` is the printed line it stands on, shared by the blocks."""

    id: int
    label: str
    code: str = ""
    line: str = ""  # 行次
    level: int = 0
    parent: int | None = None
    block: int = 0
    band: int = 0
    role: str = ""
    page: int | None = None
    path: tuple[str, ...] = ()  # labels to its left: 产出指标, 数量指标
    unplaced: tuple[str, ...] = ()  # printed values whose column stays open


@dataclass(frozen=True, slots=True)
class Cell:
    """The crossing of a row and a column. A blank is a cell with empty `text` and no value."""

    row: int
    column: int
    text: str
    value: Decimal | None
    unit: str
    placed_by: Placement


@dataclass(frozen=True, slots=True)
class Check:
    """One identity tried on a table. `cells` are (row, column) pairs; the first is the result."""

    rule: str
    outcome: Outcome
    message: str
    cells: tuple[tuple[int, int], ...] = ()
    expected: Decimal | None = None
    found: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A statement or any other table. `statement` names its definition, "" for a generic one."""

    id: int
    title: str
    section: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    number: str = ""  # 公开03表
    statement: str = ""
    unit: str = ""
    page: int | None = None
    notes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    source: int = 0  # which of the report's files the page is in

    @property
    def name(self) -> str:
        """How people cite it: its number where it has one, otherwise its title."""
        return self.number or self.title

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at (row, column), or None where the block has no such crossing."""
        return next((c for c in self.cells if c.row == row and c.column == column), None)

    def row_cells(self, row: int) -> tuple[Cell, ...]:
        """The cells of one row, in column order."""
        return tuple(c for c in self.cells if c.row == row)


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the prose, with what it is about.

    `start` and `end` bound the figure inside its passage. `basis` is what a change, rate, share
    or completion refers to (年初预算, 上年, 本年支出合计). `sign` is already in `quantity.value`.
    """

    passage: int
    start: int
    end: int
    subject: str
    measure: Measure
    quantity: Quantity | None
    basis: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something happened, in the report's words; offsets bound the reason in its passage."""

    passage: int
    start: int
    end: int
    subject: str


@dataclass(frozen=True, slots=True)
class Term:
    """A definition from 名词解释. `name` is the last part of a long account name."""

    name: str
    passage: int
    start: int
    end: int
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was read from one report, and what could not be (`notices`)."""

    id: str
    identity: Identity
    sources: tuple[Source, ...]
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    claims: tuple[Claim, ...] = ()
    reasons: tuple[Reason, ...] = ()
    terms: tuple[Term, ...] = ()
    notices: tuple[str, ...] = ()
    reader_version: int = READER_VERSION

    def path(self, section: int) -> tuple[str, ...]:
        """Headings from the top down to `section`, each with its number as printed."""
        return tuple(reversed([s.number + s.title for s in self._upward(section)]))

    def _upward(self, section: int | None) -> Iterator[Section]:
        while section is not None:
            current = self.sections[section]
            yield current
            section = current.parent
