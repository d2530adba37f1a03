"""Figures as reports print them: exact decimals, their units, and where they stand.

Every value is a `Decimal` in the unit printed beside it; nothing is converted on reading.
Full-width digits, thousands separators of either width and Chinese numerals are understood.
Dates, account codes, list numbers and ordinals are not quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.model import Quantity
from corpus.wording import wording

_NARROW = str.maketrans("０１２３４５６７８９．％－−–＋，（）", "0123456789.%---+,()")
_SCALES = {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "百": 2, "": 0}
_SCALE = "|".join(sorted((key for key in _SCALES if key), key=len, reverse=True))
MONEY = frozenset({"元", "千元", "百万元", "万元", "千万元", "亿元", "万亿元"})
_ALONE = "%|‰|个百分点|百分点"


def _unit_pattern() -> str:
    breakers = wording().unit_breakers
    counted = []
    for unit in sorted((*wording().units, "元"), key=len, reverse=True):
        escaped = re.escape(unit.translate(_NARROW))
        counted.append(f"{escaped}(?!{'|'.join(breakers[unit])})" if unit in breakers else escaped)
    return f"{_ALONE}|(?:{_SCALE})?(?:{'|'.join(counted)})|(?:万亿|亿|万)(?!\\d|户|里)"


_UNIT = _unit_pattern()
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z第前])(?<!第\s)(?<!\d,)(?P<sign>(?<![\d%\])A-Za-z])[-+])?\s*(?P<number>{_DIGITS})"
    rf"\s*(?:多|余|几)?\s*(?P<unit>{_UNIT})"
)
_CODE = re.compile(r"0\d")  # 01项, 05款: an account's code, not a count
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_HAN_DIGITS |= {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_HAN_DIGITS |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
_HAN_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_NUMBER = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点]"
_HAN_FIGURE = re.compile(
    rf"(?P<share>百分之)(?P<part>{_HAN_NUMBER}+)"
    rf"|(?P<number>{_HAN_NUMBER}+?)(?:多|余)?(?P<unit>(?:万亿|亿|万)?元(?!旦|件|素))"
)
_CELL = re.compile(rf"(?P<sign>[-+])?(?P<number>{_DIGITS})(?P<percent>%)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity in a text; `start` and `end` bound number and unit."""

    start: int
    end: int
    quantity: Quantity

    @property
    def unit(self) -> str:
        """The unit as printed, full-width signs made narrow."""
        return self.quantity.unit


def find_quantities(text: str) -> tuple[Found, ...]:
    """Every figure with a unit, in order of position; overlapping readings keep the longer."""
    narrow = text.translate(_NARROW)
    found = [_arabic(narrow, text, match) for match in _FIGURE.finditer(narrow)]
    found += [_chinese(match) for match in _HAN_FIGURE.finditer(text)]
    kept: list[Found] = []
    for item in sorted((f for f in found if f), key=lambda f: (f.start, -f.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _arabic(narrow: str, text: str, match: re.Match[str]) -> Found | None:
    number, unit = match["number"], match["unit"]
    if _CODE.fullmatch(number) or (unit == "项" and _in_code(narrow, match)):
        return None
    if unit == "个百分点":
        unit = "百分点"
    start = match.start("sign") if match["sign"] else match.start("number")
    value = Decimal(number.replace(",", ""))
    written = text[start : match.end()]
    unit = unit.replace("(", "（").replace(")", "）")
    return Found(
        start, match.end(), Quantity(-value if match["sign"] == "-" else value, unit, written)
    )


def _in_code(narrow: str, match: re.Match[str]) -> bool:
    """Whether the figure is the last link of 类（款）（项）: （13项）."""
    before, after = narrow[: match.start("number")], narrow[match.end() :]
    return before.endswith("(") and after.startswith(")") and len(match["number"]) == 2


def _chinese(match: re.Match[str]) -> Found | None:
    numeral = match["part"] or match["number"]
    value = parse_numeral(numeral)
    if value is None:
        return None
    unit = "%" if match["share"] else match["unit"]
    return Found(match.start(), match.end(), Quantity(value, unit, match.group()))


def parse_numeral(text: str) -> Decimal | None:
    """A Chinese numeral's value (一千五百 is 1500, 三点五 is 3.5), None if it is not one."""
    whole, _, fraction = text.partition("点")
    if not whole or any(char not in _HAN_DIGITS for char in fraction):
        return None
    value = _whole_numeral(whole)
    if value is None or ("点" in text and not fraction):
        return None
    digits = "".join(str(_HAN_DIGITS[char]) for char in fraction)
    return Decimal(f"{value}.{digits}") if digits else Decimal(value)


def _whole_numeral(text: str) -> int | None:
    for mark, factor in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(mark)
        if found:
            high = _whole_numeral(head) if head else None
            low = _whole_numeral(tail) if tail else 0
            return None if high is None or low is None else high * factor + low
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    total, digit, bare = 0, 0, len(text) == 1
    for position, char in enumerate(text):
        if char in _HAN_DIGITS:
            if digit and not bare:
                return None
            digit = _HAN_DIGITS[char]
        elif char in _HAN_POWERS:
            if not digit and position:
                return None
            total += (digit or 1) * _HAN_POWERS[char]
            digit = 0
        else:
            return None
    return total + digit


def parse_number(text: str) -> Decimal | None:
    """The value of a table cell: separators, full-width digits, (12.3) as negative, 5% as 5.

    None where the text is not a plain figure (blank, a dash, words).
    """
    narrow = re.sub(r"\s", "", text.translate(_NARROW))
    bracketed = re.fullmatch(r"\(([\d,.]+%?)\)", narrow)
    match = _CELL.fullmatch(bracketed[1] if bracketed else narrow)
    if match is None:
        return None
    value = Decimal(match["number"].replace(",", ""))
    return -value if bracketed or match["sign"] == "-" else value


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """The same quantity in another scale of the same unit: 万元 to 元, 亿元 to 万元, 万人 to 人.

    Exact. Raises `ValueError` when the units do not measure the same thing.
    """
    power, base = _split_scale(unit)
    target, other = _split_scale(to)
    if base != other:
        raise ValueError(f"{unit} cannot be converted to {to}")
    return value * Decimal(10) ** (power - target)


def _split_scale(unit: str) -> tuple[int, str]:
    narrow = unit.translate(_NARROW)
    if narrow.startswith("百分点"):
        return 0, narrow
    for scale in sorted(_SCALES, key=len, reverse=True):
        if scale and narrow.startswith(scale) and narrow != scale + "分点":
            return _SCALES[scale], narrow[len(scale) :]
    return 0, narrow
