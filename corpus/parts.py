"""Which files belong together: parts of one report, copies of it, and the report they make.

Some publishers put the text of a report into one file and its tables into another, or every
table into a file of its own; some publish the same report in two formats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from corpus.model import Claim, Identity, Kind, Level, Passage, Reason, Report, Section, Table, Term
from corpus.tokens import plain

_SAME = 0.9  # of what a copy shows stands in the original
_APART = 0.2  # parts of one report share less than this
_FIGURES, _WORDS = 10, 200  # a file with fewer figures and characters tells nothing
_PROSE = 1500  # characters: two files with more text each are two reports
_TABLE_HOME = ("预算表", "决算表", "报表", "预算公开表", "决算公开表")


_Said = TypeVar("_Said", Claim, Reason, Term)


class Kinship(StrEnum):
    """What a file is to a report that is held already."""

    NONE = "none"
    PART = "part"  # each has what the other lacks
    COPY = "copy"  # it shows nothing that the held report does not show
    FULLER = "fuller"  # it shows all that the held report shows, and more


def kinship(held: Report, new: Report) -> Kinship:
    """What `new` is to `held`, by what the two say, not by the names of their files."""
    if not same_subject(held.identity, new.identity):
        return Kinship.NONE
    if _within(new, held):
        return Kinship.COPY
    if _within(held, new):
        return Kinship.FULLER
    shared = max((*_shares(new, held), *_shares(held, new)), default=0.0)
    if shared <= _APART and _complete_each_other(held, new):
        return Kinship.PART
    return Kinship.NONE


def same_subject(a: Identity, b: Identity) -> bool:
    """Whether both account for one body's one year, in the same kind of report."""
    if a.year is None or a.kind is Kind.OTHER:
        return False
    if (a.year, a.kind, a.scope) != (b.year, b.kind, b.scope):
        return False
    levels = {a.level, b.level} - {Level.UNKNOWN}
    return len(levels) < 2 and _same_body(a, b)


def _same_body(a: Identity, b: Identity) -> bool:
    if a.body == b.body:
        return bool(a.body)
    if not a.region or a.region != b.region:
        return False
    return (a.body.startswith(a.region) and a.body in b.short_names) or (
        b.body.startswith(b.region) and b.body in a.short_names
    )


def _shares(part: Report, whole: Report) -> tuple[float, ...]:
    """How much of what `part` shows stands in `whole` too, 0 to 1: of its figures, of its words."""
    figures, words = _figures(part), _words(part)
    shares = []
    if figures:
        shares.append((figures & _figures(whole)).total() / figures.total())
    if words:
        shares.append(sum(map(len, words & _words(whole))) / sum(map(len, words)))
    return tuple(shares)


def _within(part: Report, whole: Report) -> bool:
    """Whether `whole` shows all that `part` shows, and that is enough to tell."""
    telling = _figures(part).total() >= _FIGURES or _prose(part) >= _WORDS
    return telling and min(_shares(part, whole), default=0.0) >= _SAME


def _figures(report: Report) -> Counter[tuple[str, str]]:
    """Every figure of the tables with the label of its row."""
    found: Counter[tuple[str, str]] = Counter()
    for table in report.tables:
        labels = [plain(row.label) for row in table.rows]
        found.update(
            (labels[cell.row], f"{cell.value:f}") for cell in table.cells if cell.value is not None
        )
    return found


def _words(report: Report) -> set[str]:
    """The sentences of the prose."""
    return {
        sentence
        for passage in report.passages
        for sentence in plain(passage.text).split("。")
        if len(sentence) > 8
    }


def _complete_each_other(a: Report, b: Report) -> bool:
    """Whether the one has the statements or the text that the other lacks."""
    if _statements(a) & _statements(b) or not (_statements(a) or _statements(b)):
        return _text_and_tables(a, b)
    if Level.GOVERNMENT in (a.identity.level, b.identity.level):
        return _text_and_tables(a, b)
    return min(_prose(a), _prose(b)) < _PROSE


def _text_and_tables(a: Report, b: Report) -> bool:
    """Whether one is text without a table and the other tables without text."""
    return any(
        x.passages and not x.tables and y.tables and not y.passages for x, y in ((a, b), (b, a))
    )


def _statements(report: Report) -> set[str]:
    return {table.statement for table in report.tables if table.statement}


def _prose(report: Report) -> int:
    return sum(len(passage.text) for passage in report.passages)


def merged(id: str, parts: Sequence[Report]) -> Report:
    """The report that several files make together, under `id`.

    The file with the most text comes first. What another file adds stands under a heading that
    names the file, so that every address tells in which file its page is.
    """
    ordered = sorted(parts, key=lambda part: (-_prose(part), part.sources[0].name))
    whole = replace(ordered[0], id=id)
    for part in ordered[1:]:
        whole = _joined(whole, part)
    return replace(whole, reader_version=min(part.reader_version for part in parts))


def _joined(whole: Report, part: Report) -> Report:
    source = len(whole.sources)
    moved = _Shift(len(whole.sections) + 1, len(whole.passages), len(whole.tables), source)
    file = part.sources[0].name
    home = Section(len(whole.sections), "", file, 1, _table_home(whole))
    return replace(
        whole,
        identity=_known_as(whole.identity, part.identity),
        sources=(*whole.sources, *part.sources),
        sections=(*whole.sections, home, *map(moved.section, part.sections)),
        passages=(*whole.passages, *map(moved.passage, part.passages)),
        tables=(*whole.tables, *map(moved.table, part.tables)),
        claims=(*whole.claims, *map(moved.spoken, part.claims)),
        reasons=(*whole.reasons, *map(moved.spoken, part.reasons)),
        terms=(*whole.terms, *map(moved.spoken, part.terms)),
        notices=(*whole.notices, *(f"{file}：{notice}" for notice in part.notices)),
    )


def _known_as(whole: Identity, part: Identity) -> Identity:
    """The identity with the forms of the name that the other file uses."""
    names = dict.fromkeys((*whole.short_names, part.body, *part.short_names))
    names.pop(whole.body, None)
    return replace(whole, short_names=tuple(name for name in names if name))


def _table_home(whole: Report) -> int | None:
    """The heading of the text under which the tables would stand: 第二部分 某局部门预算表."""
    filled = {passage.section for passage in whole.passages}
    filled |= {table.section for table in whole.tables}
    filled |= {section.parent for section in whole.sections if section.parent is not None}
    named = [s.id for s in whole.sections if s.title.endswith(_TABLE_HOME) and s.id not in filled]
    return named[0] if named else None


class _Shift:
    """Ids of a part as they are in the whole."""

    def __init__(self, sections: int, passages: int, tables: int, source: int) -> None:
        self._sections, self._passages = sections, passages
        self._tables, self._source = tables, source

    def section(self, section: Section) -> Section:
        parent = self._sections - 1 if section.parent is None else section.parent + self._sections
        return replace(
            section, id=section.id + self._sections, parent=parent, level=section.level + 1
        )

    def passage(self, passage: Passage) -> Passage:
        return replace(
            passage,
            id=passage.id + self._passages,
            section=passage.section + self._sections,
            source=self._source,
        )

    def table(self, table: Table) -> Table:
        return replace(
            table,
            id=table.id + self._tables,
            section=table.section + self._sections,
            source=self._source,
        )

    def spoken(self, said: _Said) -> _Said:
        return replace(said, passage=said.passage + self._passages)
