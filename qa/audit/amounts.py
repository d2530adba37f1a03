"""Comparing figures as written: half a unit of the last printed decimal is rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus import Quantity, convert

_NUMBER = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
_MONEY = ("万亿元", "亿元", "千万元", "百万元", "万元", "千元", "元")


def decimals(written: str) -> int:
    """How many decimals a figure is printed with."""
    match = _NUMBER.search(written)
    if match is None:
        return 0
    _, _, fraction = match.group().replace("．", ".").partition(".")
    return len(fraction)


def half(written: str) -> Decimal:
    """Half a unit of the last printed decimal."""
    return Decimal(10) ** -decimals(written) / 2


def is_money(unit: str) -> bool:
    """Whether the unit is one of money."""
    return unit in _MONEY


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with what rounding may have taken from it, both in the same unit (元 for money)."""

    value: Decimal
    slack: Decimal

    def meets(self, other: Amount) -> bool:
        """Whether one may be the other, each computed from rounded figures."""
        return abs(self.value - other.value) <= self.slack + other.slack

    def is_same(self, other: Amount) -> bool:
        """Whether both are one figure, printed twice: the coarser may be the finer rounded."""
        coarser = max(self.slack, other.slack) if self.slack != other.slack else Decimal(0)
        return abs(self.value - other.value) <= coarser

    def is_near(self, other: Amount) -> bool:
        """Whether only the last digit differs, as when a figure was cut off, not rounded."""
        return abs(self.value - other.value) <= 2 * max(self.slack, other.slack)


def amount(quantity: Quantity) -> Amount:
    """A quantity of the prose, in yuan if it is money."""
    return read(abs(quantity.value), quantity.written, quantity.unit)


def _is_count(written: str, unit: str) -> bool:
    """Whether a figure counts things one by one: 5辆 is not 4.6 rounded."""
    return not decimals(written) and not unit.startswith(("万", "亿", "%", "‰"))


def read(value: Decimal, written: str, unit: str) -> Amount:
    """A printed figure as an amount, in yuan if the unit is one of money."""
    if not is_money(unit):
        return Amount(value, Decimal(0) if _is_count(written, unit) else half(written))
    return Amount(convert(value, unit, "元"), convert(half(written), unit, "元"))


@dataclass(frozen=True, slots=True)
class Span:
    """The values that a computed figure may have, given the rounding of its operands."""

    low: Decimal
    high: Decimal

    def explains(self, stated: Decimal, written: str) -> bool:
        """Whether the stated figure is one of these, rounded or cut off to its decimals."""
        step = Decimal(10) ** -decimals(written)
        return self.low - step < stated <= self.high + step / 2

    @property
    def middle(self) -> Decimal:
        """The figure without rounding."""
        return (self.low + self.high) / 2


def ratio(part: Amount, whole: Amount) -> Span | None:
    """`part` in percent of `whole`; None where the whole may be nothing."""
    if whole.value - whole.slack <= 0:
        return None
    corners = [
        (part.value + p) / (whole.value + w) * 100
        for p in (-part.slack, part.slack)
        for w in (-whole.slack, whole.slack)
    ]
    return Span(min(corners), max(corners))


def growth(now: Amount, change: Amount, sign: int) -> Span | None:
    """The change in percent of what was before; unsigned. None where that may be nothing."""
    before = Amount(now.value - sign * change.value, now.slack + change.slack)
    return ratio(change, before)


def plain(value: Decimal, places: int = 2) -> str:
    """A figure for a message: rounded, without trailing zeros."""
    text = f"{value.quantize(Decimal(10) ** -places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
