"""Who, which year, 决算 or 预算: resolved against the store before anything is searched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus import Kind, Level
from index import ReportCard
from qa.coverage import covered
from qa.directory import directory
from qa.plan import Missing, Scope
from qa.vocabulary import BodyKind, body_kinds, cues, spoken

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?!度?来|内|间|里)")
_DATE = re.compile(r"20\d\d年\d{1,2}月")  # a day, not a fiscal year
_BASIS_YEAR = re.compile(
    r"(?:比|较|与|同|跟)(20\d\d)年?度?(?:预算|决算|执行数|完成数|预计数|快报数|年初预算)?(?=相比|比|多|少|增|减|降|高|低|差|涨)"
)
_SHORT_SPAN = re.compile(r"(?<!\d)([12]\d)年?(?:到|至|-|—|~|～)(?:20)?([12]\d)年")
_YEAR_SPAN = re.compile(r"(20\d\d)年?(?:到|至|-|—|~|～|to)(20\d\d)")
_EXECUTED = re.compile(
    r"执行(?!局|队|主体|单位|委|标准|制度|法|力|公务)|实际(?:花|用|支出|开支|发生)|\b(?:executed|execution|actual(?:ly)?)\b"
)
_LAST_YEAR = re.compile(r"去年|上一?年|前一年|last year|previous year|prior year|the year before")
_NEXT_YEAR = re.compile(r"明年|下一?年|next year")
_BEFORE_LAST = re.compile(r"前年")
_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,3}?)([省市区县])(?=[的0-9今去一财政总局委公教卫人民法检街社水城住房发改民统审环农文体交科工商,?和与及里地□]|$)(?!民[^政法宗])"
)
_COMMON_PLACES = re.compile(
    r"(?:社|园|地|辖|城|市|郊|新|山|片|校|景|小|各|全|本|我|开发)[区]|(?:全|本|我|城|各)[市县省]"
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
    r"[的是问我你他她它有在去年看查请那这哪和与跟比纳入属于由给对为到被把向从将按]"
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


@dataclass(frozen=True, slots=True)
class Resolved:
    """The scope, and the question with bodies blanked out so that they link to no account.

    `within` is an organisation that is no body of the store but that a report speaks of: only
    figures whose surroundings name it answer the question.
    """

    scope: Scope
    text: str
    within: str = ""


def resolve(
    text: str,
    raw: str,
    cards: Sequence[ReportCard],
    texts: Sequence[str] = (),
    carried: Scope | None = None,
) -> Resolved:
    """Resolve `text` against `cards`.

    `texts` are the full texts of the candidate reports where they are few: an organisation that
    a report itself writes about is not taken for a body that is missing. `carried` is the scope
    of the turn before.
    """
    named = named_bodies(text, cards) or english_bodies(raw, text, cards)
    named = _without_places(named, cards)
    if elsewhere := _of_another_city(text, named, cards):
        return Resolved(_absent("body", elsewhere, cards), text)
    masked = _mask(text, named)
    foreign = next((f for n in named if (f := _foreign(masked, text, n, cards))), "")
    if foreign:
        return Resolved(_absent("body", foreign, cards), text)
    if unknown := _unknown_body(masked, raw, cards, texts):
        return Resolved(_absent("body", unknown, cards), masked)
    bodies = {n.body for n in named}
    pool = [c for c in cards if c.identity.body in bodies] if named else list(cards)
    if not named and carried and carried.reports:
        pool = _same_bodies(pool, carried)
    scope = _narrow(text, pool, bool(named), carried)
    return Resolved(_of_each(scope, named, pool), masked, _within(masked, cards))


def _without_places(named: Sequence[Named], cards: Sequence[ReportCard]) -> tuple[Named, ...]:
    """The bodies named; a city right in front of one is taken into its name: 云山社保处."""
    places = set(directory(cards).cities.values())
    others = [n for n in named if n.body not in places]
    before = {n.end: n.start for n in named if n.body in places}
    starts = {o.start for o in others}
    kept = [n for n in named if n.body in places and n.end not in starts]
    return (*(replace(o, start=before.get(o.start, o.start)) for o in others), *kept)


def _of_another_city(text: str, named: Sequence[Named], cards: Sequence[ReportCard]) -> str:
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


def _of_each(scope: Scope, named: Sequence[Named], pool: Sequence[ReportCard]) -> Scope:
    """The scope, unless one of several bodies named has no report of the year asked for."""
    held = {c.identity.body for c in pool if c.id in scope.reports}
    for place in {n.start for n in named} if scope.years and not scope.missing else ():
        bodies = [n.body for n in named if n.start == place]
        if held and not held & set(bodies):
            own = [c for c in pool if c.identity.body in bodies]
            years = tuple(sorted({str(c.identity.year) for c in own if c.identity.year}))
            asked = bodies[0] + "、".join(map(str, scope.years))
            return replace(scope, reports=(), missing=Missing("year", asked, years))
    return scope


def _same_bodies(pool: list[ReportCard], carried: Scope) -> list[ReportCard]:
    """All reports of the bodies that the conversation is about: a follow-up may change the year."""
    bodies = {c.identity.body for c in pool if c.id in carried.reports}
    return [c for c in pool if c.identity.body in bodies] or pool


def _narrow(
    text: str,
    pool: list[ReportCard],
    named: bool,
    carried: Scope | None,
) -> Scope:
    kind = _kind(text)
    levels = [c for c in pool if _level_fits(text, c)]
    pool = levels or pool
    years, prior = _years(text, pool)
    wanted = _of_years(years, pool) if years else pool
    if years and _EXECUTED.search(text):
        told = [c for c in pool if c.identity.year and c.identity.year - 1 in years]
        if told and all(_plans(c) for c in pool):
            prior, wanted = True, told  # what a year spent stands in the budget of the next
    if years and not wanted:
        if any(c.identity.year and c.identity.year - 1 in years for c in pool):
            prior, wanted = True, [c for c in pool if (c.identity.year or 0) - 1 in years]
        else:
            return _absent_year(years, pool, named)
    if not years and carried and set(carried.reports) & {c.id for c in wanted}:
        wanted = [c for c in wanted if c.id in carried.reports]
    wanted = _of_kind(kind, wanted)
    return Scope(tuple(c.id for c in wanted), years, prior, named, kind)


def _of_years(years: Sequence[int], pool: list[ReportCard]) -> list[ReportCard]:
    """The reports of these years; where there is none, those that tell of them too."""
    own = [c for c in pool if c.identity.year in years]
    return own or [c for c in pool if set(covered(c.identity)) & set(years)]


def _plans(card: ReportCard) -> bool:
    identity = card.identity
    return identity.kind is Kind.BUDGET and identity.level is not Level.GOVERNMENT


def _of_kind(kind: str, cards: list[ReportCard]) -> list[ReportCard]:
    if not kind:
        return cards
    return [c for c in cards if c.identity.kind.value == kind] or cards


def _kind(text: str) -> str:
    """决算 or 预算 as the kind of report: only where the words stand for the report itself."""
    if re.search(r"决算(报告|公开|说明)?(里|中|的|上)|final accounts?", text):
        return Kind.FINAL.value
    if re.search(r"预算(报告|公开|说明|表)(里|中|的|上)|budget (report|document)", text):
        return Kind.BUDGET.value
    return ""


_OF_DEPARTMENT = re.compile(
    r"部门(预算|决算|本身|整体|口径|层面)|整个部门|department(al)? (budget|final|level)"
)
_OF_UNIT = re.compile(r"单位(预算|决算|本身|口径|层面)|本级|unit (budget|final|level)")


def _level_fits(text: str, card: ReportCard) -> bool:
    """Whether a report is of the level that the text names, where it names one of the two."""
    department, unit = _OF_DEPARTMENT.search(text), _OF_UNIT.search(text)
    if department and not unit:
        return card.identity.level is Level.DEPARTMENT
    if unit and not department:
        return card.identity.level is Level.UNIT
    return True


def _years(text: str, pool: Sequence[ReportCard]) -> tuple[tuple[int, ...], bool]:
    text = _DATE.sub(" ", text)
    told = [covered(c.identity) for c in pool]
    held = sorted({year for years in told for year in years})
    based = [int(y) for y in _BASIS_YEAR.findall(text)]
    text = _BASIS_YEAR.sub(" ", text)
    years = [int(y) for y in _YEAR.findall(text)]
    years += [y for y in based if y in held or not years]
    if based and len(set(years)) == len(set(based)):
        years += [y + 1 for y in based if y + 1 in held]
    years += [2000 + int(y) for y in _SHORT_YEAR.findall(text)]
    for first, last in _YEAR_SPAN.findall(text):
        years += range(int(first), int(last) + 1)
    for first, last in _SHORT_SPAN.findall(text):
        years += range(2000 + int(first), 2000 + int(last) + 1)
    if not years and held:
        latest = held[-1]
        if _NEXT_YEAR.search(text):
            years.append(latest + 1)
        elif _BEFORE_LAST.search(text):
            years.append(latest - 2)
    own = [y for y in years if y in held]
    if based and any(set(years) <= set(t) and len(t) > 1 for t in told):
        return (max(years),), False  # one report tells of both: what is compared comes later
    # "2023 compared with 2022" is about 2023; the earlier year is what it is compared with.
    if own and len(set(years)) > len(set(own)) and min(years) == min(own) - 1:
        years = own
    return tuple(sorted(set(years))), False


def relative_prior(text: str) -> bool:
    """Whether the question speaks of the year before the report's own (去年 …)."""
    return bool(_LAST_YEAR.search(text))


