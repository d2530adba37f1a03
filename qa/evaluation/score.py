"""Judging one answer against its gold question: exact, deterministic, and strict.

A gold number counts as stated only if the answer's text shows it as a whole figure with its sign
and unit, and the record lists it among its checked numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus import Outcome as Replayed
from qa.answer import Answer, Status
from qa.evaluation.evidence import Citing, Closeness, citing, has_evidence, of_citation, shows
from qa.evaluation.figures import Figure, figures, rounds_to, same, scaled
from qa.evaluation.gold import GoldNumber, GoldQuestion
from qa.evaluation.replay import replay

_NEEDS_UNIT = {"元", "%"}
_MARKER = re.compile(r"\[(\d+)\]")
_SPACE = re.compile(r"\s+")


class Outcome(StrEnum):
    """How a question ended; `FAILED` is an error or an empty answer and never counts as right."""

    RIGHT = "right"
    WRONG = "wrong"
    DECLINED = "declined"
    FAILED = "failed"


class Evidence(StrEnum):
    """What the best citation shows of the gold evidence."""

    QUOTE = "quote"
    SECTION = "section"
    MISSING = "missing"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement. `reasons` say in plain words what did not hold; empty when right.

    `wrong_number`: the answer offers figures although the gold's are missing or none exists.
    `unchecked`: amounts in the text that the record lists neither among its numbers nor among
    the operands of its derivation. `markers_hold`: every [n] resolves and every citation is used.
    `citing` scores the citations, `replayed` says whether the derivation gives its result; both
    are None where there is nothing to score.
    """

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    wrong_number: bool = False
    evidence: Evidence = Evidence.NOT_ASKED
    unchecked: tuple[str, ...] = ()
    markers_hold: bool = True
    citing: Citing | None = None
    replayed: Replayed | None = None


def judge(gold: GoldQuestion, answer: Answer) -> Verdict:
    """The verdict on `answer`, by the rules of the gold format."""
    reasons = _problems(gold, answer)
    outcome = _outcome(gold, answer, reasons)
    return Verdict(
        outcome=outcome,
        reasons=reasons if outcome is not Outcome.RIGHT else (),
        wrong_number=outcome is Outcome.WRONG and _states_wrong_number(gold, answer),
        evidence=_evidence(gold, answer),
        unchecked=_unchecked(answer),
        markers_hold=_markers_hold(answer),
        citing=citing(gold, answer.citations) if answer.status is Status.ANSWERED else None,
        replayed=replay(answer.derivation) if answer.derivation else None,
    )


def _outcome(gold: GoldQuestion, answer: Answer, reasons: tuple[str, ...]) -> Outcome:
    if not answer.answer.strip():
        return Outcome.FAILED
    if gold.answerable and answer.status is not Status.ANSWERED and not _may_ask(gold, answer):
        return Outcome.DECLINED
    return Outcome.WRONG if reasons else Outcome.RIGHT


def _may_ask(gold: GoldQuestion, answer: Answer) -> bool:
    return gold.kind == "ambiguous" and answer.status is Status.CLARIFY


def _problems(gold: GoldQuestion, answer: Answer) -> tuple[str, ...]:
    if not gold.answerable:
        return tuple(_offers(answer)) + tuple(_wording(gold, answer.answer))
    if answer.status is not Status.ANSWERED and not _may_ask(gold, answer):
        return (f"status {answer.status}",)
    return tuple(_missing_numbers(gold, answer) + _wording(gold, answer.answer))


def _offers(answer: Answer) -> list[str]:
    """What an answer to an unanswerable question must not offer."""
    if answer.status is Status.ANSWERED:
        return ["answered, but the reports do not say"]
    amounts = [figure.written for figure in figures(answer.answer) if figure.is_amount]
    stated = [f"{number.value}{number.unit}" for number in answer.numbers]
    return [f"declined, yet offers {written}" for written in dict.fromkeys(stated + amounts)]


def _missing_numbers(gold: GoldQuestion, answer: Answer) -> list[str]:
    text = figures(answer.answer)
    record = [scaled(number.value, number.unit) for number in answer.numbers]
    problems = []
    for number in gold.numbers:
        label = f"{number.value}{number.unit}"
        if not _stated(number, text, needs_unit=False):
            problems.append(f"the text does not state {label}")
        elif not _stated(number, tuple(record), needs_unit=True):
            problems.append(f"the record does not list {label}")
    return problems


def _stated(number: GoldNumber, found: tuple[Figure, ...], *, needs_unit: bool) -> bool:
    wanted = [scaled(value, number.unit) for value in (number.value, *number.accept)]
    return any(
        same(expected, figure)
        for expected in wanted
        for figure in found
        if figure.unit or not needs_unit or expected.unit not in _NEEDS_UNIT
    )


def _wording(gold: GoldQuestion, text: str) -> list[str]:
    problems = [
        f"says none of {' | '.join(group)}"
        for group in gold.contains
        if not any(_says(text, option) for option in group)
    ]
    return problems + [f"says {shut}" for shut in gold.excludes if _says(text, shut)]


def _says(text: str, option: str) -> bool:
    """Whether the option stands in the text; "0" means a stated zero, not the digit."""
    if option == "0":
        return any(figure.value == 0 for figure in figures(text))
    if option.isascii():  # words keep their spaces: "no " must not be found in "know"
        return option in _SPACE.sub(" ", text)
    return _squeezed(option) in _squeezed(text)


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def _states_wrong_number(gold: GoldQuestion, answer: Answer) -> bool:
    states = bool(answer.numbers) or any(f.is_amount for f in figures(answer.answer))
    if not gold.answerable:
        return states
    return states and bool(gold.numbers) and bool(_missing_numbers(gold, answer))


def _evidence(gold: GoldQuestion, answer: Answer) -> Evidence:
    if not has_evidence(gold):
        return Evidence.NOT_ASKED
    pieces = [of_citation(citation) for citation in answer.citations]
    if any(shows(gold, piece, Closeness.CELL) for piece in pieces):
        return Evidence.QUOTE
    if any(shows(gold, piece, Closeness.SECTION) for piece in pieces):
        return Evidence.SECTION
    return Evidence.MISSING


def _unchecked(answer: Answer) -> tuple[str, ...]:
    listed = [scaled(number.value, number.unit) for number in answer.numbers]
    if answer.derivation:
        listed += [scaled(o.value, o.unit) for o in answer.derivation.operands]
    return tuple(
        figure.written
        for figure in figures(answer.answer)
        if figure.is_amount and not any(rounds_to(exact, figure) for exact in listed)
    )


def _markers_hold(answer: Answer) -> bool:
    used = {int(number) for number in _MARKER.findall(answer.answer)}
    listed = set(range(1, len(answer.citations) + 1))
    return used == listed if answer.status is Status.ANSWERED else used <= listed
