"""Glyphs into words and lines, by baseline.

Digits and Han characters of one printed line often come from two fonts whose boxes stand points
apart; their baselines do not. Grouping by anything else tears the numbers out of their sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from corpus.layout import Line, Word
from corpus.readers.pdf_page import Glyph

_SAME_LINE = 0.35  # of the glyph size: a baseline off by less belongs to the line
_WORD_GAP = 0.75  # of the glyph size: a wider gap parts words
_LATIN_GAP = 0.2
_ASCII = re.compile(r"[0-9A-Za-z]")
_ASCII_END = re.compile(r"[0-9A-Za-z.．]")
_NUMBER = re.compile(r"[-+−－]?[\d,，]*\d(\.\d+)?%?")


def rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The glyphs by baseline, top down, each line from left to right."""
    found: list[list[Glyph]] = []
    bases: list[float] = []
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.x0)):
        if found and glyph.base - bases[-1] <= _SAME_LINE * glyph.size:
            found[-1].append(glyph)
            # The baseline is where most of the line stands, not where its last glyph does.
            bases[-1] += (glyph.base - bases[-1]) / len(found[-1])
        else:
            found.append([glyph])
            bases.append(glyph.base)
    return [sorted(row, key=lambda g: g.x0) for row in found]


def words(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """One line of glyphs cut wherever a gap is wider than spacing inside a text."""
    parts: list[list[Glyph]] = [[row[0]]] if row else []
    for left, right in pairwise(row):
        if right.x0 - left.x1 > _WORD_GAP * max(left.size, right.size):
            parts.append([])
        parts[-1].append(right)
    return parts


def text_of(row: Sequence[Glyph]) -> str:
    """The row's text with a space at every wide gap, and between Latin words."""
    pieces = [row[0].text] if row else []
    for left, right in pairwise(row):
        gap = right.x0 - left.x1
        latin = _ASCII_END.fullmatch(left.text) and _ASCII.fullmatch(right.text)
        if gap > (_LATIN_GAP if latin else _WORD_GAP) * max(left.size, right.size):
            pieces.append(" ")
        pieces.append(right.text)
    return "".join(pieces)


def box(glyphs: Sequence[Glyph]) -> tuple[float, float, float, float]:
    """x0, top, x1, bottom of some glyphs."""
    top = min(g.base - g.size * 0.85 for g in glyphs)
    bottom = max(g.base + g.size * 0.15 for g in glyphs)
    return min(g.x0 for g in glyphs), top, max(g.x1 for g in glyphs), bottom


def line(row: Sequence[Glyph], page: int) -> Line:
    """One printed line with its words and their boxes."""
    cut = words(row)
    boxes = [(text_of(part), *box(part)) for part in cut]
    return Line(
        text_of(row),
        page,
        tuple(Word(text, x0, x1, top, bottom) for text, x0, top, x1, bottom in boxes),
        top=min(b[2] for b in boxes),
        indent=row[0].x0,
        size=round(median(g.size for g in row), 1),
    )


def joined(lines: Sequence[str]) -> str:
    """The lines of one cell as one text.

    A number broken by the cell's width is one number; two whole numbers one above the other
    are two, and stay apart by a line break so that nobody reads them as one.
    """
    text = ""
    for piece in lines:
        before = text.rsplit("\n", 1)[-1]
        if _NUMBER.fullmatch(before) and _NUMBER.fullmatch(piece) and complete(before, piece):
            text += "\n" + piece
        elif text and text[-1].isalpha() and text[-1].isascii() and piece[:1].isascii():
            text += " " + piece
        else:
            text += piece
    return text


def complete(before: str, after: str) -> bool:
    """Whether two stacked figures are numbers each: run together they would not be one."""
    one = before + after
    grouped = "," in one and not re.fullmatch(r"[-+−－]?\d{1,3}(,\d{3})*(\.\d+)?%?", one)
    twice = "." in before and "." in after
    return twice or grouped or before.endswith("%") or after[0] in "-−－+"
