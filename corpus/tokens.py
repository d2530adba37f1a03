"""What a line of a flattened table is made of: words, whole numbers, amounts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "＂": '"', "『": '"', "』": '"'})
_AMOUNT = r"[-－—−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?"
_WHOLE = re.compile(rf"{_AMOUNT}")
# Amounts printed without a space between them still show where the second decimal ends.
_GLUED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}")
_EDGE = re.compile(
    r"(?P<head>\d[\d,]*(?:\.\d+)?(?![\d.、．)）]))?"
    r"(?P<text>[^\d].*?[^\d.,-]|[^\d.,-])(?P<tail>-?\d[\d,.]*%?)?"
)
_SPLIT_COMMA = re.compile(r"(?<=\d)\s*[,，]\s*(?=\d{3}(?!\d))")
_HAN = r"[\u3400-\u9fff]"
# 合 计: characters spread over their cell. A blank beside a single character is no word border.
_SPREAD = re.compile(rf"(?<!\S{_HAN})(?<={_HAN})\s+(?={_HAN})|(?<={_HAN})\s+(?={_HAN}(?!\S))")
# 1. 公共预算资金: a numeral and its words are one label.
_NUMERAL = re.compile(rf"(?<!\S)(\d{{1,2}}[.、])\s+(?={_HAN})")
# 外交支出33二、国防支出: a number between words, unless it belongs to them (2023年).
_INNER = re.compile(
    rf"(?<={_HAN}|[)）])(\d[\d,.]*\d|\d)(?=(?!年(?!初|末)|月|日|号|个|期|项(?!目)){_HAN}|[(（])"
)
# 1,118.93302商品和服务支出: behind the second decimal begins the next account's code.
_NEXT_CODE = re.compile(rf"(?<=\.\d\d)(?=\d{{3}}(?:\d\d)?{_HAN})")
_NIL = frozenset({"-", "—", "——", "－", "–", "/"})


class Sort(StrEnum):
    """What a token can be."""

    TEXT = "text"
    WHOLE = "whole"  # digits only: a code, a line number, or an amount without decimals
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Token:
    """One run of text or one number. `line` is the printed line it stands on."""

    text: str
    sort: Sort
    line: int

    @property
    def is_text(self) -> bool:
        """Whether it is words, not a number."""
        return self.sort is Sort.TEXT


def tokens(lines: Iterable[tuple[int, str]]) -> list[Token]:
    """The tokens of numbered lines, in reading order; words that touch stay one token."""
    return [token for number, text in lines for token in _line_tokens(number, text)]


def squeeze(text: str) -> str:
    """The text without any blanks, otherwise as printed."""
    return re.sub(r"\s+", "", text)


def half_width(text: str) -> str:
    """The text with half-width digits, its length unchanged."""
    return text.translate(_WIDE)


def plain(text: str) -> str:
    """A form for comparing labels: no blanks, half-width signs, straight quotes."""
    narrow = unicodedata.normalize("NFKC", squeeze(text).translate(_QUOTES))
    return narrow.replace("∶", ":")


@lru_cache(maxsize=65536)
def number(text: str) -> Decimal | None:
    """The value of a printed amount, percent signs aside; None for words and dashes."""
    bare = text.translate(_WIDE).replace(",", "").replace("，", "").rstrip("%").strip()
    bare = re.sub(r"^[－—−]", "-", bare)
    return Decimal(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None


def decimals(text: str) -> int:
    """How many decimal places a printed amount has."""
    found = re.search(r"\.(\d+)", text.translate(_WIDE))
    return len(found[1]) if found else 0


def _line_tokens(line: int, text: str) -> Iterator[Token]:
    tidy = _NUMERAL.sub(r"\1", _SPLIT_COMMA.sub(",", text.translate(_WIDE)))
    tidy = _NEXT_CODE.sub(" ", _SPREAD.sub("", tidy))
    for chunk in _INNER.sub(r" \1 ", tidy).split():
        yield from _chunk_tokens(line, chunk)


def _chunk_tokens(line: int, chunk: str) -> Iterator[Token]:
    if chunk in _NIL:
        yield Token(chunk, Sort.AMOUNT, line)
    elif _WHOLE.fullmatch(chunk):
        yield Token(chunk, _sort(chunk), line)
    elif _all_glued(chunk):
        yield from (Token(m, Sort.AMOUNT, line) for m in _GLUED.findall(chunk))
    else:
        yield from _mixed(line, chunk)


def _mixed(line: int, chunk: str) -> Iterator[Token]:
    """Words with a number stuck to either end: 2080101行政运行450.20."""
    found = _EDGE.fullmatch(chunk)
    if found is None:
        yield Token(chunk, Sort.TEXT, line)
        return
    for part in (found["head"], found["text"], found["tail"]):
        if not part:
            continue
        if part is found["text"]:
            yield Token(part, Sort.TEXT, line)
        else:
            yield from _chunk_tokens(line, part)


def _sort(chunk: str) -> Sort:
    return Sort.WHOLE if chunk.isdigit() else Sort.AMOUNT


def _all_glued(chunk: str) -> bool:
    return bool(_GLUED.search(chunk)) and not _GLUED.sub("", chunk)
