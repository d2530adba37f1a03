"""Three ways that need no product: looking for the longest shared words, BM25, and meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.arms.arm import Asked, Piece, from_top
from index import Embedder
from index.fusion import best
from index.lexical import Pool, Segment
from index.words import Terms, fold
from qa.answer import Answer
from qa.evaluation import Found
from qa.evaluation.evidence import DEPTH

_RUN = re.compile(r"[㐀-鿿]+|[0-9][0-9.,]*|[a-z]+")


class _Ranked:
    """Scores every piece of the reports asked in; the best are brought, the first is read out."""

    name = ""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._reports = np.array([piece.report for piece in pieces])
        self.bring = lru_cache(maxsize=1)(self._bring)  # an answer is the first of these

    def _bring(self, asked: Asked) -> list[Found]:
        """The ten best pieces."""
        scores = self._scores(asked.text)
        if asked.reports:
            scores = np.where(np.isin(self._reports, asked.reports), scores, -np.inf)
        return [self._pieces[i].found for i in best(scores, DEPTH)]

    def answer(self, asked: Asked) -> Answer:
        """The best piece."""
        return from_top(asked, self.bring(asked))

    def _scores(self, text: str) -> NDArray[np.float32]:
        raise NotImplementedError


class Grep(_Ranked):
    """Pieces by the longest run of characters that they share with the question."""

    name = "grep"

    def __init__(self, pieces: Sequence[Piece]) -> None:
        super().__init__(pieces)
        self._texts = [fold(f"{piece.heading}\n{piece.text}") for piece in pieces]

    def _scores(self, text: str) -> NDArray[np.float32]:
        scores = np.full(len(self._texts), -np.inf, dtype=np.float32)
        left = np.ones(len(self._texts), dtype=np.bool_)
        for part in _parts(text):
            for i in np.flatnonzero(left):
                if part in self._texts[i]:
                    scores[i] = len(part)
                    left[i] = False
        return scores


@lru_cache(maxsize=1)
def _parts(text: str) -> tuple[str, ...]:
    """Every stretch of at least two characters of the question, longest first."""
    runs = _RUN.findall(fold(text))
    parts = {
        run[start:end]
        for run in runs
        for start in range(len(run))
        for end in range(start + 2, min(len(run), start + 24) + 1)
    }
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


class Bigrams(_Ranked):
    """BM25 over character bigrams of headings and text."""

    name = "BM25 on bigrams"

    def __init__(self, pieces: Sequence[Piece]) -> None:
        super().__init__(pieces)
        texts = (f"{piece.heading}\n{piece.text}" for piece in pieces)
        self._pool = Pool([Segment.build(Terms(()), texts)])

    def _scores(self, text: str) -> NDArray[np.float32]:
        scores = self._pool.scores(text)[0]
        return np.where(scores > 0, scores, -np.inf).astype(np.float32)


class Dense(_Ranked):
    """The same embedding model on every piece as printed."""

    name = "dense only"

    def __init__(self, pieces: Sequence[Piece], embedder: Embedder) -> None:
        super().__init__(pieces)
        texts = [piece.text for piece in pieces]
        distinct = sorted(set(texts))
        held = dict(zip(distinct, embedder.passages(distinct), strict=True))
        self._vectors = np.stack([held[text] for text in texts])
        self._embedder = embedder

    def _scores(self, text: str) -> NDArray[np.float32]:
        scores: NDArray[np.float32] = self._vectors @ self._embedder.query(text)
        return scores
