"""What a run leaves behind: a record a question, the summary, and a page for reading failures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from qa.evaluation.page import page
from qa.evaluation.run import Result
from qa.evaluation.summary import Summary


def write_run(folder: Path, results: Sequence[Result], summary: Summary) -> None:
    """Write results.jsonl, summary.json and report.html into `folder`, replacing older ones."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(_record(r), ensure_ascii=False) + "\n" for r in results)
    (folder / "results.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "summary.json").write_text(summary.model_dump_json(indent=1), encoding="utf-8")
    (folder / "report.html").write_text("".join(page(results, summary)), encoding="utf-8")


def _record(result: Result) -> dict[str, object]:
    verdict = result.verdict
    return {
        "id": result.gold.id,
        "kind": result.gold.kind,
        "lang": result.gold.lang,
        "format": result.format,
        "outcome": verdict.outcome,
        "reasons": verdict.reasons,
        "wrong_number": verdict.wrong_number,
        "evidence": verdict.evidence,
        "citing": asdict(verdict.citing) if verdict.citing else None,
        "replayed": verdict.replayed,
        "ranks": result.ranks,
        "unchecked": verdict.unchecked,
        "markers_hold": verdict.markers_hold,
        "ms": round(result.ms, 2),
        "gold": result.gold.model_dump(mode="json"),
        "answer": result.answer.model_dump(mode="json") if result.answer else None,
    }
