"""What a term means, covers or leaves out, in the words of the report's glossary."""

from __future__ import annotations

import re

from corpus import Report, Term
from qa.answer import Answer
from qa.answering import refuse
from qa.answering.asked import Question
from qa.answering.context import Context, answered, refused
from qa.answering.labels import labelled
from qa.answering.quoting import quote_span
from qa.answering.reasons import names_of
from qa.compose import Writer
from qa.figures import Source
from qa.ledger import SpanPlace
from qa.names import core
from qa.needs import Need
from qa.plan import Operation
from qa.sentences import Sentence, says
from qa.vocabulary import key_of
from qa.wording import wording

_MEANING = re.compile(
    r"意思|含义|定义|释义|名词解释|指的是|是指|指什么|指啥|指哪|什么叫|反映|是啥|"
    r"\bmean|defin|refer"
)
_DEFINING = re.compile(r"是指|指(?!标|导|定)|反映|包括|主要用于|主要安排|即")
_CONSISTS = re.compile(r"包括|包含|组成|构成|划分|分(?:为|成)?哪|分为|include|consist|comprise")
_AMOUNTS = re.compile(r"多少|各|分别|明细|金额|钱|科目|项目|单位|几家|哪家|how much|amount")
_USED = re.compile(
    r"花在|花到|用于|用在|用来|发给|干什么|做什么|哪些(?:方面|人|费用|内容)|包括|包含|反映"
)
_CUES = re.compile(
    r"包括|包含|含|计入|列入|属于|算|不包|包不|不算|include|cover|contain|count|part"
)
_OPEN = re.compile(r"(?:what|which|how)\b")  # what does it cover: no yes or no
_COVERED = 0.6
_FOUND = 0.55


def define(context: Context) -> Answer | None:
    """The definition of every term that was named; None where the glossary has none."""
    covered = covers(context)
    if covered is not None:
        return covered
    beside = labelled(context)
    if beside is not None:
        return beside
    for source in context.sources:
        terms = terms_named(context, source)
        if terms:
            return _defined(context, source, terms)
    return _explained(context)


def described(context: Context) -> Answer | None:
    """X反映什么, X发给谁: the glossary's words where a question is about a term's content."""
    text = context.plan.utterance.text
    if not (_USED.search(text) and (_MEANING.search(text) or not context.plan.money)):
        return None
    for source in context.sources:
        terms = terms_named(context, source)[:1]
        report = source.ledger.report
        if terms and _tells(report, terms[0], text):
            return _defined(context, source, terms)
    return None


def composed(context: Context) -> Answer | None:
    """X包括哪几块: the glossary's words on what X consists of, where no amounts are asked for."""
    text = context.plan.utterance.text
    if not _CONSISTS.search(text) or _AMOUNTS.search(text):
        return None
    for source in context.sources:
        terms = terms_named(context, source)[:1]
        report = source.ledger.report
        if terms and _CONSISTS.search(_words(report, terms[0])):
            return _defined(context, source, terms)
    return None


def _words(report: Report, term: Term) -> str:
    return report.passages[term.passage].text[term.start : term.end]


def _tells(report: Report, term: Term, text: str) -> bool:
    """Whether the definition is of the kind asked for: it has parts, uses or recipients."""
    words = _words(report, term)
    if _MEANING.search(text):
        return True
    return bool(re.search(r"、|和|包括|用于|安排|发放|向.+的", words))


def _defined(context: Context, source: Source, terms: list[Term]) -> Answer:
    writer = context.writer()
    for position, term in enumerate(terms):
        if position:
            writer.lines()
        _write_term(writer, source.ledger.report, term)
    return answered(writer)


def _write_term(writer: Writer, report: Report, term: Term) -> None:
    writer.name(term.name).say("：", ": ")
    writer.quote(report.id, SpanPlace(term.passage, term.start, term.end)).say("。", ".")


def terms_named(context: Context, source: Source) -> list[Term]:
    """The terms of the glossary that the question names, in its order; the longest names win."""
    text = _plain(context.plan.utterance.text)
    keys = {m.item for m in context.plan.strong or context.plan.mentions}
    found: dict[str, Term] = {}
    for term in source.ledger.report.terms:
        name = _plain(term.name)
        said = len(name) >= 3 and (name in text or core(name) in text)
        if key_of(term.name) in keys or said:
            found.setdefault(name, term)
    spoken = {n: t for n, t in found.items() if n in text} or found
    longest = [
        t for n, t in spoken.items() if not any(n != o and n in o and o in text for o in spoken)
    ]
    return sorted(longest, key=lambda t: _position(text, t))[:3]


def _plain(text: str) -> str:
    return text.replace("“", "").replace("”", "").lower()


def _position(text: str, term: Term) -> int:
    at = text.find(_plain(term.name))
    return at if at >= 0 else len(text)


