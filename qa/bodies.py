"""The bodies that a question names, in Chinese and English, and those that nobody here knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index import ReportCard
from qa.directory import directory
from qa.vocabulary import BodyKind, body_kinds, cues, spoken

_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,3}?)([省市区县])(?=[的0-9今去一财政总局委公教卫人民法检街社水城住房发改民统审环农文体交科工商,?和与及里地□]|$)(?!民[^政法宗])"
)
_COMMON_PLACES = re.compile(
    r"(?:社|园|地|辖|城|市|郊|新|山|片|校|景|小|各|全|本|我|开发|经开|高新|管理|示范|度假|县市|市辖)[区]|.?(?:地级|省辖|县级|辖县|下辖|直辖)[市县区]|.*[全各本我该][省市区县]|.*(?:经开|开发|高新|管理|示范|度假)区|(?:全|本|我|城|各)[市县省]"
)
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{2,3}[市区县州旗][\u4e00-\u9fff]{1,10}?(?:馆|所|站|队|中心|协会|联合会|学校|幼儿园)|"
    r"[\u4e00-\u9fff]{1,14}?(?:管理局|分局|总局|局|委员会|街道办事处|街道办|街道|镇政府|镇|法院|检察院|管理处|"
    r"福利院|办公厅|社保处|大学|学院|中学|小学|医院|厅|区政府|市政府|县政府)"
)
_ENGLISH_PLACE = re.compile(
    r"\b([A-Z][a-z]{2,})(?:'s)? (?:District|City|County|Province|Bureau|Subdistrict|Street)\b"
)
_LEADING = re.compile(
    r"^(?:为什么|为啥|为何|干嘛|要|请问|推算|倒推|反推|估算|测算|算算|算|推|列出|列|统计|汇总|介绍|说说|讲讲|根据|依据|按照|按|用|一下|下|那么|那|帮我|查|看|问|比较|对比|告诉我|想知道|我想知道|关于|在|和|与|跟|比|的|了|是|有|从|年|度|去|由|给|到|被|"
    r"这个|这家|哪个|哪些|哪家|各个?|每个?|全部|所有|多少个?|几个?|本|我|该|其他|另外|下属|上级|同级|主管|一个|两个|搬到|搬|里)+"
)
_COMMON_END = re.compile(
    r"^.{0,3}(?:管理处|委员会|办事处|管理局|办公室|办公厅|政府|中心|资源局|保障局|发展局|街道办|事务局|监督局|检察院|法院|处|\d.*|市|区|县|省)$"
)
_FUNCTION_WORDS = re.compile(
    r"[的是问我你他她它有在去年看查请那这哪和与跟比纳入属于由给对为到被把向从将按进候时搬占]"
)
_GENERIC_ORGAN = re.compile(
    r"^(?:管理局|分局|总局|局|委员会|委|街道|镇|厅|办公室|大学|学院|医院|机关|法院|检察院|区政府|市政府|县政府|办公厅|管理处|街道办|街道办事处)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A body that the question names, and the stretch of text that does."""

    body: str
    start: int
    end: int


def without_places(named: Sequence[Named], cards: Sequence[ReportCard]) -> tuple[Named, ...]:
    """The bodies named; a city right in front of one is taken into its name: 云山社保处."""
    places = set(directory(cards).cities.values())
    others = [n for n in named if n.body not in places]
    before = {n.end: n.start for n in named if n.body in places}
    starts = {o.start for o in others}
    kept = [n for n in named if n.body in places and n.end not in starts]
    return (*(replace(o, start=before.get(o.start, o.start)) for o in others), *kept)


def of_another_city(text: str, named: Sequence[Named], cards: Sequence[ReportCard]) -> str:
    """A body named with a city that is not its own, as it is said; "" where there is none."""
    cities = directory(cards).cities
    for one in named:
        said = text[one.start : one.end]
        city = next(
            (c for c, body in cities.items() if said.startswith(c) and body != one.body), ""
        )
        own = [i for i in directory(cards).identities if city and i.body == one.body]
        if own and not any(city in i.body + i.region + "".join(i.short_names) for i in own):
            return said
    return ""


_OF_GOVERNMENT = re.compile(r"性|采购|债|购买|投资")


def named_bodies(text: str, cards: Sequence[ReportCard]) -> tuple[Named, ...]:
    """The bodies that `text` names, by full name, short name or abbreviation; longest first."""
    found: list[Named] = []
    held = directory(cards)
    for name, body in held.named(text):
        if name not in held.names and _COMMON_END.match(name):
            continue
        at = text.find(name)
        if name.endswith("办") and text[at + len(name) :][:1] in ("公", "学", "理", "案"):
            continue  # 街道办公费 is the street's 办公费
        if name.endswith("政府") and _OF_GOVERNMENT.match(text, at + len(name)):
            continue  # 云山市政府性基金 is the city's 政府性基金
        if at >= 0 and not any(
            at < f.end
            and f.start < at + len(name)
            and f.body != body
            and len(name) < f.end - f.start
            for f in found
        ):
            found.append(Named(body, at, at + len(name)))
    return tuple(found)


