"""The members of a set, with their amounts where they have such, by name otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.answer import Answer
from qa.answering import named
from qa.answering.conditions import satisfying, shown
from qa.answering.context import Context, answered
from qa.answering.groups import likely_group_of, sure_group_of
from qa.answering.members import (
    Group,
    Member,
    write_members,
    write_names,
    write_opening,
    write_value,
)
from qa.compose import Writer
from qa.figures import Figure, share_of, sum_of

_WITH_BLANKS = ("accounts", "parts", "listed")  # sets that a table prints with empty rows
_FEW = 4  # of so few fixed parts (三公) the empty ones belong to the picture


def listing(context: Context) -> Answer | None:
    """The members of a set, blanks left out unless they are asked for; names from the prose."""
    group = sure_group_of(context)
    if group is None:
        by_name = named.listing(context)
        if by_name is not None:
            return by_name
        group = likely_group_of(context)
    if group is None:
        return None
    chosen = satisfying(context, group)
    few = group.kind == "parts" and len(chosen) <= _FEW
    if context.plan.condition is None and group.kind in _WITH_BLANKS and not few:
        chosen = shown(chosen)
    chosen = _sorted(context, chosen)
    writer = context.writer()
    _write_whole(context, writer, group)
    if context.plan.measure == "share" and (shares := _shares(group, chosen)):
        _write_shares(context, writer, shares)
        return answered(writer.say("。", "."))
    if not chosen:
        return _none(writer, group)
    blank = all(m.figure.value is None for m in chosen)
    if group.kind == "names" or (blank and group.name):
        write_names(context, writer, chosen)
        if group.kind in _WITH_BLANKS and all(_is_blank(m) for m in chosen):
            writer.say("（表中均为空）", " (the table shows nothing for any of them)")
    else:
        write_members(context, writer, chosen)
    return answered(writer.say("。", "."))


_SORTED = re.compile(r"[从由][高低大小多少][到至][高低大小多少]|排(?:个)?序|\bsorted|in order")
_RISING = re.compile(r"[从由][低小少]")


def _sorted(context: Context, members: Sequence[Member]) -> tuple[Member, ...]:
    """The members by amount, where an order is asked for."""
    text = context.plan.utterance.text
    if not _SORTED.search(text) or any(m.figure.value is None for m in members):
        return tuple(members)
    rising = bool(_RISING.search(text))
    return tuple(sorted(members, key=lambda m: m.figure.value or Decimal(0), reverse=not rising))


def _shares(group: Group, members: Sequence[Member]) -> list[tuple[Member, Figure]]:
    """What share each member is of the set's whole; nothing where one of them has none."""
    whole = group.whole or sum_of(tuple(m.figure for m in group.members if m.figure.value))
    if whole is None:
        return []
    found = [(m, share_of(m.figure, whole)) for m in members]
    return [(m, s) for m, s in found if s is not None] if all(s for _, s in found) else []


def _write_shares(
    context: Context, writer: Writer, shares: Sequence[tuple[Member, Figure]]
) -> None:
    for position, (member, share) in enumerate(shares):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(context.called(member.label, member.item))
        write_value(writer, member.figure)
        writer.say("，占", ", a share of ").figure(share)


def _is_blank(member: Member) -> bool:
    return member.figure.entry is not None and member.figure.entry.blank


def _write_whole(context: Context, writer: Writer, group: Group) -> None:
    """What the set belongs to, with its total where the members add up to one."""
    plain = context.plan.condition is None and context.plan.measure in ("", "amount")
    if group.whole is not None and group.whole.value and plain and group.name:
        writer.name(group.name).say("为", ": ").figure(group.whole).say("，其中：", ", of which ")
    else:
        write_opening(writer, group)


def _none(writer: Writer, group: Group) -> Answer:
    """No member satisfies the condition; what was looked at is cited."""
    writer.say("没有符合条件的", "none satisfies the condition")
    entry = group.members[0].figure.entry
    if entry is not None:
        writer.mark(entry.report, entry.place)
    return answered(writer.say("。", "."))
