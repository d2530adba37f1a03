"""What comes after an answer, by the answer's id: the next question, and feedback."""

from __future__ import annotations

from fastapi import APIRouter, status
from pydantic import BaseModel, ConfigDict, Field

from qa.web.api.callers import Caller, Known
from qa.web.feedback import COMMENT_LENGTH, Opinion, Rating
from qa.web.service.following import follow_ups
from qa.web.service.problems import ProblemError
from qa.web.service.recent import Given

router = APIRouter()


class Said(BaseModel):
    """Thumbs up or down for one answer, with a comment if there is one."""

    model_config = ConfigDict(extra="forbid")

    answer: str = Field(min_length=1, max_length=64, description="The id of the answer.")
    rating: Rating
    comment: str = Field(default="", max_length=COMMENT_LENGTH)


class Kept(BaseModel):
    """The number under which the feedback is kept."""

    id: int


class Next(BaseModel):
    """Questions that could follow."""

    questions: tuple[str, ...]


@router.get("/answers/{answer}/next", tags=["questions"])
async def next_questions(answer: str, caller: Known) -> Next:
    """Follow-up questions that the engine answers here; none while it is busy with askers."""
    given = _given(caller, answer)
    if caller.desk.line.inside:
        return Next(questions=())
    return Next(questions=await caller.desk.work(lambda: follow_ups(caller.desk, given)))


@router.post("/feedback", tags=["feedback"], status_code=status.HTTP_201_CREATED)
def feedback(said: Said, caller: Known) -> Kept:
    """Keep what a reader says of an answer; its question and text are kept with it."""
    caller.count_question()
    given = _given(caller, said.answer)
    opinion = Opinion(
        rating=said.rating,
        question=given.answer.question,
        answer=given.answer,
        turns=given.turns,
        reports=given.reports,
        comment=said.comment,
        face="widget" if caller.session else "api",
    )
    caller.desk.metrics.feedback.labels(said.rating.value).inc()
    return Kept(id=caller.desk.feedback.add(opinion))


def _given(caller: Caller, answer: str) -> Given:
    given = caller.desk.recent.get(answer)
    if given is None:
        raise ProblemError(
            404, "unknown_answer", "that answer is no longer at hand", "Ask the question again"
        )
    return given
