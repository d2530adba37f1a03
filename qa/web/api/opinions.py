"""Feedback on an answer, by the answer's id."""

from __future__ import annotations

from fastapi import APIRouter, status
from pydantic import BaseModel, ConfigDict, Field

from qa.web.api.callers import Known
from qa.web.feedback import COMMENT_LENGTH, Opinion, Rating
from qa.web.service.problems import ProblemError

router = APIRouter(tags=["feedback"])


class Said(BaseModel):
    """Thumbs up or down for one answer, with a comment if there is one."""

    model_config = ConfigDict(extra="forbid")

    answer: str = Field(min_length=1, max_length=64, description="The id of the answer.")
    rating: Rating
    comment: str = Field(default="", max_length=COMMENT_LENGTH)


class Kept(BaseModel):
    """The number under which the feedback is kept."""

    id: int


@router.post("/feedback", status_code=status.HTTP_201_CREATED)
def feedback(said: Said, caller: Known) -> Kept:
    """Keep what a reader says of an answer; its question and text are kept with it."""
    caller.count_question()
    given = caller.desk.recent.get(said.answer)
    if given is None:
        raise ProblemError(
            404, "unknown_answer", "that answer is no longer at hand", "Ask again, then say so"
        )
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
