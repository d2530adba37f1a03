"""Where each figure of a paragraph stands: its sentence, its clause and the words before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.model import Quantity
from corpus.numbering import parse_mark
from corpus.quantity import Found, find_quantities

_STOPS = "，。；：:！？!?,;∶"
_SENTENCE = "。！？!?"
_BARE_RATE = re.compile(r"(?<=增长|下降|增加|减少)\s*(\d+\.\d+)(?=[。，；])")
_THRESHOLD = re.compile(r"\s*[（(](?:含|不含)[）)]?\s*(?:以上|以下|以内)")
_NARROW_STOPS = re.compile(r"[,:](?!\d)|(?<!\d)[,:]|[;()!?]")
_WIDE_STOPS = str.maketrans(",:;()!?", "，：；（）！？")
_PRICE = re.compile(r"(?:单价|单位价值|单台|(?<!账面)原值|限额标准)\s*(?:在|为)?$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with its surroundings. `lead` is the text of its own clause in front of it."""

    found: Found
    sentence: int  # number of the sentence in the paragraph
    depth: int  # how many brackets are open around it
    lead: str
    lead_start: int
    tail: str


def punctuated(text: str) -> str:
    """The text with stops and brackets of full width, character for character.

    Portals print them narrow; separators inside numbers (1,200 and 12:30) stay as they are.
    """
    return _NARROW_STOPS.sub(lambda match: match.group().translate(_WIDE_STOPS), text)


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a paragraph in order, without price thresholds (单价100万元以上)."""
    found = sorted((*find_quantities(text), *_bare_rates(text)), key=lambda item: item.start)
    placed: list[Figure] = []
    floor = list_mark_end(text)
    for item in found:
        if _is_threshold(text, item):
            continue
        start = lead_start(text, item.start, floor)
        tail = re.split(f"[{_STOPS}、（）()]", text[item.end :], maxsplit=1)[0]
        sentence = sum(text.count(mark, 0, item.start) for mark in _SENTENCE)
        depth = _depth(text[: item.start])
        placed.append(Figure(item, sentence, depth, text[start : item.start], start, tail))
        floor = item.end
    return tuple(placed)


def list_mark_end(text: str) -> int:
    """Where the text behind a list mark (2., （一）) begins, 0 where there is none."""
    mark = parse_mark(text)
    return len(text) - len(mark.rest) if mark else 0


def _bare_rates(text: str) -> list[Found]:
    """增长13.95。 has lost its percent sign; the figure is kept with the unit it has: none."""
    return [
        Found(m.start(1), m.end(1), Quantity(Decimal(m[1]), "", m[1]))
        for m in _BARE_RATE.finditer(text)
    ]


def _is_threshold(text: str, item: Found) -> bool:
    behind, before = text[item.end :], text[: item.start]
    return bool(_THRESHOLD.match(behind) or _PRICE.search(before))


def lead_start(text: str, end: int, floor: int = 0) -> int:
    """Where the clause that ends at `end` begins: behind a stop, an open bracket, or `floor`.

    Stops inside a closed bracket do not count: 预算收入（以下简称预算，下同）的98% is one clause.
    """
    depth = 0
    for position in range(end - 1, floor - 1, -1):
        char = text[position]
        if char in "）)":
            depth += 1
        elif char in "（(":
            if depth == 0:
                return position + 1
            depth -= 1
        elif depth == 0 and char in _STOPS and not _inside_number(text, position):
            return position + 1
    return floor


def _inside_number(text: str, position: int) -> bool:
    return (
        0 < position < len(text) - 1
        and text[position - 1].isdigit()
        and text[position + 1].isdigit()
        and text[position] in ",，:"
    )


def _depth(before: str) -> int:
    opened = before.count("（") + before.count("(")
    return max(0, opened - before.count("）") - before.count(")"))
