"""An answer held to the years asked for: a report of the year after tells only what came before.

The report of a year gives figures of the year before where it says so (上年, an amount less its
change); its own spending, shares, ranks and reasons are not those of that year.
"""

from __future__ import annotations

import re

from corpus import Kind, Level
from qa.answer import Answer, Status
from qa.answering import refuse
from qa.answering.context import Context, answered
from qa.coverage import covered
from qa.plan import Missing, Operation
from qa.vocabulary import cues

_IN_A_ROW = (Operation.LIST, Operation.TREND, Operation.COMPARE, Operation.OVERVIEW)
_IN_WORDS = (Operation.NARRATE, Operation.DEFINE)


def held_to_years(context: Context, answer: Answer) -> Answer:
    """The answer, or a refusal where it is not of a year that the question asks about."""
    if answer.status is not Status.ANSWERED or not _is_of_single_years(context):
        return answer
    scope = context.plan.scope
    if scope.prior:
        return answer if _tells_of_before(context, answer) else _missing(context, scope.years)
    lacking = _lacking(context)
    if not lacking or _quotes(answer, lacking) or context.plan.operation in _IN_WORDS:
        return answer
    if context.plan.operation in _IN_A_ROW:
        return _noted(context, answer, lacking)
    return _missing(context, lacking)


def _is_of_single_years(context: Context) -> bool:
    """Whether every report in scope is of one year: governments' and tables of series are not."""
    identities = [source.ledger.report.identity for source in context.sources]
    return bool(identities) and all(
        i.year is not None and i.level is not Level.GOVERNMENT for i in identities
    )


def _tells_of_before(context: Context, answer: Answer) -> bool:
    """Whether an answer from the report of the year after is of the year asked for."""
    plan = context.plan
    if _quotes(answer, plan.scope.years):
        return True
    if plan.measure != "prior" or plan.operation is not Operation.LOOKUP:
        return False
    asked = cues().first("measures", plan.utterance.text)
    accounts = all(s.ledger.report.identity.kind is Kind.FINAL for s in context.sources)
    return not (asked == "budget" and accounts)  # last year's plan is not what was spent


def _quotes(answer: Answer, years: tuple[int, ...]) -> bool:
    """Whether a place that the answer rests on tells of one of these years itself.

    A year that another is compared with (与某年相比) is not told of.
    """
    told = re.compile(rf"(?<![比与较同和])(?:{'|'.join(map(str, years))})年")
    return any(told.search(cited.quote) for cited in answer.citations)


def _lacking(context: Context) -> tuple[int, ...]:
    """The years asked for that neither a report nor the one after it is of."""
    identities = [source.ledger.report.identity for source in context.sources]
    told = {y for i in identities for y in covered(i)}
    told |= {i.year - 1 for i in identities if i.year is not None}
    return tuple(y for y in context.plan.scope.years if y not in told)


def _held(context: Context) -> tuple[str, ...]:
    years = {source.ledger.report.identity.year for source in context.sources}
    return tuple(str(y) for y in sorted(y for y in years if y is not None))


def _missing(context: Context, years: tuple[int, ...]) -> Answer:
    absent = Missing("year", "、".join(map(str, years)), _held(context))
    return refuse.missing(context.writer(), absent)


def _noted(context: Context, answer: Answer, years: tuple[int, ...]) -> Answer:
    """A row of years that lacks some says which."""
    writer = context.writer()
    writer.say("库里没有", "The store holds no report for ").name("、".join(map(str, years)))
    note = answered(writer.say("年度的报告。", ".")).answer
    return answer.model_copy(update={"answer": f"{answer.answer}\n{note}"})
