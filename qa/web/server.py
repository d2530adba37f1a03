"""One server for all faces: API first, the chat page at the root, limits and headers around."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

    from index import Library
    from qa.asking import Asker
    from qa.web.settings import WebSettings

# Gradio's page starts from an inline script and compiles its templates; nothing comes from afar.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'self'; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def create_app(
    store: Path, settings: WebSettings | None = None, assistant: Asker | None = None
) -> FastAPI:
    """The web app over a store; `assistant` may be given instead of the store's own.

    Raises StoreError if the store cannot be opened.
    """
    from index import Library
    from qa.web.settings import WebSettings

    library = Library.open(store)
    if assistant is None:
        from qa import Assistant

        assistant = Assistant(library)
        threading.Thread(target=_warm, args=(assistant,), daemon=True).start()
    return assemble(library, assistant, settings or WebSettings())


def _warm(assistant: Asker) -> None:
    """Ask once for nobody, so that the first visitor finds the reports in memory."""
    from qa.asking import AskingError, attempt

    with contextlib.suppress(AskingError):  # logged where it happened
        attempt(assistant, "支出合计是多少？")


def assemble(library: Library, assistant: Asker, settings: WebSettings) -> FastAPI:
    """The app from its parts: API, chat page, limits, headers."""
    from fastapi import FastAPI

    from qa.web.api import Desk, add_api
    from qa.web.page import mount_page

    app = FastAPI(title="Juewen 决问", version="1", redoc_url=None)
    desk = Desk(library, assistant, settings, threading.Semaphore(settings.concurrency))
    _add_limits(app, settings)
    add_api(app, desk)
    return mount_page(app, desk)


def serve(store: Path, host: str, port: int) -> None:
    """Serve until Ctrl-C or SIGTERM; requests under way are finished first."""
    from qa.quiet import silence

    silence()
    import uvicorn

    app = create_app(store)
    print(f"决问 Juewen  http://{host}:{port}", flush=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=10)


def _add_limits(app: FastAPI, settings: WebSettings) -> None:
    from fastapi.responses import JSONResponse

    @app.middleware("http")
    async def guard(
        request: Request, forward: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        size = request.headers.get("content-length", "0")
        if request.url.path.startswith("/api/") and (
            not size.isdigit() or int(size) > settings.body_bytes
        ):
            problem = {
                "code": "body_too_large",
                "message": f"more than {settings.body_bytes} bytes",
                "remedy": "Send less",
            }
            return JSONResponse(problem, 413)
        response = await forward(request)
        response.headers.update(_HEADERS)
        return response
