"""What a visitor does on the chat page, at a desk and on a phone."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.browser.conftest import SIZES, Site, ask, opened, violations

pytestmark = pytest.mark.browser

SHARE = "基本支出占支出合计多少？"
PARTS = "行政事业单位养老支出下面分哪几项，各多少？"


def test_a_first_question_and_a_follow_up(tab: Any, site: Site) -> None:
    tab.goto(site.url)
    card = ask(tab, "机关运行经费为什么下降？")
    assert "报告给出的原因" in card.inner_text()
    assert tab.locator(".turn:nth-child(1) .badge").count() >= 2
    follow = ask(tab, "公用经费呢？", turn=2)
    assert "公用经费" in follow.inner_text()


def test_the_page_is_there_at_once(tab: Any, site: Site) -> None:
    tab.goto(site.url)  # the first visit of all reads files from the disk
    began = time.perf_counter()
    tab.goto(site.url)
    tab.wait_for_selector(".welcome")
    spent = time.perf_counter() - began
    painted = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 2_000
    assert spent < 5


def test_a_citation_opens_the_table_at_its_cell(tab: Any, site: Site) -> None:
    tab.goto(site.url)
    ask(tab, "支出合计多少？")
    tab.click(".sources button >> nth=0")
    cell = tab.wait_for_selector(".drawer .target")
    shown = cell.inner_text().replace(",", "")
    stated = tab.locator(".said .figure").first.inner_text().replace(",", "")
    assert shown
    assert stated.startswith(shown.rstrip("0").rstrip("."))
    box, view = cell.bounding_box(), tab.viewport_size
    assert 0 <= box["x"] < view["width"]
    assert 0 <= box["y"] < view["height"]


def test_a_sum_shows_how_it_was_made_and_its_picture(tab: Any, site: Site) -> None:
    tab.goto(site.url)
    ask(tab, SHARE)
    assert tab.locator(".chart.share svg[role=img] rect.ink").count() == 2
    tab.click(".derivation summary")
    assert tab.locator(".derivation tbody tr").count() == 2
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_can_be_asked_next_is_asked(tab: Any, site: Site) -> None:
    tab.goto(site.url)
    ask(tab, "机关运行经费是多少？")
    tab.click("#follow .next button >> nth=0")
    tab.wait_for_selector(".turn:nth-child(2) .answer.answered")


def test_the_page_speaks_english(tab: Any, site: Site) -> None:
    tab.goto(site.url)
    tab.click("[data-language]")
    tab.wait_for_selector("text=Numbers are checked")
    card = ask(tab, "How much was total expenditure?")
    assert "万元" in card.inner_text()
    assert "Sources" in card.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_axe_finds_nothing_grave(browser: Any, site: Site, scheme: str, size: str) -> None:
    for tab in opened(browser, site, SIZES[size], color_scheme=scheme):
        tab.goto(site.url)
        tab.wait_for_selector(".welcome")
        assert violations(tab) == []
        ask(tab, SHARE)
        tab.click(".derivation summary")
        tab.click(".behind summary")
        tab.click(".number summary >> nth=0")
        tab.click("[data-thumb=up]")
        assert violations(tab) == []
        tab.click(".sources button >> nth=0")
        tab.wait_for_selector(".drawer.open")
        assert violations(tab) == []


def test_motion_is_spared(browser: Any, site: Site) -> None:
    for tab in opened(browser, site, SIZES["desktop"], reduced_motion="reduce"):
        tab.goto(site.url)
        ask(tab, SHARE)
        moving = "document.getAnimations().filter(a => a.playState === 'running').length"
        tab.wait_for_function(f"{moving} === 0", timeout=5_000)  # what is spared is over at once
