"""Whether an answer gives as many figures as its question asks for, and how else to take it.

A question for two things answered with one is no answer: it is taken apart more boldly then, and
the parts count only where every one of them is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Answer, Status
from qa.language import Utterance

_ASKS = re.compile(
    r"(?:多少|(?<!第)(?<!十)几(?!乎|年来|项重点|个重点)|百分之几|多[大高长]|\bhow (?:much|many)\b)"
)
_EACH = re.compile(
    r"(?:各自?|分别)(?:是|有|为|占|花了?|安排了?|收了?|要|得|打了?)?(?:多少|几|什么)|\beach\b|\brespectively\b"
)
_CUT = re.compile(r"[，,；;、]|(?<=[几多少][个项人家辆台次批]).?(?=多少|几)")
_LEAD = re.compile(r"^(?:又|还有|另外|以及|和|并且?|and)[，,：:]?\s*", re.I)


def asked(text: str) -> int:
    """How many figures a question asks for at least."""
    return len(_ASKS.findall(text.lower())) + (1 if _EACH.search(text.lower()) else 0)


def lacking(text: str, answer: Answer) -> bool:
    """Whether an answer gives fewer figures than the question asks for."""
    if answer.status is Status.CLARIFY:
        return False
    given = {(n.value, n.unit) for n in answer.numbers}
    return len(given) < asked(text) > 1


def apart(said: Utterance) -> tuple[Utterance, ...]:
    """The clauses of a question that each ask for a figure; empty where some clause does not."""
    pieces: list[str] = []
    waiting = ""
    for piece in filter(None, (p.strip() for p in _CUT.split(said.text))):
        waiting += piece
        if _ASKS.search(waiting.lower()):
            pieces.append(waiting)
            waiting = ""
    if len(pieces) < 2 or (waiting and not re.fullmatch(r"[?？。!！]*", waiting)):
        return ()
    plain = [pieces[0], *(_LEAD.sub("", p) for p in pieces[1:])]
    return tuple(Utterance(p, p, said.language) for p in plain)


def whole(answers: Sequence[Answer], parts: int) -> bool:
    """Whether every part was answered, each with figures of its own."""
    if len(answers) < parts:
        return False
    given = [frozenset((n.value, n.unit) for n in a.numbers) for a in answers]
    answered = all(a.status is Status.ANSWERED and a.numbers for a in answers)
    return answered and len(set(given)) == len(given)


def contains(fuller: Answer, answer: Answer) -> bool:
    """Whether `fuller` gives all that `answer` gives, and more figures."""
    if fuller.status is not Status.ANSWERED:
        return False
    values, more = ({n.value for n in a.numbers} for a in (answer, fuller))
    return values < more
