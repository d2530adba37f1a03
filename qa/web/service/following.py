"""What could be asked next: the usual follow-ups, as far as the engine answers them here."""

from __future__ import annotations

from contextlib import suppress

from qa.answer import Status
from qa.asking import AskingError
from qa.web.service.desk import Desk, Question, attempt_at
from qa.web.service.recent import Given
from qa.web.words import words

_MOST_TURNS = 50


def follow_ups(desk: Desk, given: Given) -> tuple[str, ...]:
    """The usual next questions whose answers say something new; none where the answer has its own.

    Each is asked, so this takes as long as a few answers.
    """
    answer = given.answer
    if answer.status is not Status.ANSWERED or answer.suggestions:
        return ()
    history = [*given.turns, answer.question][-_MOST_TURNS:]
    said, found = {answer.answer}, []
    for question in words(answer.language).follow_ups:
        asked = Question(question=question, history=history, reports=list(given.reports))
        with suppress(AskingError):  # logged where it happened
            then = attempt_at(desk, asked)
            if then.status is Status.ANSWERED and then.answer not in said:
                said.add(then.answer)
                found.append(question)
    return tuple(found)
