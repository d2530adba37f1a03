"""English questions linked to labels that only a report knows, word by word through the data."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from qa.ledger import CellPlace, Entry, Ledger
from qa.names import core
from qa.plan import Mention, Plan, Via
from qa.wording import chinese_of, wording

_WORD = re.compile(r"[a-z][a-z'-]*[a-z]")
_QUESTION = 0.66  # the share of the question's words that a label must render
_LABEL = 0.34  # and the share of the label that they must make up
_UNTRANSLATED = 0.4  # a word that the data does not know weighs less than one that no label renders
_WHOLLY, _SOME = 0.95, 0.2  # a label that renders the whole question may say more besides
_NEARBY = 0.7  # what the surroundings say counts this much
_MARGIN = 0.12


def translated(plan: Plan, ledgers: Sequence[Ledger], units: frozenset[str]) -> tuple[Mention, ...]:
    """Items whose label renders most of an English question, best first; () where none does.

    Several come back only where they are close to each other.
    """
    if plan.utterance.language != "en":
        return ()
    words = [w for w in chinese_of(_WORD.findall(plan.text)) if _telling(w)]
    if not any(chinese for _, chinese in words):
        return ()
    labels = {
        core(e.label): (e.item, _around(ledger, e))
        for ledger in ledgers
        for e in reversed(ledger.entries)
        if not units or e.unit in units
    }
    weight = _weights(tuple(sorted(labels)))
    scored = sorted(
        (
            (_score(label, around, words, weight), label)
            for label, (_, around) in labels.items()
            if len(label) >= 3
        ),
        reverse=True,
    )
    if not scored or scored[0][0] <= 0:
        return ()
    near = [label for score, label in scored if score >= scored[0][0] - _MARGIN]
    said = " ".join(english for english, _ in words)
    items = dict.fromkeys(labels[label][0] for label in near)
    return tuple(Mention(0, 0, said, i, Via.PARTIAL, score=scored[0][0]) for i in items)


def _telling(word: tuple[str, tuple[str, ...]]) -> bool:
    """Whether a word says which account or indicator is meant, not how it is measured."""
    english, chinese = word
    return not set(chinese) & wording().measuring and english not in _BROAD


_BROAD = frozenset({"new", "total", "overall", "whole", "number", "rate"})


def _around(ledger: Ledger, entry: Entry) -> str:
    """What stands around a figure: the groups of its row, or its sentence with its headings."""
    if isinstance(entry.place, CellPlace):
        return "".join(entry.path)
    passage = ledger.report.passages[entry.place.passage]
    begin, end = sentence_bounds(passage.text, entry.place.start, entry.place.end)
    return "".join(entry.path[-1:]) + passage.text[begin:end]


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between full stops around a figure."""
    begin = text.rfind("。", 0, start) + 1
    stop = text.find("。", end)
    return begin, stop if stop >= 0 else len(text)


def _score(
    label: str,
    around: str,
    words: Sequence[tuple[str, tuple[str, ...]]],
    weight: dict[str, float],
) -> float:
    """The share of the question rendered plus the share of the label; 0 below the floors.

    What only the surroundings of the figure say counts less than what its label says.
    """
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
        elif any(c in around for c in chinese):
            said += worth * _NEARBY
    question, own = said / total, sum(covered) / len(label)
    enough = own >= _LABEL or (question >= _WHOLLY and own >= _SOME)
    return question + own if question >= _QUESTION and enough else 0.0


@lru_cache(maxsize=64)
def _weights(labels: tuple[str, ...]) -> dict[str, float]:
    """How telling each Chinese word of the data is among these labels, where it occurs."""
    words = {c for chinese in wording().english.values() for c in chinese}
    counts = {word: sum(word in label for label in labels) for word in words}
    return {w: math.log(1 + (len(labels) + 1) / n) for w, n in counts.items() if n}
