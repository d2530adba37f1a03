"""Takes pictures of the chat page, widget and staff desk over a copy of ./var (needs Chromium).

python docs/take_screenshots.py              # those of docs/screenshots
python docs/take_screenshots.py --all DIR    # every scene, wide and narrow, light and dark
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from qa.quiet import silence

FOLDER = Path(__file__).parent / "screenshots"
REPORT = next((Path(__file__).parents[1] / "corpus" / "reports").glob("*.txt"))
REASON = "机关运行经费为什么下降？"
FOLLOW_UP = "公用经费占基本支出多少？"
ENGLISH = "How much was total expenditure?"
NAME, PASSWORD = "staff", "only for these pictures"
ELSEWHERE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body { margin: 0; font: 16px/1.8 "Noto Sans CJK SC", sans-serif; color: #223; }
header { background: #8a1f1b; color: #fff; padding: 1.6rem 3rem; font-size: 1.6rem; }
main { max-width: 34rem; padding: 1.5rem 3rem; } h1 { font-size: 1.3rem; } li { margin: .4rem 0; }
</style></head><body><header>某某区人民政府</header><main><h1>预决算公开</h1>
<ul><li>2023年度部门决算公开</li><li>2023年度“三公”经费决算公开</li><li>2024年部门预算公开</li></ul>
<p>公开内容可用右下角的“问收支”直接提问。</p></main>
<script src="/widget.js" defer></script></body></html>"""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_WIDTHS = {"wide": (1280, 860, 1), "narrow": (390, 844, 2)}


def welcome(page: Page, site: str) -> None:
    """The page as it is found."""
    page.goto(site)
    page.wait_for_selector(".welcome")


def answer(page: Page, site: str) -> None:
    """A reason, with its checked numbers and sources."""
    welcome(page, site)
    _ask(page, REASON, 1)


def chart(page: Page, site: str) -> None:
    """A follow-up that is a share: its picture, and how it was computed."""
    answer(page, site)
    _ask(page, FOLLOW_UP, 2)
    page.click(".turn:last-child .derivation summary")


def table(page: Page, site: str) -> None:
    """The cited cell in its table."""
    answer(page, site)
    _ask(page, FOLLOW_UP, 2)
    page.click(".turn:last-child .sources button >> nth=0")
    page.wait_for_selector(".drawer #cited")


def opinion(page: Page, site: str) -> None:
    """Saying that something is not right."""
    answer(page, site)
    page.click("[data-thumb=down]")
    page.locator(".opinion").scroll_into_view_if_needed()


def english(page: Page, site: str) -> None:
    """The same in English."""
    page.goto(f"{site}/?lang=en")
    page.wait_for_selector("text=Numbers are checked")
    _ask(page, ENGLISH, 1)


def widget(page: Page, site: str) -> None:
    """The widget on somebody's page, with an answer and why a figure can be trusted."""
    page.goto(f"{site}/healthz")
    page.set_content(ELSEWHERE)
    page.click(".launch")
    page.fill(".composer textarea", REASON)
    page.keyboard.press("Enter")
    page.wait_for_selector(".opinion")
    page.click(".figure >> nth=0")


def widget_table(page: Page, site: str) -> None:
    """The cited cell in the widget's drawer."""
    widget(page, site)
    page.fill(".composer textarea", FOLLOW_UP)
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn:nth-child(2) .opinion")
    page.click(".turn:nth-child(2) .sources button >> nth=0")
    page.wait_for_selector(".drawer .target")


def desk_sign_in(page: Page, site: str) -> None:
    """The way into the desk."""
    page.goto(f"{site}/desk/")
    page.wait_for_selector("#password")


def desk_search(page: Page, site: str) -> None:
    """Passages, rows and cells under filters."""
    _enter(page, site)
    page.get_by_label("查找内容", exact=True).fill("机关运行经费 下降")
    page.get_by_label("科目", exact=True).fill("办公费")
    page.click("#find")
    page.wait_for_selector("table.cells")


def desk_tables(page: Page, site: str) -> None:
    """A statement in its own layout."""
    _enter(page, site, "表格")
    page.wait_for_selector("#sheet tbody tr")


def desk_reader(page: Page, site: str) -> None:
    """A report beside its outline."""
    _enter(page, site, "阅读")
    page.wait_for_selector(".reader article")


def desk_audit(page: Page, site: str) -> None:
    """What a report contradicts itself in."""
    _enter(page, site, "审核")
    page.wait_for_selector(".findings")


def desk_inbox(page: Page, site: str) -> None:
    """What a reader said."""
    opinion(page, site)
    page.fill(".opinion textarea", "原因说得清楚，但想看到明细。")
    page.click("[data-rate]")
    page.wait_for_timeout(600)
    _enter(page, site, "意见")
    page.wait_for_selector(".opinions li")


