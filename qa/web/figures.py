"""Finding an answer's checked numbers and source marks in its text, to dress them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.answer import Answer, Number

_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an answer: plain text, a checked number, or a source mark (from 1)."""

    text: str
    number: Number | None = None
    source: int | None = None


def pieces(answer: Answer) -> tuple[Piece, ...]:
    """The whole answer text, cut so that each checked number and source mark is a piece."""
    found: list[Piece] = []
    end = 0
    for start, stop, piece in _spans(answer):
        if start < end:
            continue
        if start > end:
            found.append(Piece(answer.answer[end:start]))
        found.append(piece)
        end = stop
    if end < len(answer.answer):
        found.append(Piece(answer.answer[end:]))
    return tuple(found)


def _spans(answer: Answer) -> Sequence[tuple[int, int, Piece]]:
    spans = [
        (m.start(), m.end(), Piece(m[0], source=int(m[1]))) for m in _MARK.finditer(answer.answer)
    ]
    for number in answer.numbers:
        spans.extend(_occurrences(answer.answer, number))
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _occurrences(text: str, number: Number) -> Iterator[tuple[int, int, Piece]]:
    forms = "|".join(re.escape(form) for form in _forms(abs(number.value)))
    pattern = rf"(?<![\d.,])(?:{forms})(?![\d]|[.,]\d)(?:\s*{re.escape(number.unit)})?"
    for match in re.finditer(pattern, text):
        yield match.start(), match.end(), Piece(match[0], number=number)


def _forms(value: Decimal) -> tuple[str, ...]:
    """The ways an amount is written: as is, without trailing zeros, with thousands separators."""
    whole = value.normalize() if value else Decimal(0)
    forms = (f"{value:f}", f"{whole:f}", f"{value:,f}", f"{whole:,f}", f"{value:,.2f}")
    exact = [form for form in forms if Decimal(form.replace(",", "")) == value]
    return tuple(sorted(dict.fromkeys(exact), key=len, reverse=True))
