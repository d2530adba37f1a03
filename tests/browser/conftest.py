"""The whole product in a real browser: the shipped report, the real engine, both faces.

Skipped with the reason where there is no Chromium; axe runs where $JUEWEN_AXE names axe.min.js
(`npm install axe-core` in any folder).
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from corpus import read_report
from index import IndexSettings, Library
from qa import Assistant
from qa.web.desk.passwords import hash_password
from qa.web.server import assemble
from qa.web.settings import WebSettings
from tests.index.samples import HashEmbedder

SEED = next((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))
NAME, PASSWORD = "zhao", "a long password"
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}


@dataclass(frozen=True)
class Site:
    """A running server: its address and the folder of its store."""

    url: str
    store: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("browser")
    users = f"{NAME}={hash_password(PASSWORD)}"
    with pytest.MonkeyPatch.context() as patch, _library(folder) as library:
        patch.setenv("JUEWEN_DESK_USERS", users)
        app = assemble(library, Assistant(library), WebSettings(), folder)
        yield from _running(app, folder)


def _library(folder: Path) -> Library:
    library = Library.open(folder / "s", settings=IndexSettings(), embedder=HashEmbedder())
    library.add(read_report(SEED))
    return library


def _running(app: Any, folder: Path) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield Site(f"http://127.0.0.1:{port}", folder)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(params=list(SIZES))
def tab(request: pytest.FixtureRequest, browser: Any, site: Site) -> Iterator[Any]:
    """An empty tab; whatever it loads must come from our own server, without a fault."""
    yield from opened(browser, site, SIZES[request.param])


@pytest.fixture
def wide(browser: Any, site: Site) -> Iterator[Any]:
    """The same at a desk only."""
    yield from opened(browser, site, SIZES["desktop"])


def opened(browser: Any, site: Site, size: tuple[int, int], **options: Any) -> Iterator[Any]:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, **options)
    page.set_default_timeout(60_000)
    faults: list[str] = []
    requested: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda sent: requested.append(sent.url))
    yield page
    page.close()
    assert faults == []
    assert [url for url in requested if not url.startswith((site.url, "data:", "blob:"))] == []


def ask(page: Any, question: str, turn: int = 1) -> Any:
    """Ask in the chat page; the card of the answer."""
    page.fill("#question textarea", question)
    page.click("#send")
    return page.wait_for_selector(f".turn:nth-child({turn}) .answer:not(.notice)")


def sign_in(page: Any, site: Site, language: str = "") -> None:
    """Enter the desk."""
    page.goto(f"{site.url}/desk/{language}", wait_until="domcontentloaded")
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("#desk [role=tab]")


def look(page: Any, tab: str) -> None:
    """Choose a tab of the desk, also where a narrow screen hides it behind a button."""
    wanted = page.get_by_role("tab", name=tab, exact=True).first
    if not wanted.is_visible():
        page.click("#desk .overflow-menu > button")
        wanted = page.locator("#desk .overflow-dropdown button", has_text=tab).first
    wanted.click()


def violations(page: Any) -> list[tuple[str, str, str]]:
    """What axe finds serious or critical on the page as it is."""
    script = os.environ.get("JUEWEN_AXE")
    if not script:
        pytest.skip("no axe-core here: name its axe.min.js in $JUEWEN_AXE")
    page.evaluate(Path(script).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    grave = [v for v in found if v["impact"] in ("serious", "critical")]
    return [(v["impact"], v["id"], str(v["nodes"][0]["target"])) for v in grave]
