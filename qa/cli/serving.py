"""`serve`: the web app."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.store import StoreOption, chosen


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    store: StoreOption = None,
) -> None:
    """Serve the chat page and the API until Ctrl-C."""
    from qa.web import serve as serve_web

    serve_web(chosen(store), host, port)
