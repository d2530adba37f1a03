"""The widget in a real browser, inside a page of another site with a strict policy of its own."""

from __future__ import annotations

import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from qa.web.server import assemble
from qa.web.settings import WebSettings
from qa.web.widget import bundle
from tests.web.conftest import free_port
from tests.web.payloads import PAYLOADS
from tests.web.sample import SampleAssistant, SampleLibrary, report

LARGEST = 40_000
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>一个网站</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src {server}; connect-src {server}">
</head><body><main><h1>预决算公开</h1></main>
<script src="{server}/widget.js"></script></body></html>
"""

# From the tap to the second frame after it, in milliseconds.
TIMED = """() => {
  const root = document.querySelector("juewen-widget").shadowRoot;
  const painted = (began) => {
    window.painted = root.querySelector(".panel") ? performance.now() - began : 1e9;
  };
  root.querySelector(".launch").addEventListener("click", () => {
    const began = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => painted(began)));
  }, { capture: true });
}"""


def test_the_widget_is_one_small_script_that_names_nothing_elsewhere() -> None:
    script = bundle(500)
    assert len(script.encode()) < LARGEST
    assert script.replace("http://www.w3.org/2000/svg", "").count("://") == 0
    assert "innerHTML" not in script
    assert "eval(" not in script


def test_the_script_may_be_loaded_by_any_page_and_is_revalidated() -> None:
    client = TestClient(assemble(SampleLibrary(report()), SampleAssistant(), WebSettings()))
    first = client.get("/widget.js")
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


class EchoAssistant(SampleAssistant):
    """Says a hostile question back, as an answer, a choice and a citation."""

    def ask(self, question, history=(), reports=()):
        given = super().ask(question, history, reports)
        if question not in PAYLOADS:
            return given
        cited = tuple(
            c.model_copy(update={"title": question, "row": question}) for c in given.citations
        )
        text = f"{question} 498.15万元[1]"
        return given.model_copy(
            update={"answer": text, "citations": cited, "suggestions": (question,)}
        )


class Site:
    """Our server, a site that may embed it and one that may not."""

    def __init__(self) -> None:
        self.server = f"http://127.0.0.1:{free_port()}"
        self.allowed = self._foreign()
        self.refused = self._foreign()
        hostile = report(passage="\n".join(PAYLOADS))
        settings = WebSettings(
            origins=self.allowed,
            questions_per_session=10_000,
            questions_per_address=10_000,
            requests_per_address=100_000,
        )
        app = assemble(SampleLibrary(hostile), EchoAssistant(), settings)
        self.desk = app.state.desk
        port = int(self.server.rsplit(":", 1)[1])
        self._uvicorn = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))

    def __enter__(self) -> Site:
        threading.Thread(target=self._uvicorn.run, daemon=True).start()
        while not self._uvicorn.started:
            threading.Event().wait(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._uvicorn.should_exit = True

    def _foreign(self) -> str:
        """Another origin: localhost is another host than 127.0.0.1."""
        server = self.server

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                lang = "en" if self.path == "/en" else "zh-CN"
                body = PAGE.format(server=server, lang=lang).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        serving = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        return f"http://localhost:{serving.server_port}"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture(params=[(1280, 860), (390, 844)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Any, site: Site) -> Iterator[Any]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    faults: list[str] = []
    requested: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)
    opened.on("request", lambda sent: requested.append(sent.url))
    opened.goto(site.allowed)
    yield opened
    assert faults == []  # a breach of the page's policy would be told here
    assert [u for u in requested if not u.startswith((site.allowed, site.server))] == []
    opened.close()


def is_fault(said: Any) -> bool:
    """A breach of the page's policy is one; an answer with an error status is not."""
    return said.type == "error" and "Failed to load resource" not in said.text


def start(page: Any) -> None:
    page.click(".launch")
    page.wait_for_selector(".panel")


def ask(page: Any, question: str) -> None:
    page.fill(".composer textarea", question)
    page.keyboard.press("Enter")


def asked(page: Any, question: str = "支出多少？") -> None:
    start(page)
    ask(page, question)
    page.wait_for_selector(".answer:not([aria-busy]) .opinion")


@pytest.mark.browser
def test_the_panel_is_painted_at_once(page: Any) -> None:
    page.evaluate(TIMED)
    page.click(".launch")
    page.wait_for_function("window.painted !== undefined")
    assert page.evaluate("window.painted") <= 300


@pytest.mark.browser
def test_an_answer_has_badges_that_explain_themselves(page: Any) -> None:
    asked(page)
    assert page.locator(".badge").all_inner_texts() == ["表", "算", "文"]
    page.click(".figure >> nth=0")
    assert "与报告表格中的单元格一致" in page.inner_text(".note")
    page.click(".derivation summary")
    assert page.locator(".derivation tr").count() == 2


@pytest.mark.browser
def test_a_source_opens_the_table_with_its_cell(page: Any) -> None:
    asked(page)
    page.click(".sources button >> nth=0")
    cell = page.wait_for_selector(".drawer .target")
    assert cell.inner_text() == "498.15"
    assert cell.is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".drawer", state="detached")
    focused = "document.querySelector('juewen-widget').shadowRoot.activeElement.innerText"
    assert "公开01表" in page.evaluate(focused)
    page.keyboard.press("Escape")
    page.wait_for_selector(".panel", state="detached")


