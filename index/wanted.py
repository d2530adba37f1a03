"""What is searched for: a question as each leg is given it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from corpus.model import Identity
from index.masking import without_names

if TYPE_CHECKING:
    from opencc import OpenCC


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question, and the words the reports use for what it says otherwise."""

    text: str
    also: tuple[str, ...] = ()

    @property
    def lexical(self) -> str:
        """What the lexical leg looks for."""
        return " ".join((self.text, *self.also))

    def without_names(self, identities: Iterable[Identity]) -> Wanted:
        """The same without the bodies' names, which say nothing once the scope is settled."""
        return replace(self, text=without_names(self.text, identities))


def simplified(text: str) -> str:
    """`text` in simplified characters, which reports are written in."""
    try:
        text.encode("gb2312")  # all simplified, without loading a converter
    except UnicodeEncodeError:
        return str(_converter().convert(text))
    return text


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
