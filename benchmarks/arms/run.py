"""Every arm on every question, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.arms.arm import Arm, Asked
from index import Library, UnknownReport
from qa.answer import Answer
from qa.asking import AskingError, attempt
from qa.bodies import english_bodies, named_bodies
from qa.cli.store import resolve
from qa.evaluation import Closeness, GoldQuestion, Outcome, Result, Verdict, judge
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
    """The arm's answer and pieces for one question; where it breaks, nothing was brought."""
    scored = case.gold.answerable and has_evidence(case.gold)
    began = time.perf_counter()
    try:
        answer = attempt(_Asker(arm), case.near.question, case.near.turns, case.near.reports)
    except AskingError as error:
        broken = Result(case.gold, None, Verdict(Outcome.FAILED, (str(error),)), 0.0)
        none = dict.fromkeys(Closeness, 0) if scored else {}
        return Tried(broken, none, none, 0.0)
    spent = (time.perf_counter() - began) * 1000
    result = Result(case.gold, answer, judge(case.gold, answer), spent)
    if not scored:
        return Tried(result, {}, {}, 0.0)
    near, far = arm.bring(case.near), arm.bring(case.far)
    lengths = [len(piece.text) for piece in near[:TOP]]
    return Tried(
        result,
        {c: rank(case.gold, near, case.held, c) for c in Closeness},
        {c: rank(case.gold, far, case.held, c) for c in Closeness},
        sum(lengths) / max(1, len(lengths)),
    )


@dataclass(frozen=True, slots=True)
class _Asker:
    """An arm as evaluation asks it."""

    arm: Arm

    def ask(
        self, question: str, history: Sequence[str] = (), reports: Sequence[str] = ()
    ) -> Answer:
        return self.arm.answer(Asked(question, tuple(history), tuple(reports)))
