"""Conversations that the server remembers, each under a signed token that is good for a while."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, status
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from qa.answer import Answer, Status
from qa.web.api.callers import Caller, Known, Newcomer
from qa.web.service.desk import Question, answer_soon, check
from qa.web.service.problems import ProblemError
from qa.web.service.sessions import Conversation, UnknownConversation
from qa.web.service.streaming import MEDIA_TYPE, answer_events

router = APIRouter(prefix="/conversations", tags=["conversations"])

_MOST_TURNS = 50


class Opening(BaseModel):
    """What a conversation starts from; `history` continues one that was forgotten."""

    model_config = ConfigDict(extra="forbid")

    reports: list[str] = Field(default_factory=list, max_length=_MOST_TURNS)
    history: list[str] = Field(default_factory=list, max_length=_MOST_TURNS)


class Opened(BaseModel):
    """The conversation's id and the token to send as `Authorization: Bearer …`."""

    id: str
    token: str
    expires_in: int = Field(description="Seconds for which the token is good.")


class PastTurn(BaseModel):
    """One turn: the question, how it ended, and the answer's id."""

    question: str
    status: Status
    answer: str


class Remembered(BaseModel):
    """What the server remembers of a conversation; `choices` are those of its last answer."""

    id: str
    reports: list[str]
    turns: list[PastTurn]
    choices: list[str]


def _either(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [
        {"required": [given], "properties": {given: {"type": kind}, other: {"type": "null"}}}
        for given, kind, other in (
            ("question", "string", "choice"),
            ("choice", "integer", "question"),
        )
    ]


class NewTurn(BaseModel):
    """A question, or the position of a choice that the last answer offered."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_either)

    question: str | None = Field(default=None, min_length=1)
    choice: int | None = Field(default=None, ge=0, le=100)
    stream: bool = Field(default=False, description="Answer as server-sent events.")

    @model_validator(mode="after")
    def _is_one(self) -> NewTurn:
        if (self.question is None) == (self.choice is None):
            raise ValueError("give either a question or a choice")
        return self


@router.post("", status_code=status.HTTP_201_CREATED)
def open_conversation(opening: Opening, caller: Newcomer) -> Opened:
    """Open a conversation."""
    desk = caller.desk
    check(desk, Question(question="?", history=opening.history, reports=opening.reports))
    opened = desk.conversations.open(tuple(opening.reports), tuple(opening.history))
    return Opened(
        id=opened.id,
        token=desk.tokens.sign(opened.id, caller.origin),
        expires_in=desk.settings.session_seconds,
    )


@router.get("/{conversation}")
def conversation(conversation: str, caller: Known) -> Remembered:
    """The turns so far."""
    held = _held(caller, conversation)
    return Remembered(
        id=held.id,
        reports=list(held.reports),
        turns=[PastTurn(question=t.question, status=t.status, answer=t.answer) for t in held.turns],
        choices=list(held.choices),
    )


@router.post(
    "/{conversation}/turns",
    response_model=Answer,
    responses={200: {"content": {MEDIA_TYPE: {}}}},
)
async def turn(conversation: str, new: NewTurn, caller: Known) -> Answer | StreamingResponse:
    """Ask the next question, or choose; whole, or as the events of /api/v1/stream."""
    held = _held(caller, conversation)
    asked = Question(
        question=new.question or _chosen(held, new.choice),
        history=list(held.questions)[-_MOST_TURNS:],
        reports=list(held.reports),
    )
    check(caller.desk, asked)
    caller.count_question()
    ask = partial(_ask, caller, held.id, asked)
    if new.stream:
        return StreamingResponse(answer_events(ask), media_type=MEDIA_TYPE)
    return await ask()


@router.delete("/{conversation}", status_code=status.HTTP_204_NO_CONTENT)
def close_conversation(conversation: str, caller: Known) -> None:
    """Forget a conversation."""
    caller.desk.conversations.close(_held(caller, conversation).id)


async def _ask(caller: Caller, conversation: str, asked: Question) -> Answer:
    answer = await answer_soon(caller.desk, asked)
    try:
        caller.desk.conversations.add(conversation, asked.question, answer)
    except UnknownConversation as error:
        raise _forgotten() from error
    return answer


def _held(caller: Caller, conversation: str) -> Conversation:
    """The caller's conversation; one of somebody else is as unknown as one that never was."""
    if caller.session != conversation and not caller.has_key:
        raise _forgotten()
    try:
        return caller.desk.conversations.get(conversation)
    except UnknownConversation as error:
        raise _forgotten() from error


def _chosen(held: Conversation, choice: int | None) -> str:
    if choice is None or choice >= len(held.choices):
        raise ProblemError(
            422, "unknown_choice", "the last answer offers no such choice", "Send a question"
        )
    return held.choices[choice]


def _forgotten() -> ProblemError:
    return ProblemError(
        404,
        "unknown_conversation",
        "no such conversation under this token",
        "Open a new one: POST /api/v1/conversations",
    )
