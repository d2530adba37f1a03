"""Tries every identity on placed values: it holds, it fails, or it cannot be tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.amounts import Scale
from corpus.frames import Frame
from corpus.model import Check, Outcome
from corpus.placing import Placed, RowKey, fixed_text
from corpus.relations import Identity, Ref, Unlinked


def checks(
    frames: Sequence[Frame],
    identities: Sequence[Identity],
    unlinked: Sequence[Unlinked],
    placed: dict[RowKey, Placed],
    scale: Scale,
) -> dict[int, tuple[Check, ...]]:
    """The checks of each table by its id; identities over blank cells alone are left out.

    An identity over a row with open values is untried, and so is a link to a missing statement.
    """
    found: dict[int, list[Check]] = {frame.id: [] for frame in frames}
    trial = _Trial(frames, placed, scale)
    for identity in identities:
        found[identity.result.table].extend(trial.run(identity))
    for link in unlinked:
        message = f"{link.rule}: the report has no such statement"
        found[link.table].append(Check(link.rule, Outcome.UNTRIED, message))
    return {table: tuple(tried) for table, tried in found.items()}


class _Trial:
    def __init__(self, frames: Sequence[Frame], placed: dict[RowKey, Placed], scale: Scale) -> None:
        self._frames, self._placed, self._scale = frames, placed, scale

    def run(self, identity: Identity) -> Iterator[Check]:
        """One check, or none where all cells are blank."""
        texts = [self._text(ref) for ref in identity.refs]
        cells = tuple((r.row, r.column) for r in identity.refs if r.table == identity.result.table)
        if any(self._open(ref) for ref in identity.refs):
            message = f"{identity.rule}: a value in this row has no certain column"
            yield Check(identity.rule, Outcome.UNTRIED, message, cells)
        elif any(texts):
            yield self._try(identity, texts, cells)

    def _try(
        self, identity: Identity, texts: Sequence[str], cells: tuple[tuple[int, int], ...]
    ) -> Check:
        table, scale = identity.result.table, self._scale
        amounts = [
            scale.whole(ref.table, text) for ref, text in zip(identity.refs, texts, strict=True)
        ]
        signs = [sign for sign, _ in identity.addends]
        total = sum(s * a for s, a in zip(signs, amounts[1:], strict=True))
        slack = sum(
            scale.half[ref.table] for ref, text in zip(identity.refs, texts, strict=True) if text
        )
        difference = amounts[0] - total
        met = difference >= -slack and (identity.relation == ">=" or difference <= slack)
        expected, stated = scale.printed(table, total), scale.printed(table, amounts[0])
        return Check(
            identity.rule,
            Outcome.HOLDS if met else Outcome.FAILS,
            self._message(identity, stated, expected),
            cells,
            expected,
            stated,
        )

    def _message(self, identity: Identity, stated: Decimal, expected: Decimal) -> str:
        frame = self._frames[identity.result.table]
        row = frame.draft.rows[identity.result.row]
        column = next(c for c in frame.draft.columns if c.id == identity.result.column)
        where = " ".join(part for part in (row.code, row.label, column.label) if part)
        return f"{where}: {stated} {identity.relation} {expected} ({identity.rule})"

    def _text(self, ref: Ref) -> str:
        frame = self._frames[ref.table]
        place = [c.id for c in frame.columns(ref.row)].index(ref.column)
        return fixed_text(frame, ref.row, place, self._placed)

    def _open(self, ref: Ref) -> bool:
        known = self._placed.get((ref.table, ref.row))
        return known is not None and None in known.columns
