"""Figures that one verb gives to several things: 甲5万元，乙3万元，分别增长2%、1%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model import Claim, Measure

_EACH = re.compile(r"分别[^，。；]*$")
_BETWEEN = re.compile(r"\s*[、和及与,，]\s*(?:增长|下降|增加|减少|上升|降低)?")
_WHOLE = re.compile("(?:总计|合计)$")
_PARTS = re.compile("[、和及与]")
_MOVES = (Measure.CHANGE, Measure.RATE, Measure.SHARE, Measure.COMPLETION)


def shared_out(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims with each figure behind 分别 about its own thing, in the order they are named.

    The things are the parts of the subject (甲和乙分别增长…), else the last so many amounts of
    the sentence. Where neither are as many, the figures keep the subject they have.
    """
    found = list(claims)
    for start, end in _runs(found, text):
        names = _names(found, start, end - start, text)
        for place, name in zip(range(start, end), names, strict=False):
            found[place] = replace(found[place], subject=name)
    return found


def _runs(claims: Sequence[Claim], text: str) -> list[tuple[int, int]]:
    """Stretches of claims of one measure behind 分别, only 、 or 和 between their figures."""
    runs: list[tuple[int, int]] = []
    start = 0
    for k in range(1, len(claims) + 1):
        if k < len(claims) and _goes_on(claims[k - 1], claims[k], text):
            continue
        if k - start > 1 and _EACH.search(text[: claims[start].start]):
            runs.append((start, k))
        start = k
    return runs


def _goes_on(before: Claim, claim: Claim, text: str) -> bool:
    same = before.measure is claim.measure and before.measure in _MOVES
    return same and _BETWEEN.fullmatch(text[before.end : claim.start]) is not None


def _names(claims: Sequence[Claim], start: int, count: int, text: str) -> list[str]:
    parts = _PARTS.split(claims[start].subject)
    if len(parts) == count and all(len(part) > 1 for part in parts):
        whole = _WHOLE.search(parts[-1])  # 收入、支出总计 are 收入总计 and 支出总计
        return [p if whole is None or _WHOLE.search(p) else p + whole.group() for p in parts]
    amounts = [c for c in claims[:start] if c.measure in (Measure.AMOUNT, Measure.BUDGET)][-count:]
    ends = [claim.start for claim in amounts] + [claims[start].start]
    near = all("。" not in text[a:b] for a, b in pairwise(ends))
    return [claim.subject for claim in amounts] if len(amounts) == count and near else []
