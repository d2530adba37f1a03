"""The header of a grid: how many rows it takes, what each column is, which parts stand abreast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.grid_matrix import Matrix, is_figure
from corpus.tokens import plain

_DEEPEST = 7  # rows: no header is deeper
_CODE_HEAD = re.compile(r"(编码|代码)$|^[类款项]$|^目$")
_BODY_CODE = re.compile(r"单位|部门|项目(编码|代码)")
_LINE_HEAD = re.compile(r"^(行次|序号|顺序号|编号)$")
_LABEL_HEAD = re.compile(
    r"^(项目|科目|收入|支出|指标|内容|地区|事项)$|名称$|^(预算|功能|经济)?(分类)?科目$"
    r"|^[一二三]级指标$|^项目[(（]按.*[)）]$|^(收入|支出)项目$|^债券名称$|^单位$"
)
_LEVEL_HEAD = re.compile(r"^[一二三四]级指标$")
_NOTE_HEAD = re.compile(r"形式|方式|备注|说明|性质|级次|日期|时间|计量|是否|部门及领域|类型$")
_CODE = re.compile(r"\d{1,7}")
_FEW = 3  # distinct words: a column with no more answers a question, it names nothing
_TOTAL = re.compile(r"^(合计|总计|小计)$")


class Use(StrEnum):
    """What a column holds."""

    CODE = "code"
    LINE = "line"
    LABEL = "label"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Strip:
    """A column as the reader sees it; a badly drawn one takes several of the grid's (`at`)."""

    at: tuple[int, ...]
    use: Use
    path: tuple[str, ...]
    line: str = ""
    block: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """Rows `first` to `body` (half-open) name the columns.

    `worded` are the columns in which the first row of the body still prints a heading.
    """

    first: int
    body: int
    strips: tuple[Strip, ...]
    worded: frozenset[int] = frozenset()

    def of(self, block: int, *uses: Use) -> list[Strip]:
        """The strips of one block with one of these uses, from the left."""
        return [s for s in self.strips if s.block == block and s.use in uses]

    @property
    def blocks(self) -> int:
        """How many parts stand side by side."""
        return max((s.block for s in self.strips), default=-1) + 1


def read_header(table: Matrix, first: int, end: int) -> Header:
    """The header of the table that takes rows `first` to `end` of the matrix."""
    body = _body(table, first, end)
    numbers = [row for row in range(first, body) if _counts(table, row)]
    named = [row for row in range(first, body) if row not in numbers]
    parts = _merged_columns(table, body, end)
    uses = [_use(table, part, named, body, end) for part in parts]
    uses = _with_a_label(table, parts, uses, body, end)
    paths = [_path(table, part, named) for part in parts]
    levels = [k for k, path in enumerate(paths) if path and _LEVEL_HEAD.match(plain(path[-1]))]
    if levels:  # indicators: whatever stands behind their last level measures them
        uses = [u if k <= levels[-1] else Use.VALUE for k, u in enumerate(uses)]
    else:
        uses = _labels_only(table, parts, uses, body, end)
    uses = _bodies_named(uses, paths)
    uses, blocks = _blocks(uses, [path[-1] if path else "" for path in paths])
    strips = tuple(
        Strip(part, use, path, _line(table, part, numbers), block)
        for part, use, path, block in zip(parts, uses, paths, blocks, strict=True)
    )
    return _with_late_words(table, Header(first, body, strips), end)


def _with_late_words(table: Matrix, header: Header, end: int) -> Header:
    """Headings that stand a row too low, beside 合计: columns of one name told apart by them."""
    paths = Counter(s.path for s in header.strips if s.use is Use.VALUE)
    if header.body >= end:
        return header
    words = {
        strip.at: text
        for strip in header.strips
        if paths[strip.path] > 1
        and strip.use is Use.VALUE
        and (text := table.own(header.body, strip.at[0]))
        and not is_figure(text)
    }
    if not words or {s.path for s in header.strips if s.at not in words} & {
        s.path for s in header.strips if s.at in words
    }:
        return header
    strips = tuple(
        replace(s, path=(*s.path, words[s.at])) if s.at in words else s for s in header.strips
    )
    return replace(header, strips=strips, worded=frozenset(at[0] for at in words))


def _body(table: Matrix, first: int, end: int) -> int:
    """The first row that is data.

    A heading may stand a row or two below a line that the rulings, or a guess, left by itself.
    """
    figures = _figure_columns(table, first, end)
    deepest = min(end, first + _DEEPEST)
    row = first + 1
    while row < deepest and _heads(table, row, figures):
        row += 1
    for below in range(row + 1, min(row + 3, deepest)):
        if any(is_figure(text) for text in table.row_texts(below - 1)):
            break
        if _over_figures(table, below, figures):
            return _body(table, below, end) if below + 1 < end else below + 1
    return row


