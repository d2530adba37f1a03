"""The JSON API: ask, what is held, and whether the server is alive and ready."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from index import Library, UnknownReport
from qa.answer import Answer
from qa.asking import Asker, AskingError, attempt
from qa.web.settings import WebSettings


class Problem(BaseModel):
    """What every error of the API looks like."""

    code: str
    message: str
    remedy: str


class ProblemError(Exception):
    """An error to be told to the caller as a `Problem`."""

    def __init__(self, status: int, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.status = status
        self.problem = Problem(code=code, message=message, remedy=remedy)


class Question(BaseModel):
    """A question with the earlier ones of its conversation, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1)
    history: list[str] = Field(default_factory=list, max_length=50)
    reports: list[str] = Field(default_factory=list, max_length=50)


class HeldReport(BaseModel):
    """One report that the store holds."""

    id: str
    title: str
    body: str
    year: int | None
    kind: str
    tables: int
    facts: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What the endpoints work with. `turn` bounds how many questions are answered at once."""

    library: Library
    assistant: Asker
    settings: WebSettings
    turn: threading.Semaphore


def add_api(app: FastAPI, desk: Desk) -> None:
    """Add the endpoints and the form of their errors to the app."""
    app.include_router(_health(desk))
    app.include_router(_version_1(desk))

    @app.exception_handler(ProblemError)
    def tell(_: Request, error: ProblemError) -> JSONResponse:
        return JSONResponse(error.problem.model_dump(), error.status)

    @app.exception_handler(RequestValidationError)
    def tell_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = Problem(
            code="invalid_request",
            message=f"{place}: {first['msg']}",
            remedy="See /docs for the form of a request",
        )
        return JSONResponse(problem.model_dump(), 422)


def _health(desk: Desk) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"model": Problem}})
    def readyz() -> dict[str, str | int]:
        """The store can be asked and holds at least one report."""
        held = len(desk.library.reports())
        if not held:
            raise ProblemError(503, "empty_store", "no report is held", "Run juewen ingest")
        return {"status": "ready", "reports": held}

    return router


def _version_1(desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["questions"])
    told: dict[int | str, dict[str, Any]] = {
        code: {"model": Problem} for code in (404, 413, 422, 500, 503)
    }

    @router.post("/ask", responses=told)
    def ask(asked: Question) -> Answer:
        """Answer one question; the answer record is the same as that of the command line."""
        return answer(desk, asked)

    @router.get("/reports")
    def reports() -> list[HeldReport]:
        """What the store holds."""
        return [
            HeldReport(
                id=card.id,
                title=card.identity.title or card.identity.body,
                body=card.identity.body,
                year=card.identity.year,
                kind=card.identity.kind,
                tables=card.tables,
                facts=card.facts,
            )
            for card in desk.library.reports()
        ]

    return router


def answer(desk: Desk, asked: Question) -> Answer:
    """The answer, or a ProblemError: too long, unknown report, too busy, or broken."""
    limit = desk.settings.question_length
    if any(len(text) > limit for text in (asked.question, *asked.history)):
        raise ProblemError(
            422, "question_too_long", f"longer than {limit} characters", "Ask in fewer words"
        )
    if not desk.turn.acquire(timeout=desk.settings.wait_seconds):
        raise ProblemError(503, "busy", "too many questions at once", "Try again in a moment")
    try:
        return attempt(desk.assistant, asked.question, asked.history, asked.reports)
    except AskingError as error:
        if isinstance(error.__cause__, UnknownReport):
            problem = "a report of that id is not held"
            raise ProblemError(404, "unknown_report", problem, "See /api/v1/reports") from error
        problem = "the question could not be processed"
        raise ProblemError(500, "failed", problem, "Try other words") from error
    finally:
        desk.turn.release()
