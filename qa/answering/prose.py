"""Answers in the report's own words: reasons, definitions, narrative, overviews."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus import Reason, Term
from qa.answer import Answer
from qa.answering import refuse
from qa.answering.context import Context, answered, clean, refused, subject_words
from qa.compose import Writer
from qa.figures import Figure, Source, of_entry
from qa.gather import Want, candidates
from qa.ledger import PLAIN, SpanPlace
from qa.names import core
from qa.sentences import CAUSAL, Match
from qa.vocabulary import by_key, key_of

_FLOOR = 0.42
_REASON_FLOOR = 0.3


# --- reasons ------------------------------------------------------------------------------------


def reason(context: Context) -> Answer | None:
    """Why: the premise checked first, then the report's reason; a refusal when it gives none."""
    for source in context.sources:
        best = _best_reason(context, source)
        if best is not None:
            return _write_reason(context, source, best)
    causal = _causal_sentence(context)
    if causal is not None:
        return causal
    return _no_reason(context)


def _best_reason(context: Context, source: Source) -> Reason | None:
    scored = [
        (s, r) for r in source.ledger.report.reasons if (s := _reason_score(context, source, r)) > 0
    ]
    return max(scored, key=lambda s: s[0])[1] if scored else None


def _reason_score(context: Context, source: Source, found: Reason) -> float:
    plan = context.plan
    report = source.ledger.report
    passage = report.passages[found.passage]
    before = passage.text[: found.start]
    heading = "".join(report.path(passage.section)[-2:])
    keys = {m.item for m in (plan.strong or plan.mentions)}
    subject = key_of(found.subject)
    score = 3.0 if subject in keys else 0.0
    for name in _surfaces(context):
        score += 1.2 * (name in found.subject) + 0.8 * (name in before) + 0.5 * (name in heading)
        score += 0.6 * (name in passage.text[found.start : found.end])
    if score == 0:
        return 0.0
    if plan.basis:
        near = before[-60:]
        score += 0.5 if (plan.basis == "budget") == ("预算" in near) else -0.3
    return score


def _surfaces(context: Context) -> list[str]:
    """The names by which the question's items may stand in a sentence."""
    names: list[str] = []
    for mention in context.plan.strong or context.plan.mentions:
        concept = by_key().get(mention.item)
        names += [core(n) for n in concept.names[:3]] if concept else [mention.item]
        if not mention.surface.isascii():
            names.append(mention.surface)
    return list(dict.fromkeys(n for n in names if len(n) >= 2))


def _write_reason(context: Context, source: Source, found: Reason) -> Answer:
    writer = context.writer()
    report = source.ledger.report
    _write_premise(context, source, writer)
    writer.say("报告给出的原因：", "The report gives this reason: ")
    writer.quote(report.id, SpanPlace(found.passage, found.start, found.end))
    return answered(writer.say("。", "."))


def _write_premise(context: Context, source: Source, writer: Writer) -> None:
    """What actually happened, from the figures; a wrong direction in the question is corrected."""
    mention = next(iter(context.plan.strong or context.plan.mentions), None)
    if mention is None:
        return
    want = replace(context.want(mention), units=frozenset(), side="")
    change, rate = _movement(source, mention.item, want)
    moved = change or rate
    if moved is None or moved.value is None:
        return
    subject_words(writer, source, context.plan.scope.named_body)
    amount = context.figure(source, mention.item, want.measuring(PLAIN))
    writer.name(context.called(moved.label if moved.entry else "", mention.item))
    if amount is not None and amount.value is not None:
        writer.say("为", ": ").figure(amount)
    _write_movement(context, writer, change, rate)


def _movement(source: Source, item: str, want: Want) -> tuple[Figure | None, Figure | None]:
    for basis in (want.basis,) if want.basis else ("prior", "budget"):
        change = _printed(source, item, want.measuring("change", basis))
        rate = _printed(source, item, want.measuring("rate", basis))
        if change or rate:
            return change, rate
    return None, None


def _printed(source: Source, item: str, want: Want) -> Figure | None:
    found = candidates(source.ledger, item, want)
    return of_entry(found[0].entry) if found else None


def _write_movement(
    context: Context, writer: Writer, change: Figure | None, rate: Figure | None
) -> None:
    moved = change or rate
    if moved is None or moved.value is None:
        return
    fell = moved.value < 0
    basis = moved.entry.basis if moved.entry else ""
    writer.say("，", ", ")
    if (context.plan.direction == "up" and fell) or (
        context.plan.direction == "down" and moved.value > 0
    ):
        writer.say("与问题所说相反，", "contrary to the question, ")
    if basis:
        writer.say("较", "against ").name(basis).say("", " ")
    if moved.value == 0:
        writer.say("没有变化。", "unchanged. ")
        return
    if change is not None:
        writer.say("减少" if fell else "增加", "down " if fell else "up ").figure(change)
    if rate is not None:
        writer.say("，" if change else "", ", " if change else "")
        writer.say("下降" if fell else "增长", "down " if fell else "up ").figure(rate)
    writer.say("。", ". ")


