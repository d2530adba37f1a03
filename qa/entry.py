"""The one kind of figure that questions are matched against: an `Entry`, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from qa.vocabulary import roles

PLAIN = "amount"
TOTALS = frozenset({"合计", "总计", "总", "小计", ""})


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell's address in its report."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class SpanPlace:
    """A figure's or sentence's address in its report."""

    passage: int
    start: int
    end: int


Place = CellPlace | SpanPlace


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure: `item` measured by `measure`, under the further items of `required`.

    `required` are the columns or groups a question must name to mean this entry (基本支出 of an
    account); `context` are items it may name (一般公共预算). `value` is None for a blank or a text.
    `region` is the part of a government's area that it counts in, "" for the whole or its own;
    `period` names the years that it sums up (十四五), "" for one year.
    """

    report: str
    item: str
    label: str
    required: frozenset[str]
    context: frozenset[str]
    measure: str
    side: str
    value: Decimal | None
    unit: str
    text: str
    code: str
    basis: str
    year: int | None
    place: Place
    path: tuple[str, ...]
    rank: int
    region: str = ""
    period: str = ""

    @property
    def blank(self) -> bool:
        """Whether the report prints nothing, or says that there is nothing, at this place."""
        return self.value is None and not self.text


_WHOLE_UNITS = {"万": "万元", "亿": "亿元"}  # 45.00万 of a table that is in 万元
_BRACKETED = re.compile(r"[（(]([^（）()]+)[）)]")


def whole_unit(unit: str) -> str:
    """A unit without its shorthand: 万 is 万元, and an indicator's （家） is 家."""
    alone = _BRACKETED.fullmatch(unit)
    plain = alone.group(1) if alone else unit
    return _WHOLE_UNITS.get(plain, plain)


@lru_cache(maxsize=4096)
def context_of(title: str) -> frozenset[str]:
    """The items that a title or subject implies (roles.yaml, contexts)."""
    text = title.replace("“", "").replace("”", "").replace(" ", "")
    return frozenset(s for s, words in roles().contexts.items() if any(w in text for w in words))
