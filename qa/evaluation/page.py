"""A run as one self-contained page: plots, tables, and every question failure by failure."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence

from qa.answer import Answer
from qa.evaluation.plots import latencies, stacked
from qa.evaluation.run import Result
from qa.evaluation.score import Outcome
from qa.evaluation.summary import Retrieval, Share, Summary, Tally

_ORDER = (Outcome.WRONG, Outcome.FAILED, Outcome.DECLINED, Outcome.RIGHT)


def page(results: Sequence[Result], summary: Summary) -> Iterator[str]:
    """The page, piece by piece. It loads nothing and runs no script."""
    yield _HEAD
    yield "<h1>Evaluation</h1>"
    yield _figures(summary)
    yield f"<h2>Outcomes</h2>{stacked(summary.by_kind)}"
    yield f"<h2>Times</h2>{latencies([r.ms for r in results])}"
    for title, tallies in (
        ("By kind", summary.by_kind),
        ("By language", summary.by_language),
        ("By format", summary.by_format),
        ("By report", summary.by_report),
    ):
        yield f"<h2>{title}</h2>{_table(tallies)}"
    for outcome in _ORDER:
        chosen = [r for r in results if r.verdict.outcome is outcome]
        if chosen:
            yield f"<h2>{outcome.capitalize()} ({len(chosen)})</h2>"
            yield from (_question(r) for r in chosen)
    yield "</main></html>"


def _figures(summary: Summary) -> str:
    lines = [
        ("right", interval(summary.right)),
        ("wrong numbers stated", str(summary.overall.wrong_numbers)),
        ("right answers that cite the evidence", percent(summary.cited)),
        *_of_citations(summary),
        *_of_retrieval("retrieval", summary.retrieval),
        *_of_retrieval("retrieval of the very cell or sentence", summary.retrieval_cell),
        ("refusal recall / precision", _two(summary.refusal_recall, summary.refusal_precision)),
        ("clarify recall / precision", _two(summary.clarify_recall, summary.clarify_precision)),
        ("false premises corrected", interval(summary.premise_corrected)),
        ("derivations that replay", interval(summary.replayed)),
        ("figures in text that the record does not list", str(summary.unchecked_figures)),
        ("p50 / p95", f"{summary.p50_ms:.0f} ms / {summary.p95_ms:.0f} ms"),
    ]
    return "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in lines) + "</dl>"


def _of_citations(summary: Summary) -> list[tuple[str, str]]:
    scores = summary.citations
    if scores is None:
        return []
    sections = _two(scores.section_precision.value, scores.section_recall.value)
    cells = _two(scores.cell_precision.value, scores.cell_recall.value)
    return [
        ("citation precision / recall, section", sections),
        ("citation precision / recall, cell or sentence", cells),
    ]


def _of_retrieval(name: str, scores: Retrieval | None) -> list[tuple[str, str]]:
    if scores is None:
        return []
    hits = " / ".join(f"{s.value:.3f}" for s in (scores.hit1, scores.hit3, scores.hit5))
    return [(f"{name}: hit@1 / 3 / 5, MRR@10", f"{hits}, {scores.mrr10.value:.3f}")]


def interval(share: Share | None) -> str:
    """A share with its interval and the number of questions behind it; "–" for none."""
    if share is None:
        return "–"
    return f"{share.value:.1%} (95 % interval {share.low:.1%} to {share.high:.1%}, n {share.n})"


def percent(share: float | None) -> str:
    """A share as people read it; "–" where nothing was to be counted."""
    return "–" if share is None else f"{share:.1%}"


def _two(first: float | None, second: float | None) -> str:
    return f"{percent(first)} / {percent(second)}"


def _table(tallies: Iterable[Tally]) -> str:
    heads = "".join(
        f"<th>{name}</th>"
        for name in (
            "",
            "asked",
            "right",
            "wrong",
            "declined",
            "failed",
            "wrong numbers",
            "p50",
            "p95",
            "",
        )
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
    cells += f"<td>{tally.p50_ms:.0f} ms</td><td>{tally.p95_ms:.0f} ms</td>"
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
svg{width:100%;height:auto;background:#fff}svg text{font-size:12px;fill:#1d2733}
.turn,.note,ol{color:#52606d;font-size:.9rem}.reasons{color:#b42318}.expected{font-weight:600}
</style><main>
"""
