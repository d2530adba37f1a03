"""Texts that try to run as code, in a report and in feedback, on every panel of the desk."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from corpus import Report
from qa.web.feedback import Opinion, Rating
from tests.web.desks import NAME, PASSWORD, app, desk
from tests.web.payloads import PAYLOADS
from tests.web.sample import answers, report

pytestmark = pytest.mark.browser
EVERYTHING = "\n".join(PAYLOADS)


def hostile() -> Report:
    """The invented report with every payload as its name, text, labels, headers and cells."""
    held = report(body=EVERYTHING, passage=EVERYTHING)
    table = held.tables[0]
    rows = tuple(replace(row, label=f"{row.label}{EVERYTHING}") for row in table.rows)
    columns = tuple(replace(c, path=(*c.path[:-1], EVERYTHING)) for c in table.columns)
    cells = tuple(c if c.value is not None else replace(c, text=EVERYTHING) for c in table.cells)
    spoilt = replace(table, title=EVERYTHING, rows=rows, columns=columns, cells=cells)
    sections = tuple(replace(section, title=EVERYTHING) for section in held.sections)
    return replace(
        held,
        id="hostile",
        identity=replace(held.identity, title=EVERYTHING),
        sources=(replace(held.sources[0], digest="1" * 64),),
        sections=sections,
        tables=(spoilt,),
    )


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with desk(tmp_path) as made, socket.socket() as probe:
        made.library.remove(report().id)
        made.library.add(hostile())
        given = answers("支出").model_copy(update={"answer": EVERYTHING})
        opinion = Opinion(rating=Rating.DOWN, question=EVERYTHING, answer=given)
        made.feedback.add(opinion.model_copy(update={"comment": EVERYTHING[:1000]}))
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        server = uvicorn.Server(uvicorn.Config(app(made), port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


def test_nothing_hostile_runs(browser: Any, url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{url}/desk/sign-in")
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("#desk [role=tab]")
    page.get_by_label("查找内容", exact=True).fill("支出 减少")
    page.get_by_label("科目", exact=True).fill("水利")
    page.click("#find")
    page.wait_for_selector("table.cells")
    page.click("table.cells .place >> nth=0")
    page.wait_for_selector(".drawer.open")
    for place in range(8):
        page.get_by_role("tab").nth(place).click()
        page.wait_for_timeout(600)
        assert page.evaluate("window.hit") is None
    page.close()
