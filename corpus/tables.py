"""From blocks of a document to tables: find them, place their values, check their sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.drafts import Draft, DraftRow
from corpus.layout import Grid, Line
from corpus.model import Table

__all__ = ["Draft", "DraftRow", "build", "locate"]


def locate(blocks: Sequence[Line | Grid]) -> tuple[Draft, ...]:
    """Every table of the document in reading order; their spans do not overlap."""
    from corpus import flattened

    return flattened.locate(blocks)


def build(
    drafts: Sequence[Draft], section_of: Callable[[Draft], int], prose: Sequence[str]
) -> tuple[Table, ...]:
    """The drafts as tables, ids in the order given.

    Values whose column the layout has lost are put back where the statements' identities and the
    sentences of `prose` leave a single place for them; the others stay in `Row.unplaced`.
    """
    raise NotImplementedError
