"""The report that ships with the project, and invented ones, as libraries to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Report, read_report
from index import IndexSettings, Library
from qa import Assistant
from tests.index.samples import HashEmbedder

SEED = next((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))


@pytest.fixture(scope="session")
def seed_report() -> Report:
    return read_report(SEED)


@pytest.fixture(scope="session")
def seed_assistant(
    seed_report: Report, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("seed") / "store"
    with Library.open(folder, settings=IndexSettings(), embedder=HashEmbedder()) as library:
        library.add(seed_report)
        yield Assistant(library)
