"""Answers in the report's own words: reasons, definitions, narrative, overviews."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.answer import Answer
from qa.answering import named, refuse
from qa.answering.asked import Question
from qa.answering.context import Context, answered, clean
from qa.answering.narrative import narrate, unsaid, worded
from qa.answering.terms import composed, covers, define, described
from qa.answering.uses import used_for
from qa.answering.why import premised, reason

_TOTALS = (
    "income.total",
    "expenditure.total",
    "basic",
    "project",
    "three",
    "operating_cost",
    "procurement",
)


def in_words(context: Context) -> Answer | None:
    """Before any figure: a question that only words answer (谁, 哪里, 包不包括, 用来干什么)."""
    for handler in (covers, premised, used_for, described, worded):
        answer = handler(context)
        if answer is not None:
            return answer
    return None


def names(context: Context) -> Answer | None:
    """哪些单位, 分别叫什么: names, never figures; a refusal where the report gives none."""
    plan = context.plan
    if plan.money or plan.unit or plan.measure or not context.sources:
        return None
    asked = {a.name for a in Question(context, context.source).asked}
    if not asked & {"who", "company", "names"}:
        return None
    return named.listing(context) or narrate(context) or refuse.not_said(context)


# What only a table answers: an order by amount, accounts by name.
_OF_FIGURES = re.compile(r"[从由][高低大小多少][到至][高低大小多少]|排(?:个)?序|哪[一些几]?个?科目")


def in_list(context: Context) -> Answer | None:
    """Before any list of figures: what a term consists of, what money is for, names."""
    if _OF_FIGURES.search(context.plan.utterance.text) or context.plan.measure == "share":
        return None
    for handler in (composed, used_for, names):
        answer = handler(context)
        if answer is not None:
            return answer
    return None


def overview(context: Context) -> Answer | None:
    """The totals that a reader wants first, each from its cell."""
    if not context.sources:
        return None
    source = context.source
    writer = context.writer()
    identity = source.ledger.report.identity
    writer.name(identity.title or identity.body).say("：", ": ")
    shown = 0
    for item in _TOTALS:
        want = replace(context.want(), measure="", keys=frozenset({item}), side="")
        figure = context.figure(source, item, want)
        if figure is None or figure.value is None:
            continue
        writer.say("；" if shown else "", "; " if shown else "")
        writer.name(context.called(clean(figure.label), item)).say("为", ": ").figure(figure)
        shown += 1
    return answered(writer.say("。", ".")) if shown else None


__all__ = ["define", "in_list", "in_words", "narrate", "overview", "reason", "unsaid"]
