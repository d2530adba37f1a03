"""The tables in which the truth is kept, and the visible list of steps that led to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text))

migrations = Table(
    "migrations",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("applied_at", String(32), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("reader_version", Integer, nullable=False),
    Column("body", Text, nullable=False, index=True),
    Column("year", Integer, index=True),
    Column("kind", String(16), nullable=False),
    Column("level", String(16), nullable=False),
    Column("region", Text, nullable=False),
    Column("sections", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("tables", Integer, nullable=False),
    Column("facts", Integer, nullable=False),
    Column("open_cells", Integer, nullable=False),
    Column("card", Text, nullable=False),  # identity and sources as JSON
    Column("document", LargeBinary, nullable=False),  # the whole report, deflated JSON
    sqlite_autoincrement=True,
)


def _of_report() -> Column[int]:
    return Column("report", Integer, ForeignKey("reports.key"), primary_key=True)


sources = Table(
    "sources",
    metadata,
    _of_report(),
    Column("position", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
)

# A text that several reports share stands here once, with its headings where it was first met.
# Ids are never used again: the derived indexes know texts by them.
texts = Table(
    "texts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("headings", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian, unit length
    sqlite_autoincrement=True,
)

entries = Table(
    "entries",
    metadata,
    _of_report(),
    Column("kind", String(8), primary_key=True),
    Column("first", Integer, primary_key=True, autoincrement=False),  # passage or table
    Column("second", Integer, primary_key=True, autoincrement=False),  # row, 0 for a passage
    Column("section", Integer, nullable=False),
    Column("text", Integer, ForeignKey("texts.id"), nullable=False, index=True),
    Column("shown", Text),  # a passage's own words where the shared text differs
    sqlite_with_rowid=False,
)

tables = Table(
    "tables",
    metadata,
    _of_report(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("page", Integer),
)

rows = Table(
    "rows",
    metadata,
    _of_report(),
    Column("table_id", Integer, primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("label", Text, nullable=False),
    Column("plain", Text, nullable=False),  # the label as it is compared, see corpus labels
    Column("path", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("page", Integer),
    Index("rows_by_code", "code"),
    Index("rows_by_label", "plain"),
    sqlite_with_rowid=False,
)

columns = Table(
    "columns",
    metadata,
    _of_report(),
    Column("table_id", Integer, primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("label", Text, nullable=False),
    Column("role", Text, nullable=False),
    sqlite_with_rowid=False,
)

facts = Table(
    "facts",
    metadata,
    _of_report(),
    Column("table_id", Integer, primary_key=True),
    Column("row_id", Integer, primary_key=True),
    Column("column_id", Integer, primary_key=True),
    Column("value", Text),  # the exact decimal
    Column("amount", Float),  # the same, rounded, only for comparisons in SQL
    Column("text", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("placed_by", String(16), nullable=False),
    sqlite_with_rowid=False,
)

# The files of a report that was published in several, each as it was read.
parts = Table(
    "parts",
    metadata,
    _of_report(),
    Column("position", Integer, primary_key=True),
    Column("document", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema. Steps are applied in order and never edited afterwards."""

    version: int
    what: str
    apply: Callable[[Connection], None]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "reports, texts with vectors, entries, facts", metadata.create_all),
    Migration(2, "the files of reports in several", lambda to: parts.create(to, checkfirst=True)),
)