def _over_figures(table: Matrix, row: int, figures: Sequence[int]) -> bool:
    """Whether a row of words stands over most of the columns of figures."""
    if any(is_figure(text) for text in table.row_texts(row)):
        return False
    heads = [c for c in figures if table.own(row, c)]
    return len(heads) > 1 and len(heads) * 2 >= len(figures)


def _figure_columns(table: Matrix, first: int, end: int) -> list[int]:
    """The columns in which figures stand, 栏次 aside."""
    rows = [row for row in range(first + 1, end) if not _counts(table, row)]
    return [
        column
        for column in range(table.columns)
        if any(is_figure(table.own(row, column)) for row in rows)
    ]


def _heads(table: Matrix, row: int, figures: Sequence[int]) -> bool:
    """Whether a row still names columns: spanned from above, counting them, or over figures."""
    if _counts(table, row):
        return True
    texts = table.row_texts(row)
    if any(is_figure(text) for text in texts):
        return False
    spanned = any(
        (cell := table.owners[row][c]) is not None and cell.row < row and cell.text.strip()
        for c in range(table.columns)
    )
    if spanned or all(re.fullmatch("[类款项目]", text) for text in texts if texts):
        return bool(texts) or spanned
    return _over_figures(table, row, figures) or _splits_above(table, row)


def _splits_above(table: Matrix, row: int) -> bool:
    """Whether every cell of a row is filled and stands under wider cells of the row above."""
    cells = [c for c in range(table.columns) if table.begins(row, c)]
    if len(cells) < 2 or not all(table.own(row, c) for c in cells):
        return False
    return all((cell := table.owners[row - 1][c]) is not None and cell.colspan > 1 for c in cells)


def _counts(table: Matrix, row: int) -> bool:
    """Whether a row prints the numbers of the columns: 栏次 1 2 3=4+5, or A=B+C B C."""
    texts = table.row_texts(row)
    lettered = [text for text in texts if re.fullmatch(r"[A-Z]([=＝][A-Z+＋\-－/]+)?", text)]
    if len(lettered) > 1 and len(texts) - len(lettered) <= 1:
        return True
    found = [re.match(r"(\d{1,2})(?=$|[=＝(（])", text) for text in texts]
    numbers = [int(m[1]) for m in found if m]
    others = [text for text, m in zip(texts, found, strict=True) if not m]
    named = all(re.fullmatch(r"栏次|行次|\*+|[—-]+|[甲乙丙丁类款项]", text) for text in others)
    if len(numbers) < 2 or not named:
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2


def _merged_columns(table: Matrix, body: int, end: int) -> list[tuple[int, ...]]:
    """The grid's columns, those together that the body never parts.

    Rulings that do not quite meet, and a word processor's tables, leave such columns behind.
    """
    parts: list[tuple[int, ...]] = [(0,)] if table.columns else []
    for column in range(1, table.columns):
        apart = [r for r in range(body, end) if not table.same(r, column - 1, column)]
        if body < end and not apart:
            parts[-1] = (*parts[-1], column)
        else:
            parts.append((column,))
    return parts


def _path(table: Matrix, part: tuple[int, ...], named: Sequence[int]) -> tuple[str, ...]:
    """The header words above a column from the top down, a merged cell counted once."""
    words: list[str] = []
    seen: list[int] = []
    for row in named:
        for column in part:
            cell, text = table.owners[row][column], table.text(row, column)
            if cell is not None and text and id(cell) not in seen:
                seen.append(id(cell))
                words.append(text)
    return tuple(w for k, w in enumerate(words) if k == 0 or w != words[k - 1])


def _line(table: Matrix, part: tuple[int, ...], numbers: Sequence[int]) -> str:
    for row in numbers:
        found = re.match(r"\d{1,2}|[A-Z]", table.text(row, part[0]))
        if found:
            return found.group()
    return ""


def _use(table: Matrix, part: tuple[int, ...], named: Sequence[int], body: int, end: int) -> Use:
    path = _path(table, part, named)
    head = plain(path[-1]) if path else ""
    texts = [t for row in range(body, end) if (t := _content(table, row, part))]
    figures = sum(is_figure(text) for text in texts)
    if _CODE_HEAD.search(head) and sum(map(_is_code, texts)) * 2 >= len(texts):
        return Use.CODE
    if _LINE_HEAD.match(head) and figures == len(texts):
        return Use.LINE
    if not texts:
        return Use.LABEL if _LABEL_HEAD.search(head) or _CODE_HEAD.search(head) else Use.VALUE
    if figures * 2 >= len(texts) and not _LABEL_HEAD.search(head):
        return Use.VALUE
    if figures == len(texts) and figures > 1:
        return Use.VALUE
    return Use.VALUE if _NOTE_HEAD.search(head) else Use.LABEL


