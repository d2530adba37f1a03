"""Two accounts of a government that stand in different files: added, apart, as a multiple."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.answering.government_figures import (
    first_of,
    placed_name,
    plain_want,
    sure_accounts,
    year_of,
)
from qa.figures import Figure, difference_of, ratio_of, sum_of
from qa.plan import Mention, Operation, Via

_RESULTS = (Operation.SUM, Operation.DIFFERENCE, Operation.RATIO)
_BOTH_SIDES = re.compile(
    r"(?P<fund>一般公共预算|政府性基金|国有资本经营|社会保险基金)(?:预算)?(?P<a>收入|支出)[^，。?？收支]{0,8}"
    r"(?:比|和|与|跟|减|较)[^，。?？收支]{0,8}(?P<b>收入|支出)"
)
_ITEMS = {
    ("一般公共预算", "收入"): "general.revenue",
    ("一般公共预算", "支出"): "fund.general.expenditure",
    ("政府性基金", "收入"): "fund.government",
    ("政府性基金", "支出"): "fund.government",
    ("国有资本经营", "收入"): "fund.capital",
    ("国有资本经营", "支出"): "fund.capital",
    ("社会保险基金", "收入"): "社会保险基金收入",
    ("社会保险基金", "支出"): "社会保险基金",
}
_SIDES = {"收入": "income", "支出": "expenditure"}
_APART = re.compile(r"多(?:多少|了多少|出)|少(?:多少|了多少)|差|高多少|低多少")


def files_together(context: Context) -> Answer | None:
    """收入和支出差多少, 两项加起来多少: both figures with what the question makes of them."""
    figures = _of_sides(context) or _of_accounts(context)
    if figures is None:
        return None
    a, b = figures
    operation = context.plan.operation
    if operation is Operation.SUM:
        return _written(context, a, b, sum_of((a, b)), ("合计为", "in total "))
    if operation is Operation.RATIO:
        return _written(context, a, b, ratio_of(a, b), ("前者是后者的", "the first is "))
    gap = difference_of(a, b)
    if gap is None or gap.value is None:
        return None
    more = gap.value >= 0
    said = (
        ("前者比后者多", "the first is higher by ")
        if more
        else ("前者比后者少", "the first is lower by ")
    )
    return _written(context, a, b, replace(gap, value=abs(gap.value)), said)


def _of_sides(context: Context) -> tuple[Figure, Figure] | None:
    """The two sides of one fund."""
    said = _BOTH_SIDES.search(context.plan.utterance.text)
    if said is None or said.group("a") == said.group("b"):
        return None
    if not (_APART.search(context.plan.utterance.text) or context.plan.operation in _RESULTS):
        return None
    found = []
    for word in (said.group("a"), said.group("b")):
        item = _ITEMS[said.group("fund"), word]
        found.append(_figure(context, Mention(-2, -1, item, item, Via.NAME), _SIDES[word]))
    a, b = found
    return (a, b) if a is not None and b is not None else None


def _of_accounts(context: Context) -> tuple[Figure, Figure] | None:
    """Two accounts that are named, where the body's figures are in several files."""
    mentions = sure_accounts(context)
    if len(mentions) != 2 or len(context.sources) < 2 or context.plan.operation not in _RESULTS:
        return None
    a, b = (_figure(context, m, "") for m in mentions)
    return (a, b) if a is not None and b is not None else None


def _figure(context: Context, mention: Mention, side: str) -> Figure | None:
    found = first_of(context, mention, replace(plain_want(context, mention), side=side))
    if found is None:
        return None
    source, figure = found
    year = year_of(figure, source)
    name = placed_name(context, source, figure)
    return replace(figure, label=f"{year}年{name}" if year and context.zh else name)


def _written(
    context: Context, a: Figure, b: Figure, result: Figure | None, said: tuple[str, str]
) -> Answer | None:
    if result is None or result.value is None or result.value < Decimal(0):
        return None
    writer = context.writer()
    for figure in (a, b):
        writer.name(figure.label).say("为", ": ").figure(figure).say("，", ", ")
    writer.say(*said).figure(result).working(result)
    return answered(writer.say("。", "."))
