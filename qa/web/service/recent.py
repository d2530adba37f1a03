"""The latest answers, so that feedback can be given by an answer's id alone."""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict

from pydantic import BaseModel, ConfigDict

from qa.answer import Answer

_KEPT = 2_000


class Given(BaseModel):
    """An answer with what was asked for it."""

    model_config = ConfigDict(frozen=True)

    answer: Answer
    turns: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


class Recent:
    """Keeps the last answers, compressed (about 1 kB each). Safe among threads."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._held: OrderedDict[str, bytes] = OrderedDict()

    def keep(self, given: Given) -> None:
        """Remember an answer under its id."""
        packed = zlib.compress(given.model_dump_json().encode())
        with self._lock:
            self._held[given.answer.id] = packed
            while len(self._held) > self._kept:
                self._held.popitem(last=False)

    def get(self, answer: str) -> Given | None:
        """The answer of this id, None once it is forgotten."""
        with self._lock:
            packed = self._held.get(answer)
        return Given.model_validate_json(zlib.decompress(packed)) if packed else None