def desk_explain(page: Page, site: str) -> None:
    """The plan behind an answer."""
    _enter(page, site, "解释")
    page.fill("#explain-this textarea, #explain-this input", REASON)
    page.click("#explain-go")
    page.wait_for_selector(".plan")


def desk_usage(page: Page, site: str) -> None:
    """The figures of the server."""
    _enter(page, site, "用量")
    page.wait_for_selector("#usage .figures")


def desk_intake(page: Page, site: str) -> None:
    """A good file (the shipped report as if it were older) and a damaged one."""
    with tempfile.TemporaryDirectory() as folder:
        older, damaged = Path(folder, "上一年度决算.txt"), Path(folder, "损坏的文件.pdf")
        text = REPORT.read_text(encoding="utf-8")
        older.write_text(text.replace("2022", "2021").replace("2023", "2022"), encoding="utf-8")
        damaged.write_bytes(b"%PDF-1.7 cut off")
        _enter(page, site, "收录")
        page.set_input_files("input[type=file]", [older, damaged])
        page.wait_for_selector("#told .failed", timeout=120_000)


def clarify(page: Page, site: str) -> None:
    """A question that fits two reports (after the older one was uploaded)."""
    welcome(page, site)
    _ask(page, "支出合计多少？", 1)


def trend(page: Page, site: str) -> None:
    """One figure over years (after the older report was uploaded)."""
    welcome(page, site)
    _ask(page, "2022年和2023年的支出合计各是多少？", 1)


@dataclass(frozen=True)
class Scene:
    """One picture: how to get there, how wide, how lit."""

    play: Callable[[Page, str], None]
    width: str = "wide"
    scheme: str = "light"

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        extra = [part for part in (self.width, self.scheme) if part not in ("wide", "light")]
        return "-".join((self.play.__name__.replace("_", "-"), *extra))


SHOWN = (
    Scene(welcome),
    Scene(answer),
    Scene(chart),
    Scene(table),
    Scene(english),
    Scene(answer, "narrow"),
    Scene(chart, "narrow", "dark"),
    Scene(table, "narrow"),
    Scene(widget),
    Scene(widget_table),
    Scene(widget, "narrow"),
    Scene(desk_search),
    Scene(desk_tables),
    Scene(desk_audit),
)
PLAYS = (
    *(welcome, answer, chart, table, opinion, english, widget, widget_table),
    *(desk_sign_in, desk_search, desk_tables, desk_reader, desk_audit),
    *(desk_inbox, desk_explain, desk_usage, desk_intake, clarify, trend),
)
EVERY = tuple(
    Scene(play, width, scheme)
    for play in PLAYS
    for width in _WIDTHS
    for scheme in ("light", "dark")
)


def main() -> None:
    """Serve a copy of the store, play the scenes, write the pictures; 1 without a Chromium."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="DIR", help="every scene, into this folder")
    parser.add_argument("--only", default="", help="scenes whose name contains this")
    given = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if chromium is None:
        sys.exit("no Chromium here: install chromium or name it in $CHROMIUM")
    folder = given.all or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as copy, sync_playwright() as driver:
        store = Path(copy, "store")
        shutil.copytree(os.environ.get("JUEWEN_STORE") or "var", store)
        site = _serve(store)
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scene in EVERY if given.all else SHOWN:
            if given.only in scene.name:
                _take(browser, site, scene, folder)
        browser.close()


def _take(browser: Browser, site: str, scene: Scene, folder: Path) -> None:
    width, height, scale = _WIDTHS[scene.width]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme="dark" if scene.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.set_default_timeout(120_000)
    scene.play(page, site)
    page.wait_for_timeout(700)  # let fonts and scrolling come to rest
    page.screenshot(path=folder / f"{scene.name}.png")
    page.close()
    print(scene.name, flush=True)


def _ask(page: Page, question: str, turn: int) -> None:
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_selector(f".turn:nth-child({turn}) .answer:not(.notice)")


def _enter(page: Page, site: str, tab: str = "") -> None:
    page.goto(f"{site}/desk/sign-in")
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("#desk [role=tab]")
    if not tab:
        return
    wanted = page.get_by_role("tab", name=tab, exact=True).first
    if not wanted.is_visible():
        page.click("#desk .overflow-menu > button")
        wanted = page.locator("#desk .overflow-dropdown button", has_text=tab).first
    wanted.click()


def _serve(store: Path) -> str:
    silence()
    from qa.web import create_app
    from qa.web.desk.passwords import hash_password

    os.environ["JUEWEN_DESK_USERS"] = f"{NAME}={hash_password(PASSWORD)}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(store), port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{port}"


if __name__ == "__main__":
    main()
