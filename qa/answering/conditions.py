"""Filters over the members of a set: 有金额, 超预算, 扣分, 完成率不到95%."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import convert
from qa.answering import indicators
from qa.answering.context import Context
from qa.answering.members import Group, Member, moves
from qa.figures import Figure
from qa.gather import MONEY
from qa.plan import Condition

_HUNDRED = Decimal(100)


def satisfying(context: Context, group: Group) -> tuple[Member, ...]:
    """The members that the question's condition, or the direction of movement, keeps."""
    condition = context.plan.condition
    members = group.members
    if condition is not None:
        members = tuple(m for m in members if _keeps(condition, m))
    elif context.plan.direction and (group.kind == "outturn" or all(map(moves, members))):
        members = tuple(m for m in members if _moved(m, context.plan.direction))
    return members


def _keeps(condition: Condition, member: Member) -> bool:
    if condition.name == "bound":
        return _bounded(member, Decimal(condition.bound), condition)
    if condition.name == "between":
        low = replace(condition, below=False)
        high = replace(condition, below=True)
        return not (
            _bounded(member, Decimal(condition.bound), high)
            or _bounded(member, Decimal(condition.upper), low)
        ) and _bounded(member, Decimal(-1), low)
    if condition.name == "equal":
        return _figure_for(condition, member).value == Decimal(condition.bound)
    test = _TESTS.get(condition.name)
    return test is None or test(member)


def _bounded(member: Member, bound: Decimal, condition: Condition) -> bool:
    figure = _figure_for(condition, member)
    value = figure.value
    if value is None or not _comparable(figure.unit, condition.unit):
        return False
    if condition.unit in MONEY:
        value = convert(value, figure.unit, condition.unit)
    return value < bound if condition.below else value > bound


def _figure_for(condition: Condition, member: Member) -> Figure:
    """What a condition in points or percent is about: the score, the completion, or the figure."""
    measure = {"分": "score", "%": "completion"}.get(condition.unit, "")
    return member.by(measure) or member.figure


def _comparable(printed: str, asked: str) -> bool:
    return (asked in MONEY) == (printed in MONEY) if asked else True


def _moved(member: Member, direction: str) -> bool:
    value = member.figure.value
    return value is not None and (value > 0 if direction == "up" else value < 0)


def _over(member: Member) -> bool:
    """Above the budget: by the gap where that is asked, otherwise by the completion."""
    value = member.figure.value
    return value is not None and value > (_HUNDRED if member.figure.unit == "%" else 0)


def _under(member: Member) -> bool:
    value = member.figure.value
    return value is not None and value < (_HUNDRED if member.figure.unit == "%" else 0)


def _on(member: Member) -> bool:
    return member.figure.value == (_HUNDRED if member.figure.unit == "%" else 0)


_TESTS: dict[str, Callable[[Member], bool]] = {
    "over_budget": _over,
    "under_budget": _under,
    "on_budget": _on,
    "filled": lambda m: bool(m.figure.value),
    "blank": lambda m: not m.figure.value,
    "lost_points": indicators.lost,
    "full_points": indicators.full,
    "missed": indicators.missed,
    "exceeded": indicators.exceeded,
}


def shown(members: Sequence[Member]) -> tuple[Member, ...]:
    """The members worth listing where no condition was named: those with something in them."""
    with_value = tuple(m for m in members if m.figure.value)
    return with_value or tuple(members)
