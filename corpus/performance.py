"""Performance self-assessments (绩效自评表) out of flattened text.

The form has three parts under one title: how the budget was executed, the indicators (一级, 二级,
三级指标 with target, result and score), and cells of words. Each part keeps its own columns; the
indicators' two upper levels, printed once for many rows, become the rows' paths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.drafts import DraftRow
from corpus.model import Column, Placement
from corpus.statements import Statement
from corpus.tokens import number, plain, squeeze, tokens

_WEIGHT = re.compile(r"[（(](\d+(?:\.\d+)?)分[）)]$")
_COUNTER = re.compile(r"\d*:?$")  # 年度目标1：
_NIL = re.compile(r"[-—–－/]+")
_GROUP_HEAD = re.compile(r"^[（(]\d+分[）)]")
_GROUP_WEIGHT = r"(?:[（(](?P<weight>\d+(?:\.\d+)?)分[）)])?"
_SCORE = re.compile(r"^\d{1,3}(\.\d+)?分?$")
_FIGURE = re.compile(r"^[≥≤＞＜><=]*-?\d[\d,.]*\D{0,4}$")
_FIGURE_START = re.compile(r"(?<=[^\d.,（(≥≤＞＜><=年月])(?=[≥≤＞＜><=]{0,2}\d)")
_BEHIND_WEIGHT = re.compile(r"(?<=分[）)])(?=[≥≤＞＜><=]{0,2}\d)")
_GLUED_FIGURES = re.compile(r"\d[^\d.,]{1,3}\d[\d.]*$")
_BUDGET_HEADER = re.compile(r"执行率")
_INDICATOR_HEADER = re.compile(r"三级指标")
_TABLE_UNIT = re.compile(r"\((亿元|万元|千元|元)\)")
_FIELD_LINES = 4  # a field's name breaks over at most so many lines

INDICATORS, BUDGET, WORDS, AMOUNTS = range(4)
_NumberedLine = tuple[int, str]


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and the groups the next indicator stands under."""

    statement: Statement
    columns: Sequence[Column]
    pages: Sequence[int | None]
    rows: list[DraftRow] = field(default_factory=list)
    path: list[str] = field(default_factory=lambda: ["", ""])
    room: float = 0.0  # what the current 一级指标 has left to share out

    def add(
        self, at: int, block: int, label: str, cells: Sequence[str], path: bool = False
    ) -> None:
        """Adds a row; one with fewer cells than its part has columns keeps them unplaced."""
        shown = tuple(part for part in self.path if part) if path else ()
        short = len(cells) < self.width(block)
        self.rows.append(
            DraftRow(
                squeeze(label),
                block=block,
                band=len(self.rows),
                page=self.pages[at],
                path=shown,
                printed=tuple(cells) if short else None,
                cells=None if short else tuple(cells),
                placement=Placement.ORDER,
            )
        )

    def width(self, block: int) -> int:
        return sum(column.block == block for column in self.columns)


def performance_rows(
    lines: Sequence[_NumberedLine],
    statement: Statement,
    columns: Sequence[Column],
    pages: Sequence[int | None],
) -> tuple[DraftRow, ...]:
    """The rows of the form in printed order, each in the block of its part."""
    reading = _Reading(statement, columns, pages)
    budget = _find(lines, 0, _BUDGET_HEADER)
    header = _find(lines, 0, _INDICATOR_HEADER)
    total = _total_line(lines, header, statement)
    _read_top(reading, lines[: min(budget, header)])
    _read_budget(reading, lines[budget:header])
    _read_indicators(reading, lines[_header_end(lines, header) : total])
    _read_end(reading, lines[total:])
    return tuple(reading.rows)


def unit_of(lines: Sequence[_NumberedLine]) -> str:
    """The unit that the budget part names, 万元 where it names none."""
    found = _TABLE_UNIT.search(plain("".join(text for _, text in lines)))
    return found[1] if found else "万元"


def _find(lines: Sequence[_NumberedLine], start: int, pattern: re.Pattern[str]) -> int:
    found = (i for i in range(start, len(lines)) if pattern.search(plain(lines[i][1])))
    return next(found, len(lines))


