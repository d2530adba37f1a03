"""How fast questions are answered: from a cold process, warm by plan kind, by several callers.

    python benchmarks/answering.py [--store DIR] [--rounds N] [--out FILE.json] [QUESTIONS.jsonl …]

Questions are gold files; without any, those of tests/gold/dev on reports that the store holds.
Prints a table and writes JSON with the machine's facts. Times are wall time in milliseconds,
memory is the peak resident size in MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from index import Library, UnknownReport
from qa import Assistant
from qa.cli.store import resolve
from qa.evaluation import GoldQuestion, load_gold
from qa.evaluation.summary import percentile

ROOT = Path(__file__).parent.parent
CALLERS = (1, 4, 16)


def main() -> None:
    """Run all parts and print what they measured."""
    options = _options()
    library = Library.open(options.store)
    questions = _answerable_here(library, load_gold(options.gold))
    assistant = Assistant(library)
    measured = {
        "machine": _machine(),
        "questions": len(questions),
        "cold_ms": _cold(options.store, questions[0].question),
        "warm": _warm(assistant, library, questions, options.rounds),
        "callers": [_together(assistant, library, questions, count) for count in CALLERS],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(_table(measured))
    if options.out:
        options.out.write_text(json.dumps(measured, ensure_ascii=False, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path(os.environ.get("JUEWEN_STORE") or "var")
    parser.add_argument("gold", type=Path, nargs="*")
    parser.add_argument("--store", type=Path, default=default)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    options.gold = options.gold or sorted((ROOT / "tests" / "gold" / "dev").glob("*.jsonl"))
    return options


def _answerable_here(library: Library, gold: Sequence[GoldQuestion]) -> list[GoldQuestion]:
    held = []
    for question in gold:
        try:
            resolve(library, question.reports)
        except UnknownReport:
            continue
        held.append(question)
    if not held:
        sys.exit("none of the questions is on a report that the store holds; ingest it first")
    return held


def _cold(store: Path, question: str) -> list[float]:
    """Three new processes that open the store, answer and end."""
    command = [sys.executable, "-m", "qa", "ask", question, "--json", "--store", str(store)]
    times = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _warm(
    assistant: Assistant, library: Library, questions: Sequence[GoldQuestion], rounds: int
) -> dict[str, dict[str, float]]:
    times: dict[str, list[float]] = defaultdict(list)
    for round_ in range(rounds + 1):
        for question in questions:
            spent = _ask(assistant, library, question)
            if round_:  # the first round fills caches
                times[question.kind].append(spent)
                times["all"].append(spent)
    return {kind: _spread(values) for kind, values in times.items()}


def _ask(assistant: Assistant, library: Library, question: GoldQuestion) -> float:
    scope = resolve(library, question.reports)
    started = time.perf_counter()
    assistant.ask(question.question, question.turns, scope)
    return (time.perf_counter() - started) * 1000


def _together(
    assistant: Assistant, library: Library, questions: Sequence[GoldQuestion], callers: int
) -> dict[str, float]:
    """Every caller asks all questions, each beginning elsewhere in the list."""
    times: list[float] = []

    def work(offset: int) -> None:
        turned = [*questions[offset:], *questions[:offset]]
        times.extend([_ask(assistant, library, question) for question in turned])

    step = max(1, len(questions) // callers)
    threads = [threading.Thread(target=work, args=(i * step,)) for i in range(callers)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - started
    return {"callers": callers, "per_second": len(times) / spent, **_spread(times)}


def _spread(times: Sequence[float]) -> dict[str, float]:
    return {
        "n": len(times),
        "p50_ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
        "max_ms": max(times),
    }


def _machine() -> dict[str, str | int | None]:
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
    }


def _table(measured: dict[str, object]) -> str:
    cold, warm, callers = measured["cold_ms"], measured["warm"], measured["callers"]
    lines = [f"{measured['questions']} questions, peak {measured['peak_mib']:.0f} MiB"]
    lines.append("cold  " + "  ".join(f"{ms:.0f} ms" for ms in cold))
    for kind, spread in warm.items():
        lines.append(f"{kind:<14} {_line(spread)}")
    for spread in callers:
        lines.append(
            f"{spread['callers']:>2} callers     {_line(spread)}  {spread['per_second']:.0f}/s"
        )
    return "\n".join(lines)


def _line(spread: dict[str, float]) -> str:
    return (
        f"n {spread['n']:>5}  p50 {spread['p50_ms']:7.1f}  p95 {spread['p95_ms']:7.1f}"
        f"  max {spread['max_ms']:7.1f} ms"
    )


if __name__ == "__main__":
    main()
