"""How publishers number their tables: 公开03表, 财决公开01表, 部门公开表5, 附表1-2, Z08."""

from __future__ import annotations

import re

_WHO = r"(?:部门|单位|政府|财政|财|省级?|市级?|区级?|县级?)?"
_FORM = r"(?:预算?|决算?)?"
_DIGITS = r"\d{1,2}(?:[-—.]\d{1,2})?"
_HAN = r"[一二三四五六七八九十]{1,3}(?!般)"
_LEFT = rf"(?:{_WHO}{_FORM}(?:公开|批复)?|附)"
_NUMBERED = rf"{_LEFT}\s*(?:{_DIGITS}\s*表|表\s*(?:{_DIGITS}|{_HAN}))(?![a-zA-Z\d])"
_PATTERN = rf"(?:{_NUMBERED}|[A-Z]{{1,2}}\d{{2}}(?:[-_]\d)?表?)"
_ALONE = re.compile(rf"[（(]?{_PATTERN}(?:[（(]续表?[）)])?[）)]?")
_BEGINS = re.compile(
    rf"^\s*(?:附件\s*[\d一二三四五六七八九十]*\s*[:：、]?\s*)?[（(]?(?P<number>{_PATTERN})[）)]?"
    r"\s*[:：、.．]?\s*"
)


def is_table_number(text: str) -> bool:
    """Whether a line or cell prints the number of a table and nothing else."""
    return _ALONE.fullmatch(text.strip()) is not None


def leading_number(text: str) -> tuple[str, int]:
    """The number that a line begins with, without blanks, and where the rest of it begins."""
    found = _BEGINS.match(text)
    return (re.sub(r"\s", "", found["number"]), found.end()) if found else ("", 0)
