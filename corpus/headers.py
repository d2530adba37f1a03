"""The columns of a flattened table: its statement's layout, worded and ordered as the header is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.column_order import in_printed_order
from corpus.layout import Line, Word
from corpus.model import Column
from corpus.statements import ColumnSpec, Statement
from corpus.tokens import half_width, plain

_LINE_NUMBERS = re.compile(r"^(栏次)?(\d+|栏次|\s)+$")
_OFF_CENTRE = 0.4  # of the type's size: by which a piece of a header cell may stand aside
_BELOW = 2.6  # of the type's size: how far below the piece above it, one line between them
_LABEL = re.compile(r"栏\s*次")


def columns(
    statement: Statement,
    header: Sequence[str],
    notes: Sequence[str] = (),
    figures: Sequence[str] = (),
) -> tuple[Column, ...]:
    """The columns that `header` (the lines above the first row) prints.

    The layout whose wording fits best is taken; columns that only newer forms have are left out
    when neither the wording nor the number of 栏次 shows them. `notes` and `figures` (the values
    of a statement's only row) help where the order of columns differs by region.
    """
    numbers = [text for text in header if is_line_numbers(text)]
    wording = plain("".join(text for text in header if not is_line_numbers(text)))
    groups = _groups(numbers[-1]) if numbers else []
    known = {words for layout in statement.layouts for spec in layout for words in spec.path}
    layout = max(statement.layouts, key=lambda specs: _fit(specs, wording, known))
    specs = _present(layout, wording, groups)
    if statement.order_printed:
        specs = in_printed_order(statement, specs, header, notes, figures)
    lines = [n for group in groups for n in group]
    lines = lines if len(lines) == len(specs) else [""] * len(specs)
    return tuple(
        Column(i, _path(spec, header, wording), lines[i], spec.role, spec.unit, spec.block)
        for i, spec in enumerate(specs)
    )


def stacked(lines: Sequence[Line]) -> list[str]:
    """The texts of header lines, the pieces of a cell that is broken over several put together.

    Pieces of one cell are centred below each other; lines without geometry stay as they are.
    """
    if not all(line.words for line in lines):
        return [line.text.strip() for line in lines]
    cells: list[list[Word]] = []
    for k, line in enumerate(lines):
        words = () if is_line_numbers(line.text) else _unglued(line.words, lines[k + 1 : k + 3])
        for word in words:
            host = next((cell for cell in reversed(cells) if _goes_below(word, cell[-1])), None)
            if host is None:
                cells.append([word])
            else:
                host.append(word)
    numbers = [line.text for line in lines if is_line_numbers(line.text)]
    return ["".join(word.text for word in cell) for cell in cells] + numbers


def _unglued(words: Sequence[Word], below: Sequence[Line]) -> list[Word]:
    """Words that touch across their columns, cut where the words below them say."""
    found: list[Word] = []
    for word in words:
        cuts = next((c for line in below if (c := _cut(word, line.words))), None)
        found += cuts or [word]
    return found


def _cut(word: Word, below: Sequence[Word]) -> list[Word]:
    """The word in as many pieces as words stand centred below it, none where they do not fit."""
    inner = [w for w in below if word.x0 < (w.x0 + w.x1) / 2 < word.x1]
    if len(inner) < 2:
        return []
    pitch = (word.x1 - word.x0) / len(word.text)
    middles = [(a.x0 + a.x1 + b.x0 + b.x1) / 4 for a, b in pairwise(inner)]
    bounds = [0, *(round((x - word.x0) / pitch) for x in middles), len(word.text)]
    pieces = [
        replace(word, text=word.text[a:b], x0=word.x0 + a * pitch, x1=word.x0 + b * pitch)
        for a, b in pairwise(bounds)
    ]
    fits = all(_goes_below(w, piece) for w, piece in zip(inner, pieces, strict=True))
    return pieces if fits else []


def _goes_below(word: Word, upper: Word) -> bool:
    """Whether a word is centred below another, at most one line left out between them."""
    size = upper.bottom - upper.top
    aside = abs((word.x0 + word.x1) - (upper.x0 + upper.x1)) / 2
    return 0 < word.top - upper.top < _BELOW * size and aside <= _OFF_CENTRE * size


def is_line_numbers(text: str) -> bool:
    """Whether the line prints 栏次 numbers: 栏次 1 2 3, or 1 2 3 alone."""
    text = _LABEL.sub("栏次", text)
    if not _LINE_NUMBERS.match(text.strip()):
        return False
    found = [int(n) for group in _groups(text) for n in group]
    enough = 1 if "栏次" in text else 3
    return len(found) >= enough and found == list(range(found[0], found[0] + len(found)))


def _groups(text: str) -> list[list[str]]:
    """栏次 1 栏次 2 3 -> [[1], [2, 3]]; blanks between the numbers may be lost."""
    groups: list[list[str]] = []
    for part in _LABEL.split(half_width(text)):
        numbers = re.findall(r"\d+", part)
        if len(numbers) == 1:
            numbers = _counted(numbers[0], int(groups[-1][-1]) + 1 if groups else 1)
        if numbers:
            groups.append(numbers)
    return groups


def _counted(digits: str, first: int) -> list[str]:
    """1234 -> 1, 2, 3, 4, if the digits are a count from `first`; otherwise as they are."""
    numbers = []
    rest = digits
    while rest.startswith(str(first)):
        numbers.append(str(first))
        rest = rest.removeprefix(str(first))
        first += 1
    return [digits] if rest else numbers


def _fit(specs: Sequence[ColumnSpec], wording: str, known: set[str]) -> int:
    """Minus the number of header words that are missing or printed too often or too rarely.

    Words that only another layout knows count as well: this layout prints none of them. A word
    inside a longer one (运行费 in 购置及运行费) is not printed for itself.
    """
    nodes = {spec.path[: level + 1] for spec in specs for level in range(len(spec.path))}
    needed = Counter(node[-1] for node in nodes)
    own = {word for words in needed for word in words.split("|")}
    strange = [words for words in known if own.isdisjoint(words.split("|"))]
    every = sorted({plain(word) for words in known for word in words.split("|")}, key=len)
    printed = Counter(re.findall("|".join(map(re.escape, reversed(every))), wording))

    def said(words: str) -> str:
        return max(map(plain, words.split("|")), key=lambda word: printed[word])

    wanted: Counter[str] = Counter()
    for words, count in needed.items():
        wanted[said(words)] += count
    misfit = sum(abs(count - printed[word]) for word, count in wanted.items())
    return -misfit - sum(bool(printed[said(words)]) for words in strange)


def _occurrences(wording: str, words: str) -> int:
    return max(wording.count(plain(word)) for word in words.split("|"))


def _present(
    specs: Sequence[ColumnSpec], wording: str, groups: Sequence[Sequence[str]]
) -> list[ColumnSpec]:
    count = sum(map(len, groups))
    missing = [s for s in specs if s.optional and not _occurrences(wording, s.path[-1])]
    kept = [s for s in specs if s not in missing]
    if count == len(kept) or (not count and all(_occurrences(wording, s.path[-1]) for s in kept)):
        return kept
    return list(specs)


def _path(spec: ColumnSpec, header: Sequence[str], wording: str) -> tuple[str, ...]:
    """The header levels as printed: full-width brackets, curly quotes where the page has them."""
    wide, curly = ("（" in "".join(header)), ("“" in "".join(header))
    words = []
    for level in range(len(spec.path)):
        names = spec.names(level)
        printed = [n for n in names if plain(n) in wording]
        whole = [n for n in printed if not any(n != other and n in other for other in printed)]
        name = whole[0] if whole else names[0]
        name = name.replace("(", "（").replace(")", "）") if wide else name
        words.append(re.sub(r'"([^"]*)"', r"“\1”", name) if curly else name)
    return tuple(words)
