"""Rows that a page break has cut in two, put together again.

The second part stands first on its page, without the code or the numeral that the other rows of
its table begin with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.drafts import DraftRow
from corpus.tokens import plain

_NUMERAL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|其中"
)
_OWN = re.compile(r".*(合计|总计|小计|结余|结转|其中).*")
_USUAL = 0.6  # of the rows: so many begin with a code or numeral where all should


def rejoined(rows: Sequence[DraftRow]) -> tuple[DraftRow, ...]:
    """The rows, those cut by a page break whole; the second part gives its band up."""
    kept: list[DraftRow] = []
    last: dict[int, int] = {}
    strict = {
        b for b in {row.block for row in rows} if _all_begin([r for r in rows if r.block == b])
    }
    for row in rows:
        before = last.get(row.block)
        if before is not None and row.block in strict and _second_part(kept[before], row):
            kept[before] = _joined(kept[before], row)
        else:
            last[row.block] = len(kept)
            kept.append(row)
    return tuple(kept)


def _all_begin(rows: Sequence[DraftRow]) -> bool:
    """Whether (almost) every row of a block begins with a code or a numeral."""
    named = [row for row in rows if row.label and not _OWN.fullmatch(plain(row.label))]
    return sum(_begins(row) for row in named) >= max(3, _USUAL * len(named))


def _begins(row: DraftRow) -> bool:
    return bool(row.code or _NUMERAL.match(plain(row.label)))


def _second_part(first: DraftRow, row: DraftRow) -> bool:
    if row.page is None or row.page == first.page or not row.label or row.line:
        return False
    if _begins(row) or _OWN.fullmatch(plain(row.label)) or not _begins(first):
        return False
    return not any(row.cells or ()) or not any(first.cells or ())


def _joined(first: DraftRow, second: DraftRow) -> DraftRow:
    cells = first.cells if any(first.cells or ()) else second.cells
    return replace(first, label=first.label + second.label, cells=cells)
