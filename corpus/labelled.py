"""Rows that are named and not coded, one item a line, out of flattened text: a list of 三公经费."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import statements
from corpus.drafts import DraftRow
from corpus.frames import bare
from corpus.statements import RowSpec, Shape, Statement
from corpus.tokens import Token, number, plain, tokens

_FEWEST = 2  # named rows with figures that make a list
_NUMERAL = re.compile(r"^(\d{1,2}[.、．]|[(（]\d{1,2}[)）]|其中[:：])")


def list_form(known: Statement, lines: Sequence[str]) -> Statement:
    """The statement itself, or its twin of the same title that prints one item a line."""
    if known.shape is not Shape.AMOUNTS:
        return known
    twins = [s for s in statements.by_id().values() if s.shape is Shape.LINES]
    alike = [s for s in twins if set(s.titles) & set(known.titles)]
    return next((s for s in alike if first_label(lines, s.rows) is not None), known)


def first_label(lines: Sequence[str], specs: Sequence[RowSpec]) -> int | None:
    """The index of the first line that names an item and gives figures, None without a list."""
    found = [i for i, text in enumerate(lines) if _is_item(text, specs)]
    return found[0] if len(found) >= _FEWEST else None


def label_rows(
    body: Sequence[Token], specs: Sequence[RowSpec], pages: Sequence[int | None]
) -> tuple[DraftRow, ...]:
    """A row for each label with the figures behind it, none where too few of them are known.

    A label may be broken over lines.
    """
    rows: list[tuple[int, str, list[str]]] = []
    for token in body:
        if not token.is_text:
            if rows:
                rows[-1][2].append(token.text)
        elif not rows or rows[-1][2] or _opens(token.text, rows[-1][1], specs):
            rows.append((token.line, token.text, []))
        else:
            rows[-1] = (rows[-1][0], rows[-1][1] + token.text, [])
    if sum(bool(values) and _names(label, specs) for _, label, values in rows) < _FEWEST:
        return ()
    return tuple(
        DraftRow(label, band=band, page=pages[line], printed=tuple(values))
        for band, (line, label, values) in enumerate(rows)
    )


def _opens(text: str, before: str, specs: Sequence[RowSpec]) -> bool:
    """Whether words behind a label without figures are the next label, not the rest of it."""
    if _names(before + text, specs):
        return False
    return bool(_NUMERAL.match(text)) or _names(text, specs) or _names(before, specs)


def _is_item(text: str, specs: Sequence[RowSpec]) -> bool:
    parts = tokens([(0, text)])
    figures = [t for t in parts if not t.is_text and number(t.text) is not None]
    label = "".join(t.text for t in parts if t.is_text)
    return bool(figures) and not parts[-1].is_text and _names(label, specs)


def _names(label: str, specs: Sequence[RowSpec]) -> bool:
    return any(bare(label) == plain(name) for spec in specs for name in spec.labels)
