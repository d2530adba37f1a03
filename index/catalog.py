"""Reports in and out of the database: each as a whole, inside its caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, RowMapping, Table, and_, delete, func, or_, select

from corpus.model import Report
from index import schema
from index.documents import Document, card, decode_face, encode_face
from index.groups import in_groups
from index.model import ReportCard
from index.passages import PASSAGE, Entry
from index.words import plain_label


def text_digest(text: str) -> str:
    """The key under which a distinct text is held."""
    return hashlib.sha256(text.encode()).hexdigest()


def find_key(connection: Connection, report: str) -> tuple[int, str] | None:
    """The internal key of a report and the digest of its content, None if it is not held."""
    query = select(schema.reports.c.key, schema.reports.c.digest)
    found = connection.execute(query.where(schema.reports.c.id == report)).first()
    return None if found is None else (int(found[0]), str(found[1]))


def known_texts(connection: Connection, digests: Iterable[str]) -> dict[str, int]:
    """Which of the texts are held, and under which id."""
    known: dict[str, int] = {}
    for some in in_groups(list(digests)):
        query = select(schema.texts.c.digest, schema.texts.c.id)
        for digest, id_ in connection.execute(query.where(schema.texts.c.digest.in_(some))):
            known[digest] = id_
    return known


def insert_texts(connection: Connection, new: Mapping[str, tuple[Entry, bytes]]) -> None:
    """Hold new distinct texts, by digest, each with the entry it was met in and its vector."""
    values = [
        {
            "digest": digest,
            "text": entry.embedded,
            "headings": "\n".join(entry.headings),
            "vector": vector,
        }
        for digest, (entry, vector) in new.items()
    ]
    if values:
        connection.execute(schema.texts.insert(), values)


def own_words(entry: Entry) -> str | None:
    """A passage's text where it is not the shared one; a row's is made from its cells."""
    return entry.text if entry.kind == PASSAGE and entry.text != entry.embedded else None


def insert_report(
    connection: Connection,
    report: Report,
    document: Document,
    found: Sequence[Entry],
    files: Sequence[Document] = (),
) -> None:
    """Hold a report whose texts are all held already, and its files where it has several."""
    key = _insert_head(connection, report, document)
    insert_entries(connection, key, found)
    _insert_tables(connection, key, report)
    _insert_all(
        connection,
        schema.parts,
        ({"report": key, "position": i, "document": f.data} for i, f in enumerate(files)),
    )


def insert_entries(connection: Connection, key: int, found: Sequence[Entry]) -> None:
    """Hold what can be found in a report; the texts are held already."""
    ids = known_texts(connection, {text_digest(entry.embedded) for entry in found})
    values = [
        {
            "report": key,
            "kind": entry.kind,
            "first": entry.address[0],
            "second": entry.address[1],
            "section": entry.section,
            "text": ids[text_digest(entry.embedded)],
            "shown": own_words(entry),
        }
        for entry in found
    ]
    _insert_all(connection, schema.entries, values)


def _insert_head(connection: Connection, report: Report, document: Document) -> int:
    counts, identity = card(report), report.identity
    inserted = connection.execute(
        schema.reports.insert().values(
            id=report.id,
            digest=document.digest,
            reader_version=report.reader_version,
            body=identity.body,
            year=identity.year,
            kind=identity.kind,
            level=identity.level,
            region=identity.region,
            sections=counts.sections,
            passages=counts.passages,
            tables=counts.tables,
            facts=counts.facts,
            open_cells=counts.open_cells,
            card=encode_face(report),
            document=document.data,
        )
    )
    assert inserted.inserted_primary_key is not None
    key = int(inserted.inserted_primary_key[0])
    _insert_all(
        connection,
        schema.sources,
        (
            {"report": key, "position": i, "digest": source.digest, "name": source.name}
            for i, source in enumerate(report.sources)
        ),
    )
    return key


def _insert_tables(connection: Connection, key: int, report: Report) -> None:
    for table in report.tables:
        at = {"report": key, "table_id": table.id}
        connection.execute(
            schema.tables.insert().values(
                report=key,
                id=table.id,
                name=table.name,
                title=table.title,
                statement=table.statement,
                page=table.page,
            )
        )
        _insert_all(
            connection,
            schema.rows,
            (
                {
                    **at,
                    "id": row.id,
                    "label": row.label,
                    "plain": plain_label(row.label),
                    "path": "/".join(row.path),
                    "code": row.code,
                    "line": row.line,
                    "page": row.page,
                }
                for row in table.rows
            ),
        )
        _insert_all(
            connection,
            schema.columns,
            (
                {**at, "id": column.id, "label": column.label, "role": column.role}
                for column in table.columns
            ),
        )
        _insert_all(
            connection,
            schema.facts,
            (
                {
                    **at,
                    "row_id": cell.row,
                    "column_id": cell.column,
                    "value": None if cell.value is None else str(cell.value),
                    "amount": None if cell.value is None else float(cell.value),
                    "text": cell.text,
                    "unit": cell.unit,
                    "placed_by": cell.placed_by,
                }
                for cell in table.cells
            ),
        )


def _insert_all(
    connection: Connection, table: Table, values: Iterable[Mapping[str, object]]
) -> None:
    listed = list(values)
    if listed:
        connection.execute(table.insert(), listed)


def delete_report(connection: Connection, key: int) -> list[int]:
    """Let go of a report; returns the ids of the texts it used, see `drop_unused`."""
    used = select(schema.entries.c.text).where(schema.entries.c.report == key).distinct()
    texts = [int(id_) for id_ in connection.execute(used).scalars()]
    for table in (
        schema.parts,
        schema.facts,
        schema.columns,
        schema.rows,
        schema.tables,
        schema.entries,
        schema.sources,
    ):
        connection.execute(delete(table).where(table.c.report == key))
    connection.execute(delete(schema.reports).where(schema.reports.c.key == key))
    return texts


def drop_unused(connection: Connection, texts: Sequence[int]) -> int:
    """Let go of those of `texts` that no report uses any more; returns how many."""
    dropped = 0
    for some in in_groups(texts):
        used = select(schema.entries.c.text).where(schema.entries.c.text.in_(some))
        still = set(connection.execute(used).scalars())
        unused = [id_ for id_ in some if id_ not in still]
        if unused:
            connection.execute(delete(schema.texts).where(schema.texts.c.id.in_(unused)))
            dropped += len(unused)
    return dropped


_CARD = (
    schema.reports.c.id,
    schema.reports.c.card,
    schema.reports.c.sections,
    schema.reports.c.passages,
    schema.reports.c.tables,
    schema.reports.c.facts,
    schema.reports.c.open_cells,
    schema.reports.c.reader_version,
)


def cards(connection: Connection) -> tuple[ReportCard, ...]:
    """Every held report, in the order in which they came."""
    query = select(*_CARD).order_by(schema.reports.c.key)
    return tuple(_card(row) for row in connection.execute(query).mappings())


def kindred(connection: Connection, report: Report) -> tuple[ReportCard, ...]:
    """The held reports that share a file, the id, or who, when and what kind with `report`."""
    reports, identity = schema.reports, report.identity
    digests = [source.digest for source in report.sources]
    same_file = select(schema.sources.c.report).where(schema.sources.c.digest.in_(digests))
    same_subject = and_(
        reports.c.year == identity.year,
        reports.c.kind == identity.kind,
        or_(reports.c.body == identity.body, reports.c.region == identity.region),
    )
    alike = or_(reports.c.id == report.id, reports.c.key.in_(same_file), same_subject)
    query = select(*_CARD).where(alike).order_by(reports.c.key)
    return tuple(_card(row) for row in connection.execute(query).mappings())


def _card(row: RowMapping) -> ReportCard:
    identity, sources = decode_face(row["card"])
    return ReportCard(
        id=row["id"],
        identity=identity,
        sources=sources,
        sections=row["sections"],
        passages=row["passages"],
        tables=row["tables"],
        facts=row["facts"],
        open_cells=row["open_cells"],
        reader_version=row["reader_version"],
    )


def document(connection: Connection, report: str) -> bytes | None:
    """The stored form of a report, None if it is not held."""
    query = select(schema.reports.c.document).where(schema.reports.c.id == report)
    return connection.execute(query).scalar()


def parts(connection: Connection, report: str) -> tuple[bytes, ...]:
    """The stored forms of a report's files, none where it was published in one."""
    query = (
        select(schema.parts.c.document)
        .join(schema.reports, schema.reports.c.key == schema.parts.c.report)
        .where(schema.reports.c.id == report)
        .order_by(schema.parts.c.position)
    )
    return tuple(connection.execute(query).scalars())


