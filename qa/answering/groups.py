"""Which set a question points at: the surest reading first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from qa.answering import accounts, government_rows, indicators, listed, outturn
from qa.answering.context import Context
from qa.answering.members import Group
from qa.gather import MONEY

_COUNTED = re.compile(r"批次|人次|人数|个数|数量(?!指标)|辆数|户数|面积")
Finder = Callable[[Context], Group | None]

# A named thing comes before a level, a level before what the words only hint at.
_SURE: tuple[Finder, ...] = (
    government_rows.of_question,
    indicators.of_level,
    indicators.of_question,
    accounts.of_names,
    outturn.of_question,
    accounts.of_mention,
    accounts.of_table,
    accounts.of_said_level,
)
_LIKELY: tuple[Finder, ...] = (
    listed.of_question,
    accounts.of_meant_level,
    accounts.of_weak_mention,
)


def group_of(context: Context) -> Group | None:
    """The set that the question points at; None when it points at none."""
    return sure_group_of(context) or likely_group_of(context)


def sure_group_of(context: Context) -> Group | None:
    """The set that the question names: an account, a table, a level, the indicators."""
    return _first(context, _SURE)


def likely_group_of(context: Context) -> Group | None:
    """The set that the question's words point at without naming it."""
    return _first(context, _LIKELY)


def _first(context: Context, finders: tuple[Finder, ...]) -> Group | None:
    for find in finders:
        group = find(context)
        if group is not None and group.members and not _counts_otherwise(context, group):
            return _without_others(context, group)
    return None


_OTHERS_ASIDE = re.compile(
    r"(?:除了?|除[去开]|不[算含计看]|不包括|排除|剔除|去掉|抛开|撇开)[^，,]{0,2}其[他它]|"
    r"其[他它][^，,]{0,6}(?:除外|不算|不计|之外)|"
    r"(?:excluding|except|apart from|without)[^,]{0,12}other"
)


def _without_others(context: Context, group: Group) -> Group:
    """The set without what is called 其他, where the question sets that aside."""
    if not _OTHERS_ASIDE.search(context.plan.utterance.text):
        return group
    named = tuple(m for m in group.members if not m.label.startswith(("其他", "其它")))
    return replace(group, members=named) if named else group


def _counts_otherwise(context: Context, group: Group) -> bool:
    """Whether the question counts visits or people and the set is one of money."""
    other = _COUNTED.search(context.plan.utterance.text)
    return bool(other) and all(m.figure.unit in MONEY for m in group.members)
