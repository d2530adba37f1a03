"""Who may enter the desk: signing in, signed cookies, and a guard before every path of it."""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from urllib.parse import parse_qs

from itsdangerous import BadSignature, TimestampSigner
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.web.desk.passwords import hash_password, is_password
from qa.web.desk.settings import DeskSettings
from qa.web.desk.signing import off_page, sign_in_page

COOKIE = "juewen_desk"
HOME = "/desk"
_OPEN_PATHS = (f"{HOME}/sign-in", f"{HOME}/desk.css")
_PAGES = (HOME, f"{HOME}/en")  # Gradio serves them with a slash at the end only
_LARGEST_FORM = 4_096
_WINDOW = 60.0  # seconds over which failed sign-ins are counted
_REMEMBERED = 10_000  # names and addresses whose failures are kept


class Access:
    """Checks names, passwords and cookies. Safe among threads."""

    def __init__(self, settings: DeskSettings) -> None:
        self._settings = settings
        secret = settings.secret.get_secret_value() or secrets.token_urlsafe(32)
        self._signer = TimestampSigner(secret, salt="desk")
        self._failures = Failures(settings.attempts)
        self._nobody = hash_password(secrets.token_urlsafe(8))  # an unknown name takes as long

    @property
    def is_on(self) -> bool:
        """Whether anybody can sign in at all."""
        return bool(self._settings.users)

    def admits(self, name: str, password: str, address: str) -> bool:
        """Whether the password is that of the user; always false after too many failures."""
        if self._failures.too_many(name, address):
            return False
        held = self._settings.users.get(name)
        hash_ = held.get_secret_value() if held else self._nobody
        right = is_password(password, hash_) and held is not None
        if not right:
            self._failures.note(name, address)
        return right

    def token(self, name: str) -> str:
        """What the browser of a signed-in user keeps."""
        return self._signer.sign(name.encode()).decode()

    def user(self, token: str) -> str | None:
        """The user whose token this is; None if it is forged, too old, or the user is gone."""
        try:
            name = self._signer.unsign(token, max_age=self.seconds).decode()
        except (BadSignature, UnicodeDecodeError):
            return None
        return name if name in self._settings.users else None

    @property
    def seconds(self) -> int:
        """How long a token is good for."""
        return int(self._settings.hours * 3600)


class Failures:
    """Failed sign-ins of the last minute, by name and by address."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._times: dict[str, deque[float]] = {}

    def too_many(self, *who: str) -> bool:
        """Whether one of them has failed too often."""
        since = time.monotonic() - _WINDOW
        with self._lock:
            counts = [sum(at > since for at in self._times.get(one, ())) for one in who]
        return max(counts, default=0) >= self._most

    def note(self, *who: str) -> None:
        """Count a failure of each."""
        with self._lock:
            for one in who:
                self._times.setdefault(one, deque(maxlen=self._most)).append(time.monotonic())
            while len(self._times) > _REMEMBERED:
                del self._times[next(iter(self._times))]


class Gate:
    """Lets only signed-in users at the paths of the desk; answers the signing in itself."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or show the way in."""
        path = scope.get("path", "")
        if scope["type"] not in ("http", "websocket") or not _is_inside(path):
            await self._app(scope, receive, send)
            return
        response = await self._response(Request(scope, receive), path)
        await (response or self._app)(scope, receive, send)

    async def _response(self, request: Request, path: str) -> Response | None:
        if path == _OPEN_PATHS[1]:
            return None
        if not self._access.is_on:
            return HTMLResponse(off_page(), 404)
        if path == _OPEN_PATHS[0]:
            return await self._sign_in(request)
        if self._access.user(request.cookies.get(COOKIE, "")) is None:
            return _turned_away(request)
        if path == f"{HOME}/sign-out" and request.method == "POST":
            return _signed_out()
        return RedirectResponse(f"{path}/", 307) if path in _PAGES else None

    async def _sign_in(self, request: Request) -> Response:
        english = request.query_params.get("lang") == "en"
        if request.method != "POST":
            return HTMLResponse(sign_in_page(english=english))
        form = await _form(request)
        name, address = form.get("name", ""), request.client.host if request.client else ""
        if _is_foreign(request.headers) or not self._access.admits(
            name, form.get("password", ""), address
        ):
            return HTMLResponse(sign_in_page(english=english, failed=True), 403)
        response = RedirectResponse(f"{HOME}/en/" if english else f"{HOME}/", 303)
        response.set_cookie(
            COOKIE,
            self._access.token(name),
            max_age=self._access.seconds,
            path=HOME,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return response


def _is_inside(path: str) -> bool:
    return path == HOME or path.startswith(f"{HOME}/")


def _is_foreign(headers: Headers) -> bool:
    """Whether another site's page sends the form."""
    origin = headers.get("origin", "")
    return bool(origin) and origin.partition("://")[2] != headers.get("host", "")


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM:
            return {}
    return {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _turned_away(request: Request) -> Response:
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        english = "?lang=en" if request.url.path.startswith(f"{HOME}/en") else ""
        return RedirectResponse(f"{HOME}/sign-in{english}", 303)
    problem = {"code": "signed_out", "message": "not signed in", "remedy": f"See {HOME}/sign-in"}
    return JSONResponse(problem, 401)


def _signed_out() -> Response:
    response = RedirectResponse(f"{HOME}/sign-in", 303)
    response.delete_cookie(COOKIE, path=HOME)
    return response
