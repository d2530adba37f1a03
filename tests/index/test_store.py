from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import Column, Integer, MetaData, Table, inspect

from index import IndexSettings, Library, StoreDrift, StoreError, schema
from index.schema import Migration
from index.store import Store
from tests.index.samples import HashEmbedder


def test_unknown_settings_are_rejected() -> None:
    with pytest.raises(ValidationError):
        IndexSettings(embeding_model="x")  # type: ignore[call-arg]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUEWEN_LOCK_TIMEOUT", "5")
    assert IndexSettings().lock_timeout == 5


def test_a_file_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(StoreError, match="folder"):
        Library.open(file, embedder=HashEmbedder())


def test_a_new_store_has_the_newest_schema(tmp_path: Path) -> None:
    store = Store(tmp_path, IndexSettings())
    assert store.version() == schema.MIGRATIONS[-1].version


def test_versions_have_no_gaps() -> None:
    assert [step.version for step in schema.MIGRATIONS] == list(
        range(1, len(schema.MIGRATIONS) + 1)
    )


def test_an_old_store_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path, IndexSettings()).close()
    later = MetaData()
    Table("later", later, Column("id", Integer, primary_key=True))
    step = Migration(len(schema.MIGRATIONS) + 1, "one more table", later.create_all)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    store = Store(tmp_path, IndexSettings())
    assert store.version() == step.version
    assert inspect(store.engine).has_table("later")


def test_a_newer_store_is_refused_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Migration(len(schema.MIGRATIONS) + 1, "from the future", lambda _: None)
    with monkeypatch.context() as future:
        future.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
        Store(tmp_path, IndexSettings()).close()
    with pytest.raises(StoreDrift, match="Update the program"):
        Store(tmp_path, IndexSettings())


def test_a_failed_migration_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = MetaData()
    Table("later", later, Column("id", Integer, primary_key=True))

    def fail(connection: object) -> None:
        later.create_all(connection)  # type: ignore[arg-type]
        raise RuntimeError

    Store(tmp_path, IndexSettings()).close()
    step = Migration(len(schema.MIGRATIONS) + 1, "half a step", fail)
    with monkeypatch.context() as broken:
        broken.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
        with pytest.raises(RuntimeError):
            Store(tmp_path, IndexSettings())
    store = Store(tmp_path, IndexSettings())
    assert store.version() == len(schema.MIGRATIONS)
    assert not inspect(store.engine).has_table("later")
