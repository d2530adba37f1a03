"""Adding and removing reports: what is new is embedded, what is unchanged is left alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection

from corpus.model import Report
from index import catalog, schema, stamps
from index.documents import decode, encode
from index.embedding import Embedder, Progress
from index.errors import UnknownReport
from index.families import Family, family_of
from index.model import AddOutcome, Change
from index.passages import Entry, entries
from index.store import Store


def add(
    store: Store, embedder: Embedder, report: Report, progress: Progress | None = None
) -> AddOutcome:
    """Hold `report`, in place of what its id held before; see `Library.add`."""
    with store.write() as connection:
        family = family_of(connection, report)
        outcome = _hold(connection, store, embedder, family, progress)
        if family.cast_out is not None:
            family = family_of(connection, family.cast_out)
            outcome = _hold(connection, store, embedder, family, progress)
        return outcome


def _hold(
    connection: Connection,
    store: Store,
    embedder: Embedder,
    family: Family,
    progress: Progress | None,
) -> AddOutcome:
    """Hold the family's report, in place of its former state."""
    report = family.report
    document = encode(report)
    held = catalog.find_key(connection, family.held) if family.held else None
    files = [encode(part) for part in family.parts] if len(family.parts) > 1 else []
    same_files = [file.data for file in files] == list(catalog.parts(connection, report.id))
    if held and held[1] == document.digest and same_files:
        return AddOutcome(Change.UNCHANGED, report.id, 0, 0, 0)
    found = entries(report)
    distinct, embedded = _hold_texts(connection, store, embedder, found, progress)
    before = catalog.delete_report(connection, held[0]) if held else []
    catalog.insert_report(connection, report, document, found, files)
    catalog.drop_unused(connection, before)
    store.advance(connection)
    return AddOutcome(family.change, report.id, len(found), distinct, embedded)


def remove(store: Store, report: str) -> None:
    """Let go of a report; raises UnknownReport."""
    with store.write() as connection:
        held = catalog.find_key(connection, report)
        if held is None:
            raise UnknownReport(report)
        catalog.drop_unused(connection, catalog.delete_report(connection, held[0]))
        store.advance(connection)


def reindex(store: Store, embedder: Embedder, progress: Progress | None = None) -> None:
    """Derive and embed the entries of all reports anew, under the present model and rules.

    One transaction: until it is through, everybody sees the store as it was.
    """
    with store.write() as connection:
        connection.execute(schema.entries.delete())
        connection.execute(schema.texts.delete())
        connection.execute(schema.meta.delete().where(schema.meta.c.key.in_(stamps.KEYS)))
        keys = catalog.all_keys(connection)
        for done, (key, id_) in enumerate(keys.items(), 1):
            found = entries(decode(catalog.document(connection, id_) or b""))
            _hold_texts(connection, store, embedder, found, None)
            catalog.insert_entries(connection, key, found)
            if progress:
                progress(done, len(keys))
        store.advance(connection)


def _hold_texts(
    connection: Connection,
    store: Store,
    embedder: Embedder,
    found: Sequence[Entry],
    progress: Progress | None,
) -> tuple[int, int]:
    """Embed and hold the texts that are not held yet; how many are distinct and how many new."""
    first = {catalog.text_digest(entry.embedded): entry for entry in reversed(found)}
    known = catalog.known_texts(connection, first)
    new = {digest: entry for digest, entry in first.items() if digest not in known}
    if new:
        vectors = embedder.passages([entry.embedded for entry in new.values()], progress)
        stamps.agree(store, connection, embedder.name, vectors.shape[1])
        packed = [np.ascontiguousarray(vector, dtype="<f4").tobytes() for vector in vectors]
        pairs = zip(new.items(), packed, strict=True)
        texts = {digest: (entry, data) for (digest, entry), data in pairs}
        catalog.insert_texts(connection, texts)
    return len(first), len(new)
