"""The API that chat clients already speak: /v1/chat/completions and /v1/models.

Answers come from the same engine as everywhere; there is no language model behind the name.
Sources are annotations of the message and, for clients that do not show those, lines below it.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from qa.answer import Answer, Citation
from qa.web.api.callers import Keyed
from qa.web.figures import pieces
from qa.web.service.desk import Desk, Question, answer_soon, check
from qa.web.service.problems import ProblemError, told_body
from qa.web.service.reading import get_report
from qa.web.service.streaming import MEDIA_TYPE
from qa.web.sources import find_passage, find_table

router = APIRouter(prefix="/v1", tags=["chat clients"])

MODEL = "juewen"
_MOST_TURNS = 50
_TOLD: dict[int | str, dict[str, Any]] = {
    code: {"description": "An error in the form of that API."}
    for code in (401, 403, 404, 413, 422, 429, 500, 503, 504)
}


class Part(BaseModel):
    """A part of a message; only text can be answered."""

    type: str = "text"
    text: str = ""


class ChatMessage(BaseModel):
    """One message. Those of the user are questions; the others are not read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def said(self) -> str:
        """The text of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text").strip()
        return (self.content or "").strip()


class StreamOptions(BaseModel):
    """What a stream should hold besides the text."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A chat request; settings of language models are accepted and change nothing."""

    model_config = ConfigDict(extra="ignore")

    messages: list[ChatMessage] = Field(min_length=1, max_length=200)
    model: str = MODEL
    stream: bool = False
    stream_options: StreamOptions | None = None
    reports: list[str] = Field(
        default_factory=list, max_length=_MOST_TURNS, description="Report ids to narrow to (ours)."
    )


class UrlCitation(BaseModel):
    """Where a source mark in the text points."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """A source mark of the message."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Reply(BaseModel):
    """The message of the assistant."""

    role: Literal["assistant"] = "assistant"
    content: str
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one choice there is."""

    index: Literal[0] = 0
    message: Reply
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """No tokens are spent."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class ChatCompletion(BaseModel):
    """The whole response; `juewen` is the answer record with its checked numbers."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage = Usage()
    juewen: Answer


class Model(BaseModel):
    """What answers."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class ModelList(BaseModel):
    """All that answer: one."""

    object: Literal["list"] = "list"
    data: list[Model]


@router.get("/models", responses=_TOLD)
async def models(_: Keyed) -> ModelList:
    """The models that can be named in a request."""
    return ModelList(data=[Model()])


@router.post(
    "/chat/completions",
    response_model=ChatCompletion,
    responses={
        **_TOLD,
        200: {"content": {MEDIA_TYPE: {}}},
    },
)
async def chat_completions(
    asked: ChatRequest, caller: Keyed, request: Request
) -> ChatCompletion | StreamingResponse:
    """Answer the last message of the user in the light of the earlier ones."""
    question = _question(asked)
    check(caller.desk, question)
    caller.count_question()
    base = str(request.base_url)
    if asked.stream:
        with_usage = bool(asked.stream_options and asked.stream_options.include_usage)
        chunks = _chunks(caller.desk, question, base, with_usage=with_usage)
        return StreamingResponse(chunks, media_type=MEDIA_TYPE)
    answer = await answer_soon(caller.desk, question)
    reply = Reply(
        content=answer.answer + _footnotes(answer),
        annotations=_annotations(caller.desk, answer, base),
    )
    return ChatCompletion(
        id=f"chatcmpl-{answer.id}",
        created=int(time.time()),
        choices=[Choice(message=reply)],
        juewen=answer,
    )


def _question(asked: ChatRequest) -> Question:
    said = [message.said for message in asked.messages if message.role == "user"]
    said = [text for text in said if text]
    if not said or asked.messages[-1].role != "user":
        raise ProblemError(
            422, "no_question", "the last message is no question of the user", "Send one"
        )
    history = said[:-1][-_MOST_TURNS:]
    return Question(question=said[-1], history=history, reports=asked.reports)


async def _chunks(
    desk: Desk, question: Question, base: str, *, with_usage: bool
) -> AsyncIterator[bytes]:
    head = {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": MODEL,
    }
    yield _chunk(head, {"role": "assistant", "content": ""})
    try:
        answer = await answer_soon(desk, question)
    except ProblemError as error:
        yield _data(told_body(error, "/v1/"))
        return
    for piece in (*pieces(answer), None):
        text = _footnotes(answer) if piece is None else piece.text
        if text:
            yield _chunk(head, {"content": text})
    marked = [a.model_dump() for a in _annotations(desk, answer, base)]
    yield _chunk(head, {"annotations": marked}, finish="stop")
    if with_usage:
        yield _data({**head, "choices": [], "usage": Usage().model_dump()})
    yield b"data: [DONE]\n\n"


def _chunk(head: dict[str, Any], delta: dict[str, Any], finish: str | None = None) -> bytes:
    return _data({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _data(content: object) -> bytes:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode()


def _footnotes(answer: Answer) -> str:
    lines = [f"[{i}] {_address(cited)}" for i, cited in enumerate(answer.citations, start=1)]
    return "\n\n" + "\n".join(lines) if lines else ""


def _address(cited: Citation) -> str:
    heading = cited.section.rsplit("›", 1)[-1].strip()
    page = f"p. {cited.page}" if cited.page else ""
    parts = (cited.title, cited.table or heading, cited.row, cited.column, page)
    return " · ".join(part for part in parts if part)


def _annotations(desk: Desk, answer: Answer, base: str) -> list[Annotation]:
    return list(_marks(desk, answer, base))


def _marks(desk: Desk, answer: Answer, base: str) -> Iterator[Annotation]:
    at = 0
    for piece in pieces(answer):
        start, at = at, at + len(piece.text)
        if piece.source is not None and piece.source <= len(answer.citations):
            cited = answer.citations[piece.source - 1]
            yield Annotation(
                url_citation=UrlCitation(
                    start_index=start,
                    end_index=at,
                    title=_address(cited),
                    url=_url(desk, cited, base),
                )
            )


def _url(desk: Desk, cited: Citation, base: str) -> str:
    """Where the cited table or section can be read."""
    report = get_report(desk.library, cited.report)
    address = f"{base}api/v1/reports/{quote(cited.report, safe='')}"
    table = find_table(report, cited)
    if table is not None:
        return f"{address}/tables/{table.id}"
    passage = find_passage(report, cited)
    return f"{address}/sections/{passage.section}" if passage else address
