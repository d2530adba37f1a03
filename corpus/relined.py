"""Tables without rulings that print a known statement, given back as the lines they were made of.

Where a page draws no borders, positions alone tell columns apart badly: a column that is blank
throughout leaves no trace, and a header centred over several lines stands over its neighbours.
The statement's own sums place the values better, so such a table is read as flattened text is.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus import flattened
from corpus.layout import Grid, Line

_MOST = 0.5  # of a table's lines lie inside the statement that is found in them


def relined(blocks: Sequence[Line | Grid]) -> tuple[Line | Grid, ...]:
    """The blocks, with the lines of each inferred table in its place if they print a statement."""
    if not any(isinstance(block, Grid) and block.lines for block in blocks):
        return tuple(blocks)
    opened = [_lines(block) for block in blocks]
    flat = [line for lines in opened for line in lines]
    spans = [(d.start, d.end) for d in flattened.locate(flat) if d.statement and d.rows]
    kept: list[Line | Grid] = []
    at = 0
    for block, lines in zip(blocks, opened, strict=True):
        inside = sum(start <= k < end for k in range(at, at + len(lines)) for start, end in spans)
        is_known = isinstance(block, Grid) and block.lines and inside >= _MOST * len(lines)
        kept += lines if is_known else [block]
        at += len(lines)
    return tuple(kept)


def _lines(block: Line | Grid) -> list[Line | Grid]:
    return list(block.lines) if isinstance(block, Grid) and block.lines else [block]
