"""Reading the distinct texts and their vectors, a few or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, func, select

from index import schema
from index.groups import in_groups
from index.vectors import Text
from index.vocabulary import field_terms
from index.words import Terms

_BATCH = 1000

_texts, _entries, _reports = schema.texts, schema.entries, schema.reports


def ids_after(connection: Connection, after: int = 0) -> NDArray[np.int64]:
    """The ids of all texts that came after the text `after`, ascending."""
    query = select(_texts.c.id).where(_texts.c.id > after).order_by(_texts.c.id)
    return np.fromiter(connection.execute(query).scalars(), dtype=np.int64)


def count(connection: Connection, after: int = 0) -> int:
    """How many texts came after the text `after`."""
    query = select(func.count()).select_from(_texts).where(_texts.c.id > after)
    return int(connection.execute(query).scalar() or 0)


def vectors_after(connection: Connection, after: int = 0) -> NDArray[np.float32]:
    """One row for each of `ids_after`."""
    query = select(_texts.c.vector).where(_texts.c.id > after).order_by(_texts.c.id)
    data = b"".join(connection.execute(query).scalars())
    return _matrix(data, count(connection, after))


def vectors_of(connection: Connection, ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """The vectors of those of `ids` that are held."""
    found: dict[int, NDArray[np.float32]] = {}
    for some in in_groups(ids):
        query = select(_texts.c.id, _texts.c.vector).where(_texts.c.id.in_(some))
        for id_, vector in connection.execute(query):
            found[id_] = np.frombuffer(vector, dtype="<f4")
    return found


def lexical_after(connection: Connection, after: int = 0) -> Iterator[str]:
    """What the lexical leg sees of each of `ids_after`: the text under its headings."""
    query = select(_texts.c.headings, _texts.c.text).where(_texts.c.id > after)
    for headings, text in _streamed(connection, query.order_by(_texts.c.id)):
        yield f"{headings}\n{text}"


def with_addresses(connection: Connection) -> Iterator[list[Text]]:
    """All texts in batches, each with the place where it stands first."""
    query = (
        select(_texts, _reports.c.id.label("report"), _entries)
        .join(_entries, _entries.c.text == _texts.c.id)
        .join(_reports, _reports.c.key == _entries.c.report)
        .order_by(_texts.c.id)
    )
    batch: list[Text] = []
    for _, rows in groupby(_streamed(connection, query), key=lambda row: row[0]):
        batch.append(_text(next(rows)))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def all_terms(connection: Connection) -> Terms:
    """The field's words and every row label of the held reports."""
    labels = connection.execute(select(schema.rows.c.plain).distinct()).scalars()
    return Terms((*field_terms(), *labels))


def _text(row: Row[Any]) -> Text:
    address = {
        "report": row.report,
        "kind": row.kind,
        "headings": row.headings.replace("\n", " / "),
        "first": row.first,
        "second": row.second,
    }
    return Text(row.id, row.text, np.frombuffer(row.vector, dtype="<f4"), address)


def _streamed(connection: Connection, query: Any) -> Any:
    return connection.execution_options(yield_per=_BATCH).execute(query)


def _matrix(data: bytes, rows: int) -> NDArray[np.float32]:
    flat: NDArray[np.float32] = np.frombuffer(data, dtype="<f4")
    return flat.reshape(rows, -1) if rows else np.zeros((0, 0), dtype=np.float32)
