"""`serve` and `mcp`: the web app, and the tools for other assistants."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.store import StoreOption, chosen, open_assistant, open_library


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    store: StoreOption = None,
) -> None:
    """Serve the chat page and the API until Ctrl-C."""
    from qa.web import serve as serve_web

    serve_web(chosen(store), host, port)


def mcp(store: StoreOption = None) -> None:
    """Offer ask, search and facts as MCP tools over standard input and output."""
    from qa.web.mcp import McpMissing, make_server
    from qa.web.service import make_desk
    from qa.web.settings import WebSettings

    with open_library(store) as library:
        desk = make_desk(library, open_assistant(library), WebSettings())
        try:
            server = make_server(desk)
        except McpMissing as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
        server.run("stdio")
