"""What goes wrong at the web's doors: a code, what happened, and what the caller can do."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict


class Problem(BaseModel):
    """What every error of the API looks like."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    remedy: str


class ProblemError(HTTPException):
    """An error to be told to the caller as a `Problem`; it names no path and no secret."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        remedy: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, message, dict(headers or {}))
        self.problem = Problem(code=code, message=message, remedy=remedy)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.status_code


def told_body(error: ProblemError, path: str) -> dict[str, object]:
    """The body of the error's response; clients of /v1 look for it under `error`."""
    body = error.problem.model_dump()
    if not path.startswith("/v1/"):
        return body
    message = f"{error.problem.message}. {error.problem.remedy}"
    return {"error": {**body, "message": message, "type": error.problem.code, "param": None}}


def tell(error: ProblemError, path: str) -> JSONResponse:
    """The problem as the response to a request for `path`."""
    return JSONResponse(told_body(error, path), error.status, error.headers)


def too_many(retry_after: float) -> ProblemError:
    """The refusal of a caller who came too often."""
    seconds = max(1, round(retry_after))
    return ProblemError(
        429,
        "too_many_requests",
        "too many requests from here",
        f"Try again in {seconds} seconds",
        {"Retry-After": str(seconds)},
    )
