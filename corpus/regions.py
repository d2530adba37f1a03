"""Where the tables of a flattened report begin and end: title, number, unit, body, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus import statements
from corpus.layout import Grid, Line
from corpus.statements import Shape, Statement
from corpus.table_numbers import is_table_number
from corpus.tokens import plain, squeeze

_UNIT = re.compile(r"(?:金额)?单位:(万元|亿元|千元|元)")
_PART = re.compile(r"^第[一二三四五六七八九十]{1,3}部分")
_HEADING = re.compile(r"^([一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))")
_NOTE = re.compile(r"^(注|备注|说明|附注)\s*[:：]?")
_FORMULA = re.compile(r"\d+\s*[行栏](各行)?\s*[=＝]")
_ITEM = re.compile(r"^(\d{1,2})[.、．](?!\d)")
_PROSE_SIGNS = re.compile(r"[，。；,;?？!！]")
_FIGURE = re.compile(r"\d\.\d|\d,\d{3}|^\d{5}")
_REACH = 14  # a title is confirmed by a unit, number or header line at most so far below
_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Region:
    """The span of one statement in the blocks and the parts already recognised."""

    statement: Statement
    start: int
    body: int  # first block after title, number and unit line
    notes_at: int  # first block of the notes, `end` where there are none
    end: int
    title: str
    number: str
    unit: str
    page: int | None


@dataclass(frozen=True, slots=True)
class _Opening:
    statement: Statement
    start: int
    after: int
    title: str


def regions(blocks: Sequence[Line | Grid]) -> tuple[Region, ...]:
    """The statements printed as lines, in reading order; their spans do not overlap."""
    openings = _confirmed(blocks, _openings(blocks))
    found: list[Region] = []
    for k, opening in enumerate(openings):
        limit = openings[k + 1].start if k + 1 < len(openings) else len(blocks)
        if limit < len(blocks) and _text(blocks, limit - 1) and _is_number(blocks, limit - 1):
            limit -= 1
        found.append(_region(blocks, opening, limit))
    return tuple(found)


def note_texts(lines: Sequence[str]) -> tuple[str, ...]:
    """Note lines rejoined: a new note begins at a marker, a number or a formula."""
    joined: list[str] = []
    for text in lines:
        fresh = _NOTE.match(text) or _ITEM.match(text) or _FORMULA.match(text)
        if joined and not (fresh and re.search(r"[。；;：:）)]$", joined[-1])):
            joined[-1] += text
        else:
            joined.append(text)
    return tuple(joined)


def _text(blocks: Sequence[Line | Grid], at: int) -> str:
    block = blocks[at] if 0 <= at < len(blocks) else None
    return plain(block.text) if isinstance(block, Line) else ""


def _printed(blocks: Sequence[Line | Grid], at: int) -> str:
    block = blocks[at]
    return squeeze(block.text) if isinstance(block, Line) else ""


def _is_number(blocks: Sequence[Line | Grid], at: int) -> bool:
    return is_table_number(_text(blocks, at))


def _openings(blocks: Sequence[Line | Grid]) -> list[_Opening]:
    found: list[_Opening] = []
    at = 0
    while at < len(blocks):
        opening = _title_at(blocks, at)
        if opening:
            found.append(opening)
        at = opening.after if opening else at + 1
    return found


def _title_at(blocks: Sequence[Line | Grid], at: int) -> _Opening | None:
    """A title may break over a few lines; the shortest run that ends in a known title counts."""
    joined = printed = ""
    for k in range(_TITLE_LINES):
        text = _text(blocks, at + k)
        if not text or _FIGURE.search(text) or (k and not _goes_on(joined, text)):
            return None
        joined += text
        printed += _printed(blocks, at + k)
        if len(joined) > 80 or _PROSE_SIGNS.search(joined):
            return None
        known = _statement_titled(joined)
        if known:
            return _Opening(known, at, at + k + 1, printed)
    return None


def _goes_on(before: str, text: str) -> bool:
    """Whether `text` can be the rest of a title that began with `before`."""
    if _UNIT.search(text) or is_table_number(text) or re.search(r"(表|说明|附件\d*)$", before):
        return False
    if _HEADING.match(text):
        return False
    return not re.match(r"20\d\d年", text) or len(before) < 4


@cache
def _titles() -> tuple[tuple[str, Statement], ...]:
    pairs = [(plain(t), s) for s in statements.by_id().values() for t in s.titles]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _statement_titled(text: str) -> Statement | None:
    bare = re.sub(r"\((公开|续)?(\d+表|表)?\)$", "", text)
    return next((known for title, known in _titles() if bare.endswith(title)), None)


def _confirmed(blocks: Sequence[Line | Grid], found: list[_Opening]) -> list[_Opening]:
    kept = []
    for k, opening in enumerate(found):
        limit = found[k + 1].start if k + 1 < len(found) else len(blocks)
        if _has_table(blocks, opening, limit):
            kept.append(opening)
    return kept


def _has_table(blocks: Sequence[Line | Grid], opening: _Opening, limit: int) -> bool:
    """Whether a header follows before anything else does: a heading or an index entry has none."""
    reach = _REACH * (3 if opening.statement.shape is Shape.INDICATORS else 1)
    near = [_text(blocks, i) for i in range(opening.after, min(limit, opening.after + reach))]
    if "" in near:  # a grid: what it shows is not ours
        near = near[: near.index("")]
    joined = "".join(near)
    if opening.statement.shape is Shape.INDICATORS:
        return "指标" in joined and "得分" in joined
    return any(_UNIT.search(t) or is_table_number(t) or t.startswith("栏次") for t in near)


def _region(blocks: Sequence[Line | Grid], opening: _Opening, limit: int) -> Region:
    start, body = opening.start, opening.after
    number = ""
    if _is_number(blocks, start - 1):
        start -= 1
        number = _text(blocks, start)
    unit = ""
    while body < limit and body < opening.after + 4:
        text = _text(blocks, body)
        if _is_number(blocks, body):
            number = number or text
        elif not _UNIT.search(text):
            break
        else:
            unit = _UNIT.findall(text)[-1]
        body += 1
    notes_at, end = _tail(blocks, body, limit, opening.statement.shape)
    block = blocks[start]
    return Region(
        opening.statement, start, body, notes_at, end, _clean(opening), number, unit, block.page
    )


def _clean(opening: _Opening) -> str:
    return re.sub(r"^(?:[一二三四五六七八九十]+、|附?表\d{1,2}[.、．]?)", "", opening.title)


def _tail(blocks: Sequence[Line | Grid], body: int, limit: int, shape: Shape) -> tuple[int, int]:
    """Where the notes begin and where the region ends."""
    stop = body
    while stop < limit and not _ends_table(blocks, stop, shape):
        stop += 1
    notes_at = next(
        (i for i in range(body, stop) if _NOTE.match(_text(blocks, i)) or _formula_at(blocks, i)),
        stop,
    )
    return notes_at, _notes_end(blocks, notes_at, stop) if notes_at < stop else stop


def _ends_table(blocks: Sequence[Line | Grid], at: int, shape: Shape) -> bool:
    text = _text(blocks, at)
    if not text or _PART.match(text):
        return True
    # Sides number their rows 一、二、…; elsewhere such a line is the next heading.
    return shape is not Shape.SIDES and bool(_HEADING.match(text))


def _formula_at(blocks: Sequence[Line | Grid], at: int) -> bool:
    return bool(_FORMULA.search(_text(blocks, at)))


def _notes_end(blocks: Sequence[Line | Grid], at: int, stop: int) -> int:
    """Notes go on while they are numbered upwards, hold formulas, or a sentence is unfinished."""
    last_item = 0
    finished = False
    for i in range(at, stop):
        text = _text(blocks, i)
        item = _ITEM.match(_NOTE.sub("", text))
        if item and int(item[1]) <= last_item:
            return i
        marked = bool(item or _NOTE.match(text) or _FORMULA.search(text))
        if finished and (not marked or _HEADING.match(text)):
            return i
        last_item = int(item[1]) if item else last_item
        finished = text.endswith(("。", "；", ";"))
    return stop
