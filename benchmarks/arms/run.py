"""Every arm on every question, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.arms.arm import Arm, Asked
from index import Library, UnknownReport
from qa.bodies import english_bodies, named_bodies
from qa.cli.store import resolve
from qa.evaluation import Closeness, GoldQuestion, Result, judge
from qa.evaluation.evidence import has_evidence, rank
from qa.language import simplify

TOP = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A gold question with its reports: `near` is asked in them, `far` in the whole store.

    A question that names no body cannot be answered over a whole store: in `far` the titles of
    its reports then stand in front, for every arm.
    """

    gold: GoldQuestion
    held: tuple[str, ...]
    near: Asked
    far: Asked
    titled: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """One arm on one question. Ranks are from 1, 0 for not among the first ten."""

    result: Result
    near: dict[Closeness, int]
    far: dict[Closeness, int]
    characters: float  # of a piece, the first five brought


def cases_of(library: Library, gold: Sequence[GoldQuestion]) -> list[Case]:
    """The questions whose reports are all held."""
    found = []
    for question in gold:
        try:
            held = resolve(library, question.reports)
        except UnknownReport:
            continue
        if held:
            found.append(_case(library, question, held))
    return found


def _case(library: Library, gold: GoldQuestion, held: tuple[str, ...]) -> Case:
    cards = library.reports()
    raw = " ".join((*gold.turns, gold.question))
    text = simplify(raw)
    titled = not (named_bodies(text, cards) or english_bodies(raw, text, cards))
    said = [*gold.turns, gold.question]
    if titled:
        titles = "、".join(card.identity.title for card in cards if card.id in held)
        said[0] = f"{titles}：{said[0]}"
    return Case(
        gold=gold,
        held=held,
        near=Asked(gold.question, gold.turns, held),
        far=Asked(said[-1], tuple(said[:-1]), ()),
        titled=titled,
    )


def try_arm(arm: Arm, case: Case) -> Tried:
    """The arm's answer and pieces for one question."""
    began = time.perf_counter()
    answer = arm.answer(case.near)
    spent = (time.perf_counter() - began) * 1000
    result = Result(case.gold, answer, judge(case.gold, answer), spent)
    if not case.gold.answerable or not has_evidence(case.gold):
        return Tried(result, {}, {}, 0.0)
    near, far = arm.bring(case.near), arm.bring(case.far)
    lengths = [len(piece.text) for piece in near[:TOP]]
    return Tried(
        result,
        {c: rank(case.gold, near, case.held, c) for c in Closeness},
        {c: rank(case.gold, far, case.held, c) for c in Closeness},
        sum(lengths) / max(1, len(lengths)),
    )
