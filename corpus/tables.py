"""From blocks of a document to tables: find them, place their values, check their sums."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus import flattened, grids
from corpus.amounts import scale
from corpus.checks import checks
from corpus.drafts import Draft, DraftRow
from corpus.frames import Frame, frames
from corpus.identities import place
from corpus.inferred import inferred
from corpus.layout import Grid, Line
from corpus.mentions import mentions
from corpus.model import Cell, Check, Column, Placement, Row, Table
from corpus.placing import Placed, RowKey
from corpus.relations import identities, unlinked
from corpus.tokens import number, squeeze

__all__ = ["Draft", "DraftRow", "build", "locate"]

# 25,000笔, ≥95%: a target's bound is its value, its text keeps the sign.
_WITH_UNIT = re.compile(r"^[≥≤＞＜><=]{0,2}(?P<figure>-?\d[\d,.]*)\s*(?P<unit>%|‰|[^\d\s.,]{1,4})$")


def locate(blocks: Sequence[Line | Grid]) -> tuple[Draft, ...]:
    """Every table of the document in reading order; their spans do not overlap."""
    with_cells = grids.locate(blocks)
    spans = [(draft.start, draft.end) for draft in with_cells]
    in_lines = [
        draft
        for draft in flattened.locate(blocks)
        if all(draft.end <= start or end <= draft.start for start, end in spans)
    ]
    return tuple(sorted([*with_cells, *in_lines], key=lambda draft: draft.start))


def build(
    drafts: Sequence[Draft], section_of: Callable[[Draft], int], prose: Sequence[str]
) -> tuple[Table, ...]:
    """The drafts as tables, ids in the order given.

    Values whose column the layout has lost are put back where the statements' identities and the
    sentences of `prose` leave a single place for them; the others stay in `Row.unplaced`.
    """
    read = frames(drafts)
    measured = scale(read)
    rules = identities(read)
    placed = place(read, rules, mentions(read, prose, measured), measured)
    tried = checks(read, rules, unlinked(read), placed, measured)
    return tuple(_table(f, section_of(f.draft), placed, tried[f.id]) for f in read)


def _table(
    frame: Frame, section: int, placed: dict[RowKey, Placed], tried: tuple[Check, ...]
) -> Table:
    draft = frame.draft
    return Table(
        id=frame.id,
        title=draft.title,
        section=section,
        columns=draft.columns,
        rows=tuple(_row(frame, i, placed.get((frame.id, i))) for i in range(len(draft.rows))),
        cells=tuple(_cells(frame, placed)),
        number=draft.number,
        statement=draft.statement,
        unit=draft.unit,
        page=draft.page,
        notes=draft.notes,
        checks=(*tried, *inferred(frame)),
    )


def _row(frame: Frame, i: int, known: Placed | None) -> Row:
    source = frame.draft.rows[i]
    return Row(
        id=i,
        label=squeeze(source.label),
        code=source.code,
        line=source.line,
        level=frame.levels[i],
        parent=frame.parents[i],
        block=source.block,
        band=source.band,
        role=frame.roles[i],
        page=source.page,
        path=source.path,
        unplaced=_unplaced(source, known),
    )


def _unplaced(source: DraftRow, known: Placed | None) -> tuple[str, ...]:
    if known is None or source.printed is None:
        return ()
    pairs = zip(source.printed, known.columns, strict=True)
    return tuple(text for text, column in pairs if column is None)


def _cells(frame: Frame, placed: dict[RowKey, Placed]) -> Iterator[Cell]:
    for i, source in enumerate(frame.draft.rows):
        columns = frame.columns(i)
        if source.cells is not None:
            texts = [(text, source.placement) for text in source.cells]
        else:
            texts = _spread(source.printed or (), placed[frame.id, i], len(columns))
        for column, (text, by) in zip(columns, texts, strict=True):
            yield _cell(frame.draft.unit, i, column, text, by)


def _spread(printed: Sequence[str], known: Placed, count: int) -> list[tuple[str, Placement]]:
    """The texts of a row by column. A blank beside open values is open; elsewhere it is as sure
    as the least sure value of its row.
    """
    by = max(known.by, key=_doubt, default=Placement.ORDER)
    texts = [("", by)] * count
    for start, end in _open_spans(known, count):
        for open_place in range(start, end):
            texts[open_place] = ("", Placement.OPEN)
        by = Placement.IDENTITIES
    texts = [(t, by if b is not Placement.OPEN else b) for t, b in texts]
    for text, column, source in zip(printed, known.columns, known.by, strict=True):
        if column is not None:
            texts[column] = (text, source)
    return texts


def _open_spans(known: Placed, count: int) -> Iterator[tuple[int, int]]:
    """The columns in which a value without a certain column may stand: between its neighbours."""
    for i, column in enumerate(known.columns):
        if column is None:
            before = [c for c in known.columns[:i] if c is not None]
            after = [c for c in known.columns[i:] if c is not None]
            yield (before[-1] + 1 if before else 0), (after[0] if after else count)


def _doubt(by: Placement) -> int:
    order = (Placement.ORDER, Placement.IDENTITIES, Placement.PROSE, Placement.OPEN)
    return order.index(by)


def _cell(table_unit: str, row: int, column: Column, text: str, by: Placement) -> Cell:
    value = number(text)
    unit = column.unit or table_unit
    found = _WITH_UNIT.match(text)
    if found and value is None:
        value = number(found["figure"])
    if found:
        unit = found["unit"]
    return Cell(row, column.id, text, value, unit if value is not None or not text else "", by)
