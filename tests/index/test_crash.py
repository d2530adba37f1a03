"""A process that is killed leaves a store that opens, holds whole reports only, and finishes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index import FactQuery, IndexSettings, Library, StoreBusy
from tests.index.samples import HashEmbedder, make_report

ROOT = Path(__file__).parents[2]
REPORTS = 25
WRITER = """
import sys
from pathlib import Path
from tests.index.samples import HashEmbedder, make_report
from index import Library

with Library.open(Path(sys.argv[1]), embedder=HashEmbedder()) as library:
    print("open", flush=True)
    for number in range(int(sys.argv[2])):
        library.add(make_report(f"r{number}", f"第{number}号管理站", 2000 + number))
    library.rebuild()
print("done", flush=True)
"""


def start(store: Path, reports: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(store), str(reports)],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_kill_at_random_moments(tmp_path: Path, reopen: Callable[..., Library]) -> None:
    chance = random.Random(20240607)
    store = tmp_path / "store"
    for _ in range(6):
        process = start(store, REPORTS)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 1.5))
        process.kill()
        process.wait()
        with reopen() as library:
            held = library.reports()
            assert [card.id for card in held] == [f"r{i}" for i in range(len(held))]
            for card in held:
                assert library.report(card.id).id == card.id
                assert len(library.facts(FactQuery(report=card.id))) == card.facts
            unsound = [c for c in library.doctor() if not c.ok and c.name != "indexes"]
            assert unsound == []
            if held:
                assert library.search("公务接待费")
    process = start(store, REPORTS)
    assert process.wait(60) == 0
    with reopen() as library:
        assert len(library.reports()) == REPORTS
        assert all(check.ok for check in library.doctor())
        assert len([p for p in (store / "search").iterdir() if p.is_dir()]) <= 2


def test_a_second_writer_waits_its_turn(tmp_path: Path, reopen: Callable[..., Library]) -> None:
    store = tmp_path / "store"
    writers = [start(store, 10), start(store, 10)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with reopen() as library:
        assert len(library.reports()) == 10
        assert all(check.ok for check in library.doctor())


def test_a_second_writer_is_refused_with_the_remedy(tmp_path: Path) -> None:
    settings = IndexSettings(lock_timeout=0.2)
    with (
        Library.open(tmp_path, settings=settings, embedder=HashEmbedder()) as first,
        Library.open(tmp_path, settings=settings, embedder=HashEmbedder()) as second,
    ):
        first.add(make_report())
        with first._store.locked():
            assert len(second.reports()) == 1
            with pytest.raises(StoreBusy, match="JUEWEN_LOCK_TIMEOUT"):
                second.add(make_report("other"))
        second.add(make_report("other", "白石县文化馆"))
        assert len(first.reports()) == 2
