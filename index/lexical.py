"""BM25 over tokens, as arrays that can be mapped from disk.

A `Segment` is immutable. A search may run over several (a base and what came after it, or one for
each report in scope): `Pool` gives a token one weight across all of them.
"""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.words import Terms

K1 = 1.2
B = 0.6  # reports repeat long boilerplate: length says less than in running prose

Floats = NDArray[np.float32]
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
        tokens: dict[str, int] = {}
        owners, kinds, lengths = array("i"), array("i"), array("i")
        counts = array("H")
        for position, text in enumerate(texts):
            bag = Counter(terms.tokens(text))
            lengths.append(sum(bag.values()))
            for token, count in bag.items():
                kinds.append(tokens.setdefault(token, len(tokens)))
                owners.append(position)
                counts.append(min(count, 65535))
        kind = np.array(kinds, dtype=np.int32)
        order = np.argsort(kind, kind="stable")
        starts = np.zeros(len(tokens) + 1, dtype=np.int64)
        np.cumsum(np.bincount(kind, minlength=len(tokens)), out=starts[1:])
        documents = np.array(owners, dtype=np.int32)[order]
        often = np.array(counts, dtype=np.uint16)[order]
        return cls(terms, tokens, starts, documents, often, np.array(lengths, dtype=np.int32))

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
