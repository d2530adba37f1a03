"""The arms' table and plot, and who leads."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.arms.run import Case, Tried
from qa.evaluation import Closeness, Outcome, compare
from qa.evaluation.summary import percentile

Column = tuple[str, Callable[["Scores"], float], str, bool]  # name, value, format, more is better


@dataclass(frozen=True, slots=True)
class Scores:
    """What an arm scored; shares from 0 to 1."""

    name: str
    near: tuple[float, float, float, float]  # hit@1, hit@3, hit@5, MRR@10
    near_figure: float
    far: tuple[float, float, float, float]
    right: float
    wrong: float
    declined: float
    wrong_numbers: int
    characters: float
    p50_ms: float


def scores_of(name: str, tried: Sequence[Tried]) -> Scores:
    """An arm's scores over all questions; what failed counts as neither right nor declined."""
    ended = [t.result.verdict.outcome for t in tried]
    lengths = [t.characters for t in tried if t.characters]
    return Scores(
        name=name,
        near=_retrieval([t.near[Closeness.SECTION] for t in tried if t.near]),
        near_figure=_retrieval([t.near[Closeness.FIGURE] for t in tried if t.near])[2],
        far=_retrieval([t.far[Closeness.SECTION] for t in tried if t.far]),
        right=ended.count(Outcome.RIGHT) / len(ended),
        wrong=ended.count(Outcome.WRONG) / len(ended),
        declined=ended.count(Outcome.DECLINED) / len(ended),
        wrong_numbers=sum(t.result.verdict.wrong_number for t in tried),
        characters=sum(lengths) / max(1, len(lengths)),
        p50_ms=percentile([t.result.ms for t in tried], 0.5),
    )


def _retrieval(ranks: Sequence[int]) -> tuple[float, float, float, float]:
    many = max(1, len(ranks))
    hits = [sum(0 < r <= k for r in ranks) / many for k in (1, 3, 5)]
    return hits[0], hits[1], hits[2], sum(1 / r for r in ranks if r) / many


COLUMNS: tuple[Column, ...] = (
    ("hit@1", lambda s: s.near[0], ".3f", True),
    ("hit@3", lambda s: s.near[1], ".3f", True),
    ("hit@5", lambda s: s.near[2], ".3f", True),
    ("MRR@10", lambda s: s.near[3], ".3f", True),
    ("hit@5, figure", lambda s: s.near_figure, ".3f", True),
    ("all: hit@1", lambda s: s.far[0], ".3f", True),
    ("all: hit@5", lambda s: s.far[2], ".3f", True),
    ("all: MRR@10", lambda s: s.far[3], ".3f", True),
    ("right", lambda s: s.right, ".1%", True),
    ("wrong", lambda s: s.wrong, ".1%", False),
    ("declined", lambda s: s.declined, ".1%", False),
    ("wrong numbers", lambda s: s.wrong_numbers, "d", False),
    ("chars a piece", lambda s: s.characters, ".0f", False),
    ("p50 ms", lambda s: s.p50_ms, ".0f", False),
)
_JUDGED = ("hit", "MRR", "all:", "right")


def page(
    cases: Sequence[Case], tried: Mapping[str, Sequence[Tried]], plot: str, every: int = 1
) -> str:
    """The table as Markdown, with the plot's file name and what the first arm does not lead."""
    scores = [scores_of(name, found) for name, found in tried.items()]
    first = next(iter(tried))
    lines = [
        "# The product beside simpler ways",
        "",
        "Made by `make arms`; do not edit. How each column is scored stands in evaluation.md.",
        "",
        *_about(cases, tried[first], every),
        "",
        "| arm | " + " | ".join(name for name, *_ in COLUMNS) + " |",
        "|---" * (len(COLUMNS) + 1) + "|",
        *(_row(s, scores) for s in scores),
        "",
        f"![hit@5 and right answers of each arm]({plot})",
        "",
        "## Pairs",
        "",
        f"Answers of {first} against each arm on the same questions: right only here, right only "
        "there, and the probability of such a difference by chance (McNemar, exact).",
        "",
        "| against | only ours right | only theirs right | p |",
        "|---|---|---|---|",
        *(_pair(name, tried[first], found) for name, found in tried.items() if name != first),
        "",
        *_behind(scores),
    ]
    return "\n".join(lines) + "\n"


