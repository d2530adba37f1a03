"""What a store costs as it grows: 1, 100, 1,000, 10,000 made-up reports.

    python -m benchmarks.scaling [--sizes 1,100,1000] [--store DIR] [--out FILE.jsonl]
        [--ratios 100] [--plot FILE.svg RESULTS.jsonl]

Reports of every layout, in HTML, DOCX and XLSX by turns, four years a body, are written, read and
added one by one to one store; making them is not counted. At each size it notes: processor seconds
(of all threads; other work on the machine does not change them) of reading, adding and a rebuild
of the derived indexes; entries, and how many distinct texts were embedded for them; size on disk
and resident memory; and the milliseconds of processor time of questions over the whole store, each
asked twice: a figure (`lookup`), a reason, and the search alone; beside them the row of a figure by
SQL alone (`sql`) and by the library's typed query (`facts`). Medians and 95th percentiles of the
second time, the median of the first.

`--ratios N` stops at N reports to index the same texts with the bare model, and the same reports
with llama-index's defaults. `--plot` draws results and says how each cost grows: the exponent b
of cost ~ reports^b between the first and the last size from 10 up.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.drawing import Line, lines
from benchmarks.reports import LAYOUTS, Made, make, write
from corpus import Report, read_report
from index import FactQuery, Library
from index.passages import entries
from index.words import plain_label
from qa import Assistant
from qa.evaluation.summary import percentile

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Record = dict[str, Any]  # a line of JSON

YEARS = 4
FORMATS = ("html", "docx", "xlsx")
ASKED = 24  # fewer reports than the library and the assistant keep in memory
KEPT = 400  # reports from which questions are taken
BATCHES = (16, 32, 64)
SQL = """
SELECT c.label, f.text, f.unit FROM facts f
JOIN reports r ON r.key = f.report
JOIN rows w ON w.report = f.report AND w.table_id = f.table_id AND w.id = f.row_id
JOIN columns c ON c.report = f.report AND c.table_id = f.table_id AND c.id = f.column_id
WHERE r.id = ? AND w.plain = ?
"""


@dataclass
class Grown:
    """What adding has cost so far, and the reports that questions are taken from."""

    reports: int = 0
    reading_s: float = 0.0
    adding_s: float = 0.0
    entries: int = 0
    embedded: int = 0
    kept: list[tuple[Made, Report]] = field(default_factory=list)


def main() -> None:
    """Grow the store and print a line a size; or draw."""
    options = _options()
    if options.plot:
        drawing, results = options.plot
        drawing.write_text(_drawn(_read(results)), encoding="utf-8")
        print(_fits(_read(results)))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or Path(folder) / "store"
        for line in _grow(store, options.sizes, options.ratios):
            text = json.dumps(line, ensure_ascii=False)
            print(text, flush=True)
            if options.out:
                with options.out.open("a", encoding="utf-8") as file:
                    file.write(text + "\n")


def _grow(store: Path, sizes: Sequence[int], ratios: int) -> Iterator[Record]:
    grown = Grown()
    with Library.open(store) as library, tempfile.TemporaryDirectory() as files:
        made = _made(Path(files), max(sizes))
        for size in sizes:
            while grown.reports < size:
                _add(library, *next(made), grown)
            settled = _work(library.settle)
            measured = _measured(library, store, grown)
            yield {**measured, "settle_s": round(settled, 2), "machine": _machine()}
            if size == ratios:
                yield _ratios([report for _, report in grown.kept], Path(files))


def _made(folder: Path, count: int) -> Iterator[tuple[Made, Path]]:
    """Reports that never were, body by body, and the file of each."""
    layouts = list(LAYOUTS)
    for n in range(count):
        layout = layouts[n // YEARS % len(layouts)]
        fits = [f for f in FORMATS if f in LAYOUTS[layout].formats]
        made = make(n // YEARS, layout, 2020 + n % YEARS)
        path = folder / f"{made.title}-{n}.{fits[n % len(fits)]}"
        write(made, path)
        yield made, path


def _add(library: Library, made: Made, path: Path, grown: Grown) -> None:
    began = time.process_time()
    report = read_report(path)
    read = time.process_time()
    outcome = library.add(report)
    grown.adding_s += time.process_time() - read
    grown.reading_s += read - began
    grown.reports += 1
    grown.entries += outcome.entries
    grown.embedded += outcome.embedded
    place = grown.reports if len(grown.kept) < KEPT else random.Random(path.name).randrange(KEPT)
    if len(grown.kept) < KEPT:
        grown.kept.append((made, report))
    elif random.Random(f"kept {path.name}").random() < KEPT / grown.reports:
        grown.kept[place] = (made, report)
    path.unlink()


def _measured(library: Library, store: Path, grown: Grown) -> Record:
    rebuild = _work(library.rebuild)
    assistant = Assistant(library)
    chance = random.Random(7)
    some = chance.sample(grown.kept, min(ASKED, len(grown.kept)))
    return {
        "reports": grown.reports,
        "entries": grown.entries,
        "distinct": grown.embedded,
        "reading_s": round(grown.reading_s, 2),
        "adding_s": round(grown.adding_s, 2),
        "rebuild_s": round(rebuild, 2),
        "store_mib": round(sum(p.stat().st_size for p in store.rglob("*")) / 2**20, 1),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "lookup_ms": _spread([_asking(assistant, q) for q in _questions(some, "lookup")]),
        "reason_ms": _spread([_asking(assistant, q) for q in _questions(some, "reason")]),
        "search_ms": _spread([_finding(library, q) for q in _questions(some, "reason")]),
        **_rows(library, store, some),
    }


def _questions(reports: Sequence[tuple[Made, Report]], kind: str) -> list[str]:
    """One question of the kind for each report that has any, with its body and year named."""
    found = []
    for made, _ in reports:
        asked = [q.question for q in made.questions if q.kind == kind and q.lang == "zh"]
        if asked:
            text = random.Random(made.title).choice(asked)
            named = made.body in text and str(made.year) in text
            found.append(text if named else f"{made.body}{made.year}年：{text}")
    return found


def _asking(assistant: Assistant, question: str) -> Callable[[], object]:
    return lambda: assistant.ask(question)


def _finding(library: Library, question: str) -> Callable[[], object]:
    return lambda: library.search(question)


def _spread(calls: Sequence[Callable[[], object]]) -> dict[str, float]:
    """Processor milliseconds of the first call of each, and of the second."""
    if not calls:
        return {}
    first = [1000 * _work(call) for call in calls]
    times = [1000 * _work(call) for call in calls]
    return {
        "p50": round(percentile(times, 0.5), 2),
        "p95": round(percentile(times, 0.95), 2),
        "cold_p50": round(percentile(first, 0.5), 2),
        "n": len(times),
    }


def _rows(library: Library, store: Path, reports: Sequence[tuple[Made, Report]]) -> Record:
    """A row's cells by SQL over one open connection, and by the library's own query."""
    chance = random.Random(5)
    wanted = [
        (report.id, chance.choice([row.label for row in report.tables[0].rows if row.label]))
        for _, report in reports
    ]
    with closing(sqlite3.connect(store / "juewen.db")) as connection:
        bare = [partial(_fetch, connection, report, plain_label(label)) for report, label in wanted]
        own = [
            partial(library.facts, FactQuery(report=report, label=label))
            for report, label in wanted
        ]
        return {"sql_ms": _spread(bare), "facts_ms": _spread(own)}


def _fetch(connection: sqlite3.Connection, report: str, label: str) -> list[object]:
    return connection.execute(SQL, (report, label)).fetchall()


def _ratios(reports: Sequence[Report], folder: Path) -> Record:
    """The same texts on the bare model at its best batch; the same reports in llama-index."""
    from index.bundled import sentence_transformer

    every = [entry.embedded for report in reports for entry in entries(report)]
    distinct = sorted(set(every), key=len)
    model = sentence_transformer()
    sample = distinct[:: max(1, len(distinct) // 512)]
    best = min(BATCHES, key=lambda size: _work(partial(_embed, model, sample, size)))
    bare = _work(partial(_embed, model, distinct, best))
    with Library.open(folder / "again") as again:
        began = time.process_time()
        for report in reports:
            again.add(report)
        again.settle()
        ours = time.process_time() - began
    return {
        "ratios_at": len(reports),
        "passages": len(every),
        "distinct": len(distinct),
        "best_batch": best,
        "bare_model_distinct_s": round(bare, 1),
        "bare_model_every_s": round(bare * sum(map(len, every)) / sum(map(len, distinct)), 1),
        "ours_adding_and_settling_s": round(ours, 1),
        **_llama(reports, folder),
    }


def _embed(model: SentenceTransformer, texts: Sequence[str], batch: int) -> None:
    model.encode(list(texts), prompt="passage: ", batch_size=batch, show_progress_bar=False)


def _llama(reports: Sequence[Report], folder: Path) -> Record:
    from importlib.util import find_spec

    if find_spec("llama_index.vector_stores.chroma") is None:
        return {}
    from benchmarks.arms.arm import Asked
    from benchmarks.arms.llama import Llama, index_of

    began = time.process_time()
    index = index_of(reports, folder / "llama")
    indexed = time.process_time() - began
    arm = Llama(index)
    asked = [Asked(f"{r.identity.title}的收入支出总计", (), ()) for r in reports[:ASKED]]
    times = [1000 * _seconds(partial(arm.bring, one)) for one in asked]
    return {"llama_indexing_s": round(indexed, 1), "llama_query_p50_ms": percentile(times, 0.5)}


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _work(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def _machine() -> Record:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


# --- what the sizes show ------------------------------------------------------------------------

_COSTS: tuple[tuple[str, Callable[[Record], float]], ...] = (
    ("reading s", lambda r: r["reading_s"]),
    ("adding s", lambda r: r["adding_s"]),
    ("rebuild s", lambda r: r["rebuild_s"]),
    ("store MiB", lambda r: r["store_mib"]),
    ("distinct texts", lambda r: r["distinct"]),
    ("lookup p50 ms", lambda r: r["lookup_ms"]["p50"]),
    ("reason p50 ms", lambda r: r["reason_ms"]["p50"]),
    ("search p95 ms", lambda r: r["search_ms"]["p95"]),
)


def _read(path: Path) -> list[Record]:
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [line for line in found if "reports" in line]


def _fits(results: Sequence[Record]) -> str:
    """A Markdown table: each cost at each size, and its exponent."""
    sizes = [str(r["reports"]) for r in results]
    rows = [f"| cost | {' | '.join(sizes)} | b |", "|---" * (len(sizes) + 2) + "|"]
    for name, cost in _COSTS:
        values = [cost(r) for r in results]
        cells = " | ".join(f"{value:g}" for value in values)
        rows.append(f"| {name} | {cells} | {_exponent(results, values):.2f} |")
    return "\n".join(rows)


def _exponent(results: Sequence[Record], values: Sequence[float]) -> float:
    points = [
        (float(r["reports"]), v) for r, v in zip(results, values, strict=True)
        if r["reports"] >= 10 and v
    ]  # fmt: skip
    if len(points) < 2:
        return math.nan
    (n, a), (m, b) = points[0], points[-1]
    return math.log(b / a) / math.log(m / n)


def _drawn(results: Sequence[Record]) -> str:
    """Every cost over the number of reports, both logarithmic, relative to the first size."""
    drawn = []
    for name, cost in _COSTS:
        points = [(float(r["reports"]), cost(r)) for r in results]
        kept = [(n, value) for n, value in points if value > 0]
        label = f"{name} (b {_exponent(results, [v for _, v in points]):.2f})"
        drawn.append(Line(label, tuple(kept)))
    return lines("Costs as the store grows", "reports", drawn)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sizes", type=lambda s: [int(n) for n in s.split(",")], default=[1, 100, 1000]
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--ratios", type=int, default=100)
    parser.add_argument("--plot", type=Path, nargs=2, metavar=("SVG", "RESULTS"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
