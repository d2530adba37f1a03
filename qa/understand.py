"""From a question, in its scope, to a typed Plan. Cues are data; the order of reading is here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Level
from qa.coverage import area_said, blanked, period_said
from qa.foreign import translated
from qa.gather import unit_family
from qa.language import Utterance
from qa.ledger import Ledger
from qa.link import content_of, find_mentions, partial, sibling
from qa.plan import LOOSE, Mention, Operation, Plan, Scope, Via
from qa.regions import named_in
from qa.slots import (
    MONEY_OF,
    ORDER,
    SPENT_AND_RECEIVED,
    TOP,
    condition_of,
    direction_of,
    measure_of,
    number_of,
    side_of,
    unit_of,
)
from qa.titles import tables_of
from qa.vocabulary import Cues, by_key, cues, roles

# Which report is meant, said at the end in brackets: …是什么（某局2024年预算）.
_ASIDE = re.compile(
    r"[（(][□\s\d]*[□\d年度部门单位的里中公开说明名词解释报告预决算]*[）)](?=[?？]?$)"
)
_BARE_YEAR = re.compile(r"(?<=[a-z] )20\d\d (?=[a-z])")  # "total 2025 budget" names a total
_SHARE_SPLIT = re.compile(
    r"占|as a (?:share|percentage|proportion) of|"
    r"(?:share|percentage|proportion|percent|fraction) of|accounted? for"
)


def understand(
    utterance: Utterance, text: str, scope: Scope, ledgers: Sequence[Ledger], within: str = ""
) -> Plan:
    """The plan of a question. `text` is the utterance with the named bodies blanked out."""
    book = cues()
    text = _ASIDE.sub("", _BARE_YEAR.sub("", text))
    tables, rest = tables_of(text, ledgers)
    area = ""
    regions: tuple[str, ...] = ()
    if _governs(ledgers):
        rest, area, regions = _placed(rest, utterance.text, ledgers)
    named = _beside_its_like(_counted_in(find_mentions(rest, ledgers), rest), rest)
    mentions = _with_sibling(_as_counted(named, rest), rest, ledgers)
    mentions = _parts_said(mentions, rest)
    mentions = _held_in_kinds(_without_tails(_parts_meant(mentions)), ledgers)
    told = rest.replace("预计", "  ") if area or regions or scope.years else rest
    operation, decline = _operation(told if _governs(ledgers) else rest, mentions, book)
    held_apart = operation in (Operation.DIFFERENCE, Operation.SUM) and not tables
    if book.first("operations", text) == "audit" and not held_apart:  # of a table that is named
        operation = Operation.AUDIT
    plan = Plan(
        operation=operation,
        utterance=utterance,
        text=rest,
        scope=scope,
        mentions=mentions,
        tables=tables,
        measure=measure_of(rest, scope, mentions, book, utterance.text),
        basis=book.first("bases", rest),
        side=side_of(rest),
        unit=unit_of(rest),
        direction=direction_of(rest, book),
        condition=condition_of(rest, book),
        lowest=bool(book.first("extremes", rest)),
        top=number_of(TOP, rest),
        position=number_of(ORDER, rest),
        leftover=content_of(rest, mentions),
        narrowing=next((w for w in book.narrowing if w in _narrowable(rest, mentions)), within),
        decline=decline,
        yesno=bool(book.yesno.search(rest)),
        money=bool(book.money_units.search(rest)),
        textual=bool(book.text_cues.search(rest)),
        area=area,
        period=period_said(utterance.text),
        regions=regions,
    )
    return plan


def _governs(ledgers: Sequence[Ledger]) -> bool:
    return any(led.report.identity.level is Level.GOVERNMENT for led in ledgers)


def _placed(text: str, said: str, ledgers: Sequence[Ledger]) -> tuple[str, str, tuple[str, ...]]:
    """(text without places, area, regions) of a question on governments: places name no account."""
    named = named_in(text, tuple(led.report for led in ledgers))
    for start, end, _ in named:
        said = said.replace(text[start:end], " ")
        text = text[:start] + " " * (end - start) + text[end:]
    regions = tuple(dict.fromkeys(region for _, _, region in named))
    return blanked(text), area_said((said,)), regions


def unlinked(text: str, mentions: Sequence[Mention]) -> str:
    """The text without what it names: 个人 in the name of an account narrows nothing."""
    for mention in mentions:
        if 0 <= mention.start < mention.end:
            text = text[: mention.start] + " " * len(mention.surface) + text[mention.end :]
    return text


def _parts_said(mentions: tuple[Mention, ...], text: str) -> tuple[Mention, ...]:
    """给公车买保险: a part that only beside its whole is known by its short name."""
    rest = unlinked(text, mentions)
    wholes = {m.item for m in mentions if not m.weak}
    for concept in by_key().values():
        if not concept.within or not wholes & {"vehicles", "vehicles.running"}:
            continue
        said = next((n[:-1] for n in concept.names if n.endswith("费") and n[:-1] in rest), "")
        if len(said) == 2:
            at = rest.index(said)
            return (Mention(at, at + 2, said, concept.key, Via.ALIAS),)
    return mentions


def _held_in_kinds(mentions: tuple[Mention, ...], ledgers: Sequence[Ledger]) -> tuple[Mention, ...]:
    """Vehicles beside a kind of them (执法执勤用车) are those held, not what they cost."""
    kinds = {m.item for m in mentions} - {"vehicles", "vehicles.owned"}
    counted = any(e.unit in ("辆", "台") for led in ledgers for i in kinds for e in led.of(i))
    if not counted:
        return mentions
    return tuple(replace(m, item="vehicles.owned") if m.item == "vehicles" else m for m in mentions)


# 平均每批次多少钱 asks for a division, it narrows nothing.
_EACH_THING = re.compile(r"(?:平均)?(?:到|摊到)?每一?(?:人次|批次|批|次|辆车?|家|户|台|个项目|项)")


def _narrowable(text: str, mentions: Sequence[Mention]) -> str:
    return _EACH_THING.sub(" ", unlinked(text, mentions))


def _without_tails(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions without a 支出 that only ends the name before it: 社保就业支出."""
    ends = {m.end for m in mentions if not m.weak and m.end > 0}
    return tuple(m for m in mentions if not (m.surface == "支出" and m.weak and m.start in ends))


