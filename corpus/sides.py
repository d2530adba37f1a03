"""Rows of two-sided statements out of flattened text: receipts left, outlays right.

Where the page prints 行次, the two ascending series of line numbers cut the text into cells, so
that an empty label or an empty amount is seen. Where it prints none, the labels decide the side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from corpus.drafts import DraftRow
from corpus.frames import bare
from corpus.quantity import parse_numeral
from corpus.statements import RowSpec
from corpus.tokens import Token, plain

_NUMERAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．](?!\d))"
)
_COUNT = re.compile(r"^([一二三四五六七八九十]{1,3})、")
_HEAD = 4  # characters of a broken label that tell which one it is
_SEARCH = 60  # the first line number on the right stands within so many tokens
_ENOUGH = 6  # so many numbers in step are no coincidence


@dataclass(slots=True)
class _Cell:
    side: int
    band: int
    at: int  # the printed line it was read from
    line: str = ""
    label: str = ""
    values: list[str] = field(default_factory=list)


def side_rows(
    tokens: Sequence[Token], specs: Sequence[RowSpec], pages: Sequence[int | None]
) -> tuple[DraftRow, ...]:
    """The rows of both sides; a side's row with a line number but no label is kept."""
    first = _right_start(tokens)
    cells = _unnumbered(tokens, specs) if first is None else _numbered(tokens, first, specs)
    return tuple(
        DraftRow(c.label, "", c.line, c.side, c.band, page=pages[c.at], printed=tuple(c.values))
        for c in cells
    )


def _right_start(tokens: Sequence[Token]) -> int | None:
    """The first line number of the right side: the one that makes the longest pair of series."""
    near = (t.text for t in tokens[:_SEARCH])
    candidates = {int(text) for text in near if text.isdigit() and len(text) < 4}
    scored = [(_matched(tokens, first), -first) for first in candidates if first > 1]
    best = max(scored, default=(0, 0))
    return -best[1] if best[0] >= _ENOUGH else None


def _matched(tokens: Sequence[Token], first: int) -> int:
    wanted = _line_numbers(first)
    number = next(wanted)
    found = 0
    labelled = False
    for token in tokens:
        if _after_number(token, number, labelled) is not None:
            found += 1
            number = next(wanted)
        labelled = token.is_text
    return found


def _line_numbers(first: int) -> Iterator[str]:
    """1, m, 2, m+1, 3, m+2, …"""
    for row in count():
        yield str(1 + row)
        yield str(first + row)


def _numbered(tokens: Sequence[Token], first: int, specs: Sequence[RowSpec]) -> list[_Cell]:
    cells: list[_Cell] = []
    wanted = _line_numbers(first)
    number = next(wanted)
    pieces: list[str] = []
    for token in tokens:
        rest = _after_number(token, number, bool(pieces))
        if rest is not None:
            side, band = len(cells) % 2, len(cells) // 2
            label = _own_label(pieces, cells, specs)
            cells.append(_Cell(side, band, token.line, number, label, [rest] if rest else []))
            number, pieces = next(wanted), []
        elif token.is_text:
            pieces.append(token.text)
        elif cells:
            cells[-1].values.append(token.text)
    if cells and pieces:
        _give_back(pieces, cells, specs)
    return cells


def _after_number(token: Token, number: str, labelled: bool) -> str | None:
    """What follows the wanted line number inside its token; None if it is another token.

    Behind a label comes the line number, so a longer number there has lost its blank: 391,291.79.
    """
    if token.text == number:
        return ""
    if labelled and not token.is_text and token.text.startswith(number):
        return token.text[len(number) :].lstrip(",")
    return None


def _own_label(pieces: list[str], cells: Sequence[_Cell], specs: Sequence[RowSpec]) -> str:
    """The cell's label; pieces above its beginning are the ends of the labels before it."""
    for k in range(1, len(pieces)):
        fresh = _NUMERAL.match(pieces[k]) or _is_known("".join(pieces[k:]), specs)
        if fresh and cells and not _is_known("".join(pieces), specs):
            _give_back(pieces[:k], cells, specs)
            return "".join(pieces[k:])
    return "".join(pieces)


def _give_back(pieces: Sequence[str], cells: Sequence[_Cell], specs: Sequence[RowSpec]) -> None:
    rest = "".join(pieces)
    near = cells[-2:]
    owner = next((c for c in near if _is_known(c.label + rest, specs)), near[-1])
    owner.label += rest


def _is_known(label: str, specs: Sequence[RowSpec]) -> bool:
    return any(bare(label) == plain(name) for spec in specs for name in spec.labels)


def _unnumbered(tokens: Sequence[Token], specs: Sequence[RowSpec]) -> list[_Cell]:
    cells: list[_Cell] = []
    seen: list[tuple[int, str]] = []
    for token in tokens:
        if not token.is_text:
            if cells:
                cells[-1].values.append(token.text)
        elif cells and not cells[-1].values and _is_known(cells[-1].label + token.text, specs):
            cells[-1].label += token.text  # 政府性基金预算 / 财政拨款收入: a known label in itself
        elif not cells or _opens(token.text, cells[-1], specs):
            side = _counted_side(token.text, cells)
            side = _side(token.text, specs, seen) if side is None else side
            seen.append((side, plain(token.text)))
            cells.append(_Cell(side, _next_band(cells, side), token.line, label=token.text))
        else:
            _give_back([token.text], cells, specs)
    return cells


def _opens(text: str, last: _Cell, specs: Sequence[RowSpec]) -> bool:
    """Whether words begin a cell: by a numeral, as a known label, or as the head of one."""
    if _NUMERAL.match(text) or _is_known(text, specs):
        return True
    complete = bool(last.values) or _is_known(last.label, specs)
    heads = (plain(name) for spec in specs for name in spec.labels)
    return complete and len(text) >= _HEAD and any(h.startswith(bare(text)) for h in heads)


def _counted_side(label: str, cells: Sequence[_Cell]) -> int | None:
    """The only side whose count (十九、, 二十、) the label goes on with, None if none or both."""
    number = _count(label)
    last = {cell.side: _count(cell.label) for cell in cells if _count(cell.label)}
    sides = [side for side, before in last.items() if number and before == number - 1]
    return sides[0] if len(sides) == 1 and len(last) == 2 else None


def _count(label: str) -> int:
    found = _COUNT.match(label)
    value = parse_numeral(found[1]) if found else None
    return int(value) if value is not None else 0


def _side(label: str, specs: Sequence[RowSpec], seen: Sequence[tuple[int, str]]) -> int:
    """A label of both sides (总计) stands left first; one of neither is an outlay."""
    name = bare(label)
    sides = {s.block for s in specs if any(plain(n).startswith(name) for n in s.labels)}
    if len(sides) == 1:
        return sides.pop()
    return int(not sides or (0, plain(label)) in seen)


def _next_band(cells: Sequence[_Cell], side: int) -> int:
    if not cells:
        return 0
    return cells[-1].band + (side <= cells[-1].side)
