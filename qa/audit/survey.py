"""The audit of a whole store: each report in turn, and against the year before where it is held."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus import Identity, Outcome, Report
from qa.audit.findings import Finding, Verdict, findings_of
from qa.audit.years import examine_years, preceding


@dataclass(frozen=True, slots=True)
class Tally:
    """How the trials of one rule came out; `reasons` say why some could not be made, and how many.

    Reasons are (Chinese, English) with their count, the most frequent first.
    """

    rule: str
    holds: int
    fails: int
    untried: int
    reasons: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What the audit made of one report; `milliseconds` is the time of the trials alone."""

    report: str
    identity: Identity
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    before: str  # the report of the year before that it was held against, "" where there is none
    milliseconds: float

    def count(self, outcome: Outcome) -> int:
        """How many trials came out so."""
        return sum(getattr(tally, outcome.value) for tally in self.tallies)


def survey_all(
    held: Sequence[tuple[str, Identity]],
    get: Callable[[str], Report],
    examine: Callable[[Report], tuple[Verdict, ...]],
    wanted: frozenset[str] | None = None,
) -> Iterator[Survey]:
    """Audit the `wanted` reports (all by default) of a store one after another.

    `held` is everything that the store has, so that a wanted report meets last year's; `get`
    fetches a report by its id. Only one pair of reports is in memory at a time.
    """
    earlier = preceding([identity for _, identity in held])
    for place, (id_, _) in enumerate(held):
        if wanted is None or id_ in wanted:
            before = get(held[earlier[place]][0]) if place in earlier else None
            yield survey(get(id_), before, examine)


def survey(
    report: Report, before: Report | None, examine: Callable[[Report], tuple[Verdict, ...]]
) -> Survey:
    """The audit of one report, against the year before where that is given."""
    began = time.perf_counter()
    verdicts = (*examine(report), *examine_years(before, report))
    spent = (time.perf_counter() - began) * 1000
    return Survey(
        report=report.id,
        identity=report.identity,
        files=tuple(source.name for source in report.sources),
        findings=findings_of(verdicts),
        tallies=_tallies(verdicts),
        before=before.id if before is not None else "",
        milliseconds=spent,
    )


def _tallies(verdicts: Iterable[Verdict]) -> tuple[Tally, ...]:
    by_rule: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_rule.setdefault(verdict.rule, []).append(verdict)
    return tuple(_tally(rule, tried) for rule, tried in by_rule.items())


def _tally(rule: str, verdicts: Sequence[Verdict]) -> Tally:
    counts = Counter(v.outcome for v in verdicts)
    why = Counter((v.message, v.message_en) for v in verdicts if v.outcome is Outcome.UNTRIED)
    return Tally(
        rule,
        counts[Outcome.HOLDS],
        counts[Outcome.FAILS],
        counts[Outcome.UNTRIED],
        tuple((zh, en, count) for (zh, en), count in why.most_common()),
    )
