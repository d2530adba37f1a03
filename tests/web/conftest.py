"""A real server over the invented report, and a real browser where there is one."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from qa.web.feedback import FeedbackStore
from qa.web.server import assemble
from qa.web.service.desk import FEEDBACK_FILE
from qa.web.settings import WebSettings
from tests.web.payloads import PAYLOADS
from tests.web.sample import SampleAssistant, SampleLibrary, report

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(library: SampleLibrary, store: Path | None = None) -> Iterator[str]:
    port = free_port()
    app = assemble(library, SampleAssistant(), WebSettings(), store)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="session")
def site(store: Path) -> Iterator[str]:
    yield from _serve(SampleLibrary(report()), store)


@pytest.fixture
def opinions(store: Path) -> Iterator[FeedbackStore]:
    kept = FeedbackStore(store / FEEDBACK_FILE)
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def hostile_site() -> Iterator[str]:
    everything = "\n".join(PAYLOADS)
    yield from _serve(SampleLibrary(report(body=everything, passage=everything)))
