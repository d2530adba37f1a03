"""What must hold in a store, one named check for each, with the remedy where it does not."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable

import numpy as np
from sqlalchemy import Column, Connection, func, select
from sqlalchemy.exc import DatabaseError

from index import schema, stamps, texts
from index.embedding import Embedder
from index.generations import Generations
from index.model import HealthCheck
from index.store import Store

_REBUILD = "Run `juewen rebuild`"
_INGEST = "Ingest the report's file again"
_RESTORE = "Restore the store from a backup, or ingest into a new one"
_SAMPLE = 50


def examine(store: Store, generations: Generations, embedder: Embedder) -> tuple[HealthCheck, ...]:
    """The result of every check, in a fixed order. Nothing is changed."""
    checks: tuple[tuple[str, str, Callable[[], str]], ...] = (
        ("database", _RESTORE, lambda: _database(store)),
        ("schema", "Open the store once with this program", lambda: _schema(store)),
        ("model", _REBUILD, lambda: _model(store, embedder)),
        ("documents", _INGEST, lambda: _documents(store)),
        ("facts", _INGEST, lambda: _facts(store)),
        ("entries", _REBUILD, lambda: _entries(store)),
        ("vectors", _REBUILD, lambda: _vectors(store)),
        ("indexes", _REBUILD, lambda: _indexes(store, generations)),
        ("neighbours", _REBUILD, lambda: _neighbours(generations)),
    )
    return tuple(_try(*check) for check in checks)


class _Broken(Exception):
    """An invariant that does not hold."""


def _try(name: str, remedy: str, check: Callable[[], str]) -> HealthCheck:
    try:
        return HealthCheck(name, True, check())
    except (_Broken, DatabaseError, sqlite3.DatabaseError) as problem:
        return HealthCheck(name, False, str(problem).splitlines()[0], remedy)


def _database(store: Store) -> str:
    if store.engine.dialect.name != "sqlite":
        return f"{store.engine.dialect.name} answers"
    with store.read() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    if found != ["ok"]:
        raise _Broken(f"SQLite finds {len(found)} damaged places: {found[0]}")
    return "SQLite finds no damage"


def _schema(store: Store) -> str:
    held, known = store.version(), schema.MIGRATIONS[-1].version
    if held != known:
        raise _Broken(f"schema {held}, this program knows {known}")
    return f"schema {held}"


def _model(store: Store, embedder: Embedder) -> str:
    differs = stamps.drift(store, embedder.name)
    if differs:
        raise _Broken("made with the {} {!r}, this program uses {!r}".format(*differs))
    return f"model {embedder.name!r}"


def _documents(store: Store) -> str:
    reports = schema.reports
    with store.read() as connection:
        total = connection.execute(select(func.count()).select_from(reports)).scalar() or 0
        query = select(reports.c.id, reports.c.digest, reports.c.document).limit(_SAMPLE)
        for id_, digest, data in connection.execute(query.order_by(func.random())):
            if not _intact(data, digest):
                raise _Broken(f"the stored report {id_!r} is damaged")
    return f"{min(total, _SAMPLE)} of {total} stored reports read and compared"


def _intact(data: bytes, digest: str) -> bool:
    try:
        return hashlib.sha256(zlib.decompress(data)).hexdigest() == digest
    except zlib.error:
        return False


def _facts(store: Store) -> str:
    reports, facts = schema.reports, schema.facts
    counted = select(func.count()).select_from(facts).where(facts.c.report == reports.c.key)
    query = select(reports.c.id).where(reports.c.facts != counted.scalar_subquery())
    with store.read() as connection:
        wrong = connection.execute(query).scalars().all()
        total = connection.execute(select(func.count()).select_from(facts)).scalar()
    if wrong:
        raise _Broken(f"{len(wrong)} reports lack cells, the first is {wrong[0]!r}")
    return f"{total} cells, as many as the reports have"


def _entries(store: Store) -> str:
    entries, held = schema.entries, schema.texts
    with store.read() as connection:
        total = connection.execute(select(func.count()).select_from(entries)).scalar()
        lost = _count_without(connection, entries.c.text, held.c.id)
        idle = _count_without(connection, held.c.id, entries.c.text)
    if lost or idle:
        raise _Broken(f"{lost} entries without a text, {idle} texts without an entry")
    return f"{total} passages and rows, each with its text"


def _count_without(connection: Connection, column: Column[int], other: Column[int]) -> int:
    query = select(func.count()).where(column.not_in(select(other)))
    return int(connection.execute(query).scalar() or 0)


def _vectors(store: Store) -> str:
    size = int(store.get("dimension") or 0)
    held = schema.texts
    with store.read() as connection:
        total = texts.count(connection)
        wrong = select(func.count()).where(func.length(held.c.vector) != 4 * size)
        if connection.execute(wrong).scalar():
            raise _Broken(f"some vectors are not {size} numbers long")
        ids = texts.ids_after(connection)[:: max(1, total // _SAMPLE)]
        norms = [np.linalg.norm(v) for v in texts.vectors_of(connection, ids.tolist()).values()]
    if norms and not np.allclose(norms, 1, atol=1e-3):
        raise _Broken("some vectors are not of unit length")
    return f"{total} vectors of {size} numbers"


def _indexes(store: Store, generations: Generations) -> str:
    with store.read() as connection:
        total = texts.count(connection)
    stamp = generations.stamp()
    if stamp is None:
        if total:
            raise _Broken("there are none that fit the store; searches compare one by one")
        return "nothing to index"
    covered, later = generations.lag()
    opened = generations.open()
    if opened is None or not len(opened.ids) == len(opened.segment) == covered:
        raise _Broken("the lexical index is damaged")
    return f"{covered} texts indexed, {later} came later and are compared one by one"


def _neighbours(generations: Generations) -> str:
    opened = generations.open()
    if opened is None:
        return "no vector index to ask"
    _, problem = opened.neighbours()
    if problem:
        raise _Broken(problem)
    return f"{opened.stamp.count} vectors, and each tried one is its own nearest"
