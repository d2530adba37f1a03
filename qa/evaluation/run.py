"""Asking the gold questions, one after another, with their earlier turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.answer import Answer
from qa.asking import Asker, AskingError, attempt
from qa.evaluation.gold import GoldQuestion
from qa.evaluation.score import Outcome, Verdict, judge


@dataclass(frozen=True, slots=True)
class Result:
    """One question asked and judged. `answer` is None when asking failed; `ms` is wall time."""

    gold: GoldQuestion
    answer: Answer | None
    verdict: Verdict
    ms: float


def ask_all(
    gold: Iterable[GoldQuestion],
    asker: Asker,
    narrow: Callable[[Sequence[str]], tuple[str, ...]] | None = None,
) -> Iterator[Result]:
    """Ask and judge each question, yielding results as they come.

    `narrow` turns the gold's file stems into report ids to ask in and raises AskingError for a
    stem that is not held; without it the whole store is asked. A question that cannot be asked
    is a failed question, never a dropped one.
    """
    for question in gold:
        started = time.perf_counter()
        try:
            scope = narrow(question.reports) if narrow else ()
            answer = attempt(asker, question.question, question.turns, scope)
        except AskingError as error:
            yield _failed(question, error, started)
            continue
        yield Result(question, answer, judge(question, answer), _elapsed(started))


def _failed(question: GoldQuestion, error: Exception, started: float) -> Result:
    verdict = Verdict(Outcome.FAILED, (f"asking failed: {error}",))
    return Result(question, None, verdict, _elapsed(started))


def _elapsed(started: float) -> float:
    return (time.perf_counter() - started) * 1000