def misheard(text: str, cards: Sequence[ReportCard]) -> tuple[Named, ...]:
    """The body whose name the text has in other characters of the same sound: 检查院 for 检察院."""
    found = directory(cards).heard(text)
    return (Named(*found),) if found is not None else ()


_ENGLISH_NAME = re.compile(r"[A-Z][a-z]{2,}")


def english_bodies(raw: str, text: str, cards: Sequence[ReportCard]) -> tuple[Named, ...]:
    """Bodies named in English: the kind by the vocabulary, the place by its pinyin.

    The places that the question spells out must be the body's; of several that fit, those that
    fit most places are meant.
    """
    kinds = [(kind, w) for kind in body_kinds() for w in kind.english if _names_body(w, text)]
    if len(kinds) > 1:
        return tuple(n for kind in kinds for n in _english_body(kind, raw, text, cards))
    return _english_body(kinds[0] if kinds else None, raw, text, cards)


def _names_body(word: str, text: str) -> bool:
    """Whether the word stands for a body: the social insurance agency line is an account."""
    return word in text and not re.search(rf"{re.escape(word)}s? {_ACCOUNT}\b", text)


_ACCOUNT = r"(?:budget |expenditure |spending )?(?:line|account|item|heading|row|category|subject)"


def _english_body(
    said: tuple[BodyKind, str] | None, raw: str, text: str, cards: Sequence[ReportCard]
) -> tuple[Named, ...]:
    places = {p.lower() for p in _ENGLISH_NAME.findall(raw)}
    scored: dict[str, int] = {}
    for identity in directory(cards).identities:
        body = identity.body
        if said is not None and not any(name in body for name in said[0].names):
            continue
        spoken = _spoken(body + identity.region)
        hits = sum(place in spoken for place in places)
        if hits or said is not None:
            scored[body] = hits
    best = max(scored.values(), default=0)
    start = text.find(said[1]) if said is not None else 0
    end = start + (len(said[1]) if said is not None else 0)
    if said is None and not best:
        return ()
    if said is not None:
        start, end = _whole_name(text, start, end, places)
    return tuple(Named(body, start, end) for body, hits in scored.items() if hits == best)


# English words that only join others in the name of a body.
_NAME_WORDS = {
    "the", "of", "for", "in", "at", "provincial", "municipal", "district", "city",
    "county", "province", "town", "township", "subdistrict", "sub-district", "street",
    "people's", "party", "communist", "cpc", "committee", "government", "central",
    "office", "bureau", "department", "commission", "administration", "local",
}  # fmt: skip
_WORD_BEFORE = re.compile(r"([a-z][a-z'-]*?)(?:'s)?[\s,]+$")
_WORD_BEHIND = re.compile(r"^(?:'s)?[\s,]+([a-z][a-z'-]*)")


def _whole_name(text: str, start: int, end: int, places: set[str]) -> tuple[int, int]:
    """The bounds of a body's English name with the places and titles around its kind."""
    known = _NAME_WORDS | places
    begin, stop = start, end
    while (word := _WORD_BEFORE.search(text[:begin])) and word.group(1) in known:
        begin = word.start(1)
        if word.group(1) not in ("in", "at", "for", "of"):
            start = begin
    while (word := _WORD_BEHIND.match(text[stop:])) and word.group(1) in known:
        stop += word.end()
        if word.group(1) in places or word.group(1) in _TITLES:
            end = stop
    return start, end


_TITLES = {
    "provincial", "municipal", "district", "city", "county", "province", "subdistrict",
    "committee", "office", "bureau", "department", "commission", "government",
}  # fmt: skip


@lru_cache(maxsize=32768)
def _spoken(name: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name))


def foreign_of(masked: str, text: str, named: Named, cards: Sequence[ReportCard]) -> str:
    """The place before a short name where it is another body's (江夏区 before 社保处), or ""."""
    said = text[named.start : named.end]
    before = masked[: named.start]
    if said and said[0] == "省" and not _PROVINCE.search(before):
        before = ""  # 需要省检察院的数: no province stands before the body's own level
    elif said and said[0] in "省市区县":
        before, said = before + said[0], said[1:]
    before = _LEADING.sub("", re.split(r"[和与跟比及]", before)[-1])
    if named.body in directory(cards).cities.values():
        before = ""  # a city's own name is no mere kind of body
    if len(said) <= _KIND_ONLY and (owner := _owner(before, cards)):
        return owner + said
    place = re.search(r"([\u4e00-\u9fff]{2,3})[省市区县]$", before)
    if place is None or _FUNCTION_WORDS.search(place.group(1)):
        return ""
    own = (directory(cards).spelt,)
    known = any(_known(place.group(0)[cut:], own, ()) for cut in range(len(place.group(0)) - 2))
    return "" if known else _LEADING.sub("", place.group(0)) + said


