"""The figures that an answer states, each with what the answer calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.answer import Answer, CheckedBy, Number
from qa.web.figures import Piece, pieces

MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

_ROUNDED = Decimal("0.005")
_OPEN, _CLOSE = "（([", "）)]"
_STOPS = "；;，,：:。、\n"
_SENTENCE_ENDS = "。\n"
_TAIL = re.compile(r"(?:[\s，,：:]|为|是)+$")
_QUOTES = '“”‘’" '
_LEAD = re.compile(
    r"^(?:其中|其余|另外|of which|including|others|and|the (?:highest|lowest) is|highest|lowest)\s*"
    r"|^.*(?:最高|最低|最多|最少|最大|最小)的是",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Point:
    """One stated figure. `opened_by` is the sign before its clause, "" at a sentence's start."""

    label: str
    number: Number
    sentence: int
    opened_by: str

    @property
    def size(self) -> Decimal:
        """The value in the smallest unit of its kind, to compare lengths by."""
        return self.number.value * MONEY.get(self.number.unit, Decimal(1))


def points(answer: Answer) -> tuple[Point, ...]:
    """The cited figures of an answer, in its order, outside brackets and each of them once."""
    found: dict[tuple[str, int, Decimal], Point] = {}
    for point in _walk(pieces(answer)):
        number = point.number
        if number.citation is None or number.check is CheckedBy.COMPUTED or number.unit == "%":
            continue
        shown = replace(point, number=_in_ten_thousands(number, answer.numbers))
        found.setdefault((point.label, point.sentence, shown.number.value), shown)
    return tuple(found.values())


def _walk(cut: Sequence[Piece]) -> Iterator[Point]:
    text, depth, sentence = "", 0, 0
    for piece in cut:
        if piece.source is not None:
            continue
        if piece.number is not None and depth == 0:
            label, sign = _label(text)
            yield Point(label, piece.number, sentence, sign)
            text = ""
            continue
        for sign in piece.text:
            depth = max(0, depth + (sign in _OPEN) - (sign in _CLOSE))
            ended = depth == 0 and _ends(sign, text)
            sentence += ended
            text = "" if ended else text + sign


def _label(text: str) -> tuple[str, str]:
    """The name at the end of a clause, and the sign that opened the clause."""
    text = _TAIL.sub("", text)
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        sign = text[place]
        depth += (sign in _CLOSE) - (sign in _OPEN)
        if depth == 0 and sign in _STOPS:
            return _name(text[place + 1 :]), sign
    return _name(text), ""


def _name(clause: str) -> str:
    """The clause without what introduces it, and without a quotation mark left open."""
    name = _LEAD.sub("", clause.strip()).strip()
    return name.strip(_QUOTES) if name.count("“") != name.count("”") else name


def _in_ten_thousands(number: Number, stated: Sequence[Number]) -> Number:
    """The same figure in 万元 where the answer also states it so: shorter to read."""
    if number.unit != "元":
        return number
    wanted = number.value / MONEY["万元"]
    for other in stated:
        same = other.unit == "万元" and other.citation == number.citation
        if same and abs(other.value - wanted) <= _ROUNDED:
            return other
    return number


def _ends(sign: str, before: str) -> bool:
    """Whether a sign ends a sentence; an English full stop only after a closed figure."""
    return sign in _SENTENCE_ENDS or (sign == "." and (not before or before[-1] in _CLOSE))
