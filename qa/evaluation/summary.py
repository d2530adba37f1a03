"""Summing up a run: by kind and language, with bootstrap intervals and latency."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from qa.answer import Status
from qa.evaluation.run import Result
from qa.evaluation.score import Evidence, Outcome

_RESAMPLES = 1000


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Tally(_Frozen):
    """Counts over some questions. Shares are of all questions; nothing is ever left out."""

    name: str
    asked: int
    right: int
    wrong: int
    declined: int
    failed: int
    wrong_numbers: int

    @property
    def right_share(self) -> float:
        """Right answers per question asked, 0 to 1."""
        return self.right / self.asked if self.asked else 0.0


class Summary(_Frozen):
    """A run in figures. Shares run from 0 to 1, `None` where nothing was to be counted.

    `cited` is the share of right answers with gold evidence whose citations show it;
    `refusal_*` regard unanswerable questions, `clarify_*` ambiguous ones; times are
    milliseconds of wall time.
    """

    overall: Tally
    by_kind: tuple[Tally, ...]
    by_language: tuple[Tally, ...]
    interval: tuple[float, float]
    cited: float | None
    cited_quote: float | None
    refusal_recall: float | None
    refusal_precision: float | None
    clarify_recall: float | None
    clarify_precision: float | None
    unchecked_figures: int
    broken_markers: int
    p50_ms: float
    p95_ms: float


def summarise(results: Sequence[Result]) -> Summary:
    """Sum up the results of one run; raises ValueError on an empty run."""
    if not results:
        raise ValueError("no result to sum up")
    return Summary(
        overall=_tally("all", results),
        by_kind=_groups(results, lambda r: r.gold.kind),
        by_language=_groups(results, lambda r: r.gold.lang),
        interval=_interval([r.verdict.outcome is Outcome.RIGHT for r in results]),
        cited=_cited(results, (Evidence.QUOTE, Evidence.SECTION)),
        cited_quote=_cited(results, (Evidence.QUOTE,)),
        refusal_recall=_share(
            [_status(r) is not Status.ANSWERED for r in results if not r.gold.answerable]
        ),
        refusal_precision=_share(
            [not r.gold.answerable for r in results if _status(r) is Status.REFUSED]
        ),
        clarify_recall=_share(
            [_status(r) is Status.CLARIFY for r in results if r.gold.kind == "ambiguous"]
        ),
        clarify_precision=_share(
            [_may_clarify(r) for r in results if _status(r) is Status.CLARIFY]
        ),
        unchecked_figures=sum(len(r.verdict.unchecked) for r in results),
        broken_markers=sum(not r.verdict.markers_hold for r in results),
        p50_ms=percentile([r.ms for r in results], 0.50),
        p95_ms=percentile([r.ms for r in results], 0.95),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _tally(name: str, results: Sequence[Result]) -> Tally:
    count = Counter(r.verdict.outcome for r in results)
    return Tally(
        name=name,
        asked=len(results),
        right=count[Outcome.RIGHT],
        wrong=count[Outcome.WRONG],
        declined=count[Outcome.DECLINED],
        failed=count[Outcome.FAILED],
        wrong_numbers=sum(r.verdict.wrong_number for r in results),
    )


def _groups(results: Sequence[Result], key: Callable[[Result], str]) -> tuple[Tally, ...]:
    names = dict.fromkeys(key(r) for r in results)
    return tuple(_tally(name, [r for r in results if key(r) == name]) for name in names)


def _status(result: Result) -> Status | None:
    return result.answer.status if result.answer else None


def _may_clarify(result: Result) -> bool:
    return result.gold.kind == "ambiguous" or not result.gold.answerable


def _cited(results: Sequence[Result], shown: tuple[Evidence, ...]) -> float | None:
    right = [r.verdict for r in results if r.verdict.outcome is Outcome.RIGHT]
    answered = [v for v in right if v.evidence is not Evidence.NOT_ASKED]
    return _share([v.evidence in shown for v in answered])


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def _interval(flags: Sequence[bool]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the share; seeded, so that a run repeats exactly."""
    dice = random.Random(0)
    shares = [sum(dice.choices(flags, k=len(flags))) / len(flags) for _ in range(_RESAMPLES)]
    return percentile(shares, 0.025), percentile(shares, 0.975)