def _explained(context: Context) -> Answer | None:
    """A sentence outside the glossary that says what the term is; else a refusal in words."""
    for source in context.sources:
        question = Question(context, source)
        names = [n for m in context.plan.mentions if not m.weak for n in names_of(m)]
        for match in question.matches[:8]:
            text = match.sentence.text
            if match.own < _FOUND or not _DEFINING.search(text):
                continue
            if not any(_defines(text, n) for n in names or _said(question)):
                continue
            writer = context.writer().say("报告写道：", "The report says: ")
            return answered(quote_span(writer, source.ledger.report, (match.sentence,)))
    if context.plan.operation is Operation.DEFINE and _MEANING.search(context.plan.utterance.text):
        return refuse.not_said(context)
    return None


def _said(question: Question) -> list[str]:
    """The question's own words where it names no account."""
    return [o for n in question.needs for o in n.options if len(o) > 2] or ["\0"]


def _defines(text: str, name: str) -> bool:
    return bool(re.search(rf"{re.escape(name)}.{{0,12}}(?:{_DEFINING.pattern})", text))


# --- is one thing counted in another? -------------------------------------------------------------


def covers(context: Context) -> Answer | None:
    """X包不包括Y: the words on X that speak of Y, with yes or no where they say it outright."""
    text = context.plan.utterance.text
    if not wording().covers.search(text) or _OPEN.match(text):
        return None
    for source in context.sources:
        question = Question(context, source)
        needs = _object_needs(question)
        if not needs:
            continue
        answer = _covered_by_term(question, needs) or _covered_by_sentence(question, needs)
        if answer is not None:
            return answer
    return _not_told(context)


def _object_needs(question: Question) -> list[Need]:
    """The needs about Y: behind the cue (包不包括Y), or before it (Y算不算), without X itself."""
    text = question.context.plan.text
    cue = wording().covers.search(text)
    if cue is None:
        return []
    begin = max(text.rfind(mark, 0, cue.start()) for mark in "，,。；;") + 1
    before, behind = (begin, cue.start()), (cue.start(), len(text))
    order = (before, behind) if cue.group(0)[0] in "算属" else (behind, before)
    names = [t.name for t in terms_named(question.context, question.source)]
    for start, end in order:
        needs = [n for n in question.said_in(start, end) if not _is_about(n, names)]
        needs = [n for n in needs if not _CUES.fullmatch(n.options[0])]
        if needs:
            return needs
    return []


def _is_about(need: Need, names: list[str]) -> bool:
    return need.given and any(o in name or name in o for o in need.options for name in names)


def _covered_by_term(question: Question, needs: list[Need]) -> Answer | None:
    report = question.source.ledger.report
    for term in terms_named(question.context, question.source):
        words = _words(report, term)
        if question.sentences.coverage(words, needs) < _COVERED:
            continue
        writer = question.context.writer()
        _verdict(writer, words, needs)
        _write_term(writer, report, term)
        return answered(writer)
    return None


def _covered_by_sentence(question: Question, needs: list[Need]) -> Answer | None:
    told = re.compile(rf"{wording().denial.pattern}|包括|包含|含|纳入|列入|计入|属于")
    best: tuple[float, Sentence] | None = None
    for match in question.matches[:20]:
        if not told.search(match.sentence.text):
            continue
        score = question.sentences.coverage(match.sentence.text, needs)
        if score >= _COVERED and match.coverage >= _FOUND and (best is None or score > best[0]):
            best = (score, match.sentence)
    if best is None:
        return None
    writer = question.context.writer()
    _verdict(writer, best[1].text, needs)
    writer.say("报告写道：", "The report says: ")
    return answered(quote_span(writer, question.source.ledger.report, (best[1],)))


def _verdict(writer: Writer, words: str, needs: list[Need]) -> None:
    """Yes or no where the words say it: 不含 before the thing, or the thing among those listed."""
    at = min((words.find(o) for n in needs for o in n.options if o in words), default=-1)
    before = words[:at]
    denied = list(wording().denial.finditer(before))
    if denied and not re.search(r"。", before[denied[-1].end() :]):
        writer.say("不包括。", "No. ")
    elif re.search(r"包括|包含|含|纳入|反映|安排|指", before) and not denied:
        writer.say("包括。", "Yes. ")


def _not_told(context: Context) -> Answer | None:
    """A term is named but its definition does not speak of the thing: quoted, and said so."""
    for source in context.sources:
        terms = terms_named(context, source)[:1]
        if terms:
            writer = context.writer().say(
                "报告没有写明是否包括。释义为：", "The report does not say. Its definition: "
            )
            _write_term(writer, source.ledger.report, terms[0])
            return refused(writer)
    return None


__all__ = ["covers", "define", "described", "says", "terms_named"]