def _total_line(lines: Sequence[_NumberedLine], header: int, statement: Statement) -> int:
    labels = [plain(label) for row in statement.rows for label in row.labels]
    pattern = re.compile(rf"^({'|'.join(labels)})\d")
    return _find(lines, header, pattern)


def _header_end(lines: Sequence[_NumberedLine], header: int) -> int:
    """Below the header line that names the score."""
    scored = _find(lines, header, re.compile(r"得分"))
    return min(scored + 1, len(lines))


def _read_top(reading: _Reading, lines: Sequence[_NumberedLine]) -> None:
    """Names in words, and amounts beside their labels: 基本支出总额 1,261.09."""
    rest = []
    for at, text in lines:
        parts = tokens([(at, text)])
        labels, amounts = parts[::2], parts[1::2]
        paired = len(labels) == len(amounts) and not any(t.is_text for t in amounts)
        if parts and paired and all(t.is_text for t in labels):
            for label, amount in zip(labels, amounts, strict=True):
                reading.add(at, AMOUNTS, label.text, [amount.text])
        else:
            rest.append((at, text))
    _read_words(reading, rest)


def _read_words(reading: _Reading, lines: Sequence[_NumberedLine]) -> None:
    """Cells of words: a known field name, then everything up to the next one."""
    label, at, content = "", 0, ""
    lines = _one_field_a_line(reading.statement, lines)
    i = 0
    while i < len(lines):
        name, used, rest = _field_at(reading.statement, lines, i)
        if name:
            _add_words(reading, at, label, content)
            label, at, content = name, lines[i][0], rest
        else:
            content += squeeze(lines[i][1])
        i += used
    _add_words(reading, at, label, content)


def _one_field_a_line(statement: Statement, lines: Sequence[_NumberedLine]) -> list[_NumberedLine]:
    """主管部门 甲局 实施单位 乙所: the second field begins a line of its own."""
    names = {n for f in statement.fields for n in f.split("|")}
    split: list[_NumberedLine] = []
    for at, text in lines:
        chunks = text.split()
        starts = [k for k, chunk in enumerate(chunks) if plain(chunk) in names or not k]
        bounds = zip(starts, [*starts[1:], len(chunks)], strict=True)
        split += [(at, " ".join(chunks[a:b])) for a, b in bounds]
    return split


def _add_words(reading: _Reading, at: int, label: str, content: str) -> None:
    """Adds a field; headings of the form's parts, and fields that only head one, have no words."""
    words = _GROUP_HEAD.sub("", content)
    if label and words and plain(label) not in reading.statement.parts:
        reading.add(at, WORDS, label, [words])


def _field_at(statement: Statement, lines: Sequence[_NumberedLine], i: int) -> tuple[str, int, str]:
    """The field that begins at line `i`, how many lines its name takes, and what follows it."""
    names = {n for f in statement.fields for n in f.split("|")} | set(statement.parts)
    joined = ""
    for k in range(i, min(i + _FIELD_LINES, len(lines))):
        chunks = lines[k][1].split()
        for n in range(1, len(chunks) + 1):
            shown = joined + "".join(chunks[:n])
            if _COUNTER.sub("", plain(shown)) in names:
                return shown.rstrip(":："), k - i + 1, "".join(chunks[n:])
        joined += "".join(chunks)
    return "", 1, ""


def _read_budget(reading: _Reading, lines: Sequence[_NumberedLine]) -> None:
    """Rows of amounts under the budget header, then the field of the year's goal."""
    width = reading.width(BUDGET)
    label = ""
    for k, (at, text) in enumerate(lines):
        chunks = _chunks(text)
        figures = _trailing_figures(chunks)
        if _field_at(reading.statement, lines, k)[0]:
            _read_words(reading, lines[k:])
            return
        if len(figures) >= 2:
            label += "".join(chunks[: len(chunks) - len(figures)])
            reading.add(at, BUDGET, label, figures[:width])
            label = ""
        elif not re.search(r"得分|执行|预算|B/A|\d+分", plain(text)):
            label += squeeze(text)


