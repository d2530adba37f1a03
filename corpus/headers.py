"""The columns of a flattened table: its statement's layout, worded and ordered as the header is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.column_order import in_printed_order
from corpus.model import Column
from corpus.statements import ColumnSpec, Statement
from corpus.tokens import half_width, plain

_LINE_NUMBERS = re.compile(r"^(栏次)?(\d+|栏次|\s)+$")
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

    def found(words: str) -> int:
        return max(printed[plain(word)] for word in words.split("|"))

    misfit = sum(abs(count - found(words)) for words, count in needed.items())
    return -misfit - sum(bool(found(words)) for words in strange)


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
    """The header levels as printed: full-width brackets where the page has them."""
    wide = "（" in "".join(header)
    words = []
    for level in range(len(spec.path)):
        names = spec.names(level)
        printed = [n for n in names if plain(n) in wording]
        whole = [n for n in printed if not any(n != other and n in other for other in printed)]
        name = whole[0] if whole else names[0]
        words.append(name.replace("(", "（").replace(")", "）") if wide else name)
    return tuple(words)
