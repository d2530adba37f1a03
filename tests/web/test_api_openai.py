"""The API of chat clients: their requests are understood, their errors have their form."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from qa.web.server import assemble
from qa.web.settings import WebSettings
from tests.web.sample import SampleAssistant, SampleLibrary, answers, report

CHAT = "/v1/chat/completions"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(assemble(SampleLibrary(report()), SampleAssistant(), WebSettings()))


def user(text: object) -> dict[str, object]:
    return {"role": "user", "content": text}


def test_a_chat_is_answered_with_its_sources_marked(client: TestClient) -> None:
    system = {"role": "system", "content": "be brief"}
    body = {"model": "gpt-x", "temperature": 0.2, "messages": [system, user("支出多少？")]}
    done = client.post(CHAT, json=body, headers={"Authorization": "Bearer sk-any"}).json()
    (choice,) = done["choices"]
    content = choice["message"]["content"]
    assert content.startswith(answers("支出").answer)
    assert "[2] 青石县水务管理站2031年度单位决算 · 三、支出决算情况说明" in content
    marks = [m["url_citation"] for m in choice["message"]["annotations"]]
    assert [content[m["start_index"] : m["end_index"]] for m in marks] == ["[1]", "[2]", "[2]"]
    table, section, _ = (client.get(m["url"]) for m in marks)
    assert table.json()["number"] == "公开01表"
    assert section.json()["id"] == 2
    assert done["juewen"]["numbers"][0]["check"] == "table"
    assert choice["finish_reason"] == "stop"


def test_a_chat_can_be_streamed(client: TestClient) -> None:
    body = {
        "messages": [user([{"type": "text", "text": "支出多少？"}])],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    lines = client.post(CHAT, json=body).text.strip().split("\n\n")
    assert lines[-1] == "data: [DONE]"
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks if chunk["choices"]]
    text = "".join(delta.get("content", "") for delta in deltas)
    assert text.startswith(answers("支出").answer)
    assert len(deltas[-1]["annotations"]) == 3
    assert chunks[-1]["usage"]["total_tokens"] == 0


def test_earlier_questions_of_the_user_are_the_history() -> None:
    seen: list[list[str]] = []

    class Listening(SampleAssistant):
        def ask(self, question, history=(), reports=()):
            seen.append(list(history))
            return super().ask(question)

    client = TestClient(assemble(SampleLibrary(report()), Listening(), WebSettings()))
    said = [user("甲？"), {"role": "assistant", "content": "…"}, user("乙？")]
    client.post(CHAT, json={"messages": said})
    assert seen == [["甲？"]]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"messages": [{"role": "assistant", "content": "x"}]}, 422, "no_question"),
        ({"messages": []}, 422, "invalid_request"),
        ({"messages": [user("x" * 501)]}, 422, "question_too_long"),
        ({"messages": [user("break")]}, 500, "failed"),
    ],
)
def test_errors_have_the_form_of_that_api(client: TestClient, body, status, code) -> None:
    done = client.post(CHAT, json=body)
    error = done.json()["error"]
    assert (done.status_code, error["code"]) == (status, code)
    assert error["message"]


def test_models_are_listed(client: TestClient) -> None:
    assert [model["id"] for model in client.get("/v1/models").json()["data"]] == ["juewen"]
    assert client.get("/v1/embeddings").json()["error"]["code"] == "not_found"
