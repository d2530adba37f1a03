"""How the server holds up: many askers at once, one alone, and many conversations in memory.

    python benchmarks/serving.py [--store DIR] [--users 50] [--seconds 120]
        [--sessions 1000] [--out FILE.json] [QUESTIONS.jsonl …]

Starts `juewen serve` on a free port, with the limits on callers lifted (all share one address
here) and without its memory of earlier answers, so that every question costs its full price.
Then runs three parts against it over HTTP: one asker alone; the users together, each asking
without a pause in conversations of three questions; and many conversations held. Times are wall
time in milliseconds to the last byte, memory is the server's resident size; `cpu_ms` is what an
answer cost the server, which other work on the machine does not change.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from qa.evaluation import load_gold
from qa.evaluation.summary import percentile

ROOT = Path(__file__).parent.parent
ALONE = 200
TURNS = 3
LIFTED = {
    "JUEWEN_WEB_QUESTIONS_PER_ADDRESS": "1000000",
    "JUEWEN_WEB_QUESTIONS_PER_SESSION": "1000000",
    "JUEWEN_WEB_REQUESTS_PER_ADDRESS": "1000000",
    "JUEWEN_WEB_CACHED_ANSWERS": "0",
    "JUEWEN_WEB_ACCESS_LOG": "false",
}


@dataclass
class Load:
    """What came back: times of whole answers, and errors by what they were."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, float | dict[str, int]]:
        """Counts and spread."""
        return {
            "answers": len(self.times),
            "errors": len(self.errors),
            "p50_ms": percentile(self.times, 0.5),
            "p95_ms": percentile(self.times, 0.95),
            "max_ms": max(self.times, default=0.0),
            "what": dict(Counter(self.errors)),
        }


def main() -> None:
    """Run all parts and print what they measured; exits with 1 if any answer failed."""
    options = _options()
    questions = [q.question for q in load_gold(options.gold) if not q.turns]
    with _server(options.store) as (address, process, ready):
        measured = {"ready_s": ready, **asyncio.run(_run(address, process, questions, options))}
    print(json.dumps(measured, ensure_ascii=False, indent=1))
    if options.out:
        options.out.write_text(json.dumps(measured, ensure_ascii=False, indent=1))
    if measured["alone"]["errors"] or measured["together"]["errors"]:
        sys.exit(1)


async def _run(
    address: str, process: int, questions: Sequence[str], options: argparse.Namespace
) -> dict[str, dict[str, float | dict[str, int]]]:
    limits = httpx.Limits(max_connections=options.users + 10)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        alone = Load()
        for question in _shuffled(questions, 1)[:ALONE]:
            await _ask(client, None, question, alone)
        together, until, spent = Load(), time.monotonic() + options.seconds, _cpu(process)
        await asyncio.gather(
            *(_user(client, questions, seed, until, together) for seed in range(options.users))
        )
        spent = (_cpu(process) - spent) * 1000 / max(1, len(together.times))
        before = _resident(process)
        held = Load()
        for number in range(options.sessions):
            await _converse(client, questions, number, held)
        after = _resident(process)
    return {
        "alone": alone.summary(),
        "together": {
            **together.summary(),
            "per_second": len(together.times) / options.seconds,
            "cpu_ms": spent,
        },
        "sessions": {
            "held": options.sessions,
            "errors": len(held.errors),
            "before_mib": before,
            "after_mib": after,
            "growth_mib": after - before,
        },
    }


async def _user(
    client: httpx.AsyncClient, questions: Sequence[str], seed: int, until: float, load: Load
) -> None:
    """One asker, without a pause between questions; a new conversation every third."""
    opened: dict[str, str] | None = None
    for turn, question in enumerate(_endless(questions, seed)):
        if time.monotonic() > until:
            return
        if turn % TURNS == 0:
            opened = await _open(client)
        await _ask(client, opened, question, load)


async def _converse(
    client: httpx.AsyncClient, questions: Sequence[str], number: int, load: Load
) -> None:
    opened = await _open(client)
    for question in _shuffled(questions, number)[:TURNS]:
        await _ask(client, opened, question, load)


async def _open(client: httpx.AsyncClient) -> dict[str, str]:
    opened: dict[str, str] = (await client.post("/api/v1/conversations", json={})).json()
    return opened


async def _ask(
    client: httpx.AsyncClient, opened: dict[str, str] | None, question: str, load: Load
) -> None:
    """Ask as a stream in a conversation, or whole without one; only a whole answer counts."""
    started = time.perf_counter()
    try:
        if opened is None:
            done = await client.post("/api/v1/ask", json={"question": question})
            whole = done.status_code == 200
        else:
            done = await client.post(
                f"/api/v1/conversations/{opened['id']}/turns",
                json={"question": question, "stream": True},
                headers={"Authorization": f"Bearer {opened['token']}"},
            )
            whole = done.status_code == 200 and "event: done" in done.text
    except httpx.HTTPError as error:
        load.errors.append(type(error).__name__)
        return
    if whole:
        load.times.append((time.perf_counter() - started) * 1000)
    else:
        load.errors.append(f"{done.status_code} {done.text[:200]}")


def _endless(questions: Sequence[str], seed: int) -> Iterator[str]:
    while True:
        yield from _shuffled(questions, seed)


def _shuffled(questions: Sequence[str], seed: int) -> list[str]:
    turned = list(questions)
    random.Random(seed).shuffle(turned)
    return turned


@contextmanager
def _server(store: Path) -> Iterator[tuple[str, int, float]]:
    """A server over the store: its address, its process, and the seconds until it was ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa", "serve", "--port", str(port), "--store", str(store)]
    started = time.perf_counter()
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **LIFTED})
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address, server.pid, time.perf_counter() - started
    finally:
        server.terminate()
        server.wait(30)


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    sys.exit("the server did not become ready; does the store hold a report?")


def _resident(process: int) -> float:
    """Resident memory in MiB."""
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _cpu(process: int) -> float:
    """Processor seconds so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="*")
    parser.add_argument(
        "--store", type=Path, default=Path(os.environ.get("JUEWEN_STORE") or "var").resolve()
    )
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--sessions", type=int, default=1_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    options.gold = options.gold or sorted((ROOT / "tests" / "gold" / "dev").glob("*.jsonl"))
    return options


if __name__ == "__main__":
    main()
