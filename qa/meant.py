"""Which of the things that a question names are meant: settled by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.ledger import Ledger
from qa.link import find_mentions, sibling
from qa.plan import Mention, Via
from qa.slots import unit_of
from qa.vocabulary import by_key, roles


def mentions_of(text: str, ledgers: Sequence[Ledger]) -> tuple[Mention, ...]:
    """The accounts that `text` names, settled among each other."""
    named = _beside_its_like(_counted_in(find_mentions(text, ledgers), text), text)
    mentions = _with_sibling(_as_counted(named, text), text, ledgers)
    mentions = _parts_said(_without_tails(_parts_meant(mentions)), text)
    return _held_in_kinds(mentions, ledgers)


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
    r"(?:不算|不计|除去|刨除|刨去|抛开|撇开)[^，,。?？]*|"
    r"除了?[^，,。?？]{1,12}?(?=还有|还包|之外|以外|外[，,])"
)


def _counted_in(mentions: tuple[Mention, ...], text: str) -> tuple[Mention, ...]:
    """The mentions without those that the question sets aside, where others are left."""
    aside = _SET_ASIDE.search(text)
    if aside is None:
        return mentions
    kept = tuple(m for m in mentions if m.end <= aside.start() or m.start >= aside.end())
    return kept or mentions


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
