"""The endpoints, over the invented report and a fixed assistant."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa.answer import Answer
from qa.web.server import assemble
from qa.web.settings import WebSettings
from tests.web.sample import PROSE, SampleAssistant, SampleLibrary, answers, citation, report

SETTINGS = WebSettings(
    question_length=50,
    body_bytes=2_000,
    concurrency=1,
    wait_seconds=0.1,
    questions_per_address=10_000,
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(assemble(SampleLibrary(report()), SampleAssistant(), SETTINGS))


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "reports": 1}
    assert client.head("/healthz").status_code == client.head("/readyz").status_code == 200


def test_an_empty_store_is_alive_but_not_ready() -> None:
    empty = TestClient(assemble(SampleLibrary(), SampleAssistant(), SETTINGS))
    assert empty.get("/healthz").status_code == 200
    assert empty.get("/readyz").status_code == 503
    assert empty.get("/readyz").json()["remedy"]


def test_asking_returns_the_answer_record(client: TestClient) -> None:
    done = client.post("/api/v1/ask", json={"question": "支出多少？"})
    assert done.status_code == 200
    assert Answer.model_validate(done.json()).numbers[0].unit == "万元"


def test_the_store_is_listed(client: TestClient) -> None:
    (held,) = client.get("/api/v1/reports").json()["items"]
    assert (held["year"], held["kind"]) == (2031, "final")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": "x" * 51}, 422, "question_too_long"),
        ({"question": "x", "history": ["y" * 51]}, 422, "question_too_long"),
        ({"question": ""}, 422, "invalid_request"),
        ({"question": "x", "colour": "red"}, 422, "invalid_request"),
        ({"question": 5}, 422, "invalid_request"),
        ({"question": "x", "reports": ["nowhere"]}, 404, "unknown_report"),
        ({"question": "break"}, 500, "failed"),
        ({"question": "x", "history": ["y"] * 900}, 413, "body_too_large"),
    ],
)
def test_errors_have_a_code_and_a_remedy(
    client: TestClient, body: dict[str, object], status: int, code: str
) -> None:
    done = client.post("/api/v1/ask", json=body)
    assert (done.status_code, done.json()["code"]) == (status, code)
    assert done.json()["remedy"]
    assert "Traceback" not in done.text
    assert "ZeroDivision" not in done.text


def test_too_many_at_once_are_told_to_wait() -> None:
    busy, free = threading.Event(), threading.Event()

    class Slow(SampleAssistant):
        def ask(self, question, history=(), reports=()):
            busy.set()
            free.wait(5)
            return super().ask(question)

    client = TestClient(assemble(SampleLibrary(report()), Slow(), SETTINGS))
    first = threading.Thread(
        target=client.post, args=("/api/v1/ask",), kwargs={"json": {"question": "x"}}
    )
    first.start()
    busy.wait(5)
    second = client.post("/api/v1/ask", json={"question": "x"})
    free.set()
    first.join()
    assert (second.status_code, second.json()["code"]) == (503, "busy")


def test_work_that_takes_too_long_is_given_up() -> None:
    class Stuck(SampleAssistant):
        def ask(self, question, history=(), reports=()):
            time.sleep(0.6)
            return super().ask(question)

    hasty = WebSettings(wait_seconds=0.1, answer_seconds=0.1)
    client = TestClient(assemble(SampleLibrary(report()), Stuck(), hasty))
    done = client.post("/api/v1/ask", json={"question": "x"})
    assert (done.status_code, done.json()["code"]) == (504, "slow")


def events(text: str) -> list[tuple[str, object]]:
    blocks = [block.split("\ndata: ") for block in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data)) for name, data in blocks]


def test_a_stream_gives_pieces_that_name_their_numbers_and_sources(client: TestClient) -> None:
    done = client.post("/api/v1/stream", json={"question": "支出多少？"})
    assert done.headers["content-type"].startswith("text/event-stream")
    told = events(done.text)
    assert [name for name, _ in told if name != "piece"] == [
        *("status", "numbers", "citations", "done")
    ]
    whole = Answer.model_validate(told[-1][1])
    pieces = [data for name, data in told if name == "piece"]
    assert "".join(p["text"] for p in pieces) == whole.answer
    figure = next(p for p in pieces if p["number"] == 1)
    assert figure["text"] == "37.8%"
    assert max(p["source"] for p in pieces if p["source"] is not None) == 1


def test_a_stream_that_breaks_ends_in_an_error_event(client: TestClient) -> None:
    (_, (name, problem)) = events(client.post("/api/v1/stream", json={"question": "break"}).text)
    assert (name, problem["code"]) == ("error", "failed")


@pytest.fixture
def opened(client: TestClient) -> tuple[str, dict[str, str]]:
    made = client.post("/api/v1/conversations", json={}).json()
    return f"/api/v1/conversations/{made['id']}", {"Authorization": f"Bearer {made['token']}"}


def test_a_conversation_remembers_and_a_choice_is_asked(client: TestClient, opened) -> None:
    address, token = opened
    asked = client.post(f"{address}/turns", json={"question": "哪个多？"}, headers=token)
    assert asked.json()["status"] == "clarify"
    chosen = client.post(f"{address}/turns", json={"choice": 1}, headers=token).json()
    assert chosen["question"] == answers("哪个").suggestions[1]
    held = client.get(address, headers=token).json()
    assert [turn["status"] for turn in held["turns"]] == ["clarify", "answered"]
    assert held["choices"] == []


def test_a_turn_can_be_streamed(client: TestClient, opened) -> None:
    address, token = opened
    done = client.post(f"{address}/turns", json={"question": "x", "stream": True}, headers=token)
    assert events(done.text)[-1][0] == "done"


def test_earlier_questions_are_handed_to_the_engine() -> None:
    seen: list[list[str]] = []

    class Listening(SampleAssistant):
        def ask(self, question, history=(), reports=()):
            seen.append(list(history))
            return super().ask(question)

    client = TestClient(assemble(SampleLibrary(report()), Listening(), WebSettings()))
    made = client.post("/api/v1/conversations", json={"history": ["甲？"]}).json()
    token = {"Authorization": f"Bearer {made['token']}"}
    for question in ("乙？", "丙？"):
        client.post(
            f"/api/v1/conversations/{made['id']}/turns", json={"question": question}, headers=token
        )
    assert seen == [["甲？"], ["甲？", "乙？"]]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"choice": 0}, 422, "unknown_choice"),
        ({}, 422, "invalid_request"),
        ({"question": "x", "choice": 0}, 422, "invalid_request"),
        ({"question": "x" * 51}, 422, "question_too_long"),
    ],
)
def test_turns_that_cannot_be_asked(client: TestClient, opened, body, status, code) -> None:
    address, token = opened
    done = client.post(f"{address}/turns", json=body, headers=token)
    assert (done.status_code, done.json()["code"]) == (status, code)


def test_a_conversation_is_its_owners_alone(client: TestClient, opened) -> None:
    address, token = opened
    other = client.post("/api/v1/conversations", json={}).json()
    stranger = {"Authorization": f"Bearer {other['token']}"}
    assert client.get(address, headers=stranger).json()["code"] == "unknown_conversation"
    assert client.get(address).status_code == 404
    assert client.delete(address, headers=token).status_code == 204
    assert client.get(address, headers=token).status_code == 404


def test_a_report_is_read_by_its_outline(client: TestClient) -> None:
    base = "/api/v1/reports/qingshi-2031"
    outline = client.get(f"{base}/outline").json()
    assert [heading["level"] for heading in outline] == [1, 1, 2]
    (ref,) = outline[1]["tables"]
    table = client.get(f"{base}/tables/{ref['id']}").json()
    assert (table["number"], len(table["rows"]), table["checks"]["holds"]) == ("公开01表", 6, 1)
    section = client.get(f"{base}/sections/2").json()
    assert len(section["passages"]) == 2
    assert client.get(base).json()["facts"] == 11


@pytest.mark.parametrize("path", ["x", "qingshi-2031/tables/9", "qingshi-2031/sections/9"])
def test_what_a_report_does_not_have_is_told(client: TestClient, path: str) -> None:
    done = client.get(f"/api/v1/reports/{path}")
    assert done.status_code == 404
    assert done.json()["code"].startswith("unknown_")


def test_a_citation_leads_to_its_cell_and_to_its_sentence(client: TestClient) -> None:
    cell = client.post("/api/v1/source", json=citation().model_dump(mode="json")).json()
    assert (cell["kind"], cell["row"], cell["column"]) == ("table", 5, 1)
    said = client.post("/api/v1/source", json=PROSE.model_dump(mode="json")).json()
    (marked,) = [p for p in said["section"]["passages"] if p["mark"]]
    start, end = marked["mark"]
    assert marked["text"][start:end] == PROSE.quote


def test_feedback_is_kept_with_the_answer_it_is_about(tmp_path: Path) -> None:
    app = assemble(SampleLibrary(report()), SampleAssistant(), WebSettings(), tmp_path)
    client = TestClient(app)
    given = client.post("/api/v1/ask", json={"question": "支出多少？"}).json()
    said = {"answer": given["id"], "rating": "down", "comment": "少了一项"}
    assert client.post("/api/v1/feedback", json=said).status_code == 201
    (kept,) = app.state.desk.feedback.entries()
    assert (kept.opinion.comment, kept.opinion.answer.id) == ("少了一项", given["id"])
    assert client.post("/api/v1/feedback", json=said | {"answer": "?"}).status_code == 404


def test_what_could_follow_is_what_the_engine_answers_anew() -> None:
    class Terse(SampleAssistant):
        def ask(self, question, history=(), reports=()):
            text = question if question in ("支出多少？", "为什么？") else "支出多少？"
            return answers("支出").model_copy(
                update={"question": question, "answer": text, "suggestions": ()}
            )

    client = TestClient(assemble(SampleLibrary(report()), Terse(), WebSettings()))
    given = client.post("/api/v1/ask", json={"question": "支出多少？"}).json()
    following = client.get(f"/api/v1/answers/{given['id']}/next").json()
    assert following == {"questions": ["为什么？"]}
    assert client.get("/api/v1/answers/x/next").json()["code"] == "unknown_answer"


def test_the_audit_of_a_report_has_pages(client: TestClient) -> None:
    page = client.get("/api/v1/audit", params={"report": "qingshi-2031", "limit": 1}).json()
    assert len(page["items"]) <= 1
    assert page["total"] >= len(page["items"])


def test_addresses_that_are_not_there_keep_the_form_of_errors(client: TestClient) -> None:
    assert client.get("/api/v1/nothing").json()["code"] == "not_found"
    wrong = client.put("/api/v1/ask")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")


def test_the_api_is_described_without_anything_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "/api/v1/stream" in page
    assert "<script" not in page
    assert "http" not in page


def test_every_page_carries_its_security_headers(client: TestClient) -> None:
    for path in ("/", "/healthz", "/juewen/page.css"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert (
        client.get("/api/v1/reports")
        .headers["content-security-policy"]
        .startswith("default-src 'none'")
    )


def test_the_page_names_nothing_elsewhere(client: TestClient) -> None:
    sheet = client.get("/juewen/page.css").text
    assert "http" not in sheet
    assert "@import" not in sheet
