"""The same answers as tools for assistants that speak the Model Context Protocol.

Needs the extra `mcp`. Over stdio it is the verb `juewen mcp`; a server with the extra installed
also offers it over HTTP under /mcp.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus import Kind
from qa.answer import Answer
from qa.web.api.callers import keyed
from qa.web.service.desk import Desk, Question, answer_soon
from qa.web.service.finding import Fact, Filters, Found, find_facts, find_texts
from qa.web.service.pages import Page
from qa.web.service.problems import ProblemError, tell

if TYPE_CHECKING:
    from fastapi import FastAPI
    from mcp.server import MCPServer

PATH = "/mcp"
_INSTRUCTIONS = (
    "Answers questions about published Chinese final accounts (决算) and budgets (预算). Every "
    "figure was checked against the reports' own tables: state it as given, with its unit, and "
    "cite its source. If an answer is refused, say so; do not supply a figure of your own."
)
_MOST = 50

Text = Annotated[str, Field(min_length=1, max_length=200)]
Texts = Annotated[tuple[str, ...], Field(max_length=_MOST)]
Limit = Annotated[int, Field(ge=1, le=_MOST, description="How many to return.")]
Offset = Annotated[int, Field(ge=0, le=1_000, description="How many to skip.")]
Body = Annotated[str, Field(max_length=200, description="Part of the publishing body's name.")]
Year = Annotated[int | None, Field(ge=1900, le=2200)]
KindOf = Annotated[Kind | None, Field(description="final (决算) or budget (预算).")]
Account = Annotated[
    str, Field(max_length=200, description="Part of a row's label, or an account's code.")
]
Statement = Annotated[str, Field(max_length=200, description="Part of a table's number or title.")]
Bound = Annotated[Decimal | None, Field(description="In the cells' own unit.")]


class McpMissing(Exception):
    """The extra is not installed."""

    def __init__(self) -> None:
        super().__init__('the MCP server needs the extra: pip install "juewen[mcp]"')


class Tools:
    """The tools; their signatures and docstrings are what an assistant is told of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(self, question: Text, history: Texts = (), reports: Texts = ()) -> Answer:
        """Answer a question in Chinese or English: checked numbers, citations, derivation.

        `history` are earlier questions, oldest first; `reports` are report ids to narrow to.
        """
        asked = Question(question=question, history=list(history), reports=list(reports))
        with _as_tool_errors():
            return await answer_soon(self._desk, asked)

    async def search(
        self,
        text: Text,
        body: Body = "",
        year: Year = None,
        kind: KindOf = None,
        limit: Limit = 10,
        offset: Offset = 0,
    ) -> Page[Found]:
        """Passages and table rows of the reports that suit some words, best first."""
        filters = Filters(body=body, year=year, kind=kind)
        library = self._desk.library
        with _as_tool_errors():
            return await self._desk.work(lambda: find_texts(library, text, filters, limit, offset))

    async def facts(
        self,
        account: Account = "",
        statement: Statement = "",
        body: Body = "",
        year: Year = None,
        kind: KindOf = None,
        least: Bound = None,
        most: Bound = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page[Fact]:
        """Cells of the reports' tables with their row, column, value, unit and page."""
        filters = Filters(
            account=account,
            statement=statement,
            body=body,
            year=year,
            kind=kind,
            least=least,
            most=most,
        )
        library = self._desk.library
        with _as_tool_errors():
            return await self._desk.work(lambda: find_facts(library, filters, limit, offset))


def make_server(desk: Desk) -> MCPServer:
    """The MCP server over a desk; raises McpMissing without the extra."""
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise McpMissing from error
    server = MCPServer(
        "juewen", title="决问 Juewen", instructions=_INSTRUCTIONS, log_level="WARNING"
    )
    reading = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    tools = Tools(desk)
    for tool in (tools.ask, tools.search, tools.facts):
        server.add_tool(tool, annotations=reading)
    return server


@asynccontextmanager
async def serving_mcp(app: FastAPI, desk: Desk) -> AsyncIterator[None]:
    """Serve /mcp while the app runs; without the extra there is no such address."""
    try:
        server = make_server(desk)
    except McpMissing:
        yield
        return
    from mcp.server.transport_security import TransportSecuritySettings

    # The guard has refused pages of other sites already; each call stands alone.
    inner = server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=desk.settings.body_bytes,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    app.router.routes.insert(0, Route(PATH, _Gate(inner), name="mcp"))
    async with server.session_manager.run():
        yield


class _Gate:
    """Lets callers through that may ask, and counts each call as a question."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        try:
            (await keyed(Request(scope))).count_question()
        except ProblemError as error:
            app = tell(error, scope["path"])
        await app(scope, receive, send)


@contextmanager
def _as_tool_errors() -> Iterator[None]:
    """Tell a problem in a sentence that an assistant can pass on."""
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        yield
    except ProblemError as error:
        raise ToolError(f"{error.problem.message}. {error.problem.remedy}") from error
