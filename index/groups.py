"""Long lists in short pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

MANY = 500  # as many values as every database takes in one condition

T = TypeVar("T")


def in_groups(items: Sequence[T], size: int = MANY) -> Iterator[Sequence[T]]:
    """`items` in slices of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
