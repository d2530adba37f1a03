"""Who, which year, 决算 or 预算: resolved against the store before anything is searched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Kind, Level
from index import ReportCard
from qa.bodies import (
    Named,
    english_bodies,
    foreign_of,
    masked,
    misheard,
    named_bodies,
    of_another_city,
    unknown_body,
    within_body,
    without_places,
)
from qa.coverage import covered
from qa.plan import Missing, Scope

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?!度?来|内|间|里)")
_DATE = re.compile(r"20\d\d年\d{1,2}月")  # a day, not a fiscal year
_BASIS_YEAR = re.compile(
    r"(?:比|较|与|同|跟)(20\d\d)年?度?(?:预算|决算|执行数|完成数|预计数|快报数|年初预算)?(?=相比|比|多|少|增|减|降|高|低|差|涨|变|上升|升|抬|缩)"
)
_SHORT_SPAN = re.compile(r"(?<!\d)([12]\d)年?(?:到|至|-|—|~|～)(?:20)?([12]\d)年")
_SHORT_LIST = re.compile(
    r"(?<!\d)(2\d)(?:年?[、,，和与](2\d))?年?(?:、|,|，|和|与|还是|或|跟)(2\d)年"
)
_CARRIED_TO = re.compile(
    r"(?:结转|留|转)(?:到|至|入|给)?20\d\d|carr(?:y|ied) (?:forward|over)?\s?(?:in)?to 20\d\d"
)
_YEAR_AFTER = re.compile(
    r"再?(?:往|之|向)?后一年|次年|第二年|the (?:following|next) year|a year later"
)
_YEAR_SPAN = re.compile(r"(20\d\d)年?(?:到|至|-|—|~|～|to)(20\d\d)")
_EXECUTED = re.compile(
    r"执行(?!局|队|主体|单位|委|标准|制度|法|力|公务)|实际(?:花|用|支出|开支|发生)|\b(?:executed|execution|actual(?:ly)?)\b"
)
_NEXT_YEAR = re.compile(r"明年|下一?年|next year")
_BEFORE_LAST = re.compile(r"前年")


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
    named = named_bodies(text, cards) or english_bodies(raw, text, cards) or misheard(text, cards)
    named = without_places(named, cards)
    if elsewhere := of_another_city(text, named, cards):
        return Resolved(_absent("body", elsewhere, cards), text)
    hidden = masked(text, named)
    foreign = next((f for n in named if (f := foreign_of(hidden, text, n, cards))), "")
    if foreign:
        return Resolved(_absent("body", foreign, cards), text)
    if unknown := unknown_body(hidden, raw, cards, texts):
        return Resolved(_absent("body", unknown, cards), hidden)
    bodies = {n.body for n in named}
    pool = [c for c in cards if c.identity.body in bodies] if named else list(cards)
    if not named and carried and carried.reports:
        pool = _same_bodies(pool, carried)
    scope = _narrow(text, pool, bool(named), carried)
    return Resolved(_of_each(scope, named, pool), hidden, within_body(hidden, cards))


def _of_each(scope: Scope, named: Sequence[Named], pool: Sequence[ReportCard]) -> Scope:
    """The scope, unless one of several bodies named has no report of the year asked for."""
    held = {c.identity.body for c in pool if c.id in scope.reports or _tells(c, scope.years)}
    for place in {n.start for n in named} if scope.years and not scope.missing else ():
        bodies = [n.body for n in named if n.start == place]
        if held and not held & set(bodies):
            own = [c for c in pool if c.identity.body in bodies]
            years = tuple(sorted({str(c.identity.year) for c in own if c.identity.year}))
            asked = bodies[0] + "、".join(map(str, scope.years))
            return replace(scope, reports=(), missing=Missing("year", asked, years))
    return scope


def _tells(card: ReportCard, years: Sequence[int]) -> bool:
    """Whether a government's budget also tells how the year asked for was carried out."""
    identity = card.identity
    government = identity.level is Level.GOVERNMENT and identity.kind is Kind.BUDGET
    return government and (identity.year or 0) - 1 in years


def _telling(
    years: Sequence[int], pool: Sequence[ReportCard], own: Sequence[ReportCard]
) -> list[ReportCard]:
    """Reports of the other bodies that tell of these years though they are of another."""
    bodies = {c.identity.body for c in own}
    rest = [c for c in pool if c.identity.body not in bodies]
    return [c for c in rest if set(covered(c.identity)) & set(years) or _tells(c, years)]


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
    fitting = {c.identity.body for c in pool if _level_fits(text, c)}
    pool = [c for c in pool if c.identity.body not in fitting or _level_fits(text, c)]
    years, prior = _years(text, pool)
    if not years and carried and carried.years and _YEAR_AFTER.search(text):
        years = (carried.years[-1] + 1,)
    wanted = _of_years(years, pool) if years else pool
    if named and years and wanted:
        wanted = wanted + _telling(years, pool, wanted)
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
    text = _CARRIED_TO.sub(" ", _DATE.sub(" ", text))
    told = [covered(c.identity) for c in pool]
    held = sorted({year for years in told for year in years})
    based = [int(y) for y in _BASIS_YEAR.findall(text)]
    text = _BASIS_YEAR.sub(" ", text)
    years = [int(y) for y in _YEAR.findall(text)]
    years += [y for y in based if y in held or not years]
    if based and len(set(years)) == len(set(based)):
        years += [y + 1 for y in based if y + 1 in held]
    years += [2000 + int(y) for y in _SHORT_YEAR.findall(text)]
    for listed in _SHORT_LIST.findall(text):
        years += [2000 + int(y) for y in listed if y]
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


# --- what is missing --------------------------------------------------------------------------


def _absent(what: str, asked: str, cards: Sequence[ReportCard]) -> Scope:
    bodies = tuple(dict.fromkeys(c.identity.body for c in cards))
    return Scope((), missing=Missing(what, asked, bodies[:6]))


def _absent_year(years: tuple[int, ...], pool: Sequence[ReportCard], named: bool) -> Scope:
    held = tuple(str(y) for y in sorted({c.identity.year for c in pool if c.identity.year}))
    asked = "、".join(str(y) for y in years)
    ids = tuple(c.id for c in pool)
    return Scope(ids, years, named_body=named, missing=Missing("year", asked, held))
