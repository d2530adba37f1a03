"""那失业的呢: one word of a follow-up takes the place of the telling part of what was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.conversation import Memory, carried, pointing, same_item
from qa.ledger import Ledger
from qa.link import sibling
from qa.plan import Mention, Operation, Plan, Via
from qa.vocabulary import by_key, roles

_INSTEAD = re.compile(r"^(?:那么?|那|其中的?)?(?P<word>[\u4e00-\u9fff]{2,6}?)的?呢[?]?$")


_PLACE_NAME = re.compile(r"[市县区州旗镇乡]$|街道$|开发区$")


def substitute(plan: Plan, memory: Memory, ledgers: Sequence[Ledger]) -> Plan:
    """失业的呢: the word takes the place of the telling part of the item before."""
    said = _INSTEAD.match(plan.text)
    last = memory.plan.strong or memory.plan.mentions if memory.plan else ()
    placed = said is not None and bool(_PLACE_NAME.search(said.group("word")))
    fellow = _fellow(said.group("word"), last[0].item) if said is not None and last else ""
    if fellow and fellow not in {m.item for m in plan.mentions}:
        meant = Mention(0, 0, by_key()[fellow].names[0], fellow, Via.ALIAS)
        return replace(plan, mentions=(meant,), operation=Operation.LOOKUP)
    if not last or (plan.strong and not placed):
        return plan
    turned = _turned(plan, memory.plan, ledgers) or _other_end(plan, last) if memory.plan else None
    if turned is not None or said is None:
        return turned or plan
    generic = next((m for m in plan.mentions if m.surface == said.group("word")), None)
    if (
        generic is not None and not placed
    ):  # 服务呢: alone in a question even a generic word names its account
        operation = Operation.LOOKUP if plan.operation is Operation.NARRATE else plan.operation
        return replace(plan, mentions=(replace(generic, weak=False),), operation=operation)
    found = sibling(said.group("word"), last[0].item, ledgers)
    if found is None:
        return plan
    if placed and memory.plan is not None:  # 其中某县呢: the same thing of a part of the whole
        return replace(same_item(replace(plan, mentions=()), memory.plan), mentions=(found,))
    operation = Operation.LOOKUP if plan.operation is Operation.NARRATE else plan.operation
    return replace(plan, mentions=(found,), operation=operation)


_ENDS = (
    (re.compile(r"^(?:那么?)?(?:年末|期末|年底)"), "opening", "closing"),
    (re.compile(r"^(?:那么?)?(?:年初|期初)(?!预算)"), "closing", "opening"),
)


def _other_end(plan: Plan, before: Sequence[Mention]) -> Plan | None:
    """年末呢, of an opening balance: the balance at the other end of the year."""
    for said, here, there in _ENDS:
        if said.match(plan.text) and any(f".{here}" in m.item for m in before):
            swapped = tuple(replace(carried(m), item=m.item.replace(here, there)) for m in before)
            return replace(plan, operation=Operation.LOOKUP, mentions=swapped, carried=("items",))
    return None


_SIDE_WORDS = {"收入": "income", "支出": "expenditure"}
_SIDE_TOTALS = frozenset({"income.total", "expenditure.total"})


def _turned(plan: Plan, last: Plan, ledgers: Sequence[Ledger]) -> Plan | None:
    """那收入呢: the other side of the account before, or the other total, asked the same."""
    words = {m.surface for m in plan.mentions}
    if len(words) != 1 or not words <= set(_SIDE_WORDS) or not pointing(plan.utterance.text):
        return None
    before = last.strong or last.mentions
    side = _SIDE_WORDS[next(iter(words))]
    operation = Operation.LOOKUP if plan.operation is Operation.NARRATE else plan.operation
    measure, basis = plan.measure or last.measure, plan.basis or last.basis
    turned = replace(plan, operation=operation, measure=measure, basis=basis, side=side)
    if {m.item for m in before} <= _SIDE_TOTALS or not last.side:
        total = replace(plan.mentions[0], item=f"{side}.total", weak=False)
        return replace(turned, mentions=(total,), carried=("measure",))
    sides = {e.side for ledger in ledgers for m in before for e in ledger.of(m.item)}
    if side not in sides:
        return None
    return replace(turned, mentions=tuple(carried(m) for m in before), carried=("items",))


def _fellow(word: str, item: str) -> str:
    """项目的呢, of 基本支出: the other part of the same whole whose name begins so; or ""."""
    groups = [parts for parts in roles().parts.values() if item in parts]
    fellows = [key for parts in groups for key in parts if key != item and key in by_key()]
    named = (k for k in fellows if any(n.startswith(word) for n in by_key()[k].names))
    return next(named, "")
