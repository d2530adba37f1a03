"""The fixed statements of public final accounts and budgets, as data: one YAML file a statement.

`STATEMENTS` is loaded and validated once; an unknown key, a formula that names an unknown role or
a link to an unknown statement stops the load with a message that names the file.

How the data is written
    titles      what ends the printed title; alternatives in a list, the longest match wins
    shape       how the rows stand on the page (`Shape`)
    layouts     the column orders in use; a header level may name alternatives with `|`
    rows        rows with a meaning of their own; labels may name alternatives with `|`
    across      sums over the columns of a row:    total = basic + project
    down        sums over the rows of a column:    grand.income = income.total + opening
                (`#301` is the row with that code, `each` the rows above that have no role)
    links       cells of different statements:     [total]total = final.spending[total]total
                (`[*]` is every account, matched by code, else by name; `>=` is allowed)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from corpus.model import Kind

_TERM = re.compile(
    r"\s*(?P<sign>[+-])?\s*(?:(?P<statement>[a-z_.0-9]+)?\[(?P<row>[^\]]+)\])?(?P<column>[a-z_.#0-9]+)"
)


class Shape(StrEnum):
    """How the rows of a statement stand on the page."""

    ACCOUNTS = "accounts"  # one row for each account code, a 合计 row
    SIDES = "sides"  # receipts on the left, outlays on the right
    BLOCKS = "blocks"  # coded accounts in two or three parts side by side
    AMOUNTS = "amounts"  # a single line of figures under a deep header
    LINES = "lines"  # labelled rows
    INDICATORS = "indicators"  # performance self-assessment


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnSpec(_Data):
    """One column: its role and its header from the top level down."""

    role: str
    path: tuple[str, ...]  # full-width brackets are written half-width
    block: int = 0
    unit: str = ""
    codes: tuple[str, ...] = ()  # the classes of accounts that stand in this block
    optional: bool = False  # older forms of the statement lack it
    said: str = ""  # how the prose calls it, alternatives with `|`
    measure: Literal["", "budget", "final"] = ""

    def names(self, level: int) -> tuple[str, ...]:
        """The alternative wordings of one header level, the usual one first."""
        return tuple(self.path[level].split("|"))


class RowSpec(_Data):
    """A row with a meaning of its own."""

    role: str
    label: str
    block: int = 0

    @property
    def labels(self) -> tuple[str, ...]:
        """The alternative labels, the usual one first."""
        return tuple(self.label.split("|"))


class Term(_Data):
    """One addend of a formula. Empty `row` or `column` means the row or column at hand."""

    sign: int
    row: str = ""
    column: str = ""
    statement: str = ""


class Formula(_Data):
    """`left` equals (or is at least) the sum of `right`."""

    text: str
    left: Term
    right: tuple[Term, ...]
    relation: Literal["=", ">="] = "="


class Statement(_Data):
    """The definition of one statement."""

    id: str
    kind: Kind
    titles: tuple[str, ...]
    shape: Shape
    numbers: tuple[str, ...] = ()  # 公开03表: used where the title itself is unreadable
    layouts: tuple[tuple[ColumnSpec, ...], ...]
    rows: tuple[RowSpec, ...] = ()
    across: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()  # performance: the names of 一级指标, 二级指标
    fields: tuple[str, ...] = ()  # performance: cells of words, alternatives with `|`
    parts: tuple[str, ...] = ()  # performance: headings of the form's parts, which end a field
    order_printed: bool = False  # regions order the columns differently: the header decides
    said_where: str = ""  # a pattern: only passages that match it speak of this statement's total

    @model_validator(mode="after")
    def _roles_are_known(self) -> Self:
        columns = {c.role for layout in self.layouts for c in layout}
        rows = {r.role for r in self.rows}
        for text in self.across:
            _require(self, text, columns, [t.column for t in _terms(parse_across(text))])
        for text in self.down:
            _require(self, text, rows, [t.row for t in _terms(parse_down(text))])
        for text in self.links:
            own = [t for t in _terms(parse_link(text)) if not t.statement]
            _require(self, text, columns, [t.column for t in own])
            _require(self, text, rows, [t.row for t in own])
        return self


def parse_across(text: str) -> Formula:
    """A formula over the columns of one row."""
    return _parse(text, "column")


def parse_down(text: str) -> Formula:
    """A formula over the rows of one column."""
    return _parse(text, "row")


def parse_link(text: str) -> Formula:
    """A formula over cells, possibly of other statements."""
    return _parse(text, "cell")


def by_id() -> dict[str, Statement]:
    """All definitions by id, in the order of their file names."""
    return dict(_load())


def statement(id: str) -> Statement | None:
    """The definition called `id`, or None."""
    return _load().get(id)


@cache
def _load() -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    folder = resources.files(__name__)
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            data = yaml.safe_load(entry.read_text(encoding="utf-8"))
            read = Statement.model_validate(data)
            if read.id in found:
                raise ValueError(f"{entry.name}: a second definition of {read.id}")
            found[read.id] = read
    _check_links(found)
    return found


def _check_links(found: dict[str, Statement]) -> None:
    for own in found.values():
        for text in own.links:
            for term in _terms(parse_link(text)):
                if not term.statement:
                    continue
                other = found.get(term.statement)
                if other is None:
                    raise ValueError(f"{own.id}: {text!r} names the unknown {term.statement}")
                columns = {c.role for layout in other.layouts for c in layout}
                _require(own, text, columns, [term.column])
                _require(own, text, {r.role for r in other.rows}, [term.row])


def _require(own: Statement, text: str, known: set[str], used: list[str]) -> None:
    for role in used:
        if role not in known and role not in ("*", "each") and not role.startswith("#"):
            raise ValueError(f"{own.id}: {text!r} names the unknown role {role!r}")


def _terms(formula: Formula) -> Iterator[Term]:
    yield formula.left
    yield from formula.right


def _parse(text: str, over: Literal["row", "column", "cell"]) -> Formula:
    left, relation, right = _split(text)
    heads = _read_terms(left, over)
    if len(heads) != 1 or heads[0].sign != 1:
        raise ValueError(f"{text!r}: one term must stand on the left")
    return Formula(
        text=text,
        left=heads[0],
        right=tuple(_read_terms(right, over)),
        relation=relation,
    )


def _split(text: str) -> tuple[str, Literal["=", ">="], str]:
    if ">=" in text:
        left, right = text.split(">=", 1)
        return left, ">=", right
    left, right = text.split("=", 1)
    return left, "=", right


def _read_terms(text: str, over: Literal["row", "column", "cell"]) -> list[Term]:
    terms: list[Term] = []
    rest = text.strip()
    while rest:
        found = _TERM.match(rest)
        if found is None or (over == "cell") != (found["row"] is not None):
            raise ValueError(f"{text!r} is not a sum of {over}s")
        sign = -1 if found["sign"] == "-" else 1
        name = found["column"]
        row = name if over == "row" else found["row"] or ""
        column = "" if over == "row" else name
        statement_id = found["statement"] or ""
        terms.append(Term(sign=sign, row=row, column=column, statement=statement_id))
        rest = rest[found.end() :].strip()
    return terms