_PROVINCE = re.compile(
    r"(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|"
    r"陕西|甘肃|青海|台湾)$"
)
_KIND_ONLY = 3  # a name this short is a kind of body; what stands before it says whose


def _owner(before: str, cards: Sequence[ReportCard]) -> str:
    """The foreign name in front of a mere kind of body (南京铁路运输 before 检察院), or ""."""
    run = re.search(r"[\u4e00-\u9fff]+$", before)
    words = cues().filler.sub(" ", _LEADING.sub("", run.group(0))).split() if run else []
    if not words or not before.endswith(words[-1]) or len(words[-1]) < 2:
        return ""
    if any(before[-size:] in spoken() for size in range(3, len(before) + 1)):
        return ""  # an account stands before the body: 行政运行档案局
    own = directory(cards).spelt
    return "" if words[-1] in own or _FUNCTION_WORDS.search(words[-1]) else words[-1]


def masked(text: str, named: Sequence[Named]) -> str:
    """The text with the named bodies blanked out, as long as before."""
    for name in named:
        text = text[: name.start] + "□" * (name.end - name.start) + text[name.end :]
    return text


def unknown_body(text: str, raw: str, cards: Sequence[ReportCard], texts: Sequence[str]) -> str:
    """A place or organisation that the question names and no candidate report knows."""
    held = directory(cards)
    names = (held.spelt,)
    for match in _PLACE.finditer(text):
        place = match.group(1) + match.group(2)
        if _FUNCTION_WORDS.search(match.group(1)):
            continue
        common = _COMMON_PLACES.fullmatch(place) or _COMMON_PLACES.fullmatch(
            _LEADING.sub("", place)
        )
        if not common and not _known_tail(place, names, texts):
            return _LEADING.sub("", place) or place
    for match in _ORGAN.finditer(text):
        organ = _LEADING.sub("", re.split("[在说里]", match.group(0))[-1])
        if organ.endswith("政府") and _OF_GOVERNMENT.match(text, match.end()):
            organ = re.split(r"[比占和与跟]", organ.removesuffix("政府"))[
                -1
            ]  # 某县政府债务 is the county's 政府债务
        if len(organ) < 3 or _GENERIC_ORGAN.match(organ):
            continue
        if not _known_tail(organ, names, texts) and not any(
            _abbreviates(organ, line) for line in held.spelt.splitlines()
        ):
            return organ
    return _unknown_english(raw, held.spelt)


def within_body(text: str, cards: Sequence[ReportCard]) -> str:
    """An organisation named in full that is not a body of the store (its subordinate, say)."""
    names = directory(cards).bodies
    for match in _ORGAN.finditer(text):
        organ = _LEADING.sub("", _MOVED_INTO.split(match.group(0))[-1])
        asked = re.search(r"谁|哪|什么|怎么|如何", organ)
        if organ.endswith("政府") and _OF_GOVERNMENT.match(text, match.end()):
            continue
        own = text[: match.start()].endswith("□") and len(organ) > 2 and _OFFICE.search(organ)
        if (own or len(organ) >= _FULL_NAME) and not asked and organ not in names:
            return organ
    return ""


_OFFICE = re.compile(r"(?:厅|局|委员会)$")  # an office of the place that was named: 某省教育厅
_MOVED_INTO = re.compile(r"[进到在搬从]")
_FULL_NAME = 6  # characters from which an organisation's name is no mere kind of body


_WORDS_BEFORE = 4  # characters of other words that a match may have swallowed in front


def _known_tail(name: str, names: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether the name, or what remains without the words before it, is known."""
    tails = [name[cut:] for cut in range(min(_WORDS_BEFORE, max(1, len(name) - 2)))]
    # The names of all bodies first: looking into the texts may mean fetching them.
    return any(_known(t, names, ()) for t in tails) or any(_known(t, (), texts) for t in tails)


def _known(name: str, names: Sequence[str], texts: Sequence[str]) -> bool:
    return any(name in n for n in names) or any(name in t for t in texts)


def _abbreviates(organ: str, name: str) -> bool:
    """Whether the characters of `organ`, its last aside, stand in `name` in this order (社保处)."""
    rest = iter(name)
    return all(char in rest for char in organ[:-1])


def _unknown_english(raw: str, names: str) -> str:
    places = _ENGLISH_PLACE.findall(raw)
    if not places:
        return ""
    spoken = _spoken(names)
    known = {w for kind in body_kinds() for english in kind.english for w in english.split()}
    return next((p for p in places if p.lower() not in spoken and p.lower() not in known), "")
