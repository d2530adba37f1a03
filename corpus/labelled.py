"""Rows that are named and not coded, one item a line, out of flattened text: a list of 三公经费."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import statements
from corpus.drafts import DraftRow
from corpus.frames import bare
from corpus.statements import RowSpec, Shape, Statement
from corpus.tokens import Sort, Token, number, plain, tokens

_FEWEST = 2  # named rows with figures that make a list
_CODED = re.compile(r"[235]\d{2}(?:\d{2}){0,2}(?!\d)|(?:合计|总计)[-\d]")
_NUMERAL = re.compile(r"^(\d{1,2}[.、．]|[(（]\d{1,2}[)）]|其中[:：])")


def list_form(known: Statement, lines: Sequence[str]) -> Statement:
    """The statement itself, or its twin of the same title whose form these lines have.

    A statement by accounts prints codes; one without them names an item a line, or has one line.
    """
    if known.shape is Shape.ACCOUNTS and any(_CODED.match(plain(text)) for text in lines):
        return known
    if known.shape not in (Shape.AMOUNTS, Shape.ACCOUNTS):
        return known
    alike = [s for s in statements.by_id().values() if set(s.titles) & set(known.titles)]
    for twin in alike:
        if twin.shape is Shape.LINES and first_label(lines, twin.rows) is not None:
            return twin
        if twin.shape is Shape.AMOUNTS and any(map(_only_figures, lines)):
            return twin
    return known


def _only_figures(text: str) -> bool:
    parts = tokens([(0, text)])
    return len(parts) > 1 and all(t.sort is Sort.AMOUNT for t in parts)


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
    # A label that no item of the list has, and no figure, heads a group: it is no blank item.
    rows = [row for row in rows if row[2] or _names(row[1], specs)]
    labels = [plain(label) for _, label, _ in rows]
    if len(set(labels)) < len(labels):
        return ()  # items of several groups, which the text no longer tells apart
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
