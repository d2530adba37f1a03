"""The members of a set, with their amounts where they have such, by name otherwise."""

from __future__ import annotations

from qa.answer import Answer
from qa.answering import named
from qa.answering.conditions import satisfying, shown
from qa.answering.context import Context, answered
from qa.answering.groups import likely_group_of, sure_group_of
from qa.answering.members import Group, write_members, write_names, write_opening
from qa.compose import Writer

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
    writer = context.writer()
    _write_whole(context, writer, group)
    if not chosen:
        return _none(writer, group)
    if group.kind == "names" or all(m.figure.value is None for m in chosen):
        write_names(context, writer, chosen)
    else:
        write_members(context, writer, chosen)
    return answered(writer.say("。", "."))


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
