"""What a run leaves behind: a record a question, the summary, and a page for reading failures."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qa.answer import Answer
from qa.evaluation.run import Result
from qa.evaluation.score import Outcome
from qa.evaluation.summary import Summary, Tally

_ORDER = (Outcome.WRONG, Outcome.FAILED, Outcome.DECLINED, Outcome.RIGHT)


def write_run(folder: Path, results: Sequence[Result], summary: Summary) -> None:
    """Write results.jsonl, summary.json and report.html into `folder`, replacing older ones."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(_record(r), ensure_ascii=False) + "\n" for r in results)
    (folder / "results.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "summary.json").write_text(summary.model_dump_json(indent=1), encoding="utf-8")
    (folder / "report.html").write_text("".join(_page(results, summary)), encoding="utf-8")


def last_outcomes(folder: Path) -> dict[str, Outcome]:
    """How each question of the run recorded in `folder` ended; empty where there is none."""
    try:
        lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    records = map(json.loads, lines)
    return {record["id"]: Outcome(record["outcome"]) for record in records}


def _record(result: Result) -> dict[str, object]:
    verdict = result.verdict
    return {
        "id": result.gold.id,
        "kind": result.gold.kind,
        "lang": result.gold.lang,
        "outcome": verdict.outcome,
        "reasons": verdict.reasons,
        "wrong_number": verdict.wrong_number,
        "evidence": verdict.evidence,
        "unchecked": verdict.unchecked,
        "markers_hold": verdict.markers_hold,
        "ms": round(result.ms, 2),
        "gold": result.gold.model_dump(mode="json"),
        "answer": result.answer.model_dump(mode="json") if result.answer else None,
    }


def _page(results: Sequence[Result], summary: Summary) -> Iterator[str]:
    yield _HEAD
    yield "<h1>Evaluation</h1>"
    yield _figures(summary)
    for title, tallies in (("By kind", summary.by_kind), ("By language", summary.by_language)):
        yield f"<h2>{title}</h2>{_table(tallies)}"
    for outcome in _ORDER:
        chosen = [r for r in results if r.verdict.outcome is outcome]
        if chosen:
            yield f"<h2>{outcome.capitalize()} ({len(chosen)})</h2>"
            yield from (_question(r) for r in chosen)
    yield "</main></html>"


def _figures(summary: Summary) -> str:
    low, high = summary.interval
    lines = (
        ("right", f"{summary.overall.right_share:.1%} (95 % interval {low:.1%} to {high:.1%})"),
        ("wrong numbers stated", str(summary.overall.wrong_numbers)),
        ("right answers that cite the evidence", percent(summary.cited)),
        (
            "refusal recall / precision",
            f"{_two(summary.refusal_recall, summary.refusal_precision)}",
        ),
        (
            "clarify recall / precision",
            f"{_two(summary.clarify_recall, summary.clarify_precision)}",
        ),
        ("figures in text that the record does not list", str(summary.unchecked_figures)),
        ("p50 / p95", f"{summary.p50_ms:.0f} ms / {summary.p95_ms:.0f} ms"),
    )
    return "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in lines) + "</dl>"


def percent(share: float | None) -> str:
    """A share as people read it; "–" where nothing was to be counted."""
    return "–" if share is None else f"{share:.1%}"


def _two(first: float | None, second: float | None) -> str:
    return f"{percent(first)} / {percent(second)}"


def _table(tallies: Iterable[Tally]) -> str:
    heads = "".join(
        f"<th>{name}</th>"
        for name in ("", "asked", "right", "wrong", "declined", "failed", "wrong numbers", "")
    )
    rows = "".join(_tally_row(tally) for tally in tallies)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _tally_row(tally: Tally) -> str:
    values = (
        tally.asked,
        tally.right,
        tally.wrong,
        tally.declined,
        tally.failed,
        tally.wrong_numbers,
    )
    cells = "".join(f"<td>{value}</td>" for value in values)
    bar = f"<td><meter value='{tally.right_share:.3f}'></meter> {tally.right_share:.0%}</td>"
    return f"<tr><th scope='row'>{_escape(tally.name)}</th>{cells}{bar}</tr>"


def _question(result: Result) -> str:
    gold, verdict = result.gold, result.verdict
    turns = "".join(f"<p class=turn>{_escape(turn)}</p>" for turn in gold.turns)
    reasons = "".join(f"<li>{_escape(reason)}</li>" for reason in verdict.reasons)
    is_open = " open" if verdict.outcome in (Outcome.WRONG, Outcome.FAILED) else ""
    return (
        f"<details class={verdict.outcome}{is_open}><summary><code>{_escape(gold.id)}</code> "
        f"{gold.kind} · {_escape(gold.question)}</summary>{turns}"
        f"<ul class=reasons>{reasons}</ul>{_answer(result.answer)}"
        f"<p class=expected>expected: {_escape(_expected(result))}</p>"
        f"<p class=note>{_escape(gold.note)} · evidence: {verdict.evidence} · {result.ms:.0f} ms"
        "</p></details>"
    )


def _expected(result: Result) -> str:
    gold = result.gold
    numbers = [f"{number.value}{number.unit}" for number in gold.numbers]
    groups = [" | ".join(group) for group in gold.contains]
    return " ; ".join(numbers + groups) or "a refusal"


def _answer(answer: Answer | None) -> str:
    if answer is None:
        return ""
    sources = "".join(
        f"<li>{_escape(' · '.join((c.section, c.table, c.row, c.column, c.quote)))}</li>"
        for c in answer.citations
    )
    return f"<blockquote>{answer.status}: {_escape(answer.answer)}</blockquote><ol>{sources}</ol>"


def _escape(text: str) -> str:
    return html.escape(text)


_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;color:#1d2733;background:#f6f7f9}
main{max-width:60rem;margin:2rem auto;padding:0 1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.5rem}dd{margin:0;font-weight:600}
table{border-collapse:collapse;background:#fff}th,td{padding:.3rem .8rem;text-align:right;
border-bottom:1px solid #dfe3e8}th[scope]{text-align:left}
details{background:#fff;border-left:4px solid #9aa5b1;margin:.6rem 0;padding:.6rem 1rem}
details.wrong,details.failed{border-color:#b42318}details.declined{border-color:#b7791f}
details.right{border-color:#2f855a}summary{cursor:pointer}blockquote{margin:.5rem 0;
padding-left:1rem;border-left:2px solid #dfe3e8;white-space:pre-wrap}
.turn,.note,ol{color:#52606d;font-size:.9rem}.reasons{color:#b42318}.expected{font-weight:600}
</style><main>
"""