def _beside_its_like(mentions: tuple[Mention, ...], text: str) -> tuple[Mention, ...]:
    """货物和服务采购: a general word joined to another part of the same whole names its part."""
    strong = {m.item for m in mentions if not m.weak}
    groups = [set(parts) for parts in roles().parts.values() if strong & set(parts)]

    def joined(mention: Mention) -> bool:
        joined = _AND.match(text[mention.end :]) or _AND_BEFORE.search(text[: mention.start])
        return any(mention.item in g for g in groups) and bool(joined)

    return tuple(replace(m, weak=False) if m.weak and joined(m) else m for m in mentions)


_JOINS = r"(?:[和与跟、,及]|还是|或者?|and\b|or\b)"
_AND, _AND_BEFORE = re.compile(rf"\s*{_JOINS}"), re.compile(rf"{_JOINS}\s*$")
# What a question sets aside: not counting money carried over.
_SET_ASIDE = re.compile(
    r"\b(?:not (?:counting|including)|excluding|leaving aside|apart from|except)\b[^,.;?]*|"
    r"(?:不算|不计|除去|刨除|刨去|抛开|撇开)[^，,。?？]*"
)


def _counted_in(mentions: tuple[Mention, ...], text: str) -> tuple[Mention, ...]:
    """The mentions without those that the question sets aside, where others are left."""
    aside = _SET_ASIDE.search(text)
    if aside is None:
        return mentions
    kept = tuple(m for m in mentions if m.end <= aside.start() or m.start >= aside.end())
    return kept or mentions


def link_loosely(plan: Plan, ledgers: Sequence[Ledger]) -> Plan:
    """Where no account was named outright, the label that shares most of the question's words."""
    if plan.strong or plan.operation in (Operation.DECLINE, Operation.INVENTORY):
        return plan
    gist = gist_of(plan.text, plan.mentions)
    units = unit_family(plan.unit, plan.money)
    found = partial(gist, ledgers, units) or _rendered(plan, ledgers, units)
    if not found:
        return _about_the_whole(plan)
    found = _of_the_topic(_repeated(found, plan, ledgers), plan, ledgers)
    narrated = plan.operation is Operation.NARRATE and not plan.textual
    english = plan.utterance.language == "en" and (plan.measure or plan.unit)
    measured = plan.operation in (Operation.COUNT, Operation.NARRATE) and english
    operation = Operation.LOOKUP if narrated or measured else plan.operation
    return replace(plan, operation=operation, mentions=(*plan.mentions, *found))


