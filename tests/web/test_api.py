"""The endpoints, over the invented report and a fixed assistant."""

from __future__ import annotations

import threading

import pytest
from fastapi.testclient import TestClient

from qa.answer import Answer
from qa.web.server import assemble
from qa.web.settings import WebSettings
from tests.web.sample import SampleAssistant, SampleLibrary, report

SETTINGS = WebSettings(question_length=50, body_bytes=2_000, concurrency=1, wait_seconds=0.1)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(assemble(SampleLibrary(report()), SampleAssistant(), SETTINGS))


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "reports": 1}


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


def test_every_page_carries_its_security_headers(client: TestClient) -> None:
    for path in ("/", "/healthz", "/juewen/page.css"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_page_names_nothing_elsewhere(client: TestClient) -> None:
    sheet = client.get("/juewen/page.css").text
    assert "http" not in sheet
    assert "@import" not in sheet