def _trailing_figures(chunks: Sequence[str]) -> list[str]:
    figures: list[str] = []
    for chunk in reversed(chunks):
        if number(chunk) is None and not _NIL.fullmatch(chunk):
            break
        figures.insert(0, chunk)
    return figures


def _read_indicators(reading: _Reading, lines: Sequence[_NumberedLine]) -> None:
    """An indicator ends with its score; what stands before its figures are its names."""
    pieces: list[str] = []
    for at, text in lines:
        chunks = _chunks(text)
        pieces += chunks
        if not _SCORE.match(plain(pieces[-1])):
            continue
        names, cells = _cut(pieces, _printed_width(reading))
        # Figures that each stand on a line of their own end a row only when all are there.
        if not cells or (len(chunks) == 1 and not all(map(_FIGURE.match, cells))):
            continue
        label, weight = _place_names(reading, "".join(names))
        if _weight_is_named(reading):
            cells = [weight, *cells]
        reading.add(at, INDICATORS, label, cells, path=True)
        pieces = []


def _chunks(text: str) -> list[str]:
    """The cells of a line; where no blank divides them, figures begin behind a unit or bracket."""
    chunks = _BEHIND_WEIGHT.sub(" ", text).split()
    if chunks and _GLUED_FIGURES.search(chunks[-1]):
        chunks[-1:] = _FIGURE_START.sub(" ", chunks[-1]).split()
    return chunks


def _weight_is_named(reading: _Reading) -> bool:
    """Whether the weight stands in the indicator's name, not in a column of its own."""
    first = next(c for c in reading.columns if c.block == INDICATORS)
    return first.role == "weight"


def _printed_width(reading: _Reading) -> int:
    return reading.width(INDICATORS) - _weight_is_named(reading)


def _cut(pieces: Sequence[str], width: int) -> tuple[list[str], list[str]]:
    """The names before and the cells behind; cells in words are only cut off as whole pieces."""
    if len(pieces) < width + 1:
        return list(pieces), []
    return list(pieces[:-width]), list(pieces[-width:])


def _place_names(reading: _Reading, names: str) -> tuple[str, str]:
    """Moves to the groups that `names` opens; returns the indicator's own name and its weight."""
    opened = []
    rest = names
    while found := _group_at(reading.statement, rest):
        opened.append((plain(found["name"]), float(found["weight"] or 0)))
        rest = rest[found.end() :]
    _open_groups(reading, opened)
    weight = _WEIGHT.search(rest)
    return _WEIGHT.sub("", rest), weight[1] if weight else ""


def _group_at(statement: Statement, names: str) -> re.Match[str] | None:
    known = sorted({n for level in statement.groups for n in level}, key=len, reverse=True)
    found = re.match(rf"(?P<name>{'|'.join(known)}){_GROUP_WEIGHT}", names)
    return found if found and found.end() < len(names) else None


def _open_groups(reading: _Reading, opened: Sequence[tuple[str, float]]) -> None:
    """Two groups are a 一级 and its 二级; one alone is a 一级 only if the last one is used up."""
    if not opened:
        return
    first, second = reading.statement.groups
    name, weight = opened[0]
    upper = name in first and (name not in second or not reading.path[0] or reading.room <= 0)
    if len(opened) > 1 or upper:
        reading.path, reading.room = [name, ""], weight
    if len(opened) > 1 or not upper:
        reading.path[1] = opened[-1][0]
        reading.room -= opened[-1][1]


def _read_end(reading: _Reading, lines: Sequence[_NumberedLine]) -> None:
    """The total score, then the cells of words."""
    if not lines:
        return
    at, text = lines[0]
    cut = re.search(r"(?<=\D)\d", text)
    start = cut.start() if cut else len(text)
    figures = text[start:].split()
    roles = [c.role for c in reading.columns if c.block == INDICATORS]
    shown = {"score": figures[-1] if figures else "", "weight": "".join(figures[:-1][-1:])}
    reading.add(at, INDICATORS, text[:start], [shown.get(role, "") for role in roles])
    _read_words(reading, lines[1:])