def _of_the_topic(
    found: tuple[Mention, ...], plan: Plan, ledgers: Sequence[Ledger]
) -> tuple[Mention, ...]:
    """Of several guesses those of the family (vehicles.*) that the turns before spoke of."""
    if len(found) < 2 or not plan.before:
        return found
    before = {m.item.split(".")[0] for m in find_mentions(plan.before, ledgers) if "." in m.item}
    near = tuple(m for m in found if m.item.split(".")[0] in before and "." in m.item)
    return near or found


def _repeated(
    found: tuple[Mention, ...], plan: Plan, ledgers: Sequence[Ledger]
) -> tuple[Mention, ...]:
    """Of several guesses those whose figure the question itself repeats: 净增30991人."""
    said = {Decimal(n.replace(",", "")) for n in _SAID_FIGURE.findall(plan.text)}
    if len(found) < 2 or not said:
        return found
    same = tuple(
        m for m in found if any(e.value in said for led in ledgers for e in led.of(m.item))
    )
    return same or found


_SAID_FIGURE = re.compile(r"(?<![\d.])(?!20\d\d(?!\d))\d[\d,]*(?:\.\d+)?(?=\s*[\u3400-\u9fff%])")


_LISTED_MEASURES = ("target", "score", "completion")


_RENDERED = ("", "amount", "target", "score", "weight", "completion", "change", "rate")


def _rendered(plan: Plan, ledgers: Sequence[Ledger], units: frozenset[str]) -> tuple[Mention, ...]:
    """An English question's words rendered in a label, where a plain figure is asked for."""
    simple = plan.operation in (Operation.LOOKUP, Operation.NARRATE, Operation.COUNT)
    if not simple or plan.measure not in _RENDERED:
        return ()
    return translated(plan, ledgers, units)


_WHOLE_MEASURES = ("", "amount", "budget", "prior", "change", "rate", "completion")
_WHOLE_OPERATIONS = (Operation.LOOKUP, Operation.NARRATE, Operation.TREND, Operation.RANK)


# 谁的盘子大, 哪个支出最多, 总额一样吗: the totals of reports, compared.
_RANKED_WHOLE = re.compile(
    r"(?:谁|哪|最).{0,12}(?:预算|决算|支出|收入|盘子|规模|花|总额|总数).{0,6}|"
    r"(?:预算|决算|支出|收入|盘子|规模|总额|总数|总量).{0,8}(?:谁|哪|最|更|差(?:多少|几)|一样|相同|相等|一致)|"
    r"\b(?:which|whose)\b.{0,40}\b(?:budget|total|accounts?)\b|\bbudget\b.{0,30}\b(?:larger|bigger|higher)\b"
)
_COMPARED_OPERATIONS = (Operation.DIFFERENCE, Operation.AUDIT, Operation.COMPARE, Operation.RATIO)


def _about_the_whole(plan: Plan) -> Plan:
    """A question for money that names no account (预算多少, 花了多少钱) means the total."""
    plain = plan.operation in (Operation.LOOKUP, Operation.NARRATE)
    listed = plain and plan.measure in _LISTED_MEASURES
    if listed and not plan.mentions and len(plan.leftover) < 2:
        return replace(plan, operation=Operation.LOOKUP)
    ranked = _RANKED_WHOLE.search(plan.text)
    several = len(plan.scope.reports) > 1
    if ranked and not (several or plan.operation is Operation.RANK):
        ranked = None
    asks = plan.money or ranked or plan.measure in ("budget", "change", "rate", "completion")
    if plan.measure == "prior" and re.search(r"预算|决算|支出|收入|总|budget", plan.text):
        asks = True
    wholes = (*_WHOLE_OPERATIONS, *(_COMPARED_OPERATIONS if several else ()))
    open_ended = plan.operation in wholes and plan.measure in _WHOLE_MEASURES
    if plan.mentions or len(plan.leftover) > 1 or plan.unit or not (asks and open_ended):
        return plan
    if plan.operation is Operation.RANK and plan.basis:
        return plan  # 哪个科目少花得最多: a set, not a total
    if plan.basis and not (plan.scope.named_body and _OF_A_TOTAL.search(plan.text)):
        return replace(plan, operation=Operation.LOOKUP)  # every total that is compared
    total = Mention(0, 0, "", "grand.total", Via.DENSE, score=0.5, weak=True)
    operation = Operation.LOOKUP if plan.operation is Operation.NARRATE else plan.operation
    return replace(plan, mentions=(total,), operation=operation)


