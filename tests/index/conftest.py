from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.model import Report
from index import IndexSettings, Library
from tests.index.samples import HashEmbedder, make_report


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def opened(tmp_path: Path, embedder: HashEmbedder) -> Iterator[Library]:
    with Library.open(tmp_path / "store", settings=IndexSettings(), embedder=embedder) as library:
        yield library


@pytest.fixture
def report() -> Report:
    return make_report()


@pytest.fixture
def reopen(tmp_path: Path) -> Callable[..., Library]:
    def open_again(embedder: HashEmbedder | None = None, **settings: object) -> Library:
        return Library.open(
            tmp_path / "store",
            settings=IndexSettings(**settings),  # type: ignore[arg-type]
            embedder=embedder or HashEmbedder(),
        )

    return open_again
