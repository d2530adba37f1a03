"""Two runs on the same questions, compared as pairs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path

from qa.evaluation.run import Result
from qa.evaluation.score import Outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed for the questions that both runs asked.

    `gained` became right, `lost` stopped being right, `turned_wrong` became wrong after having
    been declined or right. `chance` is the two-sided probability of a difference at least this
    large if both runs were equally good (McNemar's exact test on gained and lost).
    """

    both: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    turned_wrong: tuple[str, ...]
    chance: float


def last_outcomes(folder: Path) -> dict[str, Outcome]:
    """How each question of the run recorded in `folder` ended; empty where there is none."""
    try:
        lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    records = map(json.loads, lines)
    return {record["id"]: Outcome(record["outcome"]) for record in records}


def compare(results: Sequence[Result], before: Mapping[str, Outcome]) -> Comparison:
    """The run's `results` against the outcomes of an earlier one or of another arm."""
    now = {r.gold.id: r.verdict.outcome for r in results if r.gold.id in before}
    gained = tuple(i for i, o in now.items() if o is Outcome.RIGHT is not before[i])
    lost = tuple(i for i, o in now.items() if before[i] is Outcome.RIGHT is not o)
    wrong = tuple(i for i, o in now.items() if o is Outcome.WRONG is not before[i])
    return Comparison(len(now), gained, lost, wrong, _chance(len(gained), len(lost)))


def _chance(gained: int, lost: int) -> float:
    changed = gained + lost
    tail = sum(comb(changed, i) for i in range(min(gained, lost) + 1))
    return float(min(1.0, 2 * tail / 2**changed))
