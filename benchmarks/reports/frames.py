"""From a header written as a tree to columns and header cells in their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.reports.model import Column, Head, Role, Span


def frame(heads: Sequence[Head]) -> tuple[tuple[Column, ...], tuple[Span, ...], int]:
    """The columns, the header's cells and how many rows the header takes."""
    depth = max(map(_depth, heads))
    columns: list[Column] = []
    spans: list[Span] = []
    at = 0
    for head in heads:
        _lay(head, (), 0, at, depth, columns, spans)
        at = len(columns)
    return tuple(columns), tuple(sorted(spans, key=lambda s: (s.row, s.column))), depth


def _depth(head: Head) -> int:
    return 1 + max(map(_depth, head.under), default=0)


def _leaves(head: Head) -> Iterator[Head]:
    if not head.under:
        yield head
    for child in head.under:
        yield from _leaves(child)


def _lay(
    head: Head,
    above: tuple[str, ...],
    row: int,
    at: int,
    depth: int,
    columns: list[Column],
    spans: list[Span],
) -> None:
    """Put a header cell at (row, at); one without cells under it reaches to the bottom."""
    path = (*above, head.text)
    wide = len(list(_leaves(head)))
    tall = 1 if head.under else depth - row
    spans.append(Span(row, at, tall, wide, head.text))
    if not head.under:
        columns.append(Column(head.role, path, head.width, head.block, head.line))
    for child in head.under:
        _lay(child, path, row + 1, len(columns), depth, columns, spans)


def code(text: str, width: float = 1.0, block: int = 0) -> Head:
    """A column of account codes."""
    return Head(text, role=Role.CODE, width=width, block=block)


def label(text: str, width: float = 2.4, block: int = 0) -> Head:
    """A column of row names."""
    return Head(text, role=Role.LABEL, width=width, block=block)


def amounts(*texts: str, width: float = 1.1, block: int = 0, first: int = 1) -> tuple[Head, ...]:
    """Columns of figures, numbered from `first`."""
    return tuple(
        Head(text, width=width, block=block, line=str(first + i)) for i, text in enumerate(texts)
    )
