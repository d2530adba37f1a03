"""From texts that were found to the places where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, union_all

from index import schema
from index.errors import UnknownReport
from index.facts import row_text
from index.groups import in_groups
from index.model import Hit, Scope
from index.passages import PASSAGE

NAMED = 20  # how many reports the question may name
NAMED_WHOLE = 4  # how many of them are searched whole
PLACED_NAMED = 300  # how many of the best texts are looked up in the reports it names
PLACED = 60  # how many are looked up in any report
ANYWHERE = 3  # in how many reports a text is looked up that neither question nor scope names

_entries, _reports, _texts = schema.entries, schema.reports, schema.texts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may answer, with the scores of both legs."""

    text: int
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class _Place:
    report: str
    key: int
    kind: str
    first: int
    second: int
    text: str
    candidate: Candidate
    score: float


def keys(connection: Connection, reports: Iterable[str]) -> dict[str, int]:
    """The internal keys of the reports that are held, in the order given."""
    wanted = list(reports)
    found: dict[str, int] = {}
    for some in in_groups(wanted):
        query = select(_reports.c.id, _reports.c.key).where(_reports.c.id.in_(some))
        found.update({row.id: row.key for row in connection.execute(query)})
    return {id_: found[id_] for id_ in wanted if id_ in found}


def within(statement: Select[Any], connection: Connection, scope: Scope) -> Select[Any]:
    """`statement` over entries, narrowed to the scope; raises UnknownReport."""
    if scope.reports:
        found = keys(connection, scope.reports)
        missing = [id_ for id_ in scope.reports if id_ not in found]
        if missing:
            raise UnknownReport(missing[0])
        statement = statement.where(_entries.c.report.in_(list(found.values())))
    if scope.kinds:
        statement = statement.where(_entries.c.kind.in_(scope.kinds))
    if scope.sections:
        statement = statement.where(_entries.c.section.in_(scope.sections))
    return statement


def texts_of(connection: Connection, reports: Sequence[int]) -> list[int]:
    """The ids of all texts of the reports with these keys."""
    if not reports:
        return []
    query = select(_entries.c.text).distinct().where(_entries.c.report.in_(list(reports)))
    return [int(id_) for id_ in connection.execute(query).scalars()]


def hits(
    connection: Connection,
    candidates: Sequence[Candidate],
    scope: Scope,
    named: Sequence[int],
    weight: Mapping[str, float],
    k: int,
) -> tuple[Hit, ...]:
    """The `k` best places of the best `candidates`.

    `named` are the keys of the reports that the question names, `weight` how fully it does.
    """
    by_text = {candidate.text: candidate for candidate in candidates}
    found: dict[tuple[int, str, int, int], _Place] = {}
    places = k if scope.reports else ANYWHERE
    for row in _rows(connection, candidates, scope, named, places):
        candidate = by_text[row.text]
        score = candidate.score * (1 + weight.get(row.id, 0.0))
        at = (row.report, row.kind, row.first, row.second)
        found[at] = _Place(row.id, *at, row.words, candidate, score)
    ordered = sorted(found.values(), key=lambda p: (-p.score, p.key, p.kind, p.first, p.second))
    return tuple(_shown(connection, place) for place in ordered[:k])


def _rows(
    connection: Connection,
    candidates: Sequence[Candidate],
    scope: Scope,
    named: Sequence[int],
    places: int,
) -> Iterable[Row[Any]]:
    query = within(
        select(
            _entries, _reports.c.id, func.coalesce(_entries.c.shown, _texts.c.text).label("words")
        )
        .join(_reports, _reports.c.key == _entries.c.report)
        .join(_texts, _texts.c.id == _entries.c.text),
        connection,
        scope,
    )
    ids = [candidate.text for candidate in candidates]
    if named:
        inside = query.where(_entries.c.report.in_(list(named)))
        for some in in_groups(ids[:PLACED_NAMED]):
            yield from connection.execute(inside.where(_entries.c.text.in_(some)))
    for few in in_groups(ids[:PLACED], 20):
        anywhere = [
            select(query.where(_entries.c.text == id_).limit(places).subquery()) for id_ in few
        ]
        yield from connection.execute(union_all(*anywhere))


def _shown(connection: Connection, place: _Place) -> Hit:
    """The place as a hit, with the text that a reader is shown."""
    is_passage = place.kind == PASSAGE
    at = (place.key, place.first, place.second)
    return Hit(
        report=place.report,
        kind=place.kind,
        text=place.text if is_passage else row_text(connection, *at),
        score=place.score,
        lexical=place.candidate.lexical,
        dense=place.candidate.dense,
        passage=place.first if is_passage else None,
        table=None if is_passage else place.first,
        row=None if is_passage else place.second,
    )
