"""The two sides of a share: what is the part, and what the whole."""

from __future__ import annotations

import re

from qa.plan import Mention, Plan

_SHARE_SPLIT = re.compile(
    r"占|as a (?:share|percentage|proportion) of|"
    r"(?:share|percentage|proportion|percent|fraction) of|accounted? for"
)


def share_sides(plan: Plan) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """(parts, wholes) of a share: what stands before 占 and what behind it; English turns round.

    With nothing behind 占, the first of two accounts is the whole: 住房支出里公积金占多少.
    """
    if plan.parts:
        return plan.parts, plan.wholes
    text = plan.text or plan.utterance.text
    split = _SHARE_SPLIT.search(text)
    inside = _IN_WHICH.search(text) if split is None else None
    if inside is not None:
        before = tuple(m for m in plan.mentions if 0 <= m.end <= inside.start())
        after = tuple(m for m in plan.mentions if m.start >= inside.start())
        if before and after:
            return before, after
    if split is None:
        return _outer_first(plan.strong if len(plan.strong) > 1 else plan.mentions, text)
    before = tuple(m for m in plan.mentions if m.end <= split.start())
    after = tuple(m for m in plan.mentions if m.start >= split.end())
    inside = _SET_IN.search(text, 0, split.start())
    if inside and not after and any(m.end <= inside.start() for m in before):
        return (
            tuple(m for m in before if m.end <= inside.start()),
            tuple(m for m in before if m.start >= inside.start()),
        )
    if not re.match(r"(?:share|percentage|proportion|percent|fraction) of", split.group(0)):
        return (before, after) if after else _outer_first(before, text)
    verb = _VERB.search(text, split.end())
    if verb is None:
        return after[1:] or before, after[:1]
    wholes = tuple(m for m in after if m.end <= verb.start())
    return tuple(m for m in after if m.start >= verb.end()) or before, wholes


# 甲在乙里是什么比例: what stands before is the part.
_IN_WHICH = re.compile(
    r"在(?!职)[^，,。?？在]{2,24}(?:里面?|中|当中|内)[^，,。?？]{0,4}(?:比例|比重|几成)"
)


_SET_IN = re.compile(
    r"在(?!职)[^，,。?？在]{2,24}(?:里面|里头|里|当中|之中|中|内)?(?:所|大概|约)?$"
)


_VERB = re.compile(r"\b(?:is|was|are|were|goes|went|go|did|does|do|comes|came|made up|consisted)\b")


_INSIDE = re.compile(
    r"[”\s]*(?:里|中|内|当中|里面|里头|之中|支出里|支出中|预算里|预算中)[面头]?[，,“\s]*"
)


def _outer_first(
    mentions: tuple[Mention, ...], text: str
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The last account as the part, the first as the whole where the two are different."""
    items = list(dict.fromkeys(m.item for m in mentions))
    if len(items) < 2:
        return mentions, ()
    strong = tuple(m for m in mentions if not m.weak)
    ordered = sorted(mentions, key=lambda m: m.start)
    if len(ordered) == 2 and text and _INSIDE.fullmatch(text[ordered[0].end : ordered[1].start]):
        return tuple(ordered[1:]), tuple(ordered[:1])  # 采购里服务占多少: the first is the whole
    if len({m.item for m in strong}) == 1:
        return strong, tuple(m for m in mentions if m.weak)
    items = [m.item for m in strong] or items
    mentions = strong or mentions
    return tuple(m for m in mentions if m.item != items[0]), mentions[:1]
