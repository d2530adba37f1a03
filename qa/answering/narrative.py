"""The sentence, list or section that answers a question for words, or none that is good enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Report, Section
from qa.answer import Answer
from qa.answering import refuse
from qa.answering.asked import Question
from qa.answering.context import Context, answered
from qa.answering.fitting import ASKED, LEAD, fits, floor, narrowed, strange
from qa.answering.labels import labelled
from qa.answering.quoting import quote_span
from qa.needs import Need
from qa.sentences import Match, Sentence, headings, says
from qa.wording import wording

_MEASURED = ("completion", "rate", "change", "share", "score", "weight", "target", "budget")
_OWN = 0.34  # the share of the needs that a sentence must say itself
_TITLE = 0.72  # the share that headings must cover for a whole section to be meant
_TOP = 0.3  # of which the section's own heading this much
_BEYOND = 0.7  # the share of the needs beyond named accounts for words to answer before figures
_INTRODUCED = 4  # characters before 一是 that introduce a list
_MOST = 1200  # characters of a section that an answer shows


@dataclass(frozen=True, slots=True)
class Found:
    """Sentences that answer together, and how well they cover the question."""

    question: Question
    sentences: tuple[Sentence, ...]
    coverage: float


def narrate(context: Context) -> Answer | None:
    """What the report writes about the question; None where nothing covers it well enough."""
    found = _found(context)
    return _told(found) if found is not None else None


def worded(context: Context) -> Answer | None:
    """A question whose answer is plainly words (who, where, what kind, which): those words."""
    plan = context.plan
    if plan.money or (plan.strong and plan.measure in _MEASURED):
        return None
    direct = labelled(context)
    if direct is not None:
        return direct
    questions = [Question(context, s) for s in context.sources]
    if not questions or questions[0].counts or (plan.tables and not questions[0].asked):
        return None
    if not questions[0].asked and not plan.textual:
        return None
    found = _found(context)
    if found is None or (plan.strong and not questions[0].asked and not _told_beyond(found)):
        return None
    return _told(found)


def _told_beyond(found: Found) -> bool:
    """Whether the sentences themselves say what is asked beyond the accounts that are named."""
    needs = [n for n in found.question.needs if not n.given]
    said = "".join(s.text for s in found.sentences)
    return bool(needs) and found.question.sentences.coverage(said, needs) >= _BEYOND


def _told(found: Found) -> Answer:
    writer = found.question.context.writer().say("报告写道：", "The report says: ")
    return answered(quote_span(writer, found.question.source.ledger.report, found.sentences))


def _found(context: Context) -> Found | None:
    best: Found | None = None
    for source in context.sources:
        question = Question(context, source)
        for found in (_section(question), _best_sentences(question)):
            if found is not None and (best is None or found.coverage > best.coverage + 0.02):
                best = found
    return best


def _best_sentences(question: Question) -> Found | None:
    for match in question.matches[:12]:
        if match.coverage < floor(question):
            break
        if match.own < _OWN or not fits(question, match) or not narrowed(question, match):
            continue
        sentences = _completed(question, match)
        return Found(question, sentences, match.coverage)
    return None


def _completed(question: Question, match: Match) -> tuple[Sentence, ...]:
    """The sentence with a neighbour that says what it leaves open, or the list that it opens."""
    sentence = match.sentence
    if sentence.passage is None:
        return (sentence,)
    if LEAD.search(sentence.text.rstrip("。")):
        return (sentence, *_following(question, sentence))
    siblings = question.sentences.of_passage(sentence.passage)
    at = siblings.index(sentence)
    missing = [n for n in question.needs if not says(sentence.text, n)]
    chosen = [sentence]
    for near in (at - 1, at + 1):
        if 0 <= near < len(siblings) and _adds(question, siblings[near], missing):
            chosen.append(siblings[near])
    if _heads_item(sentence) and at + 1 < len(siblings) and siblings[at + 1] not in chosen:
        chosen.append(siblings[at + 1])
    return (*chosen, *_counted_on(siblings, at, chosen))


_FIRST = re.compile(r"一是|首先|第一[，,]")
_NEXT = re.compile(r"(?:[二三四五六七八九]是|其次|再次|最后|第[二三四五][，,])")


def _counted_on(
    siblings: Sequence[Sentence], at: int, chosen: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    """The rest of what a sentence begins to count: 一是…；二是…."""
    text = siblings[at].text
    opening = _FIRST.search(text)
    if opening is None or opening.start() < _INTRODUCED:
        return ()  # 一是 alone is one point among others, behind an introduction it opens a list
    rest: list[Sentence] = []
    for sentence in siblings[at + 1 :]:
        if not _NEXT.match(sentence.text):
            break
        rest.append(sentence)
    return tuple(s for s in rest if s not in chosen)


def _heads_item(sentence: Sentence) -> bool:
    """二是建立企业服务群。: the head of an item, its matter stands in the next sentence."""
    return bool(wording().ordinals.match(sentence.text)) and len(sentence.text) <= 24


def _adds(question: Question, neighbour: Sentence, missing: Sequence[Need]) -> bool:
    total = sum(question.sentences.telling(n) for n in question.needs)
    gain = sum(question.sentences.telling(n) for n in missing if says(neighbour.text, n))
    return bool(total) and gain / total >= 0.2


def _following(question: Question, sentence: Sentence) -> tuple[Sentence, ...]:
    """The paragraphs of the section behind a sentence that opens a list."""
    report = question.source.ledger.report
    section = report.passages[sentence.passage or 0].section
    behind = [
        s
        for s in question.sentences.all[sentence.position + 1 :]
        if s.passage is not None and _within(report, report.passages[s.passage].section, section)
    ]
    return tuple(_short(behind))


def _within(report: Report, section: int | None, whole: int) -> bool:
    while section is not None:
        if section == whole:
            return True
        section = report.sections[section].parent
    return False


def _short(sentences: Sequence[Sentence]) -> list[Sentence]:
    """As many sentences as an answer shows."""
    kept: list[Sentence] = []
    length = 0
    for sentence in sentences:
        length += len(sentence.text)
        if kept and length > _MOST:
            break
        kept.append(sentence)
    return kept


# --- sections -------------------------------------------------------------------------------------


def _section(question: Question) -> Found | None:
    """The section whose headings say what is asked for: its text, as much as an answer shows."""
    if question.counts or not question.needs:
        return None
    report = question.source.ledger.report
    best: tuple[float, Section] | None = None
    for section in report.sections:
        score = _title_score(question, report, section)
        if score > (best[0] if best else 0.0):
            best = (score, section)
    if best is None:
        return None
    inside = [
        s
        for s in question.sentences.all
        if s.passage is not None and _within(report, report.passages[s.passage].section, best[1].id)
    ]
    kept = _short(inside)
    said = "".join(s.text for s in kept)
    if not inside or not all(a.holds.search(said) for a in question.asked):
        return None
    return Found(question, tuple(kept), best[0])


def _title_score(question: Question, report: Report, section: Section) -> float:
    """The share of the needs in the headings, where the section's own heading has its part."""
    own = question.sentences.coverage(section.title, question.needs)
    if own < _TOP:
        return 0.0
    path = "".join(headings(report, section.id))
    beyond = [n for n in question.needs if not n.given]
    if beyond and question.sentences.coverage(path, beyond) < ASKED:
        return 0.0
    whole = question.sentences.coverage(path, question.needs)
    return whole if whole >= _TITLE else 0.0


# --- words, not figures ---------------------------------------------------------------------------


def unsaid(context: Context) -> Answer | None:
    """A refusal where only words would answer (谁, 哪里, 什么牌子) and the report has none."""
    plan = context.plan
    if plan.money or plan.unit or plan.measure or plan.tables or not plan.textual:
        return None
    questions = [Question(context, s) for s in context.sources]
    if not questions or any(q.counts for q in questions):
        return None
    asked = {a.name for q in questions for a in q.asked} & _PERSONS_AND_PLACES
    unheard = all(strange(q) for q in questions)
    return refuse.not_said(context) if asked or unheard else None


_PERSONS_AND_PLACES = frozenset({"who", "where", "when", "company", "kind"})
