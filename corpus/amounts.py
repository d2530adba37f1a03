"""The amounts of a report's tables as whole numbers of one small unit, so that sums are exact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.frames import Frame
from corpus.tokens import decimals, number

YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000), "亿元": Decimal(10) ** 8}

_UNIT = re.compile(r"(?<=\d)\D{1,4}$")


@dataclass(frozen=True, slots=True)
class Scale:
    """`half[t]` is half a unit of table t's last printed decimal, counted in `quantum` yuan."""

    quantum: Decimal
    factor: tuple[Decimal, ...]
    half: tuple[int, ...]

    def whole(self, table: int, text: str) -> int:
        """A printed amount of a table in quanta, whatever unit is written behind it.

        Dashes and words are 0.
        """
        value = number(_UNIT.sub("", text))
        return 0 if value is None else int(value * self.factor[table] / self.quantum)

    def printed(self, table: int, quanta: int) -> Decimal:
        """Quanta as an amount in the table's own unit."""
        return quanta * self.quantum / self.factor[table]


def scale(frames: Sequence[Frame]) -> Scale:
    """The coarsest quantum in which every amount and half of every last decimal is whole."""
    factors = tuple(YUAN.get(frame.draft.unit, Decimal(1)) for frame in frames)
    steps = [
        factor * Decimal(10) ** -max(map(decimals, _texts(frame)), default=0) / 2
        for frame, factor in zip(frames, factors, strict=True)
    ]
    quantum = min(steps, default=Decimal(1))
    return Scale(quantum, factors, tuple(int(step / quantum) for step in steps))


def _texts(frame: Frame) -> Iterable[str]:
    for row in frame.draft.rows:
        yield from row.printed or row.cells or ()
