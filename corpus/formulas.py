"""The sums that a table prints below itself: 1栏各行＝（2＋3）栏各行, 58行＝（32＋33＋…＋57）行."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.tokens import plain

_FORMULA = re.compile(r"(?P<result>\d+)(?P<axis>[栏行])=(?P<sum>[\d+\-().栏行]*\d[\d+\-().栏行]*)")
_PIECE = re.compile(r"(?P<dots>\.{2,})|(?P<number>\d+)|(?P<sign>[+\-()])")


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """`result` equals the signed sum of `addends`; all are 栏次 ("column") or 行次 ("row")."""

    axis: Literal["row", "column"]
    result: str
    addends: tuple[tuple[int, str], ...]
    text: str


def printed_sums(notes: Iterable[str]) -> tuple[PrintedSum, ...]:
    """Every formula of the notes, in printed order; full and half width may be mixed."""
    return tuple(found for note in notes for found in _sums(note))


def _sums(note: str) -> Iterator[PrintedSum]:
    text = plain(note).replace("栏各行", "栏").replace("行各栏", "行")
    text = text.replace("﹢", "+").replace("－", "-").replace("−", "-").replace("–", "-")
    for found in _FORMULA.finditer(text):
        addends = tuple(_addends(found["sum"]))
        if len(addends) > 1:
            axis: Literal["row", "column"] = "row" if found["axis"] == "行" else "column"
            yield PrintedSum(axis, found["result"], addends, found[0].rstrip("."))


def _addends(text: str) -> Iterator[tuple[int, str]]:
    """The addends in order; dots between two numbers stand for all numbers between them."""
    sign, outer = 1, [1]
    last, dotted = 0, False
    for piece in _PIECE.finditer(text):
        if piece["dots"]:
            dotted = True
        elif piece["number"]:
            value = int(piece["number"])
            first = last + 1 if dotted else value
            yield from ((sign * outer[-1], str(n)) for n in range(first, value + 1))
            last, dotted = value, False
        elif piece["sign"] == "(":
            outer.append(sign * outer[-1])
            sign = 1
        elif piece["sign"] == ")" and len(outer) > 1:
            outer.pop()
        elif not dotted or piece["sign"] == "-":
            sign = -1 if piece["sign"] == "-" else 1