def _about(cases: Sequence[Case], tried: Sequence[Tried], every: int) -> list[str]:
    reports = {report for case in cases for report in case.held}
    evidence = sum(bool(t.near) for t in tried)
    titled = sum(case.titled for case, t in zip(cases, tried, strict=True) if t.near)
    taken = f" (one in {every} of the files given)" if every > 1 else ""
    return [
        f"{len(cases)} questions{taken} on {len(reports)} reports; {evidence} of them are "
        f"answerable and name evidence, and retrieval is scored on those. *all* asks the "
        f"whole store; {titled} questions that name no body get their reports' titles put in "
        "front there, for every arm.",
    ]


def _row(score: Scores, scores: Sequence[Scores]) -> str:
    cells = []
    for name, value, form, more in COLUMNS:
        values = [value(s) for s in scores]
        best = value(score) == (max(values) if more else min(values))
        text = format(value(score), form)
        cells.append(f"**{text}**" if best and name.startswith(_JUDGED) else text)
    return f"| {score.name} | " + " | ".join(cells) + " |"


def _pair(name: str, ours: Sequence[Tried], theirs: Sequence[Tried]) -> str:
    before = {t.result.gold.id: t.result.verdict.outcome for t in theirs}
    found = compare([t.result for t in ours], before)
    return f"| {name} | {len(found.gained)} | {len(found.lost)} | {found.chance:.2g} |"


def _behind(scores: Sequence[Scores]) -> list[str]:
    """On which of the judged columns another arm is ahead of the first."""
    found = [
        f"- {name}: {other.name} {value(other):{form}}, {scores[0].name} {value(scores[0]):{form}}"
        for name, value, form, _ in COLUMNS
        if name.startswith(_JUDGED)
        for other in scores[1:]
        if value(other) > value(scores[0])
    ]
    return ["## Where another arm leads", "", *(found or ["Nowhere."])]


_WIDTH, _LEFT, _BAR = 860, 220, 11


def plot(tried: Mapping[str, Sequence[Tried]]) -> str:
    """Three bars an arm, as SVG: hit@5 in scope, hit@5 over all reports, right answers."""
    scores = [scores_of(name, found) for name, found in tried.items()]
    kinds = (("hit@5, reports known", "#2b6cb0"), ("hit@5, all reports", "#90b4d8"),
             ("answers right", "#2f855a"))  # fmt: skip
    parts = [
        f'<rect x="{_LEFT + 180 * i}" y="4" width="11" height="11" fill="{colour}"/>'
        f'<text x="{_LEFT + 16 + 180 * i}" y="14">{name}</text>'
        for i, (name, colour) in enumerate(kinds)
    ]
    for place, score in enumerate(scores):
        top = 28 + place * (3 * _BAR + 10)
        parts.append(f'<text x="0" y="{top + 20}">{html.escape(score.name)}</text>')
        shares = (score.near[2], score.far[2], score.right)
        for i, (share, (_, colour)) in enumerate(zip(shares, kinds, strict=True)):
            width = (_WIDTH - _LEFT - 50) * share
            y = top + i * _BAR
            parts.append(
                f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR - 1}" '
                f'fill="{colour}"/><text x="{_LEFT + width + 4:.1f}" y="{y + 9}" '
                f'style="font-size:10px">{share:.3f}</text>'
            )
    height = 28 + len(scores) * (3 * _BAR + 10)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" xmlns="http://www.w3.org/2000/svg" '
        'font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="#fff"/>'
        + "".join(parts)
        + "</svg>\n"
    )