_OF_A_TOTAL = re.compile(
    r"预算|决算|支出|收入|花|钱|总|budget|spen[dt]|spending|revenue|income|total"
)
_QUESTION_WORDS = re.compile(
    r"请问|平均|每个月|每月|月均|多少|什么|怎么样|怎么|如何|有没有|是不是|是否|为什么|为何|为啥|哪些|哪一项|哪项|哪个|几个|几项|到底|究竟|一共|总共|实际|"
    r"是多少|做到|达到|报告|年度|全年|今年|当年|的|了|吗|呢|吧|啊|呀|是|有|在|里|中|和|与|及|百分之几|百分之|完成率|比例|占比|完成得|"
    r"占(?=多少|几)|原?计划|原定|预定|实际|少(?=[发做完花])|多(?=[发做完花])|超额?|没|完成|目标|得分|分数|花|元|万元|钱|笔|份|人次|人|个|项|20\d\d|\d+"
)


def gist_of(text: str, mentions: Sequence[Mention]) -> str:
    """The question's own words for the thing it asks about, for matching against labels."""
    chars = list(text)
    for mention in mentions:
        if not mention.weak:
            chars[mention.start : mention.end] = " " * (mention.end - mention.start)
    rest = re.sub(r"[^\u3400-\u9fffa-z0-9]", " ", "".join(chars))
    return " ".join(_QUESTION_WORDS.sub(" ", rest).split())


# --- operation --------------------------------------------------------------------------------

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


def _operation(text: str, mentions: Sequence[Mention], book: Cues) -> tuple[Operation, str]:
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


def _as_counted(mentions: tuple[Mention, ...], text: str) -> tuple[Mention, ...]:
    """几辆公车 asks for the vehicles, not for what they cost; 买几辆 for those to be bought."""
    unit = unit_of(text)
    counted = tuple(
        replace(m, item=by_key()[m.item].counted.get(unit, m.item)) if m.item in by_key() else m
        for m in mentions
    )
    if unit in ("辆", "台", "部") and not mentions and (cars := _CARS.search(text)):
        counted = (Mention(*cars.span(), cars.group(0), "vehicles.owned", Via.ALIAS),)
    buying = _BUYING.search(text)
    if unit not in ("辆", "台", "部") or buying is None or "vehicles.bought" in _items(counted):
        return counted
    held = tuple(m for m in counted if m.item != "vehicles.owned")
    return (*held, Mention(*buying.span(), buying.group(0), "vehicles.bought", Via.ALIAS))


def _parts_meant(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """采购多少货物: beside the whole that it is part of a generic word names its account."""
    inside = {part for m in mentions if not m.weak for part in roles().parts.get(m.item, ())}
    kept = ("procurement.goods", "procurement.works", "procurement.services")
    return tuple(
        replace(m, weak=False) if m.weak and m.item in inside and m.item in kept else m
        for m in mentions
    )


_ALSO = re.compile(
    r"(?:和|与|跟|比|、)(?P<word>[\u3400-\u9fff]{2,4}?)的?(?=(?:各|分别|一共|总共|合计|加|差|相差|相比|比|多|少|之|哪|谁|占))"
)


def _with_sibling(
    mentions: tuple[Mention, ...], text: str, ledgers: Sequence[Ledger]
) -> tuple[Mention, ...]:
    """市级支持资金和区级的差多少: the second is named only by what it differs in."""
    strong = [m for m in mentions if not m.weak]
    also = _ALSO.search(text)
    if len(strong) != 1 or also is None or also.start() < strong[0].end:
        return mentions
    if any(m.start < also.end() and also.start() < m.end for m in mentions):
        return mentions
    found = sibling(also.group("word"), strong[0].item, ledgers)
    if found is None or found.item == strong[0].item:
        return mentions
    placed = replace(found, start=also.start("word"), end=also.end("word"), via=Via.ALIAS)
    return (*mentions, placed)


def _items(mentions: Sequence[Mention]) -> frozenset[str]:
    return frozenset(m.item for m in mentions)


_CARS = re.compile(r"公?车辆?")
_BUYING = re.compile(r"购置|购买|新购|添置|更新|买|购|添|换|\b(?:buy|buying|bought|purchased?)\b")

__all__ = ["gist_of", "link_loosely", "share_sides", "understand", "unlinked"]
