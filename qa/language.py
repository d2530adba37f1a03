"""The question as written, made comparable: simplified characters, half width, one script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from qa.dates import spelt

if TYPE_CHECKING:
    from opencc import OpenCC

Language = Literal["zh", "en"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_SPACE_BETWEEN_HAN = re.compile(
    r"(?<=[\u3400-\u9fff“”（）《》，。、？])\s+(?=[\u3400-\u9fff“”（）《》，。、？\d])"
    r"|(?<=\d)\s+(?=[\u3400-\u9fff])"
)
_CHINESE_FRAME = re.compile(r"多少|什么|怎么|哪|几|吗|呢|为何|为啥|如何|是否|有没有|了$|请|是啥|的")
_LATIN_WORD = re.compile(r"[a-z][a-z'-]+")
_CHINESE_NUMBER = re.compile(
    r"[零一二两三四五六七八九十百千万亿]{2,}(?:点[零一二三四五六七八九]+)?(?=[万亿]?元|块|人|笔|份|%|$)"
)


# Spoken question words, as the cues write them.
# 三千多万, 一百来块: an amount in words, which names nothing.
AMOUNT_SAID = re.compile(
    r"[一二两三四五六七八九十百千几]*[十百千](?:多|几|来|余|好几)?[万亿]?(?![\u3400-\u9fff]?[户人])|"
    r"[一二两三四五六七八九几](?:万|亿|个亿)(?:多|余)?(?![\u3400-\u9fff]?[户人])"
)
_WRITTEN = {
    "啥样": "怎么样",
    "啥时候": "什么时候",
    "啥": "什么",
    "咋样": "怎么样",
    "咋": "怎么",
    "甚么": "什么",
    "几多": "多少",
    "好多钱": "多少钱",
    "多钱": "多少钱",
    "统共": "一共",
    "拢共": "一共",
    "合共": "一共",
    "孰多": "哪个多",
    "孰高": "哪个高",
    "哪头": "哪个",
    "几何": "多少",
    "俩": "两个",
    "一样不": "一样吗",
}
_SPOKEN = re.compile("|".join(_WRITTEN))
_AMOUNT_IS = re.compile(r"(?<=[额数率值])为何(?=[?？]?$)")  # what it is, not why
# 二零二四年, 二四年: a year spoken digit by digit; 这二三年 is a span.
_YEAR_SAID = re.compile(
    r"(?<![一二三四五六七八九十零〇第这近])(?:二[零〇])?([一二])([零〇一二三四五六七八九])年(?!来|内|以|间|之)"
)
_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0"}


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was asked: `raw` as typed, `text` made comparable, `language` to answer in."""

    raw: str
    text: str
    language: Language


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Half-width, simplified, lower-case Latin; the brackets of reports stay full-width."""
    folded = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return str(_converter().convert(folded)).lower()


_BRACKETS = str.maketrans(
    {"(": "（", ")": "）", "∶": ":", "｡": "。", "「": "“", "」": "”", "『": "“", "』": "”"}
)


def digits_of_chinese_numbers(text: str) -> str:
    """Chinese numerals that stand before a unit become digits: 一千五百万元 -> 15000000元."""
    return _CHINESE_NUMBER.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    import cn2an

    try:
        return str(cn2an.cn2an(match.group(0), "smart"))
    except (ValueError, KeyError):  # the latter on some spoken forms: 一亿一
        return match.group(0)


def utterance(raw: str) -> Utterance:
    """`raw` ready for understanding; never fails, an empty question stays empty."""
    text = simplify(raw).strip()
    text = _SPACE_BETWEEN_HAN.sub("", text)
    text = digits_of_chinese_numbers(text.replace('"', "").replace("'s ", "'s "))
    text = _SPOKEN.sub(lambda m: _WRITTEN[m.group(0)], _AMOUNT_IS.sub("是多少", text))
    text = _YEAR_SAID.sub(lambda m: f"20{_DIGIT[m[1]]}{_DIGIT[m[2]]}年", text)
    return Utterance(raw=raw, text=spelt(text), language=language_of(text))


def language_of(text: str) -> Language:
    """The language to answer in: that of the question's frame, not of the names inside it."""
    latin = len(_LATIN_WORD.findall(text))
    if not _HAN.search(text):
        return "en" if latin else "zh"
    if _CHINESE_FRAME.search(text):
        return "zh"
    return "en" if latin >= 2 else "zh"
