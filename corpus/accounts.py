"""Rows of coded accounts out of flattened text: 2080101 行政运行 450.20 450.20, wraps rejoined.

A label that does not fit its cell is printed over several lines, with the code and the amounts
before, after or between them. Which row a loose piece belongs to is decided by what the report
calls the account elsewhere, then by symmetry: a cell's text is centred beside its figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.account_names import AccountNames
from corpus.drafts import DraftRow
from corpus.statements import ColumnSpec, RowSpec
from corpus.tokens import Token, plain

_FUNCTION_CODE = re.compile(r"2\d{2}(\d{2}(\d{2})?)?")
_ECONOMIC_CODE = re.compile(r"[35]\d{2}(\d{2})?")
_CODE_CLASS = re.compile(r"[235]\d{2}")
_CODE_PART = re.compile(r"\d{2}")
_NEVER, _UNEVEN, _TAIL = 10.0, 1.0, 0.1


@dataclass(slots=True)
class Entry:
    """A row being read. `gap` holds the loose pieces printed between it and the next row."""

    code: str
    line: int
    label: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    gap: list[str] = field(default_factory=list)
    total: RowSpec | None = None
    odd: bool = False  # its digits are no proper code: misprinted, 7 11 02 for 210 11 02
    own_line: bool = False  # part of the label stands beside the code


def account_rows(
    tokens: Sequence[Token],
    specs: Sequence[RowSpec],
    names: AccountNames,
    pages: Sequence[int | None],
) -> tuple[DraftRow, ...]:
    """The rows of a statement with one account a row; `specs` name the rows without a code."""
    tokens = _joined_codes(tokens)
    entries, head = _entries(tokens, _codes_of(tokens), specs, one_value=False)
    _settle(entries, head, names)
    return tuple(
        DraftRow("".join(e.label), e.code, band=i, page=pages[e.line], printed=tuple(e.values))
        for i, e in enumerate(entries)
    )


def block_rows(
    tokens: Sequence[Token],
    specs: Sequence[RowSpec],
    columns: Sequence[ColumnSpec],
    names: AccountNames,
    pages: Sequence[int | None],
) -> tuple[DraftRow, ...]:
    """The rows of economic accounts printed in parts side by side, one amount each."""
    entries, head = _entries(tokens, _ECONOMIC_CODE, specs, one_value=True)
    _label_bare(entries, names)
    _settle(entries, head, names)
    places = _places(entries, columns)
    return tuple(
        DraftRow(
            "".join(e.label),
            e.code,
            block=b,
            band=band,
            page=pages[e.line],
            printed=tuple(e.values),
        )
        for e, (band, b) in zip(entries, places, strict=True)
    )


def _codes_of(tokens: Sequence[Token]) -> re.Pattern[str]:
    """Function accounts or economic ones: the kind that more rows begin with."""
    starts = [a.text for a, b in pairwise(tokens) if b.is_text and not a.is_text]
    kinds = (_FUNCTION_CODE, _ECONOMIC_CODE)
    return max(kinds, key=lambda kind: sum(bool(kind.fullmatch(text)) for text in starts))


def _joined_codes(tokens: Sequence[Token]) -> list[Token]:
    """208 05 01 行政单位离退休 -> 2080501: some print 类, 款, 项 in columns of their own."""
    worded = {token.line for token in tokens if token.is_text}
    joined: list[Token] = []
    parts = 0
    for i, token in enumerate(tokens):
        named = any(t.is_text for t in tokens[i + 1 : i + 4 - parts])
        same_line = bool(joined) and joined[-1].line == token.line
        # On a line without words the label stands above; amounts are longer than two digits.
        named = named or token.line not in worded
        if parts and _CODE_PART.fullmatch(token.text) and same_line and named:
            joined[-1] = replace(joined[-1], text=joined[-1].text + token.text)
            parts = parts + 1 if parts < 2 else 0
        else:
            joined.append(token)
            parts = int(bool(_CODE_CLASS.fullmatch(token.text)))
    return joined


def _entries(
    tokens: Sequence[Token], code: re.Pattern[str], specs: Sequence[RowSpec], *, one_value: bool
) -> tuple[list[Entry], list[str]]:
    """The rows, and the loose pieces above the first."""
    totals = {plain(label): spec for spec in specs for label in spec.labels}
    entries: list[Entry] = []
    head: list[str] = []
    for i, token in enumerate(tokens):
        if _starts_row(tokens, i, code, entries):
            entries.append(Entry(token.text, token.line))
        elif token.is_text and plain(token.text) in totals:
            entries.append(Entry("", token.line, [token.text], total=totals[plain(token.text)]))
        elif not entries:
            head.append(token.text)
        elif not one_value and entries[-1].values and _odd_row(tokens, i):
            entries.append(Entry("", token.line, odd=not token.is_text))
            if token.is_text:
                _add_text(entries[-1], tokens, i, code)
            else:
                entries[-1].code = token.text
        elif token.is_text:
            _add_text(entries[-1], tokens, i, code)
        elif entries[-1].odd and not entries[-1].label:
            entries[-1].code += token.text
        elif not (one_value and entries[-1].values):
            entries[-1].values.append(token.text)
    return entries, head


def _odd_row(tokens: Sequence[Token], i: int) -> bool:
    """Whether a line begins here that is a row by itself without a proper code: words, figures."""
    line = [token for token in tokens[i : i + 12] if token.line == tokens[i].line]
    first = i == 0 or tokens[i - 1].line != tokens[i].line
    words = [k for k, token in enumerate(line) if token.is_text]
    digits = all(token.text.isdigit() for token in line[: words[0]]) if words else False
    return first and digits and len(words) == 1 and len(line) > words[0] + 1


def _add_text(entry: Entry, tokens: Sequence[Token], i: int, code: re.Pattern[str]) -> None:
    """Text belongs to the label until the figures come or the label looks complete."""
    if entry.values or entry.total or _complete(entry, tokens, i, code):
        entry.gap.append(tokens[i].text)
        return
    entry.label.append(tokens[i].text)
    entry.own_line = entry.own_line or tokens[i].line == entry.line


def _complete(entry: Entry, tokens: Sequence[Token], i: int, code: re.Pattern[str]) -> bool:
    """Whether the row's own line showed code and label, and it has no figure: then a line of text
    below may be the rest of its label or the beginning of the next one.
    """
    follows = next((t for t in tokens[i + 1 :] if not t.is_text), None)
    figure_comes = follows is not None and not code.fullmatch(follows.text)
    return entry.own_line and tokens[i].line != entry.line and not figure_comes


def _starts_row(
    tokens: Sequence[Token], i: int, code: re.Pattern[str], entries: Sequence[Entry]
) -> bool:
    """A code stands first on its line or before words, and continues the hierarchy of codes."""
    token = tokens[i]
    if not code.fullmatch(token.text):
        return False
    first = i == 0 or tokens[i - 1].line != token.line
    before_text = i + 1 < len(tokens) and tokens[i + 1].is_text
    seen = {e.code for e in entries}
    rooted = len(token.text) == 3 or token.text[:-2] in seen
    return (before_text or first) and (rooted or before_text) and token.text not in seen


def _label_bare(entries: Sequence[Entry], names: AccountNames) -> None:
    """Side by side, a code without words beside it owns pieces above and below its whole line."""
    for entry in entries:
        if entry.label or entry.total:
            continue
        line = [k for k, e in enumerate(entries) if e.line == entry.line]
        above = entries[line[0] - 1].gap if line[0] else []
        below = entries[line[-1]].gap
        options = [(h, t) for h in range(len(above) + 1) for t in range(len(below) + 1)]
        h, t = max(
            options, key=lambda o: _score(entry, above[len(above) - o[0] :], below[: o[1]], names)
        )
        entry.label = [*above[len(above) - h :], *below[:t]]
        del above[len(above) - h :]
        del below[:t]


def _settle(entries: Sequence[Entry], head: Sequence[str], names: AccountNames) -> None:
    """Shares the loose pieces of each gap out to the rows above and below it."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    before: Sequence[str] = head
    # `taken` of the pieces above a row went to the row before; the others are this row's head.
    for entry in entries:
        following: dict[int, tuple[float, list[int]]] = {}
        for taken, (score, path) in best.items():
            for tail in range(len(entry.gap) + 1):
                total = score + _score(entry, before[taken:], entry.gap[:tail], names)
                if tail not in following or total > following[tail][0]:
                    following[tail] = (total, [*path, tail])
        best, before = following, entry.gap
    if entries:
        _learn(entries, head, names)
        everything = len(entries[-1].gap)
        _apply(entries, head, best[everything][1])


