"""Levels of a generic table's rows, from how far their labels are indented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.drafts import DraftRow
from corpus.tokens import plain

_MOST = 6  # distinct indents: more come from centred labels
_CENTRED = 1.5  # full-width characters by which the middle of centred labels may vary


def unlevelled(rows: Sequence[DraftRow]) -> tuple[DraftRow, ...]:
    """The rows without their indents: a statement's numerals and codes tell their levels."""
    return tuple(replace(row, level=0) for row in rows)


def levelled(rows: Sequence[DraftRow]) -> tuple[DraftRow, ...]:
    """The rows with indents (in `level`) turned into levels 0, 1, 2 … within their block.

    Centred labels are indented as well, and mean nothing by it: their middles agree.
    """
    found = list(rows)
    for block in {row.block for row in rows}:
        own = [i for i, row in enumerate(rows) if row.block == block and row.label]
        steps = sorted({rows[i].level for i in own if not _is_total(rows[i])})
        flat = len(steps) > _MOST or _centred([rows[i] for i in own])
        for i in own:
            level = rows[i].level
            ranked = 0 if flat or _is_total(rows[i]) else steps.index(level)
            found[i] = replace(rows[i], level=ranked)
    return tuple(found)


def _is_total(row: DraftRow) -> bool:
    return plain(row.label).endswith(("合计", "总计", "小计"))


def _centred(rows: Sequence[DraftRow]) -> bool:
    middles = [row.level + len(row.label) / 2 for row in rows if row.level]
    if len({row.level for row in rows if row.level}) < 2 or len(middles) < len(rows) / 2:
        return False
    return max(middles) - min(middles) <= _CENTRED
