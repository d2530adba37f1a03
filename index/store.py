"""Where the truth is kept: one SQL database, its schema version, its one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, inspect, select

from index import schema
from index.errors import StoreBusy, StoreDrift, StoreError
from index.settings import IndexSettings

DATABASE = "juewen.db"
LOCK = "write.lock"


class Store:
    """The database of a store directory. Reading is free, writing goes through one lock.

    Raises `StoreDrift` if a newer version of the program made it, `StoreError` if the directory
    cannot be used, `StoreBusy` if another process holds the lock too long.
    """

    def __init__(self, path: Path, settings: IndexSettings) -> None:
        self.path = path
        self._settings = settings
        self._writing = threading.RLock()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be used as a store ({error.strerror})",
                "Name a folder that can be written to",
            ) from error
        self._lock = FileLock(path / LOCK, timeout=settings.lock_timeout, thread_local=False)
        self.engine = self._connect()
        self._migrate()

    def _connect(self) -> Engine:
        url = self._settings.database_url or f"sqlite:///{self.path / DATABASE}"
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _migrate(self) -> None:
        if self.version() == schema.MIGRATIONS[-1].version:
            return
        with self.write() as connection:
            schema.migrations.create(connection, checkfirst=True)
            held = self.version(connection)
            for step in schema.MIGRATIONS:
                if step.version > held:
                    step.apply(connection)
                    connection.execute(
                        schema.migrations.insert().values(
                            version=step.version,
                            what=step.what,
                            applied_at=datetime.now(UTC).isoformat(timespec="seconds"),
                        )
                    )
            if held > schema.MIGRATIONS[-1].version:
                raise StoreDrift(
                    f"{self.path} has schema {held}, this program knows up to "
                    f"{schema.MIGRATIONS[-1].version}",
                    "Update the program, or ingest into a new store",
                )

    def version(self, connection: Connection | None = None) -> int:
        """The schema version of the database, 0 for an empty one."""
        if connection is None:
            with self.engine.connect() as opened:
                return self.version(opened)
        if not inspect(connection).has_table(schema.migrations.name):
            return 0
        latest = select(schema.migrations.c.version).order_by(schema.migrations.c.version.desc())
        return int(connection.execute(latest).scalar() or 0)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store throughout."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only writer, among threads and processes, for as long as the block lasts."""
        with self._writing:
            try:
                self._lock.acquire()
            except Timeout as error:
                raise StoreBusy(
                    f"another process has been writing to {self.path} for "
                    f"{self._settings.lock_timeout:g} s",
                    "Wait until it has finished, or raise JUEWEN_LOCK_TIMEOUT",
                ) from error
            try:
                yield
            finally:
                self._lock.release()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction of the one writer: all of it happens or nothing."""
        writer = self.engine.execution_options(writes=True)
        with self.locked(), writer.begin() as connection:
            yield connection

    def get(self, key: str, connection: Connection | None = None) -> str | None:
        """One of the store's own notes (model, dimension, tokenizer, revision)."""
        if connection is None:
            with self.engine.connect() as opened:
                return self.get(key, opened)
        query = select(schema.meta.c.value).where(schema.meta.c.key == key)
        return connection.execute(query).scalar()

    def put(self, connection: Connection, key: str, value: str) -> None:
        """Set one of the store's own notes."""
        changed = connection.execute(
            schema.meta.update().where(schema.meta.c.key == key).values(value=value)
        )
        if not changed.rowcount:
            connection.execute(schema.meta.insert().values(key=key, value=value))

    def revision(self, connection: Connection | None = None) -> int:
        """How many changes have been made; equal revisions hold equal content."""
        return int(self.get("revision", connection) or 0)

    def advance(self, connection: Connection) -> None:
        """Note that the content changes with this transaction."""
        self.put(connection, "revision", str(self.revision(connection) + 1))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL lets readers go on while one writes; NORMAL is safe against a killed process."""
    connection.isolation_level = None  # transactions are begun below, the driver's own leak DDL
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its place at once: a reader's snapshot cannot be upgraded later."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
