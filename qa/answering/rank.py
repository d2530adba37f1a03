"""The largest, smallest, first n or nth of a set; how far its ends are apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import convert
from qa.answer import Answer
from qa.answering.conditions import satisfying
from qa.answering.context import Context, answered, clean
from qa.answering.groups import group_of
from qa.answering.members import (
    Group,
    Member,
    moves,
    same_kind,
    write_members,
    write_opening,
    write_value,
)
from qa.answering.parts import children
from qa.compose import Writer
from qa.figures import Figure, difference_of, share_of, sum_of
from qa.gather import MONEY
from qa.ledger import PLAIN
from qa.plan import Mention, Via

_TIED = 6
_MOVING = re.compile(
    r"(?:增加|减少|下降|上升|增长|上涨|变动|变化)(?:得|的)?(?:幅度|额)?最|"
    r"\b(?:gr[eo]w\w*|r[io]se\w*|fell|fall\w*|increas\w+|decreas\w+|drop\w*|declin\w+|chang\w+)\b.{0,12}"
    r"\b(?:most|least|fastest|slowest)\b|\b(?:fastest|slowest|biggest|largest|smallest) "
    r"(?:growth|rise|increase|fall|drop|decrease|decline|change)"
)
_EVERY = re.compile(r"\brank (?:the|all|these|them|every)\b|排名情况|排个?序")


def rank(context: Context) -> Answer | None:
    """The largest, smallest, first n or nth of a set, with shares where they are asked."""
    group = group_of(context)
    if group is None or len(group.members) < 2:
        return None
    members = _sorted(context, _comparable(context, group))
    if not members or (_MOVING.search(context.plan.text) and not all(map(moves, members))):
        return None  # what rose or fell most is not what there is most of
    chosen = _chosen(context, members)
    writer = write_opening(context.writer(), group)
    _write_place(context, writer, chosen)
    write_members(context, writer, chosen)
    _write_other_measure(context, writer, group, chosen)
    _write_share(context, writer, group, chosen)
    _write_finer(context, writer, group)
    return answered(writer.say("。", "."))


def _comparable(context: Context, group: Group) -> list[Member]:
    """The members with a value, of the unit that most of them have; a fall ranked among falls."""
    members = [m for m in satisfying(context, group) if m.figure.value is not None]
    if group.kind in ("accounts", "parts"):
        members = [m for m in members if m.figure.value] or members
    units = [m.figure.unit for m in members if m.figure.value]
    if not units:
        return members
    most = max(units, key=units.count)
    return [m for m in members if same_kind(m.figure.unit, most) or not m.figure.value]


def _sorted(context: Context, members: Sequence[Member]) -> list[Member]:
    """Largest first, or smallest first; a movement or gap by its size unless a side is named."""
    return sorted(members, key=_size, reverse=not context.plan.lowest)


def _size(member: Member) -> Decimal:
    """A member's amount in one unit; of a movement only how far it goes counts."""
    figure = member.figure
    value = figure.value or Decimal(0)
    value = convert(value, figure.unit, "元") if figure.unit in MONEY else value
    return abs(value) if moves(member) else value


def _chosen(context: Context, members: Sequence[Member]) -> list[Member]:
    """The members asked for, with those that tie with the first."""
    plan = context.plan
    if plan.position > 1:
        return list(members[plan.position - 1 : plan.position])
    if plan.top > 1 or _EVERY.search(plan.utterance.text):
        return list(members[: plan.top if plan.top > 1 else _TIED])
    first = _size(members[0])
    tied = [m for m in members if _size(m) == first]
    return tied if len(tied) <= _TIED else tied[:1]


def _write_place(context: Context, writer: Writer, chosen: Sequence[Member]) -> None:
    plan = context.plan
    if plan.position > 1:
        writer.say("排在所问位次的是", "in that place: ")
    elif plan.top == 1:
        writer.say(*_superlative(context, chosen))
        if len(chosen) > 1:
            writer.say("（并列）", "(tied) ")


