"""Asking one question: whole, or as a stream."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from qa.answer import Answer
from qa.web.api.callers import Known
from qa.web.service.desk import Question, answer_soon, check
from qa.web.service.streaming import MEDIA_TYPE, answer_events

router = APIRouter(tags=["questions"])


@router.post("/ask")
async def ask(asked: Question, caller: Known) -> Answer:
    """Answer one question; the answer record is the same as that of the command line."""
    caller.count_question()
    return await answer_soon(caller.desk, asked)


@router.post(
    "/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {MEDIA_TYPE: {}}}},
)
async def stream(asked: Question, caller: Known) -> StreamingResponse:
    """The same as server-sent events: `status`, `piece` …, `numbers`, `citations`, `done`.

    What goes wrong before the first event is an ordinary error response; later it is an `error`
    event with the same body.
    """
    check(caller.desk, asked)
    caller.count_question()
    events = answer_events(partial(answer_soon, caller.desk, asked))
    return StreamingResponse(events, media_type=MEDIA_TYPE)
