"""Which handler answers: what goes before all, then those of the operation in their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from qa.answer import Answer, Status
from qa.answering import (
    across,
    blanks,
    counts,
    execution,
    findings,
    governments,
    indicators,
    lines,
    lists,
    lookup,
    measures,
    named,
    pairs,
    premise,
    projects,
    prose,
    rank,
    refuse,
    shortfalls,
    topics,
    uses,
    vehicles,
    workings,
)
from qa.answering.context import Context
from qa.answering.shares import share
from qa.plan import Operation
from qa.several import merge


def answer_of(context: Context) -> Answer:
    """The first answer that a handler gives; a refusal that says what was not found otherwise."""
    of_government = governments.answer(context)
    if of_government is not None:
        return of_government
    operation = context.plan.operation
    if operation in _OF_FIGURES and lookup.narrowed_beyond(context):
        return refuse.not_said(context)
    for early in _BEFORE_ALL:
        answer = early(context)
        if answer is not None:
            return answer
    if operation in _OF_FIGURES and lookup.asks_actuals(context):
        return refuse.no_actuals(context)
    for handler in _HANDLERS.get(operation, _FALLBACKS):
        answer = handler(context)
        if answer is not None:
            return answer
    return refuse.not_said(context)


_OF_FIGURES = (Operation.LOOKUP, Operation.NARRATE, Operation.SHARE, Operation.TREND)


Handler = Callable[[Context], Answer | None]


_BOUGHT = re.compile(
    r"(?:买|采购|购置|购买)的?了?些?(?:什么|啥|哪些)(?!时候|科目)(?:东西|物品)?[?？]?$"
)


def _lookup(context: Context) -> Answer | None:
    if _BOUGHT.search(context.plan.utterance.text):
        return None  # what was bought is not answered with what it cost
    if len(context.sources) > 1 and not context.agreeing and context.plan.mentions:
        return across.across(context)
    for source in context.sources:
        answer = lookup.lookup(replace(context, sources=(source,)))
        if answer is not None and answer.status is not Status.REFUSED:
            return answer
    return lookup.lookup(context)


_EACH = re.compile(
    r"各[是分占有自安花交收]?[\u3400-\u9fff]{0,4}(?:多少|几)|分别|[哪几](?:几)?(?:块|类|部分|种|大项)|"
    r"分成|怎么[切分]|\b(?:each|respectively|break ?down)\b"
)


def _looked_up_each(context: Context) -> Answer | None:
    """Figures for a list; the whole alone is no answer to what each of its parts is."""
    answer = _lookup(context)
    if answer is None or not _EACH.search(context.plan.utterance.text):
        return answer
    return answer if len({n.value for n in answer.numbers}) != 1 else None


def _ranked(context: Context) -> Answer | None:
    if len(context.sources) > 1 and not context.agreeing:
        return across.rank_bodies(context)
    each = (rank.rank(replace(context, sources=(source,))) for source in context.sources)
    return next((answer for answer in each if answer is not None), None)


_SUPERLATIVE = re.compile(r"最|首位|第[一二三]|居[首前]|largest|highest|most|lowest|least")


def _ranked_in_words(context: Context) -> Answer | None:
    """A sentence that itself says what is most; one that only mentions the words is no answer."""
    answer = _narrated(context)
    return answer if answer is not None and _SUPERLATIVE.search(answer.answer) else None


def _shared(context: Context) -> Answer | None:
    """A share, of each report in scope where there are several."""
    several = len(context.sources) > 1 and not context.agreeing
    return across.shares(context) if several else across.each_share(context) or share(context)


def _share_doubted(context: Context) -> Answer | None:
    """占支出的60%，对吗: the share answers."""
    return _shared(context) if context.plan.measure == "share" else None


_NAMES_TOO = re.compile(r"叫(?:什么|啥)|[?？,，].{0,4}(?:哪[几些]|分别是|都是)")


def _named_too(context: Context) -> Answer | None:
    """有几家？都叫什么: the count that the report states, with the names that it lists."""
    if not _NAMES_TOO.search(context.plan.utterance.text):
        return None
    listed = named.listing(replace(context, plan=replace(context.plan, measure="", side="")))
    counted = lookup.counted(context) or counts.stated(context)
    if listed is None or counted is None:
        return listed and counts.count(context)
    return merge((counted, listed), context.plan.utterance)


def _listed(context: Context) -> Answer | None:
    """各是多少 over several years or bodies is a series, over one report a list."""
    several = len(context.sources) > 1 and not context.agreeing
    if context.plan.measure == "share" and (several or len(context.plan.mentions) > 1):
        shared = _shared(context)
        if shared is not None:
            return shared
    if len(context.sources) > 1 and not context.agreeing and context.plan.mentions:
        return across.across(context)
    return lists.listing(context)


_COMPUTED = ("prior", "change", "rate", "share", "completion", "score", "target", "budget")


def _narrated(context: Context) -> Answer | None:
    if context.plan.strong and context.plan.measure in _COMPUTED:
        return None  # a sentence that happens to hold some figure is no answer to these
    if context.plan.operation is Operation.SHARE and _of_itself(context):
        return None
    return prose.narrate(context)


def _of_itself(context: Context) -> bool:
    """Whether the part and the whole of a share are one account."""
    named = [m.item for m in context.plan.mentions]
    return len(named) > 1 and len(set(named)) == 1


_COUNT = re.compile(
    r"[\d一二两三四五六七八九十百]+\s*(?:余|多)?[个名人位辆台套件次户家批项类种条份笔张所座间]"
)


def _counted_in_words(context: Context) -> Answer | None:
    """A sentence that counts; one about the same matter that counts nothing is no answer."""
    answer = _narrated(context)
    counts_something = answer is not None and _COUNT.search(answer.answer)
    return answer if counts_something or not context.zh else None


_BEFORE_ALL: tuple[Handler, ...] = (
    refuse.unknown_code,
    lines.by_number,
    workings.worked_out,
    workings.in_two_tables,
    measures.several,
    topics.of_topic,
    execution.planned_and_spent,
    premise.overspent,
    premise.moved,
    premise.level,
    projects.all_funds,
    blanks.emptiness,
    named.nth,
)


_FALLBACKS: tuple[Handler, ...] = (uses.funded, prose.in_words, prose.unsaid, _lookup, _narrated)


_HANDLERS: dict[Operation, tuple[Handler, ...]] = {
    Operation.LOOKUP: (
        vehicles.kinds,
        indicators.execution,
        indicators.points,
        projects.funds,
        projects.indicators_of,
        *_FALLBACKS,
    ),
    Operation.NARRATE: (
        indicators.execution,
        indicators.points,
        projects.funds,
        projects.indicators_of,
        uses.funded,
        prose.in_words,
        _narrated,
        _lookup,
    ),
    Operation.DIFFERENCE: (pairs.pairs, _lookup, _narrated),
    Operation.SUM: (pairs.pairs, _lookup, _narrated),
    Operation.AVERAGE: (pairs.pairs,),
    Operation.RATIO: (pairs.pairs, _lookup),
    Operation.SHARE: (_shared, pairs.pairs, _narrated),
    Operation.RANK: (_ranked, _ranked_in_words),
    Operation.SPREAD: (rank.spread, _narrated),
    Operation.COUNT: (
        _named_too,
        lookup.counted,
        counts.stated,
        counts.count,
        _lookup,
        _counted_in_words,
    ),
    Operation.LIST: (
        indicators.execution,
        prose.in_list,
        _listed,
        _narrated,
        prose.unsaid,
        _looked_up_each,
    ),
    Operation.REASON: (shortfalls.explained, prose.reason),
    Operation.DEFINE: (prose.define, _narrated, _lookup),
    Operation.TREND: (across.across, _narrated),
    Operation.CHANGES: (_lookup, _narrated),
    Operation.COMPARE: (across.across, _narrated),
    Operation.OVERVIEW: (prose.overview,),
    Operation.AUDIT: (across.alike, findings.findings, _share_doubted, _lookup, _narrated),
}
