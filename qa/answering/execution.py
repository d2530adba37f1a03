"""What a year planned against what it spent, told by its budget and the budget that follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of, percent_of
from qa.plan import Mention, Operation

_EXECUTED = re.compile(
    r"(?:当年)?(?:预算)?执行(?!局|队|主体|单位|标准|制度|法|力|公务)数?|实际(?:花|用|支出|发生|执行)?|\bexecut\w*|\bactual\w*"
)
_PLANNED = re.compile(r"预算|年初|安排|计划|\bbudget\w*|\bplanned\b")
_SETS = (Operation.RANK, Operation.COUNT, Operation.REASON, Operation.SHARE, Operation.DEFINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was planned and what was spent of one item in one year."""

    mention: Mention
    planned: Figure
    spent: Figure
    year: int | None


def planned_and_spent(context: Context) -> Answer | None:
    """Budget and execution of one year side by side; None unless both are asked for and held."""
    plan = context.plan
    text = plan.utterance.text
    if plan.operation in _SETS or not all(s.is_budget for s in context.sources):
        return None
    both = _EXECUTED.search(text) and _PLANNED.search(_EXECUTED.sub(" ", text))
    if not both and plan.measure != "completion":
        return None
    outcomes = [o for m in plan.strong or plan.mentions for o in _outcomes(context, m)]
    if not outcomes or len({o.mention.item for o in outcomes}) > 1:
        return None
    writer = context.writer()
    _write(context, writer, outcomes[0])
    return answered(writer)


def _outcomes(context: Context, mention: Mention) -> list[Outcome]:
    """The item in every year of which the next budget tells what was spent."""
    found = [_outcome(context, source, mention) for source in context.sources]
    return [o for o in found if o is not None]


def _outcome(context: Context, source: Source, mention: Mention) -> Outcome | None:
    plan, before = context.plan, source.before
    year = source.year - 1 if source.year else None
    if before is None or (plan.scope.years and year not in plan.scope.years):
        return None
    want = context.want(mention)
    spent = context.figure(source, mention.item, want.measuring("executed"))
    planned = context.figure(Source(before), mention.item, want.measuring("amount"))
    if spent is None or planned is None or spent.value is None or planned.value is None:
        return None
    return Outcome(mention, planned, spent, year)


def _write(context: Context, writer: Writer, outcome: Outcome) -> None:
    planned, spent = outcome.planned, outcome.spent
    writer.year(outcome.year).name(context.called(spent.label, outcome.mention.item))
    writer.say("预算为", ": budget ").figure(planned).say("，执行数为", ", executed ").figure(spent)
    gap = difference_of(spent, planned)
    if gap is not None and gap.value is not None:
        if gap.value == 0:
            writer.say("，与预算相同", ", as budgeted")
        else:
            over = gap.value > 0
            writer.say(
                "，执行数超过预算，多" if over else "，执行数没有超过预算，少",
                ", over the budget by " if over else ", below the budget by ",
            )
            writer.figure(gap).working(gap)
    done = percent_of("执行率", spent, planned)
    if done is not None:
        writer.say("，执行率为", ", execution rate ").figure(done)
    writer.say("。", ".")
