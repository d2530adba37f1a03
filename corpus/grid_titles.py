"""What stands above a grid: its title, its number, its unit, and how many lines that takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.layout import Grid, Line
from corpus.table_numbers import is_table_number, leading_number
from corpus.tokens import plain

_MARK = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、.．])\s*"
)
_ANNEX = re.compile(r"附件?\s*[\d一二三四五六七八九十]{1,3}[:：]?")
_UNIT = re.compile(
    r"(?:金额)?单位\s*[:：]?\s*(?P<unit>(?:人民币)?(?:亿|千万|百万|万|千)?(?:美元|元))(?![\u4e00-\u9fff])"
)
_WHO = re.compile(r"(?:编制|填报|公开|预算)?(?:部门|单位)(?:名称)?\s*[:：]|制表日期|填报日期")
_TABLE = re.compile(r"表(?:\s*[（(][^（）()]{1,12}[）)])*\s*$")
_SENTENCE = re.compile(r"[。；;，,]$")
_REACH = 8  # lines above a grid that may belong to it
_LONGEST = 45
_SHORT = 14  # characters: a title's second line is at most so long


@dataclass(frozen=True, slots=True)
class Heading:
    """What names a table. `lines` counts the lines above the grid that it takes up."""

    title: str = ""
    number: str = ""
    unit: str = ""
    lines: int = 0


def above(blocks: Sequence[Line | Grid], at: int) -> Heading:
    """The heading in the lines just above the grid `blocks[at]`."""
    lead = _lead(blocks, at)
    unit = next((u for line in lead if (u := unit_in(line.text))), "")
    number, title, used = "", "", 0
    for k, line in enumerate(lead):
        text = _without_unit(line)
        printed, end = leading_number(text)
        if printed and not number:
            number, used = printed, k + 1
        rest = text[end:].strip()
        if rest and not title:
            upper = _first_half(lead, k, rest)
            if is_title(upper + rest):
                number = number or number_in(upper)
                title = upper[leading_number(upper)[1] :] + rest
                used = k + 1 + bool(upper)
        elif title and not printed:
            break
    if not title:
        title, used = _plain_title(lead, used)
    last = max((k + 1 for k, line in enumerate(lead[: used + 3]) if _belongs(line.text)), default=0)
    return Heading(_tidy(title), number, unit, max(used, last))


def _lead(blocks: Sequence[Line | Grid], at: int) -> list[Line]:
    """The lines above the grid, the nearest first, as far as they may belong to it."""
    lead: list[Line] = []
    for block in reversed(blocks[max(0, at - _REACH) : at]):
        if isinstance(block, Grid) or _SENTENCE.search(block.text):
            break
        lead.append(block)
    return lead


def _plain_title(lead: Sequence[Line], used: int) -> tuple[str, int]:
    """The line above the unit's, where it names the table in other words than 表."""
    at = next((k for k, line in enumerate(lead) if unit_in(line.text)), None)
    own = _without_unit(lead[at]) if at is not None else ""
    if at is None or (own != lead[at].text.strip() and own):
        return own, used if at is None else max(used, at + 1)
    for k, line in enumerate(lead[at + 1 : at + 3], at + 1):
        text = line.text.strip()
        if not _belongs(text) and not _MARK.match(text) and 5 <= len(plain(text)) <= _LONGEST:
            return text, k + 1
    return "", used


def _without_unit(line: Line) -> str:
    """The line's text without the unit, or the body, that is printed on the same height."""
    words = [word.text for word in line.words] or line.text.split()
    kept = [word for word in words if not unit_in(word) and not _WHO.search(plain(word))]
    return " ".join(kept) if len(kept) < len(words) else line.text.strip()


def _first_half(lead: Sequence[Line], k: int, text: str) -> str:
    """The line above a short one, if the two are a title broken over two lines, else ""."""
    if k + 1 >= len(lead) or len(text) > _SHORT or _MARK.match(text):
        return ""
    upper, here = lead[k + 1], lead[k]
    same = upper.size == here.size > 0 and upper.page == here.page
    near = here.top - upper.top <= 2.6 * here.size
    if not same or not near or is_title(upper.text) or _belongs(upper.text):
        return ""
    return upper.text.strip()


def is_title(text: str) -> bool:
    """Whether a line reads like the title of a table: 收入预算总表, 支出决算表（按功能分类）."""
    bare = plain(text)
    if _WHO.search(bare) and not _TABLE.search(bare):
        return False
    return _TABLE.search(bare) is not None and 3 <= len(bare) <= 60 and not is_table_number(bare)


def unit_in(text: str) -> str:
    """The unit of money that a line announces: 单位：万元. "" if it announces none."""
    found = _UNIT.search(plain(text)) or re.search(
        r"[（(](?P<unit>(?:亿|万|千)?元)[）)]$", plain(text)
    )
    return found["unit"].removeprefix("人民币") if found else ""


def number_in(text: str) -> str:
    """The number of the table that a line prints: 公开03表, 表十二."""
    return leading_number(text)[0]


def _belongs(text: str) -> bool:
    """Whether a line only serves the table below it: its unit, its number, who filled it in."""
    bare = plain(text)
    return bool(
        unit_in(text) or _WHO.search(bare) or is_table_number(bare) or _ANNEX.fullmatch(bare)
    )


def _tidy(title: str) -> str:
    return re.sub(r"\s+", "", _MARK.sub("", title))
