"""Puts the endpoints together and gives every error the same form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from qa.web import openai, reference, widget
from qa.web.api import asking, auditing, conversations, finding, health, opinions, reports
from qa.web.service.desk import Desk
from qa.web.service.problems import Problem, ProblemError, tell

_ROOMS = (asking, conversations, finding, reports, auditing, opinions)
_TOLD: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem} for code in (400, 401, 403, 404, 405, 413, 422, 429, 500, 503, 504)
}
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_CODES = {400: "unreadable_request", 404: "not_found", 405: "method_not_allowed"}


def add_api(app: FastAPI, desk: Desk) -> None:
    """Add the endpoints and the form of their errors to the app."""
    app.state.desk = desk
    version_1 = APIRouter(prefix="/api/v1", responses=_TOLD)
    for room in _ROOMS:
        version_1.include_router(room.router)
    for router in (health.router, version_1, openai.router, widget.router, reference.router):
        app.include_router(router)
    app.include_router(_nowhere(tuple(app.routes)))
    app.add_exception_handler(HTTPException, _tell)
    app.add_exception_handler(RequestValidationError, _tell_invalid)
    app.add_exception_handler(Exception, _tell_broken)


def _nowhere(known: Sequence[BaseRoute]) -> APIRouter:
    """What no endpoint answers stays in the API's form, instead of falling through to the page."""

    def refuse(request: Request) -> None:
        """404, or 405 where the address is one that answers other methods."""
        allowed = [method for method in _METHODS if _is_known(known, request, method)]
        if allowed:
            raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
        raise ProblemError(404, "not_found", "there is no such address", "See /docs")

    router = APIRouter(include_in_schema=False)
    for prefix in ("/api", "/v1"):
        router.api_route(prefix + "/{path:path}", methods=_METHODS)(refuse)
    return router


def _is_known(known: Sequence[BaseRoute], request: Request, method: str) -> bool:
    scope = dict(request.scope, method=method, path_params={})
    return any(route.matches(scope)[0] is Match.FULL for route in known)


def _tell(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ProblemError):
        status = error.status_code if isinstance(error, HTTPException) else 500
        code = _CODES.get(status, "refused")
        headers = getattr(error, "headers", None)
        error = ProblemError(status, code, code.replace("_", " "), "See /docs", headers)
    return tell(error, request.url.path)


def _tell_broken(request: Request, _: Exception) -> JSONResponse:
    """A fault of ours; the server's log has it, the caller gets no detail."""
    broken = ProblemError(500, "failed", "something went wrong here", "Try again later")
    return tell(broken, request.url.path)


def _tell_invalid(request: Request, error: Exception) -> JSONResponse:
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    place = ".".join(str(part) for part in first.get("loc", ()))
    problem = f"{place}: {first.get('msg', '')}"
    remedy = "See /docs for the form of a request"
    return tell(ProblemError(422, "invalid_request", problem, remedy), request.url.path)
