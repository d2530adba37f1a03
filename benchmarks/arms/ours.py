"""The product, whole and without each of its parts.

A part is left out by putting nothing in its place while the arm is asked, so that the product
itself needs no switch for being measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.arms.arm import Asked, from_top
from index import Library
from index.embedding import BundledEmbedder
from index.lexical import Pool
from index.passages import Entry
from qa import Assistant
from qa.answer import Answer
from qa.assistant import Explained
from qa.evaluation import Found
from qa.evaluation.retrieving import brought, searched

Without = Callable[[], AbstractContextManager[object]]


class Ours:
    """The engine: what its answer cites, then what the search finds."""

    def __init__(self, name: str, library: Library, without: Without = nullcontext) -> None:
        self.name = name
        self._library = library
        self._without = without
        self._assistant = Assistant(library)
        self._last: tuple[Asked, Explained] | None = None

    def bring(self, asked: Asked) -> list[Found]:
        """The engine's pieces."""
        explained = self._explained(asked)
        with self._without():
            found = self._search(asked, explained)
        return brought(explained.answer.citations, found)

    def answer(self, asked: Asked) -> Answer:
        """The engine's answer."""
        return self._explained(asked).answer

    def _explained(self, asked: Asked) -> Explained:
        if self._last is None or self._last[0] != asked:
            with self._without():
                explained = self._assistant.explain(asked.question, asked.turns, asked.reports)
            self._last = asked, explained
        return self._last[1]

    def _search(self, asked: Asked, explained: Explained) -> list[Found]:
        """The hits for what the question was understood to mean."""
        plan = explained.plan
        reports = asked.reports or (plan.scope.reports if plan else ())
        return searched(self._library, asked.text, reports, plan)


class NoFacts(Ours):
    """The search alone, in the reports and words that the question was understood to mean."""

    def bring(self, asked: Asked) -> list[Found]:
        """What the search finds."""
        return self._search(asked, self._explained(asked))

    def answer(self, asked: Asked) -> Answer:
        """The best hit, read out."""
        return from_top(asked, self.bring(asked))


class SearchOnly:
    """`Library.search` with the question as it was typed: nothing is understood."""

    name = "ours, search as typed"

    def __init__(self, library: Library) -> None:
        self._library = library

    def bring(self, asked: Asked) -> list[Found]:
        """What the search finds."""
        return searched(self._library, asked.text, asked.reports)

    def answer(self, asked: Asked) -> Answer:
        """The best hit, read out."""
        return from_top(asked, self.bring(asked))


class _NoMeaning(BundledEmbedder):
    """Every question is as near to every text."""

    def query(self, text: str) -> NDArray[np.float32]:  # noqa: ARG002
        return np.zeros(384, dtype=np.float32)


class _NoWords(Pool):
    """No text shares a word with any question."""

    def scores(self, text: str) -> list[NDArray[np.float32]]:  # noqa: ARG002
        return [np.zeros(len(segment), dtype=np.float32) for segment in self.segments]


@contextmanager
def _no_words() -> Iterator[None]:
    with patch("index.search.Pool", _NoWords), patch("index.wide.Pool", _NoWords):
        yield


@contextmanager
def _no_headings() -> Iterator[None]:
    with patch("index.reading.lexical_text", _text):
        yield


def _text(entry: Entry) -> str:
    return entry.text


def ours(store: Path) -> Iterator[Ours | SearchOnly]:
    """All arms of the product over one store, each with a library of its own."""
    yield Ours("ours", Library.open(store))
    yield NoFacts("ours, no facts", Library.open(store))
    yield Ours("ours, no lexical leg", Library.open(store), _no_words)
    yield Ours("ours, no dense leg", Library.open(store, embedder=_NoMeaning()))
    yield Ours("ours, no headings", Library.open(store), _no_headings)
    yield SearchOnly(Library.open(store))