def _content(table: Matrix, row: int, part: tuple[int, ...]) -> str:
    """What a row shows in a strip of its own; "" where a wider cell covers it."""
    for column in part:
        if table.begins(row, column):
            cell = table.owners[row][column]
            wide = cell is not None and cell.column + cell.colspan > part[-1] + 1
            return "" if wide else table.text(row, column)
    return ""


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None or _TOTAL.match(text) is not None


def _with_a_label(
    table: Matrix, parts: list[tuple[int, ...]], uses: list[Use], body: int, end: int
) -> list[Use]:
    """A table without a label column whose first column is not all figures has it there."""
    if Use.LABEL in uses or not uses:
        return uses
    texts = [_content(table, row, parts[0]) for row in range(body, end)]
    if any(text and not is_figure(text) for text in texts):
        return [Use.LABEL, *uses[1:]]
    return uses


def _labels_only(
    table: Matrix, parts: list[tuple[int, ...]], uses: list[Use], body: int, end: int
) -> list[Use]:
    """Of several columns of words, those that name the row; the others describe what it names.

    A column names rows together with the next one only while its words repeat or leave blanks:
    groups, then members. Words out of a short list (yes and no) never name anything.
    """
    final = list(uses)
    labels = [k for k, use in enumerate(uses) if use is Use.LABEL]
    lead = labels[: _run(labels)]
    named = False
    for k in lead:
        texts = [_content(table, row, parts[k]) for row in range(body, end)]
        filled = [text for text in texts if text]
        short = len(set(filled)) <= _FEW and len(filled) > 2 * _FEW and k != lead[0]
        if named or (short and not _blank_often(table, parts[k], body, end)):
            final[k] = Use.VALUE
        many = len(filled) > max(2, (end - body) // 2) and not _groups(table, parts[k], body, end)
        named = named or (many and len(set(filled)) > 0.8 * len(filled))
    return final


def _bodies_named(uses: Sequence[Use], paths: Sequence[tuple[str, ...]]) -> list[Use]:
    """Codes of units and projects beside those of accounts say whose a row is, not what it is."""
    codes = [k for k, use in enumerate(uses) if use is Use.CODE]
    bodies = [k for k in codes if paths[k] and _BODY_CODE.search(plain(paths[k][-1]))]
    if len(bodies) == len(codes):
        return list(uses)
    return [Use.LABEL if k in bodies else use for k, use in enumerate(uses)]


def _groups(table: Matrix, part: tuple[int, ...], body: int, end: int) -> bool:
    """Whether most rows stand under cells that reach over several of them: those name groups."""
    cells = (table.owners[row][part[0]] for row in range(body, end))
    tall = [cell for cell in cells if cell is not None and cell.rowspan > 1 and cell.text.strip()]
    return len(tall) * 2 > end - body


def _run(numbers: Sequence[int]) -> int:
    """How many of the numbers follow each other without a gap from the first on."""
    return next((i for i in range(1, len(numbers)) if numbers[i] != numbers[i - 1] + 1),
                len(numbers))  # fmt: skip


def _blank_often(table: Matrix, part: tuple[int, ...], body: int, end: int) -> bool:
    blanks = sum(not table.text(row, part[0]) for row in range(body, end))
    return blanks * 3 > end - body


def _blocks(uses: Sequence[Use], heads: Sequence[str]) -> tuple[list[Use], list[int]]:
    """The part of the table each column belongs to: a label after values opens the next part.

    Words behind the figures that open no part are remarks on them, and so values.
    """
    final = list(uses)
    blocks: list[int] = []
    block, valued = 0, False
    for k, use in enumerate(uses):
        opens = use is not Use.VALUE and valued
        if opens and Use.VALUE in uses[k:] and _names_rows(use, heads[k]):
            block, valued = block + 1, False
        elif opens:
            final[k] = Use.VALUE
        valued = valued or final[k] is Use.VALUE
        blocks.append(block)
    return final, blocks


def _names_rows(use: Use, head: str) -> bool:
    return use in (Use.CODE, Use.LINE) or not head or _LABEL_HEAD.search(plain(head)) is not None
