"""Who is asking: what an endpoint may know of its caller, as FastAPI dependencies.

They are coroutines because FastAPI would send plain functions through a thread each.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from qa.web.service.desk import Desk
from qa.web.service.guard import foreign_origin
from qa.web.service.limits import TooMany
from qa.web.service.problems import ProblemError, too_many
from qa.web.service.sessions import BadToken


@dataclass(frozen=True, slots=True)
class Caller:
    """One caller. `session` is the conversation of its token, `origin` another site's page."""

    desk: Desk
    address: str
    origin: str
    session: str = ""
    has_key: bool = False

    def count_question(self) -> None:
        """Count a question; raises ProblemError where the caller had its share."""
        try:
            self.desk.limits.question(self.address, self.session)
        except TooMany as error:
            raise too_many(error.retry_after) from error


async def the_desk(request: Request) -> Desk:
    """The desk of the app that the request came to."""
    return _desk_of(request)


async def newcomer(request: Request) -> Caller:
    """A caller before it has a token; raises ProblemError (401) for a program without a key."""
    return _caller(request) if foreign_origin(request.headers) else _program(request)


async def known(request: Request) -> Caller:
    """A caller who may ask; raises ProblemError (401) for one that needs a token or a key."""
    desk, token = _desk_of(request), _bearer(request)
    origin = foreign_origin(request.headers)
    if token and not _is_key(desk, token):
        return _caller(request, session=_session(desk, token, origin))
    if origin:
        raise _unauthorized("token_needed", "Open a conversation first: POST /api/v1/conversations")
    return _program(request)


async def keyed(request: Request) -> Caller:
    """A caller of the OpenAI-compatible door: its clients send some key even where none is set."""
    desk = _desk_of(request)
    if foreign_origin(request.headers) or desk.settings.api_keys:
        return await known(request)
    return _caller(request)


TheDesk = Annotated[Desk, Depends(the_desk)]
Newcomer = Annotated[Caller, Depends(newcomer)]
Known = Annotated[Caller, Depends(known)]
Keyed = Annotated[Caller, Depends(keyed)]


def _desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _program(request: Request) -> Caller:
    desk, has_key = _desk_of(request), _is_key(_desk_of(request), _bearer(request))
    if desk.settings.api_keys and not has_key:
        raise _unauthorized("key_needed", "Send Authorization: Bearer with a key of the operator")
    return _caller(request, has_key=has_key)


def _caller(request: Request, session: str = "", *, has_key: bool = False) -> Caller:
    address = request.client.host if request.client else ""
    return Caller(_desk_of(request), address, foreign_origin(request.headers), session, has_key)


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _is_key(desk: Desk, token: str) -> bool:
    keys = (key.get_secret_value().encode() for key in desk.settings.api_keys)
    return any(hmac.compare_digest(key, token.encode()) for key in keys)


def _session(desk: Desk, token: str, origin: str) -> str:
    try:
        return desk.tokens.read(token, origin)
    except BadToken as error:
        code = "token_expired" if error.expired else "token_invalid"
        raise _unauthorized(code, "Open a new conversation: POST /api/v1/conversations") from error


def _unauthorized(code: str, remedy: str) -> ProblemError:
    messages = {
        "token_needed": "a page of another site needs a conversation token",
        "key_needed": "this server answers callers with a key",
        "token_expired": "the conversation token is no longer good",
        "token_invalid": "the conversation token is not valid here",
    }
    return ProblemError(401, code, messages[code], remedy, {"WWW-Authenticate": "Bearer"})
