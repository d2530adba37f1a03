"""Asking the gold questions, one after another, with their earlier turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from qa.answer import Answer
from qa.asking import Asker, AskingError, attempt
from qa.evaluation.evidence import Closeness, Found, has_evidence, rank
from qa.evaluation.gold import GoldQuestion
from qa.evaluation.score import Outcome, Verdict, judge

Narrow = Callable[[Sequence[str]], tuple[str, ...]]
Retrieve = Callable[[GoldQuestion, Sequence[str]], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Result:
    """One question asked and judged. `answer` is None when asking failed; `ms` is wall time.

    `ranks` says at which place retrieval brings the evidence, 0 for not among the first ten;
    empty where retrieval was not asked or the gold names no evidence. `format` is that of the
    question's report.
    """

    gold: GoldQuestion
    answer: Answer | None
    verdict: Verdict
    ms: float
    format: str = ""
    ranks: dict[Closeness, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the questions are asked.

    `narrow` turns the gold's file stems into report ids to ask in and raises AskingError for a
    stem that is not held; without it the whole store is asked. `locate` does the same for
    finding out whether a retrieved piece is of the right report. `formats` gives the file format
    of a report by its id.
    """

    narrow: Narrow | None = None
    locate: Narrow | None = None
    retrieve: Retrieve | None = None
    formats: Callable[[str], str] | None = None


def ask_all(
    gold: Iterable[GoldQuestion], asker: Asker, setting: Setting | None = None
) -> Iterator[Result]:
    """Ask and judge each question, yielding results as they come.

    A question that cannot be asked is a failed question, never a dropped one.
    """
    setting = setting or Setting()
    for question in gold:
        started = time.perf_counter()
        try:
            scope = setting.narrow(question.reports) if setting.narrow else ()
            held = setting.locate(question.reports) if setting.locate else scope
            answer = attempt(asker, question.question, question.turns, scope)
        except AskingError as error:
            yield _failed(question, error, started)
            continue
        spent = _elapsed(started)
        verdict = judge(question, answer)
        formats = setting.formats(held[0]) if setting.formats and held else ""
        yield Result(
            question, answer, verdict, spent, formats, _ranks(question, scope, held, setting)
        )


def _ranks(
    question: GoldQuestion, scope: Sequence[str], held: Sequence[str], setting: Setting
) -> dict[Closeness, int]:
    if setting.retrieve is None or not question.answerable or not has_evidence(question):
        return {}
    found = setting.retrieve(question, scope)
    return {closeness: rank(question, found, held, closeness) for closeness in Closeness}


def _failed(question: GoldQuestion, error: Exception, started: float) -> Result:
    verdict = Verdict(Outcome.FAILED, (f"asking failed: {error}",))
    return Result(question, None, verdict, _elapsed(started))


def _elapsed(started: float) -> float:
    return (time.perf_counter() - started) * 1000