def _causal_sentence(context: Context) -> Answer | None:
    """Where no reason is marked as one: the sentence that covers the question and says why."""
    for source in context.sources:
        matches = _search(context, source)
        causal = [m for m in matches[:25] if CAUSAL.search(m.sentence.text)]
        best = causal[0] if causal else None
        if best is not None and _covers(context, best, _REASON_FLOOR):
            writer = context.writer().say("报告写道：", "The report says: ")
            _quote(writer, best)
            return answered(writer)
    return None


def _no_reason(context: Context) -> Answer | None:
    """The figures moved, but the report does not say why."""
    if not context.sources:
        return None
    writer = context.writer()
    mark = writer.empty
    _write_premise(context, context.source, writer)
    if mark and writer.empty:
        return refuse.not_said(context)
    writer.say("报告未说明其原因。", "The report does not say why.")
    return refused(writer)


# --- definitions --------------------------------------------------------------------------------


def define(context: Context) -> Answer | None:
    """What a term means, in the words of the report's glossary; every term that was named."""
    for source in context.sources:
        terms = _terms(context, source)
        if terms:
            writer = context.writer()
            for position, term in enumerate(terms):
                if position:
                    writer.lines()
                writer.name(term.name).say("：", ": ")
                writer.quote(source.ledger.report.id, SpanPlace(term.passage, term.start, term.end))
            return answered(writer)
    return None


def _terms(context: Context, source: Source) -> list[Term]:
    text = context.plan.utterance.text.replace("“", "").replace("”", "")
    keys = {m.item for m in context.plan.strong or context.plan.mentions}
    found: dict[str, Term] = {}
    for term in source.ledger.report.terms:
        name = term.name.replace("“", "").replace("”", "")
        if key_of(term.name) in keys or (len(name) >= 3 and (name in text or core(name) in text)):
            found.setdefault(name, term)
    named = [t for n, t in found.items() if n in text]
    chosen = named or list(found.values())
    longest = [
        t
        for t in chosen
        if not any(t.name != o.name and t.name in o.name and o.name in text for o in chosen)
    ]
    return longest[:3]


# --- narrative ----------------------------------------------------------------------------------


def narrate(context: Context) -> Answer | None:
    """The sentence or sentences that cover what was asked; None when nothing covers it."""
    if context.plan.narrowing:
        return None
    best: tuple[Source, Match] | None = None
    for source in context.sources:
        matches = _search(context, source)
        if matches and (best is None or matches[0].score > best[1].score):
            best = (source, matches[0])
    if best is None or not _covers(context, best[1], _FLOOR):
        return None
    if not _has_wanted_unit(context, best[1].sentence.text):
        return None
    writer = context.writer().say("报告写道：", "The report says: ")
    _quote(writer, best[1])
    return answered(writer)


def _has_wanted_unit(context: Context, text: str) -> bool:
    """A question for a number is not answered by a sentence that holds none of its unit."""
    plan = context.plan
    if plan.unit:
        return bool(re.search(rf"[\d一二三四五六七八九十百]+\s*(?:余|多)?{plan.unit[-1]}", text))
    if plan.money or plan.measure in ("change", "rate", "share", "completion", "budget", "prior"):
        return bool(re.search(r"\d[\d,.]*\s*(?:万|亿)?(?:元|%)", text))
    return True


def _search(context: Context, source: Source) -> list[Match]:
    report = source.ledger.report
    hits = context.search(context.plan.utterance.text, (report.id,), 8)
    passages = {
        h.passage: 0.3 * max(0.0, h.dense - 0.75) / 0.15 for h in hits if h.passage is not None
    }
    content = _content(context)
    return context.sentences(report.id).search(content, _surfaces(context), passages)


def _content(context: Context) -> str:
    from qa.understand import gist_of

    return gist_of(context.plan.utterance.text, ())


def _covers(context: Context, match: Match, floor: float) -> bool:
    """Lexical coverage decides; an English question has none and leans on retrieval alone."""
    if context.plan.utterance.language == "en" and not re.search(
        r"[\u3400-\u9fff]", _content(context)
    ):
        return match.score >= 0.2
    return match.coverage >= floor


def _quote(writer: Writer, match: Match) -> None:
    place = match.sentence.place
    if isinstance(place, SpanPlace):
        writer.quote(match.sentence.report, place)
    else:
        writer.name(f"“{match.sentence.text}”").mark(match.sentence.report, place)


# --- overview -----------------------------------------------------------------------------------


def overview(context: Context) -> Answer | None:
    """The totals that a reader wants first, each from its cell."""
    if not context.sources:
        return None
    source = context.source
    writer = context.writer()
    identity = source.ledger.report.identity
    writer.name(identity.title or identity.body).say("：", ": ")
    shown = 0
    for item in (
        "income.total",
        "expenditure.total",
        "basic",
        "project",
        "three",
        "operating_cost",
        "procurement",
    ):
        figure = context.figure(
            source, item, replace(context.want(), measure="", keys=frozenset({item}), side="")
        )
        if figure is None or figure.value is None:
            continue
        writer.say("；" if shown else "", "; " if shown else "")
        writer.name(context.called(clean(figure.label), item)).say("为", ": ").figure(figure)
        shown += 1
    return answered(writer.say("。", ".")) if shown else None
