"""Which statement a grid is, and which of its columns plays which role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.grid_headers import Header, Strip, Use
from corpus.statements import ColumnSpec, Shape, Statement, by_id
from corpus.tokens import plain

Roles = dict[tuple[int, ...], ColumnSpec]
"""The specification that each strip (by the grid columns it takes) fills."""

# A government's accounts of one budget have titles that end like a department's statements.
_OTHER_SCOPE = re.compile(r"(预算|基金|经营|支付|债务|全[省市区县州]|[省市区县州]级|本级)$")
_CODED = re.compile(r"编码|代码|科目")
_YEAR = re.compile(r"20\d\d")
_COMPARED = re.compile(r"比.*(增|减|±)|增减|增幅|增长")
_BEFORE = re.compile(r"上年(?!结转|结余)")
_TRAIL = re.compile(r"([（(][^（）()]*[）)])+$")


def match(title: str, number: str, header: Header) -> tuple[Statement | None, Roles]:
    """The statement that a grid with this heading is, and its columns' roles.

    None where no title fits, or where the header does not show most of the statement's columns.
    """
    coded = any(_CODED.search(word) for strip in header.strips for word in strip.path)
    named = (
        (length, s, roles_of(s, header))
        for length, s in _candidates(title, number)
        if coded or s.shape is not Shape.ACCOUNTS
    )
    fitting = [(length, len(roles), s, roles) for length, s, roles in named if _fits(header, roles)]
    if not fitting:
        return None, {}
    best = max(fitting, key=lambda found: found[:2])
    return best[2], best[3]


def _candidates(title: str, number: str) -> list[tuple[int, Statement]]:
    """The statements with this title, each with the length of the wording that it shares."""
    bare = plain(title)
    found: list[tuple[int, Statement]] = []
    for statement in by_id().values():
        lengths = [len(t) for t in statement.titles if _named(bare, plain(t))]
        if lengths:
            found.append((max(lengths), statement))
        elif not bare and number in statement.numbers:
            found.append((0, statement))
    return found


def _named(title: str, alias: str) -> bool:
    """Whether the title ends in the alias, a bracket behind it aside, and is of that scope."""
    for text in (title, _TRAIL.sub("", title)):
        if text.endswith(alias):
            return _OTHER_SCOPE.search(text[: -len(alias)]) is None
    return False


def _fits(header: Header, roles: Roles) -> bool:
    values = [s for s in header.strips if s.use is Use.VALUE]
    return bool(roles) and len(roles) * 2 >= len(values)


def roles_of(statement: Statement, header: Header) -> Roles:
    """The best assignment of one of the statement's layouts to the value columns."""
    values = [s for s in header.strips if s.use is Use.VALUE]
    options = [_assign(layout, values, statement.shape) for layout in statement.layouts]
    return max(options, key=len, default={})


def _assign(layout: Sequence[ColumnSpec], values: Sequence[Strip], shape: Shape) -> Roles:
    """Specifications to strips, the surest pairs first, each used once."""
    abreast = shape in (Shape.SIDES, Shape.BLOCKS)
    values = _of_the_year(values)
    pairs = [
        (-score, j, i)
        for i, spec in enumerate(layout)
        for j, strip in enumerate(values)
        if (not abreast or spec.block == strip.block)
        and (score := _score(spec, strip, deep=shape is Shape.AMOUNTS)) > 0
    ]
    roles: Roles = {}
    taken: set[int] = set()
    for _, j, i in sorted(pairs):
        if i not in taken and values[j].at not in roles:
            roles[values[j].at] = layout[i]
            taken.add(i)
    return roles


def _of_the_year(values: Sequence[Strip]) -> list[Strip]:
    """The columns of the latest year that the header names; comparisons with others left out."""
    years = [max(map(int, _YEAR.findall("".join(strip.path))), default=0) for strip in values]
    latest = max(years, default=0)
    return [
        strip
        for strip, year in zip(values, years, strict=True)
        if year in (0, latest)
        and not any(_COMPARED.search(plain(word)) for word in strip.path)
        and (year or not latest or not any(_BEFORE.match(plain(w)) for w in strip.path))
    ]


def _score(spec: ColumnSpec, strip: Strip, deep: bool) -> float:
    """How well a header path answers a specification; 0 where its last word is missing.

    Upper levels may be missing, half of them at most; where the whole header is `deep` and its
    lowest words recur, none.
    """
    words = [plain(word) for word in strip.path]
    if not words:
        return 0.0
    levels = [
        max((_likeness(plain(name), word, k == len(words) - 1)
             for name in spec.names(level) for k, word in enumerate(words)), default=0.0)
        for level in range(len(spec.path))
    ]  # fmt: skip
    missing = levels.count(0.0)
    if not levels[-1] or missing * 2 > len(levels) or (deep and missing):
        return 0.0
    return sum(levels)


def _likeness(name: str, word: str, last: bool) -> float:
    """1 for the same words, less where one only contains the other; the lowest level counts."""
    bare = re.sub(r"[(（][^()（）]*[)）]$|^(\d{4}年(度)?|本年)(?!收入|支出)", "", word)
    bonus = 0.3 if last else 0.0
    if name in (word, bare):
        return 1.0 + bonus
    return 0.5 + bonus if name in word else 0.0
