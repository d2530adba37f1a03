"""Answers that were given before to the same question, for as long as the store does not change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from index import ReportCard
from qa.answer import Answer

Key = tuple[str, tuple[str, ...], tuple[str, ...]]  # question, history, reports


class Answers:
    """The last so many answers; what is asked most, a page's own examples, is answered at once.

    An answer depends on nothing but its key and the store, so a change of the store, which shows
    in its cards, drops them all. Safe among threads.
    """

    def __init__(self, kept: int, cards: Callable[[], tuple[ReportCard, ...]]) -> None:
        self._kept = kept
        self._cards = cards
        self._lock = threading.Lock()
        self._held: OrderedDict[Key, Answer] = OrderedDict()
        self._held_for: tuple[ReportCard, ...] = ()

    def of(self, key: Key, make: Callable[[], Answer]) -> Answer:
        """The answer that was given before, else the one that `make` gives now."""
        cards = self._cards()
        with self._lock:
            if cards != self._held_for:
                self._held.clear()
                self._held_for = cards
            found = self._held.get(key)
        if found is not None:
            return found
        made = make()
        with self._lock:
            if cards == self._held_for:  # else the store changed while this was made
                self._keep(key, made)
        return made

    def _keep(self, key: Key, answer: Answer) -> None:
        self._held[key] = answer
        while len(self._held) > self._kept:
            self._held.popitem(last=False)