def _learn(entries: Sequence[Entry], head: Sequence[str], names: AccountNames) -> None:
    """Rows without loose pieces above or below show their labels whole."""
    before = head
    for entry in entries:
        if entry.own_line and not before and not entry.gap:
            names.learn(entry.code, "".join(entry.label))
        before = entry.gap


def _score(entry: Entry, head: Sequence[str], tail: Sequence[str], names: AccountNames) -> float:
    if entry.total:
        return -_NEVER * (len(head) + len(tail))
    label = "".join([*head, *entry.label, *tail])
    uneven = abs(len(head) - len(tail))
    empty = _NEVER / 2 if not label else 0.0
    return names.weight(entry.code, label) - _UNEVEN * uneven + _TAIL * len(tail) - empty


def _apply(entries: Sequence[Entry], head: Sequence[str], tails: Sequence[int]) -> None:
    before = list(head)
    for entry, tail in zip(entries, tails, strict=True):
        entry.label = [*before, *entry.label, *entry.gap[:tail]]
        before = entry.gap[tail:]


def _places(entries: Sequence[Entry], columns: Sequence[ColumnSpec]) -> list[tuple[int, int]]:
    """(band, block) of each entry: a class of codes keeps to its block, a new band begins left."""
    home = {code: column.block for column in columns for code in column.codes}
    last = max(column.block for column in columns)
    places: list[tuple[int, int]] = []
    band, block, line = -1, last, -1
    for entry in entries:
        family = entry.code[:3]
        if entry.total:
            wanted = entry.total.block
        else:
            beside = min(block + 1, last) if entry.line == line else max(block, min(1, last))
            wanted = home.setdefault(family, beside)
        band += wanted <= block or not places
        block, line = wanted, entry.line
        places.append((band, block))
    return places
