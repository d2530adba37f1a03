"""When two names mean the same account: the comparable core of a label."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、．](?!\d)|其中[:：]?|减[:：]|加[:：])+"
)
_RANK = re.compile(r"[（(](?:类|款|项|本级|\d+[类款项])[）)]")
_REMARK = re.compile(r"（(?:以|按)[^（）]*(?:为准|口径)）")  # 政府采购金额（以合同签订为准）
_NOISE = re.compile(r"[\s“”\"'‘’「」:：,，。、;；?？!！]+")
_BODY_YEAR = re.compile(r"^(?:20\d\d年?度?[末底]?|本年度?|当年|全年|年度|年[末底])")
_SUFFIX = re.compile(r"(?:支出|经费|费用|费|合计|数额|数|预算|决算|金额|总额|情况|安排)$")
_KEEP = 3  # a core shorter than this says too little: 基本支出 is not 基本


@lru_cache(maxsize=65536)
def core(label: str) -> str:
    """The part of a label that names the account, without numbering, rank marks or 支出/费/合计.

    Two labels with the same core name the same account: 社会保障和就业（类）支出 and
    八、社会保障和就业支出 both come back as 社会保障和就业.
    """
    text = bare(label)
    while (shorter := _SUFFIX.sub("", text)) != text and len(shorter) >= _KEEP:
        text = shorter
    return text


@lru_cache(maxsize=65536)
def bare(label: str) -> str:
    """A label without numbering, rank marks, years, spaces and quotation marks."""
    text = unicodedata.normalize("NFKC", label).replace(" ", "").translate(_BRACKETS)
    text = _REMARK.sub("", _RANK.sub("", _NUMBERING.sub("", text)))
    return _BODY_YEAR.sub("", _NOISE.sub("", text)) or text


_BRACKETS = str.maketrans("()", "（）")


def grams(text: str, sizes: tuple[int, ...] = (1, 2)) -> dict[str, int]:
    """Character n-grams of the Han and digit runs of `text`, with their counts."""
    found: dict[str, int] = {}
    for run in re.findall(r"[\u3400-\u9fff]+|[a-z]+|\d+", text):
        if not ("\u3400" <= run[0] <= "\u9fff"):
            found[run] = found.get(run, 0) + 1
            continue
        for size in sizes:
            for start in range(len(run) - size + 1):
                gram = run[start : start + size]
                found[gram] = found.get(gram, 0) + 1
    return found
