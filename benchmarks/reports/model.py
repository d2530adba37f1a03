"""What a made-up report is: its printed parts, and the truth behind them. Frozen, free of I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.model import Kind, Level


class Role(StrEnum):
    """What a column of a printed table holds."""

    CODE = "code"
    LABEL = "label"
    LINE = "line"  # 行次
    GROUP = "group"  # a label that spans the rows of its group
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Head:
    """A header cell with the cells under it; without any, it heads a column of its own."""

    text: str
    under: tuple[Head, ...] = ()
    role: Role = Role.VALUE
    width: float = 1.0
    block: int = 0
    line: str = ""  # 栏次


@dataclass(frozen=True, slots=True)
class Column:
    """One printed column. `path` is its header from the top level down."""

    role: Role
    path: tuple[str, ...]
    width: float
    block: int
    line: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A header cell in its place: it covers `rows` × `columns` from (row, column)."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One printed row, a text for each column. `merged` are (column, columns covered)."""

    texts: tuple[str, ...]
    merged: tuple[tuple[int, int], ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class TrueCell:
    """What one crossing of a row and a column says. `text` is as printed, blank for nothing."""

    statement: str
    title: str
    block: int
    label: str
    code: str
    group: str
    column: tuple[str, ...]
    text: str
    unit: str

    @property
    def value(self) -> Decimal | None:
        """The amount in `unit`, None for words or where nothing is printed."""
        digits = self.text.replace(",", "")
        return Decimal(digits) if digits.replace(".", "").isdigit() else None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number as printed; level 1 is a part (第二部分)."""

    level: int
    number: str
    title: str

    @property
    def text(self) -> str:
        """Number and title on one line."""
        gap = " " if self.number.startswith("第") else ""
        return self.number + gap + self.title


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of a sentence. `value` is signed for changes and rates, `exact` is a percentage
    to two decimals where fewer are printed.
    """

    subject: str
    measure: str  # a value of corpus.model.Measure
    value: Decimal
    unit: str
    basis: str = ""
    exact: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and what its figures say."""

    text: str
    said: tuple[Said, ...] = ()
    reason: str = ""  # why, in the paragraph's words
    section: str = ""  # the heading that it stands under


@dataclass(frozen=True, slots=True)
class Sheet:
    """A statement as printed. `by` is the line above it that names the body."""

    statement: str
    title: str
    number: str
    unit: str
    by: str
    columns: tuple[Column, ...]
    header: tuple[Span, ...]
    header_rows: int
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    landscape: bool = False
    line_row: tuple[str, ...] = ()  # the row of 栏次, as printed
    unit_label: str = "单位"

    def cells(self) -> Iterator[TrueCell]:
        """Every crossing of a labelled row and a column of figures."""
        for row in self.rows:
            yield from self._row_cells(row)

    def _row_cells(self, row: SheetRow) -> Iterator[TrueCell]:
        covered = {c + i for c, n in row.merged for i in range(1, n)}
        words: dict[Role, str] = {}
        for i, (column, text) in enumerate(zip(self.columns, row.texts, strict=True)):
            if i in covered:
                continue
            if column.role is not Role.VALUE:
                if i and self.columns[i - 1].role is Role.VALUE:
                    words = {}
                words[column.role] = words.get(column.role, "") + text
            elif self.unlabelled or any(words.get(r) for r in _NAMES):
                yield self._cell(column, text, words, merged=bool(row.merged))

    def _cell(self, column: Column, text: str, words: dict[Role, str], *, merged: bool) -> TrueCell:
        label, code, group = (words.get(r, "") for r in (Role.LABEL, Role.CODE, Role.GROUP))
        if merged:  # a total's name stands where the codes begin
            label, code = label or code, ""
        return TrueCell(
            self.statement, self.title, column.block, label, code, group,
            column.path, text, self.unit,
        )  # fmt: skip

    @property
    def unit_line(self) -> str:
        """单位：万元, as printed above the table."""
        return f"{self.unit_label}：{self.unit}"

    @property
    def unlabelled(self) -> bool:
        """Whether its rows have no names at all (三公: one line of figures)."""
        return not any(c.role in (Role.LABEL, Role.CODE) for c in self.columns)


Block = Heading | Paragraph | Sheet
_NAMES = (Role.LABEL, Role.CODE, Role.GROUP)  # what a row is known by


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a right answer states; `accept` are other roundings that count as right."""

    value: Decimal
    unit: str
    accept: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the gold format (docs/generator.md); `reports` is filled when written."""

    question: str
    kind: str
    lang: str = "zh"
    answerable: bool = True
    numbers: tuple[Figure, ...] = ()
    contains: tuple[tuple[str, ...], ...] = ()
    excludes: tuple[str, ...] = ()
    quote: tuple[str, ...] = ()
    section: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plant:
    """A contradiction put in on purpose: where, what was there, what stands there now."""

    kind: str
    place: str  # the statement's title and row, or the heading of the paragraph
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What makes a report hard to read; the first group changes what is printed, not the truth."""

    wrapped: bool = False  # narrow label columns: codes and figures stand between halves
    breaks: bool = False  # tables continue on the next page, no header repeated
    headers: bool = False  # tables continue on the next page under a repeated header
    offset: bool = False  # digits in a smaller font, off the baseline of the words
    unruled: bool = False  # some tables without lines
    spread: bool = False  # 合 计: totals and headers with blanks between the characters
    bold: bool = False  # titles and totals drawn twice, a hair apart
    # what the report itself does differently
    sides: bool = False  # basic spending in three blocks side by side
    yuan: bool = False  # tables in 元 where the layout has 万元, and the other way round
    blank_rows: bool = False  # empty rows at the end of tables
    zeros: bool = False  # 0.00 where others leave blank
    split_codes: bool = False  # 类, 款 and 项 in three columns
    titles: bool = False  # other titles and labels in use elsewhere
    rounding: bool = False  # every figure rounded on its own: sums are off by a cent or two
    planted: int = 0  # so many contradictions


@dataclass(frozen=True, slots=True)
class Made:
    """A report that never was: who, what it prints, and everything that is true of it."""

    seed: int
    layout: str
    body: str
    short_names: tuple[str, ...]
    region: str
    year: int
    kind: Kind
    level: Level
    title: str
    difficulty: Difficulty
    blocks: tuple[Block, ...]
    questions: tuple[Question, ...] = ()
    plants: tuple[Plant, ...] = ()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The tables, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Sheet))

    @property
    def cells(self) -> tuple[TrueCell, ...]:
        """The exact cells of all tables, in order."""
        return tuple(cell for sheet in self.sheets for cell in sheet.cells())

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The prose with its claims, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Paragraph))
