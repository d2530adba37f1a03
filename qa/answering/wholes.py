"""Of a whole and its parts, which the question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.plan import Mention, Plan
from qa.vocabulary import roles


def without_wholes(plan: Plan, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """One mention of each item; a whole of which only a part is asked is left out.

    采购里买货物 asks for the goods, 采购和货物 for both.
    """
    unique = tuple({m.item: m for m in mentions}.values())
    kept = [m for m in unique if not any(_of_which(plan, m, part) for part in unique)]
    return tuple(kept) or unique


def _of_which(plan: Plan, whole: Mention, part: Mention) -> bool:
    """Whether `part` is a part of `whole` and nothing says that both are asked for."""
    if part.item not in _parts_of(whole.item):
        return False
    first, second = sorted((whole, part), key=lambda m: m.start)
    between = plan.text[first.end : second.start] if first.start >= 0 else plan.text
    if _JOINING.search(between):
        return False
    return bool(_INSIDE.search(between)) or not _EACH.search(plan.text)


def _parts_of(item: str) -> frozenset[str]:
    """The parts of an item, and theirs."""
    direct = roles().parts.get(item, ())
    return frozenset(direct).union(*(_parts_of(part) for part in direct))


_JOINING = re.compile(r"和|与|跟|、|及|both| and ")
_INSIDE = re.compile(r"[里中内]|其中")
_EACH = re.compile(r"各|分别")
