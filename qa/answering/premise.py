"""What a question takes for granted: a direction, an overspending, a figure; held to the report.

An answer must not let a false premise pass: it says first that the report has it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import find_quantities
from qa.answer import Answer, Status
from qa.answering import lookup, refuse
from qa.answering.context import Context, answered, subject_words
from qa.answering.of_year import held_to_years
from qa.check import Draft, Ruling, Stated, agrees, check_draft, numbers, spelt_out
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of
from qa.gather import MONEY
from qa.ledger import PLAIN
from qa.plan import Mention, Operation

_OVER = re.compile(
    r"超支|超(?:出|过)?了?预算|超了(?:没|吗|么|还是)|超没超|[有还]没(?:有)?超[?？]?$|"
    r"是不是超了?[?？]?$|突破了?预算|overspen[dt]|over budget|exceed\w* (?:the |its )?budget"
)
_ONE_FIGURE = (Operation.LOOKUP, Operation.CHANGES, Operation.NARRATE, Operation.DIFFERENCE)
_ASKING = re.compile(
    r"(?:请问|为什么|为何|为啥|怎么会?|是不是|是否|真的|既然|难道|听说|据说|对不对|对吗|对么|没错吧|"
    r"吗|呢|吧|么|啊|[?？])"
)
_CHOOSING = (Operation.RANK, Operation.COUNT, Operation.LIST, Operation.DECLINE)
_BOUNDS = ("bound", "between")  # conditions that a figure sets
_PRESUMED = re.compile(r"既然|难道|听说|据说")  # what follows is stated, not a bound


def overspent(context: Context) -> Answer | None:
    """Whether a budget was exceeded and by how much; None where it is not what is asked."""
    plan = context.plan
    other = plan.condition is not None and plan.condition.name != "over_budget"
    if plan.operation not in _ONE_FIGURE or other or not _OVER.search(plan.utterance.text):
        return None
    if all(source.is_budget for source in context.sources):
        return refuse.no_actuals(context)
    mentions = plan.strong or plan.mentions
    if len(mentions) != 1 or plan.measure == "rate":
        return None
    for source in context.sources:
        pair = _plan_and_outcome(context, source, mentions[0])
        if pair is not None:
            return _write_overspent(context, source, mentions[0], *pair)
    return None


def _plan_and_outcome(
    context: Context, source: Source, mention: Mention
) -> tuple[Figure, Figure, Figure] | None:
    want = context.want(mention)
    done = context.figure(source, mention.item, want.measuring("amount"))
    planned = context.figure(source, mention.item, want.measuring("budget"))
    if done is None or planned is None:
        return None
    gap = difference_of(done, planned)
    return (planned, done, gap) if gap is not None and gap.value is not None else None


def _write_overspent(
    context: Context, source: Source, mention: Mention, planned: Figure, done: Figure, gap: Figure
) -> Answer:
    assert gap.value is not None
    writer = context.writer()
    subject_words(writer, source, context.plan.scope.named_body)
    writer.name(context.called(done.label, mention.item))
    if gap.value > 0:
        writer.say("超支", " exceeded its budget by ").figure(gap)
    else:
        writer.say("没有超支", " did not exceed its budget")
    if gap.value < 0:
        writer.say("，比预算数少", "; it fell short of it by ").figure(
            replace(gap, value=-gap.value)
        )
    writer.say("：预算数为", ": budget ").figure(planned).say("，决算数为", ", outcome ")
    return answered(writer.figure(done).say("。", "."))


def moved(context: Context) -> Answer | None:
    """Did it rise? The change answers, not the amount; None where no change is known."""
    plan = context.plan
    plain = plan.operation is Operation.LOOKUP and not plan.measure and plan.condition is None
    if not (plain and plan.yesno and plan.direction and len(plan.strong) == 1):
        return None
    if re.search(r"\d", _without_years(plan.text)):
        return None
    changed = replace(context, plan=replace(plan, measure="change"))
    answer = lookup.lookup(changed)
    return answer if answer is not None and answer.status is Status.ANSWERED else None


_LEVEL = re.compile(
    r"(?:与|和|跟|同|较|比)(?:上一?年|去年|前一年|20\d\d年?)[^，,?？]{0,6}"
    r"(?:相等|持平|一样|相同|不变|没变|没有变化|一致)"
)


def level(context: Context) -> Answer | None:
    """是不是和上年一样: how far it moved answers; None where that is not asked or not known."""
    plan = context.plan
    asked = _LEVEL.search(plan.utterance.text) and plan.operation is not Operation.REASON
    if not asked or len(plan.strong) != 1 or len(context.sources) != 1:
        return None
    source, mention = context.source, plan.strong[0]
    want = replace(context.want(mention), side="", units=frozenset())
    now = context.figure(source, mention.item, want.measuring(PLAIN))
    before = context.figure(source, mention.item, want.measuring("prior"))
    moved = difference_of(now, before) if now is not None and before is not None else None
    moved = moved or context.figure(source, mention.item, want.measuring("change", "prior"))
    if now is None or now.value is None or moved is None or moved.value is None:
        return None
    writer = subject_words(context.writer(), source, plan.scope.named_body)
    writer.name(context.called(now.label, mention.item)).say("为", ": ").figure(now)
    if before is not None:
        writer.say("，上年为", "; the year before: ").figure(before)
    return _write_level(writer, moved)


def _write_level(writer: Writer, moved: Figure) -> Answer:
    """Whether nothing moved, and how much did."""
    assert moved.value is not None
    if moved.value == 0:
        writer.say("，与上年持平，没有变化", "; unchanged")
        if moved.entry is not None:
            writer.mark(moved.entry.report, moved.entry.place)
        return answered(writer.say("。", "."))
    fell = moved.value < 0
    writer.say("，两者不相等，", "; they are not equal, ")
    writer.say("减少" if fell else "增加", "down by " if fell else "up by ")
    writer.figure(replace(moved, value=abs(moved.value))).working(moved)
    return answered(writer.say("。", "."))


def held_to(context: Context, answer: Answer) -> Answer:
    """The answer, opened by whether the figures that the question itself states are right."""
    answer = held_to_years(context, answer)
    if answer.status is not Status.ANSWERED or not _states_figures(context):
        return answer
    draft, stated = _checked(context), _stated(context)
    if _denied(draft):
        return _opened(
            answer, "问题中的数与报告不符。", "The figure in the question is not the report's. "
        )
    if draft.figures and draft.may_be_shown:
        confirmed = context.plan.yesno and _all_given([one.stated for one in draft.figures], answer)
        return _opened(answer, "与报告相符。", "The report agrees. ") if confirmed else answer
    if stated and not _all_given(stated, answer):
        return _opened(
            answer,
            "报告不能印证问题中的数。",
            "The report does not bear out the figure in the question. ",
        )
    return answer


def _stated(context: Context) -> list[Stated]:
    """The amounts of money and percentages of the question, whatever they are said to be of."""
    found = find_quantities(spelt_out(context.plan.utterance.text))
    return [
        Stated(value=abs(q.quantity.value), unit=q.quantity.unit, account="")
        for q in found
        if q.quantity.unit in MONEY or q.quantity.unit == "%"
    ]


def _all_given(stated: Sequence[Stated | None], answer: Answer) -> bool:
    """Whether the answer has these figures too, in whatever unit, rightly rounded."""
    return all(one is not None and _is_given(one, answer) for one in stated)


def _is_given(stated: Stated, answer: Answer) -> bool:
    size = stated.model_copy(update={"value": abs(stated.value)})
    return any(agrees(size, abs(number.value), number.unit) for number in answer.numbers)


def denies(context: Context) -> bool:
    """Whether the report has another figure for what the question states."""
    return _states_figures(context) and _denied(_checked(context))


def bears_out(context: Context) -> bool:
    """Whether the report bears out every figure that the question states."""
    draft = _checked(context)
    return bool(draft.figures) and draft.may_be_shown


def _states_figures(context: Context) -> bool:
    plan = context.plan
    text = plan.utterance.text
    if plan.condition is not None and plan.condition.name in _BOUNDS and not _PRESUMED.search(text):
        return False
    if plan.condition is not None and plan.operation in _CHOOSING:
        return False
    return bool(_ASKING.search(text)) and bool(numbers(_without_years(spelt_out(text))))


_AFTER = re.compile(
    r"(?P<figure>\d[\d,]*(?:\.\d+)?\s*[万亿]?元)(?:是不是|就?是|属于)(?P<what>(?:年初|全年|调整)?预算数?)"
)


def _checked(context: Context) -> Draft:
    """What the question states, without the words that ask: 是预算数 says what a figure is."""
    said = _AFTER.sub(r"\g<what>\g<figure>", context.plan.utterance.text)
    said = _ASKING.sub("", said)
    return check_draft(said, [source.ledger for source in context.sources])


def _denied(draft: Draft) -> bool:
    """Whether a figure is not only unknown: the report has another one in its place."""
    return any(
        one.judgement.ruling is Ruling.REJECTED and one.judgement.places and one.stated
        for one in draft.figures
    )


def _opened(answer: Answer, zh: str, en: str) -> Answer:
    opening = zh if answer.language == "zh" else en
    return answer.model_copy(update={"answer": opening + answer.answer})


def _without_years(text: str) -> str:
    return re.sub(r"20\d\d", "", text)
