"""python -m benchmarks.arms: the product and simpler ways on the same questions, in one run."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.progress import track

from benchmarks.arms.arm import Arm, pieces_of
from benchmarks.arms.baselines import Bigrams, Dense, Grep
from benchmarks.arms.ours import ours
from benchmarks.arms.page import page, plot
from benchmarks.arms.run import Case, Tried, cases_of, try_arm
from index import Library
from index.embedding import BundledEmbedder
from qa.evaluation import load_gold


def main() -> None:
    """Ask everything of every arm and write the table, the plot and a record a question."""
    options = _options()
    tried: dict[str, list[Tried]] = {}
    with Library.open(options.store) as library, tempfile.TemporaryDirectory() as folder:
        cases = cases_of(library, load_gold(options.gold))[:: options.every]
        if not cases:
            sys.exit("none of the questions is on reports that the store holds; ingest them first")
        for arm in _arms(library, options.store, Path(folder)):
            told = track(cases, arm.name, transient=True)
            tried[arm.name] = [try_arm(arm, case) for case in told]
            print(f"{arm.name}: done", file=sys.stderr)
    options.out.mkdir(parents=True, exist_ok=True)
    text = page(cases, tried, "arms.svg", options.every)
    (options.out / "arms.md").write_text(text, encoding="utf-8")
    (options.out / "arms.svg").write_text(plot(tried), encoding="utf-8")
    if options.records:
        _record(options.records, cases, tried)
    print(text)


def _arms(library: Library, store: Path, folder: Path) -> Iterator[Arm]:
    yield from ours(store)
    reports = [library.report(card.id) for card in library.reports()]
    pieces = [piece for report in reports for piece in pieces_of(report)]
    yield Grep(pieces)
    yield Bigrams(pieces)
    yield Dense(pieces, BundledEmbedder())
    if find_spec("llama_index.vector_stores.chroma") is None:
        print("without llama-index: install the extra `bench` for that arm", file=sys.stderr)
        return
    from benchmarks.arms.llama import Llama, index_of

    index = index_of(reports, folder)
    yield Llama(index)
    yield Llama(index, top=10)


def _record(path: Path, cases: Sequence[Case], tried: dict[str, list[Tried]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for name, found in tried.items():
            for case, one in zip(cases, found, strict=True):
                verdict = one.result.verdict
                line = {
                    "arm": name, "id": case.gold.id, "kind": case.gold.kind,
                    "titled": case.titled, "outcome": verdict.outcome,
                    "wrong_number": verdict.wrong_number, "reasons": verdict.reasons,
                    "near": one.near, "far": one.far, "ms": round(one.result.ms, 2),
                }  # fmt: skip
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.arms", description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+", help="gold files, one JSON object a line")
    default = Path(os.environ.get("JUEWEN_STORE") or "var")
    parser.add_argument("--store", type=Path, default=default)
    parser.add_argument("--out", type=Path, default=Path("docs"), help="for arms.md and arms.svg")
    parser.add_argument("--records", type=Path, help="write a JSON line a question and arm here")
    parser.add_argument("--every", type=int, default=1, help="only every nth question")
    return parser.parse_args()


if __name__ == "__main__":
    main()
