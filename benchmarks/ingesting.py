"""What it costs to ingest: seconds of each stage, peak memory, size of the store.

    python benchmarks/ingesting.py [--out FILE.json] [FILE_OR_FOLDER …]

Ingests into a new temporary store, twice: the second time shows what skipping costs. Without
arguments it takes the reports that ship with the project. Memory is the peak resident size in
MiB of this process and of the reading worker.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from corpus import read_report
from corpus.errors import UnreadableFile
from index import Library
from qa.ingestion import State, find_files, ingest_files

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Ingest twice and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="*", default=[ROOT / "corpus" / "reports"])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    files = find_files(options.paths)
    with tempfile.TemporaryDirectory() as folder:
        measured = _measure(Path(folder), files)
    for name, value in measured.items():
        print(f"{name:<24} {value}")
    if options.out:
        options.out.write_text(json.dumps(measured, indent=1))


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
