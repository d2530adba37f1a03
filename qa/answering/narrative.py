"""The sentence, list or section that answers a question for words, or none that is good enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Report, Section, Table
from qa.answer import Answer
from qa.answering.asked import Question
from qa.answering.context import Context, answered
from qa.answering.quoting import quote_place, quote_span
from qa.compose import Writer
from qa.ledger import CellPlace, SpanPlace
from qa.names import core
from qa.needs import Need
from qa.plan import Mention
from qa.sentences import Match, Sentence, headings, says
from qa.wording import wording

_FLOOR = 0.62  # the share of a question's needs that a sentence must cover
_FLOOR_ENGLISH = 0.6
_OWN = 0.34  # and the share that it must say itself
_NUMBER = 0.72  # a number needs more
_NEAR_NUMBER = 0.55  # and most of it in the clauses around the number
_TITLE = 0.72  # the share that headings must cover for a whole section to be meant
_TOP = 0.3  # of which the section's own heading this much
_MOST = 1200  # characters of a section that an answer shows
_LEAD = re.compile(r"(?:[：:]|如下|包括|有)[。：:]?$")


# --- rows of text ---------------------------------------------------------------------------------


def labelled(context: Context) -> Answer | None:
    """主管部门是谁, 年度目标是什么: the text beside a label that the question names."""
    if context.plan.money or context.plan.unit or context.plan.measure:
        return None
    best: tuple[float, Question, CellPlace] | None = None
    for source in context.sources:
        question = Question(context, source)
        for place, label, title in _texts_beside(source.ledger.report):
            score = _label_score(question, label, title)
            if score > (best[0] if best else 0.0):
                best = (score, question, place)
    if best is None:
        return None
    _, question, place = best
    report = question.source.ledger.report
    writer = context.writer()
    writer.name(report.tables[place.table].rows[place.row].label).say("：", ": ")
    return answered(quote_place(writer, report, place))


def _texts_beside(report: Report) -> list[tuple[CellPlace, str, str]]:
    return [
        (CellPlace(t.id, c.row, c.column), core(t.rows[c.row].label), t.title + _named_in(t))
        for t in report.tables
        for c in t.cells
        if c.value is None and len(c.text) >= 2 and not re.fullmatch(r"[-—/\d.%]+", c.text)
    ]


def _named_in(table: Table) -> str:
    """What a form says it is about: the first texts beside its labels."""
    texts = [c.text for c in table.cells if c.value is None and 2 <= len(c.text) <= 40]
    return "".join(texts[:3])


def _label_score(question: Question, label: str, title: str) -> float:
    text = question.context.plan.utterance.text
    twins = wording().twins.get(label, ())
    said = next((w for w in (label, *twins) if len(w) >= 3 and w in text), "")
    if not said:
        return 0.0
    rest = [n for n in question.needs if not any(o in said or said in o for o in n.options)]
    return len(said) + question.sentences.coverage(title, rest) * 4


# --- sentences ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """Sentences that answer together, and how well they cover the question."""

    question: Question
    sentences: tuple[Sentence, ...]
    coverage: float


def narrate(context: Context) -> Answer | None:
    """What the report writes about the question; None where nothing covers it well enough."""
    if context.plan.narrowing:
        return None
    found = _found(context)
    if found is None:
        return None
    return _told(found)


def worded(context: Context) -> Answer | None:
    """A question whose answer is plainly words (who, where, what kind, which): those words."""
    plan = context.plan
    if plan.money or plan.narrowing or plan.tables:
        return None
    direct = labelled(context)
    if direct is not None:
        return direct
    questions = [Question(context, s) for s in context.sources]
    if not questions or questions[0].counts or not questions[0].asked:
        return None
    found = _found(context)
    return _told(found) if found is not None else None


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
        if match.coverage < _floor(question):
            break
        if match.own < _OWN or not _fits(question, match):
            continue
        sentences = _completed(question, match)
        return Found(question, sentences, match.coverage)
    return None


def _floor(question: Question) -> float:
    if question.counts:
        return _NUMBER
    english = question.context.plan.utterance.language == "en"
    return _FLOOR_ENGLISH if english else _FLOOR


def _fits(question: Question, match: Match) -> bool:
    """Whether the sentence holds what is asked for: a number of the unit, a place, a name."""
    text = match.sentence.text
    number = question.number_wanted()
    if number is not None:
        return _near_number(question, match.sentence, number)
    if question.asked and not any(a.holds.search(text) for a in question.asked):
        return _lists(question, match.sentence)
    return True


def _lists(question: Question, sentence: Sentence) -> bool:
    return question.asks("list") and bool(_LEAD.search(sentence.text))


def _near_number(question: Question, sentence: Sentence, number: re.Pattern[str]) -> bool:
    """Whether some fitting number stands in the clauses that are about the question."""
    text = sentence.text
    heading = "".join(sentence.heading)
    for hit in number.finditer(text):
        begin = max(text.rfind(mark, 0, hit.start()) for mark in "；。：") + 1
        clauses = text[begin : hit.start()].split("，")
        near = "，".join(clauses[-2:]) + text[hit.start() : hit.end() + 8].split("，")[0]
        if question.sentences.coverage(near + heading, question.needs) >= _NEAR_NUMBER:
            return True
    return False


def _completed(question: Question, match: Match) -> tuple[Sentence, ...]:
    """The sentence with a neighbour that says what it leaves open, or the list that it opens."""
    sentence = match.sentence
    if sentence.passage is None:
        return (sentence,)
    if _LEAD.search(sentence.text.rstrip("。")):
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
    return tuple(chosen)


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
    if not inside:
        return None
    return Found(question, tuple(_short(inside)), best[0])


def _title_score(question: Question, report: Report, section: Section) -> float:
    """The share of the needs in the headings, where the section's own heading has its part."""
    own = question.sentences.coverage(section.title, question.needs)
    if own < _TOP:
        return 0.0
    whole = question.sentences.coverage("".join(headings(report, section.id)), question.needs)
    return whole if whole >= _TITLE else 0.0


# --- what a report says in short ------------------------------------------------------------------


def mention_of(context: Context) -> Mention | None:
    """The first item that the question names."""
    return next(iter(context.plan.strong or context.plan.mentions), None)


__all__ = ["SpanPlace", "Writer", "labelled", "mention_of", "narrate", "worded"]