# --- bodies -----------------------------------------------------------------------------------


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
            continue  # 黄石市政府性基金 is the city's 政府性基金
        if at >= 0 and not any(
            at < f.end
            and f.start < at + len(name)
            and f.body != body
            and len(name) < f.end - f.start
            for f in found
        ):
            found.append(Named(body, at, at + len(name)))
    return tuple(found)


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


def _foreign(masked: str, text: str, named: Named, cards: Sequence[ReportCard]) -> str:
    """The place before a short name where it is another body's (江夏区 before 社保处), or ""."""
    said = text[named.start : named.end]
    before = masked[: named.start]
    if said and said[0] in "省市区县":
        before, said = before + said[0], said[1:]
    before = _LEADING.sub("", re.split(r"[和与跟比及]", before)[-1])
    if len(said) <= _KIND_ONLY and (owner := _owner(before, cards)):
        return owner + said
    place = re.search(r"([\u4e00-\u9fff]{2,3})[省市区县]$", before)
    if place is None or _FUNCTION_WORDS.search(place.group(1)):
        return ""
    own = (directory(cards).spelt,)
    known = any(_known(place.group(0)[cut:], own, ()) for cut in range(len(place.group(0)) - 2))
    return "" if known else _LEADING.sub("", place.group(0)) + said


