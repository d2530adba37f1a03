"""Chroma, as an index over vectors that SQL holds: built whole, then only read.

Chroma's embedded store must not be written by two processes nor read while one writes, and a
killed writer can leave it broken. So a collection is never changed after it was built; what
came later is compared exactly until the next one is built beside it.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_HNSW = {"space": "ip", "ef_search": 400}

Address = str | int


@dataclass(frozen=True, slots=True)
class Text:
    """One distinct text as it goes into the collection; `address` is where it was first met."""

    id: int
    text: str
    vector: NDArray[np.float32]
    address: Mapping[str, Address]


def client(folder: Path, url: str) -> ClientAPI:
    """Embedded Chroma in `folder`, or the server at `url` if there is one."""
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    if not url:
        with _explained():
            return chromadb.PersistentClient(str(folder), settings=quiet)
    parts = urlsplit(url)
    host, port, tls = parts.hostname or "localhost", parts.port or 8000, parts.scheme == "https"
    try:
        return chromadb.HttpClient(host, port, ssl=tls, settings=quiet)
    except ValueError as error:
        raise StoreError(
            f"no Chroma server answers at {url}", "Start it, or unset JUEWEN_CHROMA_URL"
        ) from error


def build(chroma: ClientAPI, name: str, texts: Iterable[Sequence[Text]]) -> int:
    """Make the collection `name` of `texts`, given in batches; returns how many they were."""
    collection: Any = chroma.create_collection(
        name, embedding_function=None, configuration={"hnsw": dict(_HNSW)}
    )
    for batch in texts:
        collection.add(
            ids=[str(text.id) for text in batch],
            embeddings=np.stack([text.vector for text in batch]),
            documents=[text.text for text in batch],
            metadatas=[dict(text.address) for text in batch],
        )
    return int(collection.count())


def drop(chroma: ClientAPI, name: str) -> None:
    """Remove the collection `name` if it is there."""
    from chromadb.errors import NotFoundError

    with suppress(NotFoundError):
        chroma.delete_collection(name)


class Neighbours:
    """A built collection, to be asked only. Raises StoreError where it cannot be read."""

    def __init__(self, chroma: ClientAPI, name: str) -> None:
        with _explained():
            self._collection: Any = chroma.get_collection(name, embedding_function=None)
        weakref.finalize(self, chroma.close)

    def __len__(self) -> int:
        with _explained():
            return int(self._collection.count())

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[int]:
        """The ids of about the `k` nearest texts, nearest first."""
        with _explained():
            found = self._collection.query(
                query_embeddings=[vector.tolist()], n_results=k, include=["distances"]
            )
        return [int(id_) for id_ in found["ids"][0]]


@contextmanager
def _explained() -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, OSError) as error:
        raise StoreError(
            f"the vector index cannot be read ({error})", "Run `juewen rebuild`"
        ) from error
