"""How a layout writes: units, blanks and zeros, line numbers, words for the same thing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from benchmarks.reports.frames import frame
from benchmarks.reports.model import Column, Head, Role, Sheet, SheetRow

NUMERALS = "一二三四五六七八九十"


def numeral(n: int) -> str:
    """1 … 99 in Chinese: 二十四."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else NUMERALS[tens - 1] + "十")
    return head + (NUMERALS[ones - 1] if ones else "")


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one report."""

    unit: str = "万元"
    grouped: bool = True  # thousands separators
    zero: str = ""  # how nothing is written in a table
    trimmed: bool = False  # 1,578.6 in sentences
    lines: bool = False  # 行次 and 栏次
    numbers: bool = False  # 公开01表
    total_last: bool = False
    split_codes: bool = False
    by: str = "单位"  # what stands before the body's name above a table
    year: int = 0  # in front of titles, 0 for none
    part: str = "部门"  # 部门 or 单位
    words: dict[str, str] = field(default_factory=dict)  # another word for the same thing

    def shown(self, amount: int | None, unit: str = "") -> str:
        """An amount in 元 as a table prints it."""
        if not amount:
            return self.zero if amount == 0 else ""
        if (unit or self.unit) == "元":
            return f"{amount:,.2f}" if self.grouped else f"{amount:.2f}"
        return f"{amount / 10000:,.2f}" if self.grouped else f"{amount / 10000:.2f}"

    def said(self, amount: int) -> str:
        """An amount in 元 as a sentence prints it, in 万元, with the unit."""
        text = f"{amount / 10000:,.2f}" if self.grouped else f"{amount / 10000:.2f}"
        if self.trimmed and "." in text:
            text = text.rstrip("0").rstrip(".")
        return text + "万元"

    def word(self, text: str) -> str:
        """This report's word for a label or title."""
        return self.words.get(text, text)


def sheet(
    style: Style,
    statement: str,
    title: str,
    heads: tuple[Head, ...],
    rows: list[SheetRow],
    *,
    body: str,
    number: int = 0,
    unit: str = "",
    notes: tuple[str, ...] = (),
    landscape: bool = False,
    lines: bool = True,
) -> Sheet:
    """A sheet in this style: with its unit, its number, its line of 栏次."""
    columns, spans, depth = frame([_worded(style, head) for head in heads])
    return Sheet(
        statement=statement,
        title=(f"{style.year}年度" if style.year else "") + style.word(title),
        number=f"公开{number:02d}表" if style.numbers and number else "",
        unit=unit or style.unit,
        by=f"{style.by}：{body}" if style.by else "",
        columns=columns,
        header=spans,
        header_rows=depth,
        rows=tuple(rows),
        notes=notes,
        landscape=landscape,
        line_row=_line_row(columns) if style.lines and lines else (),
    )


def _worded(style: Style, head: Head) -> Head:
    under = tuple(_worded(style, child) for child in head.under)
    return replace(head, text=style.word(head.text), under=under)


def _line_row(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """栏次 in the last column of names of each block, the numbers under the figures."""
    texts = []
    for i, column in enumerate(columns):
        after = columns[i + 1] if i + 1 < len(columns) else None
        names = column.role is Role.LABEL
        last = after is None or after.role is not Role.LABEL or after.block != column.block
        texts.append(column.line or ("栏次" if names and last else ""))
    return tuple(texts)