_KIND_ONLY = 3  # a name this short is a kind of body; what stands before it says whose


def _owner(before: str, cards: Sequence[ReportCard]) -> str:
    """The foreign name in front of a mere kind of body (南京铁路运输 before 检察院), or ""."""
    run = re.search(r"[\u4e00-\u9fff]+$", before)
    words = cues().filler.sub(" ", _LEADING.sub("", run.group(0))).split() if run else []
    if not words or not before.endswith(words[-1]) or len(words[-1]) < 2:
        return ""
    if any(before[-size:] in spoken() for size in range(3, len(before) + 1)):
        return ""  # an account stands before the body: 行政单位医疗规资局
    own = directory(cards).spelt
    return "" if words[-1] in own or _FUNCTION_WORDS.search(words[-1]) else words[-1]


def _mask(text: str, named: Sequence[Named]) -> str:
    for name in named:
        text = text[: name.start] + "□" * (name.end - name.start) + text[name.end :]
    return text


def _unknown_body(text: str, raw: str, cards: Sequence[ReportCard], texts: Sequence[str]) -> str:
    """A place or organisation that the question names and no candidate report knows."""
    held = directory(cards)
    names = (held.spelt,)
    for match in _PLACE.finditer(text):
        place = match.group(1) + match.group(2)
        if _FUNCTION_WORDS.search(match.group(1)):
            continue
        if not _COMMON_PLACES.fullmatch(place) and not _known_tail(place, names, texts):
            return _LEADING.sub("", place) or place
    for match in _ORGAN.finditer(text):
        organ = _LEADING.sub("", match.group(0))
        if len(organ) < 3 or _GENERIC_ORGAN.match(organ):
            continue
        if not _known_tail(organ, names, texts) and not any(
            _abbreviates(organ, line) for line in held.spelt.splitlines()
        ):
            return organ
    return _unknown_english(raw, held.spelt)


def _within(text: str, cards: Sequence[ReportCard]) -> str:
    """An organisation named in full that is not a body of the store (its subordinate, say)."""
    names = directory(cards).bodies
    for match in _ORGAN.finditer(text):
        organ = _LEADING.sub("", match.group(0))
        asked = re.search(r"谁|哪|什么|怎么|如何", organ)
        if len(organ) >= _FULL_NAME and not asked and organ not in names:
            return organ
    return ""


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


# --- what is missing --------------------------------------------------------------------------


def _absent(what: str, asked: str, cards: Sequence[ReportCard]) -> Scope:
    bodies = tuple(dict.fromkeys(c.identity.body for c in cards))
    return Scope((), missing=Missing(what, asked, bodies[:6]))


def _absent_year(years: tuple[int, ...], pool: Sequence[ReportCard], named: bool) -> Scope:
    held = tuple(str(y) for y in sorted({c.identity.year for c in pool if c.identity.year}))
    asked = "、".join(str(y) for y in years)
    ids = tuple(c.id for c in pool)
    return Scope(ids, years, named_body=named, missing=Missing("year", asked, held))