def all_keys(connection: Connection) -> dict[int, str]:
    """Every held report's id by its internal key, in the order in which they came."""
    query = select(schema.reports.c.key, schema.reports.c.id).order_by(schema.reports.c.key)
    return {int(key): str(id_) for key, id_ in connection.execute(query)}


def is_current(
    connection: Connection, source_digest: str, reader_version: int, name: str = ""
) -> bool:
    """Whether a file of this digest is held, under this name if one is given, as read by this
    version of the reader.
    """
    sources, reports = schema.sources, schema.reports
    query = (
        select(func.count())
        .select_from(sources.join(reports, sources.c.report == reports.c.key))
        .where(sources.c.digest == source_digest, reports.c.reader_version == reader_version)
    )
    if name:
        query = query.where(sources.c.name == name)
    return bool(connection.execute(query).scalar())


def vectors_of(connection: Connection, report: str) -> dict[tuple[str, int, int], bytes]:
    """The vector of every entry of one report, by kind and address."""
    entries, texts, reports = schema.entries, schema.texts, schema.reports
    query = (
        select(entries.c.kind, entries.c.first, entries.c.second, texts.c.vector)
        .join(texts, texts.c.id == entries.c.text)
        .join(reports, reports.c.key == entries.c.report)
        .where(reports.c.id == report)
    )
    return {(r.kind, r.first, r.second): r.vector for r in connection.execute(query)}
