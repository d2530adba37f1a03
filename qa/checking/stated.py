"""A figure with everything that a text says of it, and what the reports make of that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus import convert
from qa.gather import MONEY, PEOPLE
from qa.ledger import Place

Measure = Literal[
    "amount",
    "budget",
    "prior",
    "change",
    "rate",
    "completion",
    "share",
    "target",
    "score",
    "weight",
]


class Ruling(StrEnum):
    """What the reports make of a figure; the first three may be shown as they stand."""

    TABLE = "table"
    COMPUTED = "computed"
    PROSE = "prose"
    CONFLICT = "conflict"
    REJECTED = "rejected"


class Precision(StrEnum):
    """How exactly a text states a figure: 120.40, 约120, 近123, 超过120."""

    EXACT = "exact"
    ABOUT = "about"
    BELOW = "below"
    ABOVE = "above"


class CitedCell(BaseModel):
    """The cell that a statement cites, by its address in a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    report: str
    table: int
    row: int
    column: int


class Stated(BaseModel):
    """One figure as a text states it.

    `value` is signed and in `unit`. `account` and `column` are as the text calls them, `basis` is
    what a change, rate, share or completion refers to (年初预算, 上年, 本年支出合计), `direction`
    where the text says that an amount has risen or fallen to this. What is left empty is not said,
    and then nothing is held against it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Decimal
    unit: str
    account: str
    column: str = ""
    measure: Measure = "amount"
    basis: str = ""
    code: str = ""
    table: str = ""
    body: str = ""
    year: int | None = None
    kind: Literal["", "final", "budget"] = ""
    cell: CitedCell | None = None
    precision: Precision = Precision.EXACT
    direction: Literal[-1, 0, 1] = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A ruling with its reason in both languages and the (report, place) pairs it rests on."""

    ruling: Ruling
    reason: str
    reason_en: str
    places: tuple[tuple[str, Place], ...] = ()

    @property
    def may_be_shown(self) -> bool:
        """Whether the figure may be repeated as true."""
        return self.ruling in (Ruling.TABLE, Ruling.COMPUTED, Ruling.PROSE)


def agrees(stated: Stated, value: Decimal, unit: str) -> bool:
    """Whether a figure of a report is what is stated: the same, converted, or rightly rounded."""
    held = converted(value, unit, stated.unit)
    if held is None:
        return False
    if stated.precision is Precision.EXACT:
        return held == stated.value or _is_rounded(stated.value, held, _SHARP)
    return _is_roughly(stated, held)


def converted(value: Decimal, unit: str, to: str) -> Decimal | None:
    """The same quantity in another unit; None where the units measure different things."""
    if unit == to:
        return value
    if unit in MONEY and to in MONEY:
        return convert(value, unit, to)
    alike = (
        unit in PEOPLE and to in PEOPLE and not unit.startswith("万") and not to.startswith("万")
    )
    return value if alike or frozenset((unit, to)) in _SAME else None


_SAME = frozenset(
    frozenset(pair)
    for pair in (("辆", "台"), ("批", "批次"), ("批次", "个批次"), ("批", "个批次"), ("个", "家"))
)
_SHARP, _BLUNT = Decimal("0.005"), Decimal("0.05")  # how much of a figure rounding may take
_ROUGH = Decimal("0.1")  # and 约


def _is_rounded(stated: Decimal, held: Decimal, most: Decimal) -> bool:
    """Whether `held`, rounded half up to the places of `stated`, is it.

    Rounding that takes too much of the figure is no rounding: 0.56 is not 1. Two places of a
    larger unit (0.12亿元 for 1,222万元) are as printed in every report and count as rounding.
    """
    exponent = stated.as_tuple().exponent
    if not isinstance(exponent, int) or exponent > 0:
        return False
    step = Decimal(1).scaleb(exponent)
    if held.quantize(step, ROUND_HALF_UP) != stated or not held:
        return False
    return abs(held - stated) <= abs(held) * (_BLUNT if exponent <= -2 else most)


def _is_roughly(stated: Stated, held: Decimal) -> bool:
    """约120 for 120.40, 近123 for what is a little less, 超过120 for what is a little more."""
    said = stated.value
    if not said or held * said < 0:
        return False
    near = abs(held - said) <= abs(held) * _ROUGH
    if stated.precision is Precision.ABOUT:
        return near and _at_its_own_place(said, held)
    over = abs(held) > abs(said)
    return near and over == (stated.precision is Precision.ABOVE)


def _at_its_own_place(said: Decimal, held: Decimal) -> bool:
    """Whether `held` rounds to `said` at the last digit of it that is not zero."""
    step = Decimal(1).scaleb(said.normalize().as_tuple().exponent)  # type: ignore[arg-type]
    return (held / step).quantize(Decimal(1), ROUND_HALF_UP) * step == said


def is_scale_slip(stated: Stated, value: Decimal, unit: str) -> bool:
    """Whether the digits agree and only 元, 万元 or 亿元 does not."""
    money = unit in MONEY and stated.unit in MONEY
    return money and unit != stated.unit and abs(value) == abs(stated.value) and bool(value)


def figure(value: Decimal, unit: str) -> str:
    """A figure for a reason: separators, no spurious zeros."""
    text = f"{value:,f}"
    return (re.sub(r"(\.\d*?)0+$", r"\1", text).rstrip(".") if "." in text else text) + unit
