"""Who gets into the desk, and who does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from qa.web.desk import DeskSettings
from qa.web.desk.access import COOKIE, Access
from qa.web.desk.passwords import hash_password, is_hash, is_password
from tests.web.desks import NAME, PASSWORD, SETTINGS, app, desk

ROOT = Path(__file__).parents[2]
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with desk(tmp_path_factory.mktemp("desk")) as made:
        yield TestClient(app(made), follow_redirects=False)


@pytest.fixture
def stranger(client: TestClient) -> TestClient:
    client.cookies.clear()
    return client


def sign_in(client: TestClient, password: str = PASSWORD, name: str = NAME, **headers: str):
    return client.post("/desk/sign-in", data={"name": name, "password": password}, headers=headers)


def test_without_users_the_desk_says_that_it_is_off(tmp_path: Path) -> None:
    with desk(tmp_path) as made:
        off = TestClient(app(made, DeskSettings(users={})), follow_redirects=False)
        for path in ("/desk", "/desk/", "/desk/sign-in", "/desk/export/feedback.jsonl"):
            told = off.get(path)
            assert told.status_code == 404
            assert "工作台没有启用" in told.text


def test_a_user_gets_in_and_out(stranger: TestClient) -> None:
    done = sign_in(stranger)
    assert (done.status_code, done.headers["location"]) == (303, "/desk/")
    cookie = done.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/desk/").status_code == 200
    assert stranger.get("/desk").headers["location"] == "/desk/"
    stranger.post("/desk/sign-out")
    assert stranger.get("/desk/").status_code == 401


def test_the_desk_speaks_english(stranger: TestClient) -> None:
    assert "Juewen staff desk" in stranger.get("/desk/sign-in?lang=en").text
    done = stranger.post("/desk/sign-in?lang=en", data={"name": NAME, "password": PASSWORD})
    assert done.headers["location"] == "/desk/en/"
    assert "Juewen staff desk" in stranger.get("/desk/en/").text


@pytest.mark.parametrize(
    "path",
    [
        "/desk/",
        "/desk/en/",
        "/desk/config",
        "/desk/gradio_api/info",
        "/desk/gradio_api/queue/data",
        "/desk/en/gradio_api/info",
        "/desk/export/table.csv?report=qingshi-2031&table=0",
        "/desk/export/feedback.jsonl",
    ],
)
def test_nothing_is_shown_to_strangers(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 401
    assert stranger.get(path).json()["code"] == "signed_out"
    turned = stranger.get(path, headers=HTML)
    assert turned.status_code == 303
    assert turned.headers["location"].startswith("/desk/sign-in")


@pytest.mark.parametrize("path", ["/desk/gradio_api/upload", "/desk/en/gradio_api/upload"])
def test_nothing_is_taken_from_strangers(stranger: TestClient, path: str) -> None:
    sent = stranger.post(path, files={"files": ("a.txt", b"x")})
    assert sent.status_code == 401


def test_a_wrong_password_or_name_is_refused_alike(stranger: TestClient) -> None:
    answers = [sign_in(stranger, password="no"), sign_in(stranger, name="nobody")]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.text for answer in answers}) == 1


def test_a_form_of_another_site_is_refused(stranger: TestClient) -> None:
    assert sign_in(stranger, origin="https://elsewhere.example").status_code == 403
    assert sign_in(stranger, origin="http://testserver").status_code == 303


def test_an_oversized_form_is_refused(stranger: TestClient) -> None:
    assert sign_in(stranger, password="x" * 10_000).status_code == 403


def test_a_cookie_of_somebody_elses_making_is_refused(stranger: TestClient) -> None:
    stranger.cookies.set(COOKIE, f"{NAME}.abc.def")
    assert stranger.get("/desk/").status_code == 401
    stranger.cookies.clear()
    stranger.cookies.set(COOKIE, Access(SETTINGS).token(NAME))  # signed by another start's secret
    assert stranger.get("/desk/").status_code == 401


def test_failing_often_locks_for_a_while() -> None:
    access = Access(SETTINGS)
    for _ in range(SETTINGS.attempts):
        assert not access.admits(NAME, "no", "10.0.0.1")
    assert not access.admits(NAME, PASSWORD, "10.0.0.2")
    assert not access.admits("another", PASSWORD, "10.0.0.1")


def test_a_token_outlives_neither_its_time_nor_its_user(monkeypatch: pytest.MonkeyPatch) -> None:
    access = Access(SETTINGS)
    assert access.user(access.token(NAME)) == NAME
    assert access.user(access.token("gone")) is None
    monkeypatch.setattr(Access, "seconds", -1)
    assert access.user(access.token(NAME)) is None


def test_passwords_are_kept_as_salted_hashes() -> None:
    first, second = hash_password("a password"), hash_password("a password")
    assert first != second
    assert is_hash(first)
    assert is_password("a password", first)
    assert not is_password("another", first)
    assert not is_password("a password", "plain")


@pytest.mark.parametrize("users", ["li=plain", "li", "=scrypt:1:1:1:a:b"])
def test_a_plain_password_is_no_setting(users: str) -> None:
    with pytest.raises(ValidationError, match=r"qa\.web\.desk\.passwords"):
        DeskSettings(users=users)


def test_several_users_may_be_given() -> None:
    one = hash_password("one password")
    assert set(DeskSettings(users=f"a={one}, b={one}").users) == {"a", "b"}
    assert one not in repr(DeskSettings(users=f"a={one}"))


def test_every_setting_is_documented() -> None:
    manual = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(JUEWEN_DESK_\w+)`", manual))
    assert named == {f"JUEWEN_DESK_{name.upper()}" for name in DeskSettings.model_fields}
