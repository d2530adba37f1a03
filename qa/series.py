"""A file of bare tables with a column for each of several years, asked as one report a year.

Such a file has no fiscal year of its own (2017年, 2018年, 2019年 head its columns). Each year
becomes a card and a view of the report without the cells of the others; addresses stay the file's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Identity, Report, Table
from index import ReportCard

_SPAN = re.compile(r"(20\d\d)—(20\d\d)年")
_YEAR = re.compile(r"(20\d\d)年?度?")
_MARK = "#"  # between the id of the report and the year of the view


def years_of(identity: Identity) -> tuple[int, ...]:
    """The years of a series, ascending; () for a report of one year."""
    span = _SPAN.search(identity.title) if identity.year is None else None
    return tuple(range(int(span[1]), int(span[2]) + 1)) if span else ()


def by_year(cards: Sequence[ReportCard]) -> tuple[ReportCard, ...]:
    """The cards with a series as one card a year, where no report of that year is held besides."""
    held = {(c.identity.body, c.identity.year) for c in cards}
    expanded: list[ReportCard] = []
    for card in cards:
        years = years_of(card.identity)
        views = [_view(card, y) for y in years if (card.identity.body, y) not in held]
        expanded += views or ([] if years else [card])
    return tuple(expanded)


def _view(card: ReportCard, year: int) -> ReportCard:
    identity = _identity(card.identity, year)
    return replace(card, id=f"{card.id}{_MARK}{year}", identity=identity)


def _identity(identity: Identity, year: int) -> Identity:
    return replace(identity, year=year, title=_SPAN.sub(f"{year}年", identity.title))


def held_id(card_id: str) -> str:
    """The id under which the library holds the report of a card."""
    return card_id.rpartition(_MARK)[0] or card_id


def of_year(report: Report, card_id: str) -> Report:
    """The report as it is seen for the year that the card's id names; whole where it names none."""
    _, mark, year = card_id.rpartition(_MARK)
    if not mark or not years_of(report.identity):
        return report
    tables = tuple(_only(table, int(year)) for table in report.tables)
    return replace(report, identity=_identity(report.identity, int(year)), tables=tables)


def _only(table: Table, year: int) -> Table:
    """The table with the cells of the columns that name another year left out."""
    own = {c.id for c in table.columns if _year_in(c.path) in (None, year)}
    return replace(table, cells=tuple(c for c in table.cells if c.column in own))


def _year_in(path: Sequence[str]) -> int | None:
    named = next((m for p in path if (m := _YEAR.fullmatch(p))), None)
    return int(named[1]) if named else None
