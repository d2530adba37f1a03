"""Asking on behalf of a caller that must not stop: batch, evaluation and the web pages."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from qa.answer import Answer

_log = logging.getLogger(__name__)


class Asker(Protocol):
    """Whatever answers questions: the Assistant, another arm of a comparison, a test's fake."""

    def ask(
        self, question: str, history: Sequence[str] = (), reports: Sequence[str] = ()
    ) -> Answer:
        """Answer one question; `history` are earlier questions, `reports` ids to narrow to."""


class AskingError(Exception):
    """The engine broke on one question. The message is for the operator, not for the asker."""


def attempt(
    asker: Asker, question: str, history: Sequence[str] = (), reports: Sequence[str] = ()
) -> Answer:
    """The answer to one question. Raises AskingError, and nothing else, when the engine breaks.

    This is the one place that catches everything: a fault in one question must not take down
    the next thousand. It is logged with its traceback.
    """
    try:
        return asker.ask(question, history=history, reports=reports)
    except Exception as error:
        _log.exception("asking failed")
        raise AskingError(f"{type(error).__name__}: {error}") from error