@pytest.mark.browser
def test_a_follow_up_and_a_choice_are_asked(page: Any) -> None:
    asked(page, "哪个多？")
    page.click(".choices button >> nth=1")
    page.wait_for_selector(".turn:nth-child(2) .answer.answered")
    page.click(".turn:nth-child(2) .next button >> nth=0")
    page.wait_for_selector(".turn:nth-child(3) .answer.answered")


@pytest.mark.browser
def test_feedback_is_kept(page: Any, site: Site) -> None:
    asked(page)
    before = site.desk.feedback.count()
    page.click(".opinion .down")
    page.fill(".comment textarea", "少了一项")
    page.click(".comment button")
    page.wait_for_selector("text=谢谢")
    assert site.desk.feedback.count() == before + 1
    latest = site.desk.feedback.entries(limit=1)[0].opinion
    assert (latest.comment, latest.face) == ("少了一项", "widget")


@pytest.mark.browser
def test_it_speaks_both_languages(page: Any) -> None:
    asked(page)
    page.click(".language")
    page.wait_for_selector("text=How it was computed")
    assert page.locator(".badge").first.inner_text() == "table"


@pytest.mark.browser
def test_it_follows_the_language_of_the_page(browser: Any, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.allowed}/en")
    assert page.inner_text(".launch").endswith("Ask the accounts")
    page.close()


@pytest.mark.browser
def test_a_page_has_one_widget_however_its_scripts_came(page: Any, site: Site) -> None:
    page.evaluate(
        """(address) => new Promise((done) => {
          const added = document.createElement("script");
          added.onload = done;
          added.src = address;
          document.body.append(added);
        })""",
        f"{site.server}/widget.js",
    )
    assert page.locator("juewen-widget").count() == 1
    page.evaluate("document.querySelector('juewen-widget').remove()")
    asked_again = (
        "document.body.append(Object.assign(document.createElement('script'), {src: '%s'}))"
    )
    page.evaluate(asked_again % f"{site.server}/widget.js?again")
    page.wait_for_selector(".launch")
    asked(page)


@pytest.mark.browser
def test_it_can_be_used_by_keyboard_alone(page: Any) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel")
    page.keyboard.type("支出多少？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer.answered")
    page.keyboard.press("Escape")
    page.wait_for_selector(".panel", state="detached")


@pytest.mark.browser
def test_nothing_is_wider_than_the_page(page: Any) -> None:
    asked(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    panel = "document.querySelector('juewen-widget').shadowRoot.querySelector('.thread')"
    assert page.evaluate(f"{panel}.scrollWidth <= {panel}.clientWidth")


@pytest.mark.browser
def test_a_forgotten_conversation_goes_on_in_a_new_one(page: Any, site: Site) -> None:
    asked(page)
    site.desk.conversations._held.clear()
    ask(page, "其中基本支出呢？")
    page.wait_for_selector(".turn:nth-child(2) .answer.answered")


@pytest.mark.browser
def test_what_breaks_is_told_plainly_and_can_be_tried_again(page: Any) -> None:
    start(page)
    ask(page, "break")
    page.wait_for_selector(".trouble")
    assert "没有处理成功" in page.inner_text(".trouble")
    assert page.locator(".answer .plain").is_visible()


@pytest.mark.browser
def test_a_site_that_is_not_allowed_gets_no_answer(browser: Any, site: Site) -> None:
    page = browser.new_page()
    page.goto(site.refused)
    start(page)
    ask(page, "支出多少？")
    page.wait_for_selector(".trouble")
    assert "尚未获准" in page.inner_text(".trouble")
    assert page.locator(".said").count() == 0
    page.close()


@pytest.mark.browser
def test_nothing_hostile_runs(browser: Any, site: Site) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(site.allowed)
    start(page)
    for turn, payload in enumerate(PAYLOADS, start=1):
        ask(page, payload)
        page.wait_for_selector(f".turn:nth-child({turn}) .answer:not([aria-busy])")
    page.click(".turn:last-child .sources button >> nth=1")
    page.wait_for_selector(".drawer .original > p")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    within = "document.querySelector('juewen-widget').shadowRoot"
    assert page.evaluate(f"{within}.querySelectorAll('script, iframe, img, a, object').length") == 0
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, site: Site, scheme: str) -> None:
    script = os.environ.get("JUEWEN_AXE")
    if not script:
        pytest.skip("no axe-core here: name its axe.min.js in $JUEWEN_AXE")
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page.goto(site.allowed)
    page.evaluate(Path(script).read_text(encoding="utf-8"))
    asked(page)
    page.click(".figure >> nth=0")
    page.click(".derivation summary")
    page.click(".opinion .down")
    assert serious(page) == []
    page.click(".sources button >> nth=0")
    page.wait_for_selector(".drawer .target")
    assert serious(page) == []
    page.close()


def serious(page: Any) -> list[str]:
    found = page.evaluate("axe.run()")["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['target']}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
