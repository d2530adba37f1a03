"""Reports written for one test: paragraphs under headings, and tables as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from corpus import (
    Cell,
    Column,
    Identity,
    Kind,
    Level,
    Passage,
    Placement,
    Report,
    Row,
    Section,
    Table,
)
from corpus.claims import Setting, find_claims
from corpus.reasons import find_reasons

BODY = "白露市青石街道办事处"


def written(
    paragraphs: Sequence[tuple[str, str]] = (),
    tables: Sequence[Table] = (),
    *,
    body: str = BODY,
    names: tuple[str, ...] = ("青石街道", "青石街道办事处"),
    year: int = 2024,
    kind: Kind = Kind.BUDGET,
    level: Level = Level.DEPARTMENT,
    title: str = "",
) -> Report:
    """A report of these paragraphs and tables; claims and reasons are read from its sentences."""
    identity = Identity(body, names, year, kind, level, body[:3], title=title)
    sections = tuple(Section(i, "", heading, 1) for i, (heading, _) in enumerate(paragraphs))
    passages = tuple(Passage(i, i, text) for i, (_, text) in enumerate(paragraphs))
    setting = Setting(year, (body, *names), "上年" if level is Level.GOVERNMENT else "")
    read = [(p, sections[p.section].title) for p in passages]
    claims = [(p, heading, find_claims(p, heading, setting)) for p, heading in read]
    reasons = [r for p, heading, found in claims for r in find_reasons(p, found, heading)]
    sections = sections or (Section(0, "", title or "表", 1),)
    return Report(
        f"{body}{year}{kind.value}",
        identity,
        (),
        sections,
        passages,
        tuple(tables),
        claims=tuple(c for *_, found in claims for c in found),
        reasons=tuple(reasons),
    )


def table(
    number: int,
    title: str,
    columns: Sequence[tuple[str, str]],
    lines: str,
    *,
    unit: str = "万元",
    statement: str = "",
) -> Table:
    """A table of `columns` (header, role) and lines `label|cell|cell`; 编码:label gives a code."""
    heads = tuple(Column(i, tuple(h.split("/")), role=role) for i, (h, role) in enumerate(columns))
    rows, cells = [], []
    for position, line in enumerate(lines.split()):
        label, *texts = line.split("|")
        code, _, name = label.rpartition(":")
        role = "total" if name in ("合计", "总计") else ""
        rows.append(Row(position, name, code, role=role))
        units = ["%" if h.endswith("%") else unit for h, _ in columns]
        cells += [_cell(position, i, text, units[i]) for i, text in enumerate(texts)]
    return Table(number, title, 0, heads, tuple(rows), tuple(cells), "", statement, unit)


def _cell(row: int, column: int, text: str, unit: str) -> Cell:
    try:
        value: Decimal | None = Decimal(text.replace(",", ""))
    except InvalidOperation:
        value = None
    return Cell(row, column, text, value, unit if value is not None else "", Placement.CELL)
