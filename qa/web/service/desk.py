"""What every door of the server works with, and the one way in which they ask."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from index import Library
from qa.answer import Answer
from qa.asking import Asker, AskingError, attempt
from qa.web.feedback import FeedbackStore
from qa.web.service.answers import Answers
from qa.web.service.auditing import Audits
from qa.web.service.limits import Limits
from qa.web.service.line import Busy, Line, Slow
from qa.web.service.metrics import Metrics
from qa.web.service.problems import ProblemError
from qa.web.service.recent import Given, Recent
from qa.web.service.sessions import Conversations, Tokens
from qa.web.settings import WebSettings

T = TypeVar("T")

_MOST_TURNS = 50
FEEDBACK_FILE = "feedback.db"


class Question(BaseModel):
    """A question with the earlier ones of its conversation, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, description="In Chinese or English.")
    history: list[str] = Field(
        default_factory=list, max_length=_MOST_TURNS, description="Earlier questions."
    )
    reports: list[str] = Field(
        default_factory=list, max_length=_MOST_TURNS, description="Report ids to narrow to."
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """The library, the engine and its queue, and what is remembered about callers."""

    library: Library
    assistant: Asker
    settings: WebSettings
    line: Line
    limits: Limits
    conversations: Conversations
    tokens: Tokens
    recent: Recent
    feedback: FeedbackStore
    answers: Answers
    audits: Audits
    metrics: Metrics

    async def work(self, work: Callable[[], T]) -> T:
        """The result of other work that takes a while, under the same limits as questions."""
        try:
            return await self.line.wait_for(work)
        except (Busy, Slow) as error:
            raise _told(self, error) from error

    def close(self) -> None:
        """Let what has begun end, then let go of files."""
        self.line.close()
        self.feedback.close()


def make_desk(
    library: Library, assistant: Asker, settings: WebSettings, store: Path | None = None
) -> Desk:
    """A desk whose feedback is kept in the folder `store`, or in memory without one."""
    desk = Desk(
        library=library,
        assistant=assistant,
        settings=settings,
        line=Line(settings),
        limits=Limits(settings),
        conversations=Conversations(settings),
        tokens=Tokens(settings),
        recent=Recent(),
        feedback=FeedbackStore(store / FEEDBACK_FILE if store else None),
        answers=Answers(settings.cached_answers, library.reports),
        audits=Audits(),
        metrics=Metrics(),
    )
    desk.metrics.watch("juewen_waiting", "Questions inside.", lambda: desk.line.inside)
    desk.metrics.watch("juewen_conversations", "Held.", lambda: len(desk.conversations))
    desk.metrics.watch("juewen_reports", "Held.", lambda: len(library.reports()))
    return desk


def answer(desk: Desk, asked: Question) -> Answer:
    """The answer with an id of its own, or a ProblemError. For threads; blocks for its turn."""
    check(desk, asked)
    try:
        return _noted(desk, asked, desk.line.run(partial(attempt_at, desk, asked)))
    except (AskingError, Busy, Slow) as error:
        raise _told(desk, error) from error


async def answer_soon(desk: Desk, asked: Question) -> Answer:
    """The same for coroutines."""
    check(desk, asked)
    try:
        return _noted(desk, asked, await desk.line.wait_for(partial(attempt_at, desk, asked)))
    except (AskingError, Busy, Slow) as error:
        raise _told(desk, error) from error


def check(desk: Desk, asked: Question) -> None:
    """Raises the ProblemError that can be told before asking: too long, unknown report."""
    limit = desk.settings.question_length
    if any(len(text) > limit for text in (asked.question, *asked.history)):
        raise ProblemError(
            422, "question_too_long", f"longer than {limit} characters", "Ask in fewer words"
        )
    held = {card.id for card in desk.library.reports()} if asked.reports else set()
    if not held.issuperset(asked.reports):
        raise unknown_report()


def unknown_report() -> ProblemError:
    """What is told of a report that is not held."""
    problem = "a report of that id is not held"
    return ProblemError(404, "unknown_report", problem, "See /api/v1/reports")


def attempt_at(desk: Desk, asked: Question) -> Answer:
    """The engine's answer, or the one it gave before; waits for no turn. Raises AskingError."""
    key = (asked.question, tuple(asked.history), tuple(asked.reports))
    return desk.answers.of(key, lambda: attempt(desk.assistant, *key))


def _noted(desk: Desk, asked: Question, given: Answer) -> Answer:
    named = given.model_copy(update={"id": uuid.uuid4().hex})
    desk.metrics.answered(named)
    desk.recent.keep(Given(answer=named, turns=tuple(asked.history), reports=tuple(asked.reports)))
    return named


def _told(desk: Desk, error: Exception) -> ProblemError:
    why, status, problem, remedy = _REASONS[type(error)]
    desk.metrics.failures.labels(why).inc()
    return ProblemError(status, why, problem, remedy)


_REASONS = {
    Busy: ("busy", 503, "too many questions at once", "Try again in a moment"),
    Slow: ("slow", 504, "the answer took too long", "Ask a narrower question"),
    AskingError: ("failed", 500, "the question could not be processed", "Try other words"),
}
