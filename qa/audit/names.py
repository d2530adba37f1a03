"""Names as the audit compares them: without numbering, quotes, years and widths."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、](?!\d))"
)
_NOISE = re.compile(r"[\s“”\"'‘’《》:、,。;]+")
_OWN_YEAR = re.compile(r"^(?:20\d\d年?度?|本年度?|当年|全年)(?=.)")
_MEASURE = re.compile(r"(?:决算数?|预算数?|总额|合计数|金额)$")
_CHAIN = re.compile(r"([^()，。；：“”、]+?)\(\d{0,3}(类|款|项)\)")
_WIDTH = str.maketrans("（）：，", "():,")


@lru_cache(maxsize=65536)
def bare(label: str) -> str:
    """The comparable form of a label or subject; 支出 and 费 stay."""
    text = unicodedata.normalize("NFKC", label)
    text = _NOISE.sub("", _NUMBERING.sub("", text.strip()))
    return _OWN_YEAR.sub("", re.sub(r"\((?:类|款|项)\)", "", text))


@lru_cache(maxsize=65536)
def subject(name: str) -> str:
    """What a sentence speaks of, without the words that say which figure of it."""
    text = bare(name)
    shorter = _MEASURE.sub("", text)
    return shorter if len(shorter) > 2 else text


@lru_cache(maxsize=65536)
def loose(label: str) -> str:
    """A label without its last word for money, for lists that leave it out: 差旅 for 差旅费."""
    text = re.sub(r"\(.*?\)", "", bare(label))
    shorter = re.sub(r"(?:支出|费用|经费|费)$", "", text)
    return shorter if len(shorter) > 1 else text


@lru_cache(maxsize=8192)
def chain(text: str) -> tuple[str, ...]:
    """The links of the account that a text opens with, 类 first; () where it opens otherwise."""
    first = re.split(r"[。：∶]", text, maxsplit=1)[0].translate(_WIDTH)
    matches = list(_CHAIN.finditer(first))
    if len(matches) < 2 or matches[-1][2] != "项":
        return ()
    return tuple(bare(re.sub(r"^\d{1,2}[.．]", "", m[1].strip('“”"、 '))) for m in matches)
