"""An answer as a stream of server-sent events, in the order in which a reader needs them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable

from pydantic import BaseModel

from qa.answer import Answer
from qa.web.figures import pieces
from qa.web.service.problems import ProblemError

MEDIA_TYPE = "text/event-stream"


def event(name: str, data: object) -> bytes:
    """One event; `data` is anything that JSON can hold."""
    written = data.model_dump_json() if isinstance(data, BaseModel) else _json(data)
    return f"event: {name}\ndata: {written}\n\n".encode()


async def answer_events(ask: Callable[[], Awaitable[Answer]]) -> AsyncIterator[bytes]:
    """status, the pieces of the text, numbers, citations, done; or status, then error.

    A piece is `{"text", "number", "source"}`: `number` and `source` index the answer's numbers
    and citations where the piece is a checked figure or a source mark.
    """
    yield event("status", {"state": "looking"})
    try:
        answer = await ask()
    except ProblemError as error:
        yield event("error", error.problem)
        return
    yield b"".join(event("piece", piece) for piece in marked_pieces(answer))
    numbers = event("numbers", [number.model_dump(mode="json") for number in answer.numbers])
    cited = event("citations", [cited.model_dump(mode="json") for cited in answer.citations])
    yield numbers + cited + event("done", answer)


def marked_pieces(answer: Answer) -> list[dict[str, str | int | None]]:
    """The text cut at its figures and marks, each naming what it stands for by position."""
    places = {id(number): place for place, number in enumerate(answer.numbers)}
    return [
        {
            "text": piece.text,
            "number": places[id(piece.number)] if piece.number is not None else None,
            "source": piece.source - 1 if piece.source is not None else None,
        }
        for piece in pieces(answer)
    ]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