def _superlative(context: Context, chosen: Sequence[Member]) -> tuple[str, str]:
    """How the first of a set is called: by its level, or by how far it moved."""
    lowest = context.plan.lowest
    if chosen and moves(chosen[0]):
        gap = chosen[0].sense == "gap"
        if not lowest and not gap and context.plan.direction:
            fell = context.plan.direction == "down"
            return (
                ("减少最多的是", "the largest fall is ")
                if fell
                else ("增加最多的是", "the largest rise is ")
            )
        if lowest:
            return ("与预算相差最小的是" if gap else "变动最小的是", "the smallest movement is ")
        return ("与预算相差最大的是" if gap else "变动最大的是", "the largest movement is ")
    return ("最低的是", "the lowest is ") if lowest else ("最高的是", "the highest is ")


def _write_other_measure(
    context: Context, writer: Writer, group: Group, chosen: Sequence[Member]
) -> None:
    """Beside a gap its two sides and the completion; the leader by completion if it is another."""
    if group.kind != "outturn" or len(chosen) != 1:
        return
    first = chosen[0]
    done = first.by("completion")
    if done is not None and done is not first.figure and first.figure.unit != "%":
        writer.say("，完成率", ", completion")
        write_value(writer, done)
        _write_leader(context, writer, group, first)


def _write_leader(context: Context, writer: Writer, group: Group, first: Member) -> None:
    """Who leads by completion, where that is not who leads by amount."""
    rivals = [
        (d.value, m, d)
        for m in satisfying(context, group)
        if (d := m.by("completion")) is not None and d.value is not None
    ]
    if not rivals or first.figure.value is None:
        return
    over = first.figure.value > 0
    best = (max if over else min)(rivals, key=lambda r: r[0])
    if best[1].label != first.label:
        writer.say("；按完成率则是", "; by completion it is ").name(best[1].label)
        write_value(writer, best[2])


_WHOLE_SHARE = 100  # what is more than the whole is no part of it


def _write_share(context: Context, writer: Writer, group: Group, chosen: Sequence[Member]) -> None:
    if context.plan.measure != "share" and not re.search(r"占", context.plan.utterance.text):
        return
    whole = _whole(context, group)
    if whole is None:
        return
    for position, member in enumerate(chosen):
        share = share_of(replace(member.figure, label=member.label), whole)
        if share is None or (share.value or 0) > _WHOLE_SHARE:
            continue
        if position == 0:
            writer.say("，占", ", a share of ").name(clean(whole.label)).say("的", ": ")
        else:
            writer.say("、", ", ")
        writer.figure(share).working(share)


def _write_finer(context: Context, writer: Writer, group: Group) -> None:
    """Below a set of few groups (人员经费, 公用经费) the account that leads among theirs."""
    if group.kind != "parts" or context.plan.position > 1 or context.plan.top > 1:
        return
    below = [
        member
        for one in group.members
        for member in children(context, group.source, Mention(0, 0, one.label, one.item, Via.NAME))
        if member.figure.value
    ]
    if len(below) < 2:
        return
    ends = min if context.plan.lowest else max
    first = ends(below, key=_size)
    if first.item in {m.item for m in group.members}:
        return
    writer.say("；其下的明细中，", "; among the accounts below, ")
    writer.say(*_superlative(context, [first]))
    writer.name(context.called(first.label, first.item))
    write_value(writer, first.figure)


def _whole(context: Context, group: Group) -> Figure | None:
    """What a share is of: the account that the question names, otherwise the set's own total."""
    for mention in (*context.plan.strong, *context.plan.mentions):
        if all(mention.item != m.item for m in group.members):
            want = replace(context.want(mention).measuring(PLAIN), side="", tables=frozenset())
            found = context.figure(group.source, mention.item, want)
            if found is not None and found.value:
                return replace(found, label=context.called(found.label, mention.item))
    return group.whole or sum_of(tuple(m.figure for m in group.members if m.figure.value))


# --- spread ---------------------------------------------------------------------------------------


def spread(context: Context) -> Answer | None:
    """How far the largest and the smallest of a set are apart."""
    group = group_of(context)
    members = _comparable(context, group) if group else []
    if len(members) < 2:
        return None
    members.sort(key=_size)
    low, high = members[0], members[-1]
    gap = difference_of(
        replace(high.figure, label=high.label), replace(low.figure, label=low.label)
    )
    if gap is None:
        return None
    writer = context.writer()
    writer.say("最多的是", "The highest is ").name(high.label)
    write_value(writer, high.figure)
    writer.say("；最少的是", "; the lowest is ").name(low.label)
    write_value(writer, low.figure)
    writer.say("；相差", "; the gap is ").figure(gap).working(gap).say("。", ".")
    return answered(writer)
