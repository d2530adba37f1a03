"""The tools for other assistants, by a real client of that protocol over HTTP."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from qa.web.server import assemble
from qa.web.settings import WebSettings
from tests.web.sample import SampleAssistant, SampleLibrary, report

pytest.importorskip("mcp", reason='the extra is not installed: pip install "juewen[mcp]"')

ACCEPTED = {"Accept": "application/json, text/event-stream"}


def call(client: TestClient, method: str, params: dict[str, object], **headers: str):
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return client.post("/mcp", json=body, headers=ACCEPTED | headers)


def result(client: TestClient, method: str, params: dict[str, object]):
    return json.loads(call(client, method, params).text)["result"]


@pytest.fixture(scope="module")
def client():
    app = assemble(SampleLibrary(report()), SampleAssistant(), WebSettings())
    with TestClient(app) as running:
        yield running


def test_the_tools_describe_themselves(client: TestClient) -> None:
    tools = result(client, "tools/list", {})["tools"]
    assert [tool["name"] for tool in tools] == ["ask", "search", "facts"]
    assert all(tool["description"] and tool["annotations"]["readOnlyHint"] for tool in tools)


def test_asking_gives_the_answer_record(client: TestClient) -> None:
    params = {"name": "ask", "arguments": {"question": "支出多少？"}}
    answered = result(client, "tools/call", params)
    assert answered["structuredContent"]["numbers"][0]["unit"] == "万元"


def test_a_problem_is_told_in_a_sentence(client: TestClient) -> None:
    params = {"name": "ask", "arguments": {"question": "x", "reports": ["nowhere"]}}
    answered = result(client, "tools/call", params)
    assert answered["isError"]
    assert "is not held" in answered["content"][0]["text"]


def test_calls_from_pages_of_other_sites_are_refused(client: TestClient) -> None:
    assert call(client, "tools/list", {}, Origin="https://elsewhere.example").status_code == 403


def test_a_key_is_needed_where_one_is_set() -> None:
    app = assemble(SampleLibrary(report()), SampleAssistant(), WebSettings(api_keys="one"))
    with TestClient(app) as running:
        assert call(running, "tools/list", {}).status_code == 401
        assert call(running, "tools/list", {}, Authorization="Bearer one").status_code == 200
