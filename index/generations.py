"""The derived indexes over all distinct texts: built beside the old ones, then put in their place.

    store/search/CURRENT              the name of the generation in use
    store/search/<name>/stamp.json    what it was made from
    store/search/<name>/lexical/      BM25 postings, in the order of ids.npy
    store/search/<name>/chroma/       the vectors, as a Chroma collection

A generation is complete before CURRENT names it and is not touched afterwards, so a process that
dies leaves at most a folder that nothing refers to, which the next build removes.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from index import schema, texts, vectors
from index.embedding import Progress
from index.errors import StoreError
from index.lexical import Segment
from index.settings import IndexSettings
from index.store import Store
from index.words import TOKENIZER

if TYPE_CHECKING:
    from index.vectors import Neighbours, Text

CURRENT = "CURRENT"
STAMP = "stamp.json"
SAMPLE = 2000
_TRIED = 5
_AMONG = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a generation was made from: all texts up to the id `upto`, under these rules."""

    name: str
    upto: int
    count: int
    model: str
    dimension: int
    tokenizer: str
    schema: int
    chroma_url: str


class Generation:
    """One complete set of derived indexes, opened for reading."""

    def __init__(self, folder: Path, stamp: Stamp) -> None:
        self.stamp = stamp
        self._folder = folder
        self.ids: NDArray[np.int64] = np.load(folder / "ids.npy")
        self.sample: NDArray[np.float32] = np.load(folder / "sample.npy")
        self._sample_ids: NDArray[np.int64] = np.load(folder / "sample_ids.npy")
        self.segment = Segment.load(folder / "lexical")
        self._tried: tuple[Neighbours | None, str] | None = None

    def neighbours(self) -> tuple[Neighbours | None, str]:
        """The Chroma collection, or None and what is wrong with it.

        It is tried when it is first asked for: its count, and that some of its vectors find
        themselves.
        """
        if self._tried is None:
            self._tried = self._try()
        return self._tried

    def _try(self) -> tuple[Neighbours | None, str]:
        try:
            chroma = vectors.client(self._folder / "chroma", self.stamp.chroma_url)
            opened = vectors.Neighbours(chroma, _collection(self.stamp.name))
            if len(opened) != self.stamp.count:
                return None, f"{len(opened)} of {self.stamp.count} vectors are in the index"
            for position in range(0, len(self.sample), max(1, len(self.sample) // _TRIED)):
                nearest = opened.nearest(self.sample[position], _AMONG)
                if int(self._sample_ids[position]) not in nearest:
                    return None, "a vector does not find itself in the index"
        except StoreError as error:
            return None, error.problem
        return opened, ""


class Generations:
    """The generations of a store."""

    def __init__(self, store: Store, settings: IndexSettings) -> None:
        self._store = store
        self._settings = settings
        self.folder = store.path / "search"

    def name(self) -> str:
        """The generation in use, "" if there is none."""
        current = self.folder / CURRENT
        return current.read_text("utf-8").strip() if current.exists() else ""

    def stamp(self) -> Stamp | None:
        """What the generation in use was made from; None if there is none that fits the store."""
        name = self.name()
        if not name:
            return None
        try:
            written = json.loads((self.folder / name / STAMP).read_text("utf-8"))
            stamp = Stamp(**written)
        except (OSError, ValueError, TypeError):
            return None
        return stamp if self._fits(stamp) else None

    def open(self) -> Generation | None:
        """The generation in use, None if there is none that fits the store."""
        stamp = self.stamp()
        if stamp is None:
            return None
        try:
            return Generation(self.folder / stamp.name, stamp)
        except (OSError, ValueError):
            return None

    def lag(self) -> tuple[int, int]:
        """How many texts the generation in use covers and how many came after it."""
        stamp = self.stamp()
        with self._store.read() as connection:
            if stamp is None:
                return 0, texts.count(connection)
            return stamp.count, texts.count(connection, stamp.upto)

    def build(self, progress: Progress | None = None) -> Stamp:
        """Make a generation of all texts and put it in the place of the one in use."""
        with self._store.locked(), self._store.read() as connection:
            before = self.name()
            name = uuid.uuid4().hex[:12]
            folder = self.folder / name
            folder.mkdir(parents=True)
            stamp = self._build(connection, folder, name, progress)
            (folder / STAMP).write_text(json.dumps(asdict(stamp)), "utf-8")
            self._swap(name)
            self._sweep(keep=(name, before))
        return stamp

    def _build(
        self, connection: Connection, folder: Path, name: str, progress: Progress | None
    ) -> Stamp:
        ids = texts.ids_after(connection)
        np.save(folder / "ids.npy", ids)
        _save_sample(connection, ids, folder)
        terms = texts.all_terms(connection)
        Segment.build(terms, texts.lexical_after(connection)).save(folder / "lexical")
        batches = _told(texts.with_addresses(connection), len(ids), progress)
        with closing(vectors.client(folder / "chroma", self._settings.chroma_url)) as chroma:
            count = vectors.build(chroma, _collection(name), batches)
        return Stamp(
            name=name,
            upto=int(ids[-1]) if len(ids) else 0,
            count=count,
            model=self._store.get("model", connection) or "",
            dimension=int(self._store.get("dimension", connection) or 0),
            tokenizer=TOKENIZER,
            schema=schema.MIGRATIONS[-1].version,
            chroma_url=self._settings.chroma_url,
        )

    def _fits(self, stamp: Stamp) -> bool:
        return (
            stamp.tokenizer == TOKENIZER
            and stamp.schema == schema.MIGRATIONS[-1].version
            and stamp.model == (self._store.get("model") or "")
            and stamp.chroma_url == self._settings.chroma_url
        )

    def _swap(self, name: str) -> None:
        aside = self.folder / f"{CURRENT}.{name}"
        aside.write_text(name, "utf-8")
        os.replace(aside, self.folder / CURRENT)

    def _sweep(self, keep: tuple[str, ...]) -> None:
        """Remove what no reader can still be using: all but this and the previous generation."""
        old = [p for p in self.folder.iterdir() if p.is_dir() and p.name not in keep]
        if old and self._settings.chroma_url:
            with closing(vectors.client(self.folder, self._settings.chroma_url)) as chroma:
                for folder in old:
                    vectors.drop(chroma, _collection(folder.name))
        for folder in old:
            shutil.rmtree(folder, ignore_errors=True)


def _collection(name: str) -> str:
    return f"texts-{name}"


def _told(
    batches: Iterator[list[Text]], total: int, progress: Progress | None
) -> Iterator[list[Text]]:
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        if progress:
            progress(done, total)


def _save_sample(connection: Connection, ids: NDArray[np.int64], folder: Path) -> None:
    """Keep an even sample of the vectors, by which a similarity is judged against all others."""
    chosen = ids[np.linspace(0, len(ids) - 1, min(SAMPLE, len(ids))).astype(int)]
    held = texts.vectors_of(connection, chosen.tolist())
    sample = [held[int(id_)] for id_ in chosen]
    np.save(folder / "sample_ids.npy", chosen)
    np.save(folder / "sample.npy", np.stack(sample) if sample else np.zeros((0, 0), np.float32))
