"""What a report speaks of beyond one body in one year: the years and the areas of a government.

A city's report to its congress tells how one budget was carried out and lays the next before it,
for the whole city (全市) and for its own level (市级, 市本级). A department's has one year only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus import Identity, Kind, Level, Report

WHOLE, OWN = "area.whole", "area.own"

_YEAR = re.compile(r"20[0-4]\d")
_CARRIED_OUT = re.compile(r"执行情况|财政决算|收支决算")
_AREA = re.compile(
    r"(?P<whole>全[市省区县州旗盟]|全自治[区州]|全地区|"
    r"\b(?:city|province|county|district|prefecture)[- ]?wide\b|"
    r"\b(?:whole|entire) (?:city|province|county|district|prefecture)\b)|"
    r"(?P<own>[市省区县州盟](?:本)?级|地区级|(?<!基)本级|[市省区县州]直(?!接)|"
    r"\b(?:municipal|provincial|county|city|district|prefecture)[ -]level\b|"
    r"(?<= at )(?:the )?(?:municipal|provincial|prefectural) level|\bown[- ]level\b)"
)
_AREA_HEAD = re.compile(
    r"^(?:(?:省|国家|中央|上级|财政部|国务院|省政府|省财政厅)(?:批准|核定|下达|核准|批复)(?:我|本)?[省市区县州]?的?)?"
    r"(?:[末底]|初(?!步))?(?:全[市省区县州旗盟]|全自治[区州]|全地区|地区本级|[市省区县州盟]本?级|本级|[市省区县州]直|"
    r"(?:我|本)[省市区县州])?(?=[\u4e00-\u9fff])"
)
_PLACE = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?)?"
    r"(?P<name>[\u4e00-\u9fff]{2,10}(?:开发区|度假区|管理区|示范区|新区|高新区|工业园|园区))"
    r"(?:20\d\d年)?(?:[\u4e00-\u9fff]{0,4}(?:预算|决算|收支)[\u4e00-\u9fff]{0,8})?"
)


@lru_cache(maxsize=4096)
def covered(identity: Identity) -> tuple[int, ...]:
    """The years that a report has figures of its own for, ascending; empty where none is known."""
    own = {identity.year} - {None}
    if identity.level is Level.GOVERNMENT and identity.year:
        said = {int(y) for y in _YEAR.findall(identity.title)}
        own |= {y for y in said if identity.year <= y <= identity.year + 1}
    return tuple(sorted(y for y in own if y))


@lru_cache(maxsize=4096)
def told_of(identity: Identity) -> tuple[int, ...]:
    """The years that a government's report may tell of where none is asked for.

    A budget for a year also says how the year before it was carried out.
    """
    years = set(covered(identity))
    if identity.level is Level.GOVERNMENT and identity.kind is Kind.BUDGET and identity.year:
        years.add(identity.year - 1)
    return tuple(sorted(years))


@lru_cache(maxsize=1024)
def planned(report: Report) -> bool:
    """Whether the plain amounts of a report are planned ones: a budget not yet carried out."""
    identity = report.identity
    if identity.kind is not Kind.BUDGET:
        return False
    told = (identity.title, *(t.title for t in report.tables))
    return not (identity.level is Level.GOVERNMENT and any(map(_CARRIED_OUT.search, told)))


def year_said(text: str) -> int | None:
    """The first year that a header or title names; None where it names none."""
    found = _YEAR.search(text)
    return int(found.group(0)) if found else None


def area_said(texts: Iterable[str]) -> str:
    """The area that the first telling text names, the nearest first; "" where none does."""
    for text in texts:
        found = {"whole" if m.group("whole") else "own" for m in _AREA.finditer(text)}
        if len(found) == 1:
            return WHOLE if "whole" in found else OWN
    return ""


_PERIOD = re.compile(r"(?P<plan>十[二三四五六]五)(?!规划|[”\"]?[末初]|开局|收官)|五年(?!规划|计划)")


def period_said(text: str) -> str:
    """The years together that a question asks about: 十四五, or 五年; "" where it names none."""
    found = _PERIOD.search(text)
    return (found.group("plan") or "五年") if found else ""


def without_area(label: str) -> str:
    """A label without the area at its head: 全市一般公共预算收入 is 一般公共预算收入."""
    return _AREA_HEAD.sub("", label) or label


def blanked(text: str) -> str:
    """A question with the areas that it names blanked out: they name no account."""
    return _AREA.sub(lambda m: " " * len(m.group(0)), text)


@lru_cache(maxsize=4096)
def place_of_heading(path: tuple[str, ...]) -> str:
    """The zone whose own accounts a section gives (a development zone), or ""."""
    for heading in path:
        found = _PLACE.fullmatch(heading.strip())
        if found:
            return found.group("name")
    return ""
