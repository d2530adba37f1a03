"""Around every request: whose page it comes from, how much and how often, headers, a log line.

Written against ASGI itself, so that streams pass through unbuffered.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.service.desk import Desk
from qa.web.service.limits import TooMany
from qa.web.service.problems import ProblemError, tell, too_many

_log = logging.getLogger("juewen.access")

API_PATHS = ("/api/", "/v1/", "/mcp")
_PAGE_EVENTS = "/gradio_api/"
_CORS = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "600",
}
# Gradio's page starts from an inline script and compiles its templates; nothing comes from afar.
_PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'self'; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """The outermost layer of the app."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visit = Visit.of(scope, self._desk.settings.origins)
        sender = _Sender(send, visit)
        try:
            refused = self._refusal(visit)
            app = refused or self._app
            await app(scope, self._measured(visit, receive), sender)
        finally:
            self._note(scope, visit, sender)

    def _refusal(self, visit: Visit) -> Response | None:
        """The response to a request that goes no further."""
        if visit.method == "OTHER":
            return PlainTextResponse("Method Not Allowed", 405, {"Allow": ", ".join(_METHODS)})
        try:
            if visit.is_api:
                visit.check_origin()
                if visit.method == "OPTIONS" and visit.origin:
                    return Response(status_code=204)
                visit.check_size(self._desk.settings.body_bytes)
            if visit.is_api or visit.is_event:
                self._desk.limits.request(visit.address)
        except TooMany as error:
            return tell(too_many(error.retry_after), visit.path)
        except ProblemError as error:
            return tell(error, visit.path)
        return None

    def _measured(self, visit: Visit, receive: Receive) -> Receive:
        """`receive`, refusing a body that grows too large without having said so."""
        if not visit.is_api:
            return receive
        most, got = self._desk.settings.body_bytes, 0

        async def measured() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:
                raise _too_large(most)
            return message

        return measured

    def _note(self, scope: Scope, visit: Visit, sender: _Sender) -> None:
        """Count and log the request: no address, no question, no token."""
        route = getattr(scope.get("route"), "path", "") or "page"
        seconds = time.perf_counter() - visit.began
        metrics = self._desk.metrics
        metrics.requests.labels(route, visit.method, str(sender.status)).inc()
        metrics.seconds.labels(route).observe(seconds)
        if self._desk.settings.access_log:
            line = {
                "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "method": visit.method,
                "route": route,
                "status": sender.status,
                "ms": round(seconds * 1000, 1),
            }
            _log.info(json.dumps(line))


@dataclass(slots=True)
class Visit:
    """What the guard reads off a request. `origin` is empty for our own pages and for programs."""

    method: str
    path: str
    address: str
    origin: str
    is_allowed: bool
    size: str
    began: float = field(default_factory=time.perf_counter)

    @classmethod
    def of(cls, scope: Scope, origins: Iterable[str]) -> Visit:
        """The visit that a scope describes."""
        headers = Headers(scope=scope)
        origin = foreign_origin(headers)
        client = scope.get("client")
        method = scope["method"]
        return cls(
            method=method if method in _METHODS else "OTHER",
            path=scope["path"],
            address=client[0] if client else "",
            origin=origin,
            is_allowed=origin in origins,
            size=headers.get("content-length", "0"),
        )

    @property
    def is_api(self) -> bool:
        """Whether a program is asking, not somebody who reads the page."""
        return self.path.startswith(API_PATHS)

    @property
    def is_event(self) -> bool:
        """Whether something was done on a page: a question asked, a button clicked."""
        return self.method == "POST" and self.path.startswith(_PAGE_EVENTS)

    def check_origin(self) -> None:
        """Raises ProblemError for a page of a site that may not use the API."""
        if self.origin and not self.is_allowed:
            raise ProblemError(
                403,
                "origin_not_allowed",
                "this site may not ask here",
                "Its operator can be added to the allowed origins",
            )

    def check_size(self, most: int) -> None:
        """Raises ProblemError for a body that says it is too large."""
        if not self.size.isdigit() or int(self.size) > most:
            raise _too_large(most)


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def foreign_origin(headers: Headers) -> str:
    """The origin of the page that asks, "" where it is our own page or no page at all."""
    origin = headers.get("origin", "").lower()
    return "" if urlsplit(origin).netloc == headers.get("host", "").lower() else origin


def _too_large(most: int) -> ProblemError:
    return ProblemError(413, "body_too_large", f"more than {most} bytes", "Send less")


class _Sender:
    """Adds the security headers and remembers the status."""

    def __init__(self, send: Send, visit: Visit) -> None:
        self._send = send
        self._visit = visit
        self.status = 500

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._add(MutableHeaders(scope=message))
        await self._send(message)

    def _add(self, headers: MutableHeaders) -> None:
        headers.update(_HEADERS)
        headers.setdefault(
            "Content-Security-Policy", _DATA_POLICY if self._visit.is_api else _PAGE_POLICY
        )
        if not self._visit.is_api:
            return
        headers.setdefault("Cache-Control", "no-store")
        headers.add_vary_header("Origin")
        if self._visit.is_allowed:
            headers["Access-Control-Allow-Origin"] = self._visit.origin
            headers.update(_CORS)
