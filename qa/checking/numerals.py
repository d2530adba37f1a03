"""Every way in which a text can print a number, brought into one: Arabic digits before a unit.

一百二十万元, １２０万元 and 120万元 are one figure; 两成 is about 20 %, 一半 about 50 %. What is a
number in any script and belongs to no figure is a stray, and a text with a stray is not shown.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from corpus.quantity import parse_numeral
from corpus.wording import wording

_HAN = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_PERCENT = re.compile(rf"百分之([{_HAN}点]+)")
_TENTHS = re.compile(
    rf"(?<![第{_HAN}])([一二两三四五六七八九])成([一二三四五六七八九]|半)?(?![立员为本果功])"
)
_HALF = re.compile(r"(?<![下上前后每多大小过对])一半")
_DOUBLED = re.compile(r"翻了?一番")
_ARTICLE = re.compile(r"一(?:个|种|项|家|次|批|份|张|条|名|位|类|期|年|月)")
_RANGE = re.compile(
    r"\d[\d,.]*\s*(?:[%‰]|[万亿]?元)?\s*(?:-|—|–|~|～|至|到)\s*\d[\d,.]*\s*(?:[%‰]|[万亿]?元)"
    r"|\d[\d,.]*\s*(?:[%‰]|[万亿]?元)[^，。；]{0,4}(?:到|至|和|与)[^，。；]{0,4}\d[\d,.]*\s*(?:[%‰]|[万亿]?元)之间"
)
_NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?|(?<![\d.])[上数几百千][十百千万亿]*元")
_SCALES = {"万", "亿"}


def spelt_out(text: str) -> str:
    """The text with every numeral in ASCII digits; words that only look like numerals stay."""
    plain = "".join(_ascii(char) for char in text)
    plain = _PERCENT.sub(lambda m: _decimal(m[1], m[0], "%"), plain)
    plain = _TENTHS.sub(lambda m: f"约{_tenths(m[1], m[2])}%", plain)
    plain = _DOUBLED.sub("增长约100%", _HALF.sub("约50%", plain))
    return _counted().sub(_arabic, plain.replace("约约", "约"))


def _ascii(char: str) -> str:
    """A decimal digit of any script as ASCII; full-width point, comma and percent sign too."""
    digit = unicodedata.decimal(char, None)
    return str(digit) if digit is not None else _WIDTHS.get(char, char)


_WIDTHS = {"．": ".", "％": "%", "－": "-", "−": "-", "﹪": "%"}


def _decimal(numeral: str, whole: str, unit: str) -> str:
    value = parse_numeral(numeral)
    return whole if value is None else f"{value:f}{unit}"


def _tenths(tens: str, ones: str | None) -> Decimal:
    high = parse_numeral(tens) or Decimal(0)
    low = Decimal(5) if ones == "半" else (parse_numeral(ones) if ones else None) or Decimal(0)
    return high * 10 + low


def _counted() -> re.Pattern[str]:
    units = sorted({*wording().units, "元", "倍", "万元", "亿元"}, key=len, reverse=True)
    return re.compile(
        rf"(?<![第{_HAN}\d.])([{_HAN}]+(?:点[{_HAN}]+)?)"
        rf"(?=(?:多|余|来)?(?:{'|'.join(map(re.escape, units))}))"
    )


def _arabic(match: re.Match[str]) -> str:
    """三辆 is 3辆; 一个 and 一项 are mostly articles; 百, 千 and 万 alone are scales."""
    said, text, end = match[1], match.string, match.end()
    if said == "一" and _ARTICLE.match(text, match.start()):
        return said
    if said[0] in "百千万亿佰仟" or text[max(0, match.start() - 1) : match.start()].isdigit():
        return said
    scale = ""
    if said[-1:] in ("万", "亿") and text.startswith("元", end) and not _SCALES & set(said[:-1]):
        said, scale = said[:-1], said[-1]
    value = parse_numeral(said)
    return match[1] if value is None else f"{value:f}{scale}"


def ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text gives a range instead of a figure: 100万元到120万元."""
    return tuple(match.span() for match in _RANGE.finditer(text))


def numbers(text: str) -> tuple[tuple[int, int], ...]:
    """Where any number stands, whatever its script: digits, ①, Ⅳ, ½, and 上百万元."""
    found = [match.span() for match in _NUMBER.finditer(text)]
    odd = (i for i, char in enumerate(text) if not char.isascii() and _is_numeric(char))
    return tuple(sorted([*found, *((i, i + 1) for i in odd)]))


def _is_numeric(char: str) -> bool:
    """Whether a character is a number by itself; Han numerals are words until they count."""
    return unicodedata.category(char) in ("Nd", "Nl", "No") and char != "〇"
