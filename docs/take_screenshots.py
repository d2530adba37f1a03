"""Takes the pictures of docs/screenshots from a running chat page over ./var (needs Chromium)."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from qa.quiet import silence

FOLDER = Path(__file__).parent / "screenshots"
QUESTION = "机关运行经费为什么下降？"
FOLLOW_UP = "公用经费占基本支出多少？"
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Serve the store, ask, and write the pictures; exits with 1 where there is no Chromium."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if chromium is None:
        sys.exit("no Chromium here: install chromium or name it in $CHROMIUM")
    FOLDER.mkdir(exist_ok=True)
    address = _serve(Path(os.environ.get("JUEWEN_STORE") or "var"))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        desktop = browser.new_page(viewport={"width": 1280, "height": 860})
        _tell_desktop(desktop, address)
        phone = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
        _tell_phone(phone, address)
        browser.close()


def _tell_desktop(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".welcome")
    _shoot(page, "welcome")
    _ask(page, QUESTION, 1)
    _shoot(page, "answer")
    _ask(page, FOLLOW_UP, 2)
    page.click(".turn:last-child .derivation summary")
    page.click(".turn:last-child .sources button >> nth=0")
    page.wait_for_selector(".drawer #cited")
    _shoot(page, "table")
    page.click("[data-close]")
    page.evaluate("scrollTo(0, 0)")
    page.click("[data-language]")
    page.wait_for_selector("text=Clear questions")
    _shoot(page, "english")


def _tell_phone(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".welcome")
    _ask(page, QUESTION, 1)
    _shoot(page, "phone")
    page.click(".sources button >> nth=0")
    page.wait_for_selector(".drawer #cited")
    _shoot(page, "phone-source")


def _ask(page: Page, question: str, turn: int) -> None:
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_selector(f".turn:nth-child({turn}) .answer:not(.notice)")


def _shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(700)  # let scrolling come to rest
    page.screenshot(path=FOLDER / f"{name}.png")


def _serve(store: Path) -> str:
    silence()
    from qa.web import create_app

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
