"""What staff do at the desk, at a desk and on a phone."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qa.web.feedback import FeedbackStore, Rating
from qa.web.service.desk import FEEDBACK_FILE
from tests.browser.conftest import SEED, SIZES, Site, ask, look, opened, sign_in, violations

pytestmark = pytest.mark.browser


def fill(page: Any, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).first.fill(text)


def saved(page: Any, link: str) -> Path:
    with page.expect_download() as expected:
        page.click(link)
    return Path(expected.value.path())


def test_a_stranger_is_turned_away(wide: Any, site: Site) -> None:
    wide.goto(f"{site.url}/desk/")
    assert wide.url.endswith("/desk/sign-in")
    wide.fill("#name", "zhao")
    wide.fill("#password", "guess")
    wide.click("button[type=submit]")
    assert "不对" in wide.wait_for_selector("[role=alert]").inner_text()


def test_signing_out(wide: Any, site: Site) -> None:
    sign_in(wide, site)
    wide.click("#mast button")
    wide.wait_for_selector("#password")
    wide.goto(f"{site.url}/desk/")
    assert wide.url.endswith("/desk/sign-in")


def test_a_search_finds_texts_and_cells_and_opens_them(tab: Any, site: Site) -> None:
    sign_in(tab, site)
    fill(tab, "查找内容", "机关运行经费 下降")
    tab.click("#find")
    tab.click(".hits .place >> nth=0")
    assert tab.wait_for_selector(".drawer #cited").is_visible()
    tab.keyboard.press("Escape")
    fill(tab, "查找内容", "")
    fill(tab, "科目", "办公费")
    fill(tab, "金额不小于", "1")
    tab.click("#find")
    cell = tab.wait_for_selector("table.cells .place")
    printed = cell.inner_text().split()[0]
    cell.click()
    assert tab.wait_for_selector(".drawer .target").inner_text() == printed


def test_the_cells_found_are_exported(wide: Any, site: Site) -> None:
    sign_in(wide, site)
    fill(wide, "科目", "办公费")
    wide.click("#find")
    wide.wait_for_selector("table.cells")
    rows = list(
        csv.DictReader(io.StringIO(saved(wide, "#found a[download]").read_text("utf-8-sig")))
    )
    assert rows
    assert all("办公费" in row["row"] for row in rows)


def test_a_table_is_exported_as_it_is_shown(wide: Any, site: Site) -> None:
    sign_in(wide, site)
    look(wide, "表格")
    wide.wait_for_selector("#sheet tbody tr")
    first = wide.locator("#sheet tbody tr").first.locator("th, td").all_inner_texts()
    book = saved(wide, "#sheet a[download] >> nth=1").read_bytes()
    sheet = load_workbook(io.BytesIO(book)).active
    printed = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {text for text in first if text and not text[0].isdigit()} <= printed
    lines = saved(wide, "#sheet a[download] >> nth=0").read_text("utf-8-sig")
    assert first[0] in lines


def test_the_outline_leads_through_the_report(tab: Any, site: Site) -> None:
    sign_in(tab, site)
    look(tab, "阅读")
    entry = tab.locator(".reader nav button").nth(5)
    entry.click()
    heading = f"#section-{entry.get_attribute('data-heading')}"
    tab.wait_for_function(
        "wanted => { const box = document.querySelector(wanted).getBoundingClientRect();"
        " return box.top >= 0 && box.top < innerHeight; }",
        arg=heading,
    )


def test_contradictions_lead_to_their_places(wide: Any, site: Site) -> None:
    sign_in(wide, site)
    look(wide, "审核")
    wide.click(".findings .place >> nth=0")
    assert wide.wait_for_selector(".drawer #cited").is_visible()


def test_feedback_from_the_page_reaches_the_desk(tab: Any, site: Site) -> None:
    tab.goto(site.url)
    ask(tab, "支出合计多少？")
    tab.click("[data-thumb=up]")
    tab.fill(".opinion textarea", "很清楚")
    tab.click("[data-rate]")
    tab.wait_for_selector("text=已收到您的意见")
    tab.wait_for_timeout(500)
    sign_in(tab, site)
    look(tab, "意见")
    assert "很清楚" in tab.wait_for_selector(".opinions li").inner_text()
    tab.click(".opinions button >> nth=0")
    tab.wait_for_selector("#inbox .none-found")
    store = FeedbackStore(site.store / FEEDBACK_FILE)
    assert store.entries(rating=Rating.UP, limit=1)[0].state == "kept"
    store.close()


def test_a_question_is_explained(wide: Any, site: Site) -> None:
    sign_in(wide, site)
    look(wide, "解释")
    wide.fill("#explain-this textarea, #explain-this input", "支出合计多少？")
    wide.click("#explain-go")
    assert "lookup" in wide.wait_for_selector(".plan").inner_text()
    wide.click("#explained .mark >> nth=0")
    assert wide.wait_for_selector(".drawer #cited").is_visible()


def test_good_and_damaged_files_are_uploaded(tab: Any, site: Site, tmp_path: Path) -> None:
    good = tmp_path / f"年报{tab.viewport_size['width']}.txt"
    year = "2019" if tab.viewport_size["width"] > 600 else "2018"
    good.write_text(SEED.read_text(encoding="utf-8").replace("2023", year), encoding="utf-8")
    damaged = tmp_path / "坏.pdf"
    damaged.write_bytes(b"%PDF-1.7 nothing that a reader could use")
    sign_in(tab, site)
    look(tab, "收录")
    tab.set_input_files("#read input[type=file], input[type=file]", [str(good), str(damaged)])
    tab.wait_for_selector("#told .failed", timeout=120_000)
    told = tab.wait_for_selector("#told .done", timeout=120_000).inner_text()
    assert "已收录" in told
    assert "坏.pdf" in tab.locator("#told .failed").inner_text()
    tab.wait_for_function(f"document.querySelector('#held').innerText.includes('{year}')")


def test_the_desk_speaks_english(wide: Any, site: Site) -> None:
    sign_in(wide, site, "en/")
    assert wide.get_by_role("button", name="Search", exact=True).is_visible()
    look(wide, "Usage")
    assert "Reports" in wide.wait_for_selector("#usage .figures").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_axe_finds_nothing_grave(browser: Any, site: Site, scheme: str, size: str) -> None:
    for tab in opened(browser, site, SIZES[size], color_scheme=scheme):
        tab.goto(f"{site.url}/desk/sign-in")
        assert violations(tab) == []
        sign_in(tab, site)
        fill(tab, "查找内容", "办公费")
        fill(tab, "科目", "办公费")
        tab.click("#find")
        tab.wait_for_selector(".hits")
        tab.wait_for_selector("table.cells")
        assert violations(tab) == []
        for name in ("表格", "阅读", "收录", "审核", "意见", "解释", "用量"):
            look(tab, name)
            tab.wait_for_timeout(700)
            assert [(name, *found) for found in violations(tab)] == []
