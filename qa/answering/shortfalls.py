"""Why an assessment did not get all its points: what lost them, each with the reason given."""

from __future__ import annotations

from dataclasses import replace

from qa.answer import Answer, Status
from qa.answering.context import Context, answered
from qa.answering.indicators import group_of_indicators, lost
from qa.answering.members import Member, write_members, write_opening
from qa.answering.why import reason
from qa.plan import Mention, Via
from qa.several import merge

_ABOUT = ("lost_points", "full_points", "missed")
_MOST = 5  # reasons that are read one after the other


def explained(context: Context) -> Answer | None:
    """为什么没得满分, of a whole assessment; None where the question is not about points."""
    plan = context.plan
    scored = plan.condition is not None and plan.condition.name in _ABOUT
    if plan.strong or not (scored or plan.measure == "score"):
        return None
    asked = replace(context, plan=replace(plan, measure="score"))
    group = group_of_indicators(asked)
    short = [m for m in group.members if lost(m)] if group is not None else []
    if group is None or not 0 < len(short) <= _MOST:
        return None
    writer = write_opening(context.writer(), group)
    writer.say("没有得满分的是：", "these did not get all their points: ")
    write_members(context, writer, short)
    reasons = [why for m in short if (why := _reason_of(context, m)) is not None]
    return merge((answered(writer.say("。", ".")), *reasons), plan.utterance)


def _reason_of(context: Context, member: Member) -> Answer | None:
    """The reason that the report gives for one of them; None where it gives none."""
    text = member.label
    mention = Mention(0, len(text), text, member.item, Via.LABEL)
    plan = replace(
        context.plan, text=text, mentions=(mention,), condition=None, measure="", leftover=""
    )
    answer = reason(replace(context, plan=plan))
    return answer if answer is not None and answer.status is Status.ANSWERED else None
