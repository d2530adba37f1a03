"""What a sentence says when it does not matter who says it and how much.

Reports of one kind share their sentences but for the body's name and the figures. A model of
meaning sees them without both: it finds the same passages (as well on 263 questions over five
reports as with the figures, better than with the name, whose length drowns the rest), and what
many reports say is embedded once for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.model import Identity

_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_BRACKETS = {"(": "[(（]", "（": "[(（]", ")": "[)）]", "）": "[)）]"}
_SHORTEST = 3  # shorter forms of a name are parts of other words
_NOBODY = re.compile(r"(?!)")


def masked(text: str, identity: Identity) -> str:
    """`text` with 本单位 for the body's name and # for every figure."""
    return _FIGURE.sub("#", _names(identity).sub("本单位", text))


def without_names(text: str, identities: Iterable[Identity]) -> str:
    """`text` without the names of the bodies; all of it if nothing else would be left."""
    left = text
    for identity in identities:
        left = _names(identity).sub("", left)
    return left.strip() or text


@lru_cache(maxsize=1024)
def _names(identity: Identity) -> re.Pattern[str]:
    forms = {identity.body, *identity.short_names}
    longest = sorted((f for f in forms if len(f) >= _SHORTEST), key=lambda f: (-len(f), f))
    if not longest:
        return _NOBODY
    return re.compile("|".join(_tolerant(form) for form in longest))


def _tolerant(name: str) -> str:
    """The name with brackets of either width and broken at any place."""
    return r"\s*".join(_BRACKETS.get(char, re.escape(char)) for char in name)
