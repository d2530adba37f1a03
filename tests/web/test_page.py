"""The chat page in a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from qa.web.feedback import FeedbackStore, Rating
from qa.web.server import assemble
from qa.web.settings import WebSettings
from tests.web.payloads import PAYLOADS
from tests.web.sample import SampleAssistant, SampleLibrary, report

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(1280, 860), (390, 844)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Any, site: str) -> Iterator[Any]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.faults, opened.requested = [], []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("request", lambda sent: opened.requested.append(sent.url))
    opened.goto(site)
    opened.wait_for_selector(".welcome")
    yield opened
    assert opened.faults == []
    assert [u for u in opened.requested if not u.startswith((site, "data:", "blob:"))] == []
    opened.close()


def ask(page: Any, question: str) -> None:
    page.fill("#question textarea", question)
    page.click("#send")


def test_a_question_is_answered_with_badges(page: Any) -> None:
    ask(page, "支出多少？")
    page.wait_for_selector(".answer.answered")
    assert page.locator(".badge").all_inner_texts() == ["表", "算", "文"]
    assert page.locator("#question textarea").input_value() == ""


def test_nothing_is_wider_than_the_page(page: Any) -> None:
    ask(page, "支出多少？")
    page.wait_for_selector(".answer.answered")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_source_opens_the_table_with_its_cell(page: Any) -> None:
    ask(page, "支出多少？")
    page.click(".sources button >> nth=0")
    cell = page.wait_for_selector(".drawer .target")
    assert cell.inner_text() == "498.15"
    assert cell.is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".drawer", state="hidden")
    assert page.evaluate("document.activeElement.dataset.cite") == "0"


def test_a_source_opens_the_section_with_its_sentence(page: Any) -> None:
    ask(page, "支出多少？")
    page.click(".sources button >> nth=1")
    assert "泵站改造工程" in page.wait_for_selector(".drawer mark").inner_text()


def test_a_badge_explains_itself(page: Any) -> None:
    ask(page, "支出多少？")
    page.click(".number summary >> nth=0")
    assert page.locator(".number p").first.is_visible()


def test_a_picture_has_its_numbers_behind_it(page: Any) -> None:
    ask(page, "支出多少？")
    assert page.wait_for_selector(".chart svg[role=img]").is_visible()
    page.click(".behind summary")
    assert page.locator(".behind td").first.inner_text() == "188.15 万元"
    page.click(".behind .mark >> nth=0")
    page.wait_for_selector(".drawer .target")


def test_an_opinion_is_kept(page: Any, opinions: FeedbackStore) -> None:
    before = opinions.count(rating=Rating.DOWN)
    ask(page, "支出多少？")
    page.click("[data-thumb=down]")
    page.fill(".opinion textarea", "少了一项")
    page.click("[data-rate]")
    page.wait_for_selector("text=已收到您的意见")
    page.wait_for_timeout(300)
    assert opinions.count(rating=Rating.DOWN) == before + 1
    kept = opinions.entries(rating=Rating.DOWN, limit=1)[0].opinion
    assert (kept.question, kept.comment, kept.face) == ("支出多少？", "少了一项", "page")
    ask(page, "支出一共多少？")
    page.wait_for_selector(".turn:nth-child(2) .answer.answered")
    assert page.locator("[data-thumb=down]").count() == 1  # the first stays settled


def test_an_answer_is_copied(page: Any) -> None:
    ask(page, "支出多少？")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy]")
    page.wait_for_selector("text=已复制")
    assert page.evaluate("navigator.clipboard.readText()").startswith("2031年支出合计498.15万元")


def test_a_shared_link_asks_again(page: Any, site: str) -> None:
    page.click(".chip >> nth=0")
    page.wait_for_selector(".chip[aria-pressed=true]")
    ask(page, "支出多少？")
    page.wait_for_selector(".turn:nth-child(1) .answer.answered")
    ask(page, "哪个多？")
    page.wait_for_selector(".turn:nth-child(2) .answer.clarify")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click(".turn:nth-child(2) [data-share]")
    page.wait_for_selector("text=链接已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{site}/?q=")
    page.goto(link)
    page.wait_for_selector(".turn:nth-child(2) .answer.clarify")
    assert page.locator(".asked").first.inner_text().endswith("支出多少？")
    assert page.locator(".chip[aria-pressed=true]").count() == 1


def test_a_link_may_ask_in_english(page: Any, site: str) -> None:
    page.goto(f"{site}/?lang=en&q=支出多少")
    page.wait_for_selector(".answer.answered")
    assert page.locator("#send").inner_text() == "Ask"
    assert page.locator(".behind summary").inner_text() == "The numbers behind it"


def test_the_keyboard_is_enough(page: Any) -> None:
    page.focus("#question textarea")
    page.keyboard.type("支出多少？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer.answered")
    page.focus(".said .mark")
    page.keyboard.press("Enter")
    page.wait_for_selector(".drawer .target")
    page.keyboard.press("Escape")
    page.wait_for_selector(".drawer", state="hidden")
    assert page.evaluate("document.activeElement.className") == "mark"


def test_a_suggestion_is_asked(page: Any) -> None:
    ask(page, "支出多少？")
    page.click(".turn .next button >> nth=0")
    page.wait_for_selector(".turn:nth-child(2) .answer.answered")


def test_a_clarifying_choice_is_asked(page: Any) -> None:
    ask(page, "哪个多？")
    page.click(".choices button >> nth=1")
    assert page.wait_for_selector(".turn:nth-child(2) .asked").inner_text().endswith("合计是多少？")


def test_the_page_speaks_english(page: Any) -> None:
    page.click("[data-language]")
    page.wait_for_selector("text=Numbers are checked")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("#send").inner_text() == "Ask"


def test_a_report_can_be_chosen(page: Any) -> None:
    page.click(".chip")
    page.wait_for_selector(".chip[aria-pressed=true]")
    page.click(".chip")
    page.wait_for_selector(".chip[aria-pressed=false]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, site: str, scheme: str) -> None:
    script = os.environ.get("JUEWEN_AXE")
    if not script:
        pytest.skip("no axe-core here: name its axe.min.js in $JUEWEN_AXE")
    page = browser.new_page(color_scheme=scheme)
    page.goto(site)
    ask(page, "支出多少？")
    page.click(".derivation summary")
    page.click(".sources button >> nth=0")
    page.wait_for_selector(".drawer .target")
    page.evaluate(Path(script).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    page.close()


def test_nobody_can_upload_to_the_page(site: str) -> None:
    sent = httpx.post(f"{site}/gradio_api/upload", files={"files": ("a.txt", b"x")})
    assert (sent.status_code, sent.json()["code"]) == (404, "no_uploads")


def test_the_page_holds_as_many_conversations_as_it_is_told(tmp_path: Path) -> None:
    settings = WebSettings(sessions=7)
    app = assemble(SampleLibrary(report()), SampleAssistant(), settings, tmp_path)
    held = [getattr(getattr(r, "app", None), "state_holder", None) for r in app.routes]
    assert [holder.capacity for holder in held if holder is not None] == [7]


def test_what_breaks_is_told_plainly(page: Any) -> None:
    ask(page, "break")
    page.wait_for_selector("text=没有处理成功")


def test_nothing_hostile_runs(browser: Any, hostile_site: str) -> None:
    page = browser.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(hostile_site)
    page.wait_for_selector(".welcome")
    for turn, start in enumerate(range(0, len(PAYLOADS), 8), start=1):
        page.fill("#question textarea", "\n".join(PAYLOADS[start : start + 8])[:500])
        page.click("#send")
        page.wait_for_selector(f".turn:nth-child({turn}) .answer.answered")
    page.click(".sources button >> nth=1")
    page.wait_for_selector(".drawer")
    page.wait_for_timeout(500)
    assert page.evaluate("window.hit") is None
    page.close()
