"""Days that a question names: only a report that speaks of the day can answer."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.plan import Scope

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_ENGLISH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?|(?P<end>(?:the )?end of ))?"
    rf"(?P<month>{_MONTH})"
    rf"(?: (?P<after>\d{{1,2}})(?:st|nd|rd|th)?)?,? (?P<year>20\d\d)\b"
)
_DAY = re.compile(r"(20\d\d)年(\d{1,2})月(?:(\d{1,2})日|底|末)")
_SPOKEN_OF = 6  # reports whose text is searched for a day


def spelt(text: str) -> str:
    """`text` with its English days as reports write them: 31 august 2024 -> 2024年8月31日."""
    return _ENGLISH.sub(_chinese, text)


def _chinese(found: re.Match[str]) -> str:
    year, month = int(found["year"]), _MONTHS[found["month"]]
    day = found["day"] or found["after"]
    if found["end"]:
        day = str(calendar.monthrange(year, month)[1])
    return f"{year}年{month}月{int(day)}日" if day else f"{year}年{month}月"


def days_of(text: str) -> tuple[str, ...]:
    """The days that a question names, as 2024年8月31日; the end of a month is its last day."""
    return tuple(_whole(found) for found in _DAY.finditer(text))


def _whole(found: re.Match[str]) -> str:
    year, month = int(found[1]), int(found[2])
    last = calendar.monthrange(year, min(month, 12))[1] if month else 31
    return f"{year}年{month}月{int(found[3] or last)}日"


def on_the_day(scope: Scope, text: str, read: Callable[[str], str]) -> tuple[Scope, str]:
    """The scope narrowed to reports that speak of the day; the day itself where none does."""
    days = days_of(text)
    if not days or scope.missing is not None or len(scope.reports) > _SPOKEN_OF:
        return scope, ""
    told = tuple(r for r in scope.reports if any(d in _close(read(r)) for d in days))
    return (replace(scope, reports=told), "") if told else (scope, days[0])


def _close(text: str) -> str:
    return re.sub(r"\s", "", text)
