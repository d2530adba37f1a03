"""Whether a text layer is text: fonts without a proper Unicode map give signs instead."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_NEUTRAL = re.compile(r"[\d\s.,，。、；：:;%％（）()“”\"\-—–·…/《》【】\[\]]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\u0080-\u009f\ufffd]")
_COMMON = re.compile(r"[的一年月元万出入收支预决算财政项目部门单位]")


def scrambled(text: str) -> bool:
    """Whether the text of a Chinese report holds (almost) no Chinese words.

    True as well when Han characters are there but none of those that every report uses: a font
    whose map is shifted gives real characters that say nothing.
    """
    words = _NEUTRAL.sub("", text)
    if not words:
        return False
    han = _HAN.findall(words)
    if len(han) < 0.2 * len(words) or len(_PRIVATE.findall(words)) > 0.3 * len(words):
        return True
    return len(han) > 300 and len(_COMMON.findall(words)) < 0.01 * len(han)
