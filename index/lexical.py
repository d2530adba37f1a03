"""BM25 over tokens, as arrays that can be mapped from disk.

A `Segment` is immutable. A search may run over several (a base and what came after it, or one for
each report in scope): `Pool` gives a token one weight across all of them.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.words import Terms, runs

K1 = 1.2
B = 0.6  # reports repeat long boilerplate: length says less than in running prose

Floats = NDArray[np.float32]
Postings = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint16]]
_AT_ONCE = 2_000_000  # tokens counted at a time
_REMEMBERED = 100_000  # distinct runs kept while counting
_ARRAYS = ("starts", "documents", "counts", "lengths")


class Segment:
    """The postings of a fixed list of documents, addressed by their position in it."""

    def __init__(
        self,
        terms: Terms,
        tokens: dict[str, int],
        starts: NDArray[np.int64],
        documents: NDArray[np.int32],
        counts: NDArray[np.uint16],
        lengths: NDArray[np.int32],
    ) -> None:
        self.terms = terms
        self.tokens = tokens
        self.starts, self.documents, self.counts, self.lengths = starts, documents, counts, lengths

    @classmethod
    def build(cls, terms: Terms, texts: Iterable[str]) -> Segment:
        """The postings of `texts`, tokenised with `terms`."""
        tally = _Tally(terms)
        for text in texts:
            tally.add(text)
        kinds, documents, counts = tally.postings()
        starts = np.zeros(len(tally.tokens) + 1, dtype=np.int64)
        np.cumsum(np.bincount(kinds, minlength=len(tally.tokens)), out=starts[1:])
        lengths = np.array(tally.lengths, dtype=np.int32)
        return cls(terms, tally.tokens, starts, documents, counts, lengths)

    def __len__(self) -> int:
        return len(self.lengths)

    def spread(self, token: str) -> int:
        """In how many documents `token` occurs."""
        kind = self.tokens.get(token)
        return 0 if kind is None else int(self.starts[kind + 1] - self.starts[kind])

    def save(self, folder: Path) -> None:
        """Write the segment into `folder`, which must not hold one yet."""
        folder.mkdir(parents=True)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        listed = {"tokens": list(self.tokens), "terms": sorted(self.terms.names)}
        (folder / "tokens.json").write_text(json.dumps(listed, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> Segment:
        """The segment saved in `folder`; its arrays stay on disk until they are touched."""
        listed = json.loads((folder / "tokens.json").read_text("utf-8"))
        tokens = {token: kind for kind, token in enumerate(listed["tokens"])}
        arrays = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS)
        return cls(Terms(listed["terms"]), tokens, *arrays)


class _Tally:
    """Tokens counted by document. Reports repeat themselves: each distinct run is cut up once."""

    def __init__(self, terms: Terms) -> None:
        self.tokens: dict[str, int] = {}
        self.lengths = array("i")
        self._terms = terms
        self._runs: dict[str, array[int]] = {}
        self._met = array("i")  # the tokens of the documents since `_first`
        self._first = 0
        self._counted: list[Postings] = []

    def add(self, text: str) -> None:
        """Count the next document."""
        before = len(self._met)
        for run in runs(text):
            self._met.extend(self._runs.get(run) or self._cut(run))
        self.lengths.append(len(self._met) - before)
        if len(self._met) >= _AT_ONCE:
            self._count()

    def postings(self) -> Postings:
        """(token, document, how often) of all documents, by token and then by document."""
        self._count()
        kinds, documents, counts = (
            np.concatenate(part) for part in zip(*self._counted, strict=True)
        )
        order = np.argsort(kinds, kind="stable")
        return kinds[order], documents[order], counts[order]

    def _cut(self, run: str) -> array[int]:
        numbers = self.tokens
        found = array("i", [numbers.setdefault(t, len(numbers)) for t in self._terms.of_run(run)])
        if len(self._runs) >= _REMEMBERED:
            self._runs.clear()
        self._runs[run] = found
        return found

    def _count(self) -> None:
        lengths = np.array(self.lengths[self._first :], dtype=np.int64)
        owners = np.repeat(np.arange(len(lengths)), lengths)
        each = np.array(self._met, dtype=np.int64) * max(1, len(lengths)) + owners
        keys, counts = np.unique(each, return_counts=True)
        kinds, documents = np.divmod(keys, max(1, len(lengths)))
        self._counted.append(
            (
                kinds.astype(np.int32),
                (documents + self._first).astype(np.int32),
                np.minimum(counts, 65535).astype(np.uint16),
            )
        )
        self._met = array("i")
        self._first = len(self.lengths)


class Pool:
    """Several segments weighed as one collection."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self._documents = sum(len(segment) for segment in segments)
        total = sum(int(segment.lengths.sum()) for segment in segments)
        self._mean = max(1.0, total / max(1, self._documents))

    def scores(self, text: str) -> list[Floats]:
        """The BM25 score of every document of every segment, 0 where no token is shared."""
        queries = [segment.terms.tokens(text) for segment in self.segments]
        weights = {token: self._weight(token) for query in queries for token in query}
        return [
            self._score(segment, set(query), weights)
            for segment, query in zip(self.segments, queries, strict=True)
        ]

    def _weight(self, token: str) -> float:
        spread = sum(segment.spread(token) for segment in self.segments)
        return math.log1p((self._documents - spread + 0.5) / (spread + 0.5))

    def _score(self, segment: Segment, query: set[str], weights: dict[str, float]) -> Floats:
        scores = np.zeros(len(segment), dtype=np.float32)
        for token in sorted(query):
            kind = segment.tokens.get(token)
            if kind is None:
                continue
            postings = slice(segment.starts[kind], segment.starts[kind + 1])
            documents = segment.documents[postings]
            counts = segment.counts[postings].astype(np.float32)
            damping = K1 * (1 - B + B * segment.lengths[documents] / self._mean)
            scores[documents] += weights[token] * counts * (K1 + 1) / (counts + damping)
        return scores
