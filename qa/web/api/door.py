"""Puts the endpoints together and gives every error the same form."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from qa.web.api import asking, auditing, conversations, finding, health, opinions, reports
from qa.web.service.desk import Desk
from qa.web.service.guard import tell
from qa.web.service.problems import Problem, ProblemError

_ROOMS = (asking, conversations, finding, reports, auditing, opinions)
_TOLD: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem} for code in (400, 401, 403, 404, 405, 413, 422, 429, 500, 503, 504)
}


def add_api(app: FastAPI, desk: Desk) -> None:
    """Add the endpoints and the form of their errors to the app."""
    app.state.desk = desk
    version_1 = APIRouter(prefix="/api/v1", responses=_TOLD)
    for room in _ROOMS:
        version_1.include_router(room.router)
    app.include_router(health.router)
    app.include_router(version_1)
    app.add_exception_handler(HTTPException, _tell)
    app.add_exception_handler(RequestValidationError, _tell_invalid)


def _tell(_: Request, error: Exception) -> JSONResponse:
    if isinstance(error, ProblemError):
        return tell(error)
    status = error.status_code if isinstance(error, HTTPException) else 500
    return tell(ProblemError(status, _CODES.get(status, "refused"), "", "See /docs"))


def _tell_invalid(_: Request, error: Exception) -> JSONResponse:
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    place = ".".join(str(part) for part in first.get("loc", ()))
    return tell(
        ProblemError(
            422,
            "invalid_request",
            f"{place}: {first.get('msg', '')}",
            "See /docs for the form of a request",
        )
    )


_CODES = {400: "unreadable_request", 404: "not_found", 405: "method_not_allowed"}
