"""English questions linked to labels that only a report knows, word by word through the data."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from qa.ledger import Ledger
from qa.names import core
from qa.plan import Mention, Plan, Via
from qa.wording import chinese_of, wording

_WORD = re.compile(r"[a-z][a-z'-]*[a-z]")
_QUESTION = 0.66  # the share of the question's words that a label must render
_LABEL = 0.5  # and the share of the label that they must make up
_UNTRANSLATED = 0.4  # a word that the data does not know weighs less than one that no label renders
_MARGIN = 0.12


def translated(plan: Plan, ledgers: Sequence[Ledger], units: frozenset[str]) -> tuple[Mention, ...]:
    """Items whose label renders most of an English question, best first; () where none does.

    Several come back only where they are close to each other.
    """
    if plan.utterance.language != "en":
        return ()
    words = [w for w in chinese_of(_WORD.findall(plan.text)) if not set(w[1]) & wording().measuring]
    if not any(chinese for _, chinese in words):
        return ()
    labels = {
        core(e.label): e.item
        for ledger in ledgers
        for e in ledger.entries
        if not units or e.unit in units
    }
    weight = _weights(tuple(sorted(labels)))
    scored = sorted(
        ((_score(label, words, weight), label) for label in labels if len(label) >= 3),
        reverse=True,
    )
    if not scored or scored[0][0] <= 0:
        return ()
    near = [label for score, label in scored if score >= scored[0][0] - _MARGIN]
    said = " ".join(english for english, _ in words)
    items = dict.fromkeys(labels[label] for label in near)
    return tuple(Mention(0, 0, said, i, Via.PARTIAL, score=scored[0][0]) for i in items)


def _score(
    label: str, words: Sequence[tuple[str, tuple[str, ...]]], weight: dict[str, float]
) -> float:
    """The share of the question rendered plus the share of the label; 0 below the floors."""
    covered = [False] * len(label)
    strange = max(weight.values(), default=1.0)
    said = total = 0.0
    for _, chinese in words:
        worth = max((weight.get(c, 0.0) for c in chinese), default=0.0) or strange * (
            1.0 if chinese else _UNTRANSLATED
        )
        total += worth
        found = max((c for c in chinese if c in label), key=len, default="")
        if found:
            said += worth
            at = label.find(found)
            covered[at : at + len(found)] = [True] * len(found)
    question, own = said / total, sum(covered) / len(label)
    return question + own if question >= _QUESTION and own >= _LABEL else 0.0


@lru_cache(maxsize=64)
def _weights(labels: tuple[str, ...]) -> dict[str, float]:
    """How telling each Chinese word of the data is among these labels, where it occurs."""
    words = {c for chinese in wording().english.values() for c in chinese}
    counts = {word: sum(word in label for label in labels) for word in words}
    return {w: math.log(1 + (len(labels) + 1) / n) for w, n in counts.items() if n}
