"""Whose page may ask, with which token, how much and how often; and what is never told."""

from __future__ import annotations

import json
import logging

import pytest
from fastapi.testclient import TestClient

from qa.web.server import assemble
from qa.web.settings import WebSettings
from tests.web.sample import SampleAssistant, SampleLibrary, report

HOME, OTHER = "https://www.example.gov.cn", "https://elsewhere.example"
ASK = {"question": "支出多少？"}


def make_client(**settings: object) -> TestClient:
    chosen = WebSettings.model_validate({"origins": HOME} | settings)
    return TestClient(assemble(SampleLibrary(report()), SampleAssistant(), chosen))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return make_client()


def opened(client: TestClient, **headers: str) -> dict[str, str]:
    made = client.post("/api/v1/conversations", json={}, headers=headers)
    assert made.status_code == 201
    return {"Authorization": f"Bearer {made.json()['token']}"} | headers


def test_a_page_of_an_allowed_site_asks_with_a_token(client: TestClient) -> None:
    asked = client.post("/api/v1/ask", json=ASK, headers=opened(client, Origin=HOME))
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == HOME
    assert "Origin" in asked.headers["vary"]


def test_a_page_of_an_allowed_site_needs_its_token(client: TestClient) -> None:
    asked = client.post("/api/v1/ask", json=ASK, headers={"Origin": HOME})
    assert (asked.status_code, asked.json()["code"]) == (401, "token_needed")


@pytest.mark.parametrize("path", ["/api/v1/conversations", "/api/v1/ask", "/v1/chat/completions"])
def test_a_page_of_any_other_site_is_refused(client: TestClient, path: str) -> None:
    for origin in (OTHER, "null", f"{HOME}.evil.example"):
        refused = client.post(path, json={}, headers={"Origin": origin})
        assert refused.status_code == 403
        assert "access-control-allow-origin" not in refused.headers


def test_a_browser_may_look_before_it_asks(client: TestClient) -> None:
    wants = {"Access-Control-Request-Method": "POST"}
    looked = client.options("/api/v1/ask", headers={"Origin": HOME} | wants)
    assert looked.status_code == 204
    assert "Authorization" in looked.headers["access-control-allow-headers"]
    assert client.options("/api/v1/ask", headers={"Origin": OTHER} | wants).status_code == 403


def test_our_own_page_is_no_foreign_one(client: TestClient) -> None:
    own = {"Origin": "http://testserver"}
    assert client.post("/api/v1/ask", json=ASK, headers=own).status_code == 200


def test_a_token_serves_the_site_it_was_made_for(client: TestClient) -> None:
    token = opened(client, Origin=HOME)["Authorization"]
    stolen = client.post("/api/v1/ask", json=ASK, headers={"Authorization": token})
    assert (stolen.status_code, stolen.json()["code"]) == (401, "token_invalid")


@pytest.mark.parametrize("token", ["", "x", "WyJhIiwiIl0.x.y", "é"])
def test_a_made_up_token_is_refused(client: TestClient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode(), "Origin": HOME.encode()}
    assert client.post("/api/v1/ask", json=ASK, headers=headers).status_code == 401


def test_another_server_cannot_sign_tokens(client: TestClient) -> None:
    foreign = opened(make_client(), Origin=HOME)
    assert client.post("/api/v1/ask", json=ASK, headers=foreign).status_code == 401


def test_servers_that_share_a_secret_share_tokens() -> None:
    first, second = make_client(secret="s" * 32), make_client(secret="s" * 32)
    asked = second.post("/api/v1/ask", json=ASK, headers=opened(first, Origin=HOME))
    assert asked.status_code == 200


def test_programs_need_a_key_where_one_is_set() -> None:
    client = make_client(api_keys="one,two")
    assert client.get("/api/v1/reports").json()["code"] == "key_needed"
    assert client.post("/api/v1/conversations", json={}).status_code == 401
    keyed = {"Authorization": "Bearer two"}
    assert client.get("/api/v1/reports", headers=keyed).status_code == 200
    assert client.get("/v1/models").status_code == 401
    assert client.get("/healthz").status_code == 200
    widget = opened(client, Origin=HOME)
    assert client.post("/api/v1/ask", json=ASK, headers=widget).status_code == 200


def test_one_address_has_its_share_of_questions() -> None:
    client = make_client(questions_per_address=4)
    codes = [client.post("/api/v1/ask", json=ASK).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    refused = client.post("/api/v1/ask", json=ASK)
    assert refused.json()["code"] == "too_many_requests"
    assert int(refused.headers["retry-after"]) > 0


def test_one_conversation_has_its_share_of_questions() -> None:
    client = make_client(questions_per_session=2)
    headers = opened(client, Origin=HOME)
    codes = [client.post("/api/v1/ask", json=ASK, headers=headers).status_code for _ in range(2)]
    assert codes == [200, 429]
    again = opened(client, Origin=HOME)
    assert client.post("/api/v1/ask", json=ASK, headers=again).status_code == 200


def test_one_address_has_its_share_of_requests() -> None:
    client = make_client(requests_per_address=4)
    codes = [client.get("/api/v1/reports").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert client.get("/healthz").status_code == 200
    assert client.post("/gradio_api/queue/join", json={}).status_code == 429


def test_a_body_that_grows_without_saying_so_is_cut_off() -> None:
    client = make_client(body_bytes=2_000)

    def endless():
        for _ in range(100):
            yield b"x" * 1_000

    sent = client.post("/api/v1/ask", content=endless())
    assert (sent.status_code, sent.json()["code"]) == (413, "body_too_large")


def test_the_log_names_neither_asker_nor_question(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="juewen.access"):
        client.post("/api/v1/ask", json={"question": "机密问题？"})
    (line,) = [json.loads(r.message) for r in caplog.records if r.name == "juewen.access"]
    assert set(line) == {"at", "method", "route", "status", "ms"}
    assert "机密" not in json.dumps(line, ensure_ascii=False)


def test_metrics_count_answers_and_can_be_switched_off(client: TestClient) -> None:
    client.post("/api/v1/ask", json=ASK)
    text = client.get("/metrics").text
    assert 'juewen_answers_total{language="zh",status="answered"}' in text
    assert "testclient" not in text
    assert make_client(metrics=False).get("/metrics").status_code == 404


def test_a_fault_of_ours_tells_no_detail() -> None:
    class Broken(SampleLibrary):
        def report(self, id_):
            raise RuntimeError("/secret/path")

    app = assemble(Broken(report()), SampleAssistant(), WebSettings())
    done = TestClient(app, raise_server_exceptions=False).get("/api/v1/reports/x/outline")
    assert (done.status_code, done.json()["code"]) == (500, "failed")
    assert "secret" not in done.text


@pytest.mark.parametrize("origin", ["https://a.example/path", "a.example", "https://*.example"])
def test_what_is_no_origin_is_no_setting(origin: str) -> None:
    with pytest.raises(ValueError, match="is not an origin"):
        WebSettings(origins=origin)


def test_a_short_secret_is_no_secret() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        WebSettings(secret="short")
