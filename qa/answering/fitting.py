"""Whether a sentence answers: how much it must cover, and what it must hold."""

from __future__ import annotations

import re

from corpus import Level
from qa.answering.asked import Question
from qa.ledger import CellPlace
from qa.needs import plain
from qa.sentences import Match, Sentence
from qa.wording import wording

_FLOOR = 0.62  # the share of a question's needs that a sentence must cover
_FLOOR_ENGLISH = 0.6
_STRANGE = 0.8  # more where the question has a word that the report never uses
_NUMBER = 0.72  # a number needs more
_NEAR_NUMBER = 0.55  # and most of it in the clauses around the number
ASKED = 0.4  # the share of the needs beyond named accounts
_ENDING = 4  # characters behind the last of several names that may say what they are
_ABOUT_LIST = 0.5  # the share of the needs around an enumeration
_CLAUSES = re.compile(r"[^，,。；;：:]+")
_FOR = re.compile(r"主要用于|用于|用来|其中")
LEAD = re.compile(r"(?:[：:]|如下|包括|有)[。：:]?$")


def narrowed(question: Question, match: Match) -> bool:
    """Whether the sentence or its surroundings say what the question narrows to (人均, a place)."""
    sentence = match.sentence
    if not _in_named_project(question, sentence):
        return False
    around = plain("".join(sentence.heading)) + sentence.before + sentence.plain
    return question.context.plan.narrowing in around


def _in_named_project(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence is not of another project's table than the one that is named."""
    report = question.source.ledger.report
    named = {t for r, t in question.context.plan.tables if r == report.id}
    forms = {t for t in named if report.tables[t].statement.endswith("performance")}
    if not forms or not isinstance(sentence.place, CellPlace):
        return True
    return sentence.place.table in forms


def floor(question: Question) -> float:
    """The share of the needs that a sentence must cover: more for numbers and for strange words."""
    if strange(question):
        return _STRANGE
    if question.counts:
        return _NUMBER
    english = question.context.plan.utterance.language == "en"
    return _FLOOR_ENGLISH if english else _FLOOR


def fits(question: Question, match: Match) -> bool:
    """Whether the sentence holds what is asked for: a number of the unit, a place, a name."""
    text = match.sentence.text
    if _of_another_year(question, text):
        return False
    number = question.number_wanted()
    if number is not None:
        return _near_number(question, match.sentence, number)
    if not _on_the_matter(question, match.sentence):
        return False
    if all(a.holds.search(text) for a in question.asked):
        return not question.asks("list") or _enumerates(question, match.sentence)
    return _lists(question, match.sentence)


def _of_another_year(question: Question, text: str) -> bool:
    """Whether a sentence of a government's report, which tells of several years, names others."""
    asked = question.context.plan.scope.years
    government = question.source.ledger.report.identity.level is Level.GOVERNMENT
    named = {int(y) for y in _YEAR.findall(text)}
    return government and bool(asked and named) and not named & set(asked)


_YEAR = re.compile(r"20[0-4]\d(?=年)")


def _on_the_matter(question: Question, sentence: Sentence) -> bool:
    """Whether more is covered than the account that the question names."""
    needs = [n for n in question.needs if not n.given]
    around = "".join((*sentence.heading, sentence.before, sentence.text))
    return not needs or question.sentences.coverage(around, needs) >= ASKED


def _enumerates(question: Question, sentence: Sentence) -> bool:
    """Whether what is enumerated is what the question asks for: the words around it say so."""
    text = sentence.plain
    most = max(_CLAUSES.findall(text), key=lambda clause: clause.count("、"), default="")
    if "、" not in most:
        return True
    lead, _, rest = most.partition("、")
    last = rest.rpartition("、")[2] or rest
    tail = last.partition("等")[2] or last[-_ENDING:]  # 某委员会、某局牌子
    others = text.replace(most, "，")
    around = "".join(sentence.heading) + sentence.before + others + lead + tail
    return question.sentences.coverage(around, question.needs) >= _ABOUT_LIST


def _lists(question: Question, sentence: Sentence) -> bool:
    return question.asks("list") and bool(LEAD.search(sentence.text))


def _near_number(question: Question, sentence: Sentence, number: re.Pattern[str]) -> bool:
    """Whether some fitting number stands in the clauses that are about the question."""
    text = sentence.text
    heading = "".join(sentence.heading)
    for hit in number.finditer(text):
        if hit.start() == 0 and wording().ordinals.match(text):
            continue  # the number of an item of a list is no figure
        begin = max(text.rfind(mark, 0, hit.start()) for mark in "；。：") + 1
        clauses = text[begin : hit.start()].split("，")
        behind = text[hit.start() :].split("，")
        use = behind[1] if len(behind) > 1 and _FOR.match(behind[1]) else ""
        near = "，".join(clauses[-2:]) + behind[0][: len(hit.group(0)) + 8] + use
        if question.sentences.coverage(near + heading, question.needs) >= _NEAR_NUMBER:
            return True
    return False


def strange(question: Question) -> bool:
    """Whether the question is about something that the report never speaks of."""
    return any(
        not n.given and n.share > 1 and not any(question.sentences.says(o) for o in n.options)
        for n in question.needs
    )
