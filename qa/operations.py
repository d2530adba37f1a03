"""What a question wants done: its operation, read off the cues in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.plan import LOOSE, Mention, Operation
from qa.slots import MONEY_OF, SPENT_AND_RECEIVED
from qa.vocabulary import Cues

_NAMED = {
    "inventory": Operation.INVENTORY,
    "audit": Operation.AUDIT,
    "overview": Operation.OVERVIEW,
    "reason": Operation.REASON,
    "difference.terms": Operation.DEFINE,
    "define": Operation.DEFINE,
    "spread": Operation.SPREAD,
    "rank": Operation.RANK,
    "count": Operation.COUNT,
    "list": Operation.LIST,
    "trend": Operation.TREND,
    "changes": Operation.CHANGES,
}


def operation_of(text: str, mentions: Sequence[Mention], book: Cues) -> tuple[Operation, str]:
    """The operation of a question; with DECLINE the ground on which it is declined, else ""."""
    named = book.first("operations", text)
    if named.startswith("decline."):
        return Operation.DECLINE, named.removeprefix("decline.")
    operation = _NAMED.get(named, Operation.LOOKUP)
    strong = [m for m in mentions if not m.weak]
    if operation is Operation.RANK and _which_of_two(text, strong):
        operation = Operation.DIFFERENCE
    if operation is Operation.DEFINE and _RANKED_THING.search(text):
        operation = Operation.RANK
    if operation is Operation.DEFINE and _BETWEEN.search(text) and len(strong) > 1:
        operation = _over_pairs(text, mentions, strong, book)
    if operation is Operation.AUDIT and len({m.item for m in strong}) == 2 and _SAME.search(text):
        operation = Operation.DIFFERENCE
    if operation is Operation.AUDIT and len({m.item for m in strong}) > 1 and _ADDS_UP.search(text):
        operation = Operation.SUM
    if operation is Operation.OVERVIEW and strong:
        operation = Operation.LOOKUP
    if operation is Operation.LOOKUP:
        operation = _over_pairs(text, mentions, strong, book)
    if operation is Operation.LOOKUP and not mentions:
        operation = Operation.NARRATE
    return operation, ""


_RANKED_THING = re.compile(
    r"(?:最[多大高少小低]|第[二三四五\d]大?).{0,12}(?:是什么|是啥|是哪)|"
    r"^what (?:is|are|was|were) the .{0,24}(?:largest|biggest|highest|smallest|lowest)"
)


_ADDS_UP = re.compile(
    r"^(?!.*(?:正文|表|说明|文字)).*(?:加|之和|合计|[+＋]).*(?:等于|是不是|是否|对)"
)


# Two accounts are held against each other, not two places of a report.
_SAME = re.compile(r"^(?!.*(?:正文|表|说明|写|矛盾|文字)).*(?:一样|相等|相同|一致)")


_BETWEEN = re.compile(r"\b(?:ratio|difference|gap|sum) (?:of|between)\b")


_OF_TWO = re.compile(r"哪(个|一个|项|一项|样)|谁|which|larger|more|higher")


def _which_of_two(text: str, strong: Sequence[Mention]) -> bool:
    """办公费和物业费哪个多: the two that are named are compared, not what they consist of."""
    if len(re.findall("□+", text)) > 1:
        return False  # two bodies are compared
    items = {m.item for m in strong}
    joined = re.search(r"和|与|跟|还是|、|[,，]| and | or ", text)
    return len(items) == 2 and bool(joined and _OF_TWO.search(text))


def _without_names(text: str, mentions: Sequence[Mention]) -> str:
    for mention in mentions:
        if "占" in mention.surface:
            text = text.replace(mention.surface, " ")
    return text


def _over_pairs(
    text: str, mentions: Sequence[Mention], strong: Sequence[Mention], book: Cues
) -> Operation:
    said = _without_names(text, strong)  # there is no share in 耕地占用税
    if book.first("measures", said).startswith("share") and not MONEY_OF.search(said):
        return Operation.SHARE
    items = {m.item for m in (strong if len(strong) > 1 else mentions)}
    pairs = book.every("pairs", text)
    if "average" in pairs:
        return Operation.AVERAGE
    if "ratio" in pairs and (items or len(re.findall(r"20\d\d", text)) > 1):
        return Operation.RATIO
    apart = _APART.search(text) is not None or (
        bool(strong) and SPENT_AND_RECEIVED.search(text) is not None
    )
    if (
        (len(items) > 1 or apart)
        and "difference" in pairs
        and (not book.first("bases", text) or _SPENT_MORE.search(text))
    ):
        return Operation.DIFFERENCE
    sure = {m.item for m in strong or mentions if m.via not in LOOSE}
    added = _ADDED.search(text) or _LISTED_SUM.search(text)
    if "sum" in pairs and (len(sure) > 1 or added):
        return Operation.SUM
    if len(sure) > 2 and _ADDS_UP.search(text):
        return Operation.SUM
    if len(sure) > 1 and _PLUS.search(text):
        return Operation.SUM
    return Operation.LOOKUP


# Two things are named even where only one of them was recognised.
_APART = re.compile(
    r"[\u3400-\u9fff]{2}(?:和|与|跟)[\u3400-\u9fff]{2,}(?:相差|之间|差了?(?:多少|几))"
)


_ADDED = re.compile(
    r"加起来|加(?:到|在)?一[块起]|加总|相加|之和|总和|合起来|加在一起|"
    r"sum of|combined|added together|add up to"
)


_SPENT_MORE = re.compile(r"比(?![^，,?？]{0,8}预算)[^，,?？]{1,20}[多少]花")


_LISTED_SUM = re.compile(r"、[^，。,?？]*(?:一共|总共|合计|共计)")


_PLUS = re.compile(r"(?<=[\u3400-\u9fff\d])\s*[+＋]\s*(?=[\u3400-\u9fff\d])")
