"""The server as a process: it starts without the network, answers, logs, and ends when told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from index import Library
from tests.web.conftest import free_port
from tests.web.sample import report

ROOT = Path(__file__).parent.parent.parent
# Notes every name that is looked up and every address that is called outside this machine.
WATCHED = """
import sys
from pathlib import Path

def watch(event, given):
    if event == "socket.getaddrinfo" and given[0] not in (None, "127.0.0.1", "localhost"):
        note(f"looked up {given[0]}")
    if event == "socket.connect" and isinstance(given[1], tuple) and given[1][0] != "127.0.0.1":
        note(f"called {given[1][0]}")

def note(what):
    with open(sys.argv[3], "a") as out:
        print(what, file=out)

sys.addaudithook(watch)
from qa.web import serve
serve(Path(sys.argv[1]), "127.0.0.1", int(sys.argv[2]))
"""


@pytest.mark.slow
def test_a_server_starts_offline_answers_and_ends_in_order(tmp_path: Path) -> None:
    with Library.open(tmp_path / "store") as library:
        library.add(report())
    port, calls = free_port(), tmp_path / "calls"
    server = subprocess.Popen(
        [sys.executable, "-c", WATCHED, tmp_path / "store", str(port), calls],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            wait(client)
            answered = client.post("/api/v1/ask", json={"question": "支出合计是多少？"})
            assert answered.status_code == 200
            assert client.get("/").status_code == 200
    finally:
        server.send_signal(signal.SIGTERM)
        _, log = server.communicate(timeout=30)
    assert not calls.exists(), calls.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"/readyz", "/ask"} <= {line["route"] for line in lines}
    assert "Traceback" not in log


def wait(client: httpx.Client) -> None:
    for _ in range(300):
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    pytest.fail("the server did not become ready within a minute")
