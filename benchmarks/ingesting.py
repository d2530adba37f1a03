"""What it costs to ingest: seconds of each stage, peak memory, size of the store.

    python benchmarks/ingesting.py [--out FILE.json] [--table] [FILE_OR_FOLDER …]

Ingests into a new temporary store, twice: the second time shows what skipping costs. Without
arguments it takes the reports that ship with the project. Memory is the peak resident size in
MiB of this process and of the reading worker.

`--table` only reads, each file in a process of its own, and prints a Markdown row a file: what
was found, what closed, and for a PDF how often the reading takes the time that the PDF library
alone takes for the words and lines of the same file (`docs/reading.md`).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

from corpus import Outcome, Report, read_report
from corpus.errors import UnreadableFile
from index import Library
from qa.ingestion import State, find_files, ingest_files

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Ingest twice and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="*", default=[ROOT / "corpus" / "reports"])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--table", action="store_true", help="a Markdown row for each file read")
    options = parser.parse_args()
    files = find_files(options.paths)
    if options.table:
        _print_table(files)
        return
    with tempfile.TemporaryDirectory() as folder:
        measured = _measure(Path(folder), files)
    for name, value in measured.items():
        print(f"{name:<24} {value}")
    if options.out:
        options.out.write_text(json.dumps(measured, indent=1))


_HEADS = (
    *("file", "tables", "cells", "closed", "failed", "untried", "unsolved"),
    *("seconds", "pages/s", "peak MiB", "× library"),
)


def _print_table(files: tuple[Path, ...]) -> None:
    """A Markdown table of what reading each file found and cost."""
    print(f"| {' | '.join(_HEADS)} |\n|---|{'---:|' * (len(_HEADS) - 1)}")
    context = multiprocessing.get_context("spawn")
    for file in files:
        with context.Pool(1) as pool:  # peak memory is a process's own
            print(f"| {' | '.join(pool.apply(_read_one, (file,)))} |", flush=True)


def _read_one(file: Path) -> list[str]:
    try:
        seconds, report = _timed(file)
    except UnreadableFile as error:
        return [file.name, error.problem, *[""] * (len(_HEADS) - 2)]
    cells = [cell for table in report.tables for cell in table.cells]
    tried = Counter(check.outcome for table in report.tables for check in table.checks)
    loose = sum(len(row.unplaced) for table in report.tables for row in table.rows)
    pages = sum(source.pages for source in report.sources)
    counts = [len(report.tables), sum(bool(cell.text) for cell in cells)]
    counts += [tried[o] for o in (Outcome.HOLDS, Outcome.FAILS, Outcome.UNTRIED)]
    peak = _peak(resource.RUSAGE_SELF)
    ratio = f"{seconds / _library(file):.1f}" if report.sources[0].format == "pdf" else ""
    speed = f"{pages / seconds:.0f}" if pages else ""
    return [file.name, *map(str, [*counts, loose]), f"{seconds:.2f}", speed, f"{peak:.0f}", ratio]


def _timed(file: Path) -> tuple[float, Report]:
    started = time.perf_counter()
    report = read_report(file)
    return time.perf_counter() - started, report


def _library(file: Path) -> float:
    """Seconds that pdfplumber alone takes to return the words and lines of every page."""
    import pdfplumber

    started = time.perf_counter()
    with pdfplumber.open(file) as document:
        for page in document.pages:
            page.extract_words()
            page.extract_text_lines()
    return time.perf_counter() - started


def _measure(store: Path, files: tuple[Path, ...]) -> dict[str, float]:
    first, added = _ingest(store, files)
    again, _ = _ingest(store, files)
    reading = sum(map(_reading, files))
    return {
        "files": len(files),
        "reports_added": added,
        "seconds": round(first, 2),
        "seconds_reading_alone": round(reading, 2),
        "seconds_again_unchanged": round(again, 2),
        "peak_mib": round(_peak(resource.RUSAGE_SELF)),
        "peak_mib_reader": round(_peak(resource.RUSAGE_CHILDREN)),
        "store_mib": round(sum(p.stat().st_size for p in store.rglob("*")) / 1024**2, 1),
    }


def _ingest(store: Path, files: tuple[Path, ...]) -> tuple[float, int]:
    started = time.perf_counter()
    with Library.open(store) as library:
        results = list(ingest_files(library, files))
    return time.perf_counter() - started, sum(r.state is State.ADDED for r in results)


def _reading(file: Path) -> float:
    started = time.perf_counter()
    try:
        read_report(file)
    except UnreadableFile:
        return 0.0
    return time.perf_counter() - started


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    main()
