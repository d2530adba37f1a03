"""One server for all faces: API first, the chat page at the root, the guard around both."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from fastapi import FastAPI

    from index import Library
    from qa.asking import Asker
    from qa.web.settings import WebSettings

# Longer than proxies keep their connections, so that none is closed while it is used again.
_KEEP_ALIVE = 75


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
    return assemble(library, assistant, settings or WebSettings(), store)


def _warm(assistant: Asker) -> None:
    """Ask once for nobody, so that the first visitor finds the reports in memory."""
    from qa.asking import AskingError, attempt

    with contextlib.suppress(AskingError):  # logged where it happened
        attempt(assistant, "支出合计是多少？")


def assemble(
    library: Library, assistant: Asker, settings: WebSettings, store: Path | None = None
) -> FastAPI:
    """The app from its parts; feedback is kept in the folder `store`, or in memory without."""
    from fastapi import FastAPI

    from qa.web.api import add_api
    from qa.web.mcp import serving_mcp
    from qa.web.page import mount_page
    from qa.web.service.desk import make_desk
    from qa.web.service.guard import Guard

    desk = make_desk(library, assistant, settings, store)

    @contextlib.asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        async with serving_mcp(app, desk):
            yield
        desk.close()

    app = FastAPI(title="Juewen 决问", version="1", docs_url=None, redoc_url=None, lifespan=running)
    app.add_middleware(Guard, desk=desk)
    add_api(app, desk)
    return mount_page(app, desk)


def serve(store: Path, host: str, port: int) -> None:
    """Serve until Ctrl-C or SIGTERM; requests under way are finished first."""
    from qa.quiet import silence

    silence()
    import uvicorn

    _log_to(sys.stderr)
    app = create_app(store)
    print(f"决问 Juewen  http://{host}:{port}", flush=True)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=10,
    )


def _log_to(stream: TextIO) -> None:
    """Access lines are JSON already; they go out as they are."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("juewen.access")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
