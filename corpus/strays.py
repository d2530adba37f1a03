"""Hidden copies: half a line that a printer left in the text a second time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout import Grid, Line
from corpus.numbering import parse_mark

_SHORTEST = 16
_CLAUSE_MARK = re.compile("[，；。]")
_COMPLETE = re.compile(r"[。！？；：:][”’）)]?$")


def drop_strays(
    blocks: Sequence[Line | Grid],
) -> tuple[tuple[Line | Grid, ...], tuple[str, ...]]:
    """The blocks without hidden copies, and a notice for each line dropped.

    A copy breaks off in mid-sentence where the original, further up, goes on: a paragraph that a
    report merely repeats does not.
    """
    texts = [_plain(block.text) if isinstance(block, Line) else "" for block in blocks]
    whole = "".join(texts)
    kept: list[Line | Grid] = []
    notices: list[str] = []
    offset = 0
    for position, block in enumerate(blocks):
        text = texts[position]
        if isinstance(block, Line) and _cut(blocks, position) and _is_copy(text, whole, offset):
            page = f"第{block.page}页" if block.page else ""
            notices.append(f"略去{page}重复的残行：{block.text.strip()[:24]}…")
        else:
            kept.append(block)
        offset += len(text)
    return tuple(kept), tuple(notices)


def _is_copy(text: str, whole: str, offset: int) -> bool:
    if len(text) < _SHORTEST or _COMPLETE.search(text) or not _CLAUSE_MARK.search(text):
        return False
    original = whole.find(text, 0, offset)
    goes_on = whole[original + len(text) : original + len(text) + 1]
    follows = whole[offset + len(text) : offset + len(text) + 1]
    return original >= 0 and goes_on != follows


def _cut(blocks: Sequence[Line | Grid], position: int) -> bool:
    """Whether nothing leads to the line and its sentence cannot go on below it."""
    above = blocks[position - 1]
    if isinstance(above, Line) and not _COMPLETE.search(above.text.strip()):
        return False
    if position + 1 == len(blocks):
        return True
    below = blocks[position + 1]
    return isinstance(below, Grid) or parse_mark(below.text) is not None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
