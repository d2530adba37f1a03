"""Summing up a run: by kind, language, report and format, with bootstrap intervals and latency."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from corpus import Outcome as Replayed
from qa.answer import Status
from qa.evaluation.evidence import Closeness
from qa.evaluation.run import Result
from qa.evaluation.score import Evidence, Outcome

_RESAMPLES = 1000


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Share(_Frozen):
    """A mean over questions from 0 to 1, with its 95 % bootstrap interval and their number."""

    value: float
    low: float
    high: float
    n: int


class Tally(_Frozen):
    """Counts over some questions. Shares are of all questions; nothing is ever left out."""

    name: str
    asked: int
    right: int
    wrong: int
    declined: int
    failed: int
    wrong_numbers: int
    p50_ms: float = 0.0
    p95_ms: float = 0.0

    @property
    def right_share(self) -> float:
        """Right answers per question asked, 0 to 1."""
        return self.right / self.asked if self.asked else 0.0


class Retrieval(_Frozen):
    """How early the evidence is brought, over the questions that name some."""

    hit1: Share
    hit3: Share
    hit5: Share
    mrr10: Share


class Citations(_Frozen):
    """Precision and recall of the answers' citations, to section and to cell or sentence."""

    section_precision: Share
    section_recall: Share
    cell_precision: Share
    cell_recall: Share


class Summary(_Frozen):
    """A run in figures. Shares run from 0 to 1, `None` where nothing was to be counted.

    `cited` is the share of right answers with gold evidence whose citations show it;
    `refusal_*` regard unanswerable questions, `clarify_*` ambiguous ones, `premise_corrected`
    questions that take for granted what the report denies; `replayed` are the derivations that
    give their result when worked out again, of those that could be; times are milliseconds of
    wall time.
    """

    overall: Tally
    by_kind: tuple[Tally, ...]
    by_language: tuple[Tally, ...]
    by_report: tuple[Tally, ...]
    by_format: tuple[Tally, ...]
    right: Share
    cited: float | None
    cited_quote: float | None
    citations: Citations | None
    retrieval: Retrieval | None
    retrieval_cell: Retrieval | None
    refusal_recall: float | None
    refusal_precision: float | None
    clarify_recall: float | None
    clarify_precision: float | None
    premise_corrected: Share | None
    replayed: Share | None
    not_replayed: int
    unchecked_figures: int
    broken_markers: int
    p50_ms: float
    p95_ms: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the right share."""
        return self.right.low, self.right.high


def summarise(results: Sequence[Result]) -> Summary:
    """Sum up the results of one run; raises ValueError on an empty run."""
    if not results:
        raise ValueError("no result to sum up")
    derived = [r.verdict.replayed for r in results if r.verdict.replayed is not None]
    tried = [outcome for outcome in derived if outcome is not Replayed.UNTRIED]
    premises = [r for r in results if r.gold.false_premise]
    return Summary(
        overall=_tally("all", results),
        by_kind=_groups(results, lambda r: r.gold.kind),
        by_language=_groups(results, lambda r: r.gold.lang),
        by_report=_groups(results, lambda r: " + ".join(r.gold.reports)),
        by_format=_groups(results, lambda r: r.format or "unknown"),
        right=_mean([_is_right(r) for r in results]) or Share(value=0, low=0, high=0, n=0),
        cited=_cited(results, (Evidence.QUOTE, Evidence.SECTION)),
        cited_quote=_cited(results, (Evidence.QUOTE,)),
        citations=_citations(results),
        retrieval=_retrieval(results, Closeness.SECTION),
        retrieval_cell=_retrieval(results, Closeness.CELL),
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
        premise_corrected=_mean([_is_right(r) for r in premises]),
        replayed=_mean([float(outcome is Replayed.HOLDS) for outcome in tried]),
        not_replayed=len(derived) - len(tried),
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
    times = [r.ms for r in results]
    return Tally(
        name=name,
        asked=len(results),
        right=count[Outcome.RIGHT],
        wrong=count[Outcome.WRONG],
        declined=count[Outcome.DECLINED],
        failed=count[Outcome.FAILED],
        wrong_numbers=sum(r.verdict.wrong_number for r in results),
        p50_ms=percentile(times, 0.50),
        p95_ms=percentile(times, 0.95),
    )


def _groups(results: Sequence[Result], key: Callable[[Result], str]) -> tuple[Tally, ...]:
    names = dict.fromkeys(key(r) for r in results)
    return tuple(_tally(name, [r for r in results if key(r) == name]) for name in names)


def _is_right(result: Result) -> float:
    return float(result.verdict.outcome is Outcome.RIGHT)


def _status(result: Result) -> Status | None:
    return result.answer.status if result.answer else None


def _may_clarify(result: Result) -> bool:
    return result.gold.kind == "ambiguous" or not result.gold.answerable


def _cited(results: Sequence[Result], shown: tuple[Evidence, ...]) -> float | None:
    right = [r.verdict for r in results if r.verdict.outcome is Outcome.RIGHT]
    answered = [v for v in right if v.evidence is not Evidence.NOT_ASKED]
    return _share([v.evidence in shown for v in answered])


def _citations(results: Sequence[Result]) -> Citations | None:
    scored = [r.verdict.citing for r in results if r.verdict.citing is not None]
    if not scored:
        return None
    means = {name: _mean([getattr(c, name) for c in scored]) for name in Citations.model_fields}
    return Citations.model_validate(means)


def _retrieval(results: Sequence[Result], closeness: Closeness) -> Retrieval | None:
    ranks = [r.ranks[closeness] for r in results if closeness in r.ranks]
    if not ranks:
        return None
    shares = {f"hit{k}": _mean([float(0 < rank <= k) for rank in ranks]) for k in (1, 3, 5)}
    reciprocal = _mean([1 / rank if rank else 0.0 for rank in ranks])
    return Retrieval.model_validate({**shares, "mrr10": reciprocal})


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def _mean(values: Sequence[float]) -> Share | None:
    """The mean with its 95 % bootstrap interval; seeded, so that a run repeats exactly."""
    if not values:
        return None
    dice = random.Random(0)
    n = len(values)
    means = [sum(dice.choices(values, k=n)) / n for _ in range(_RESAMPLES)]
    return Share(
        value=sum(values) / n, low=percentile(means, 0.025), high=percentile(means, 0.975), n=n
    )
