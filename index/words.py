"""Chinese without a segmenter: the field's own terms, character bigrams, numbers and Latin words.

Any text is covered by its bigrams; terms the field or a report uses as a name count once more as
a whole, so that 机关运行经费 outweighs its pieces wherever it stands. `TOKENIZER` names the rules:
change it with them, and indexes made under the old ones are rebuilt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

TOKENIZER = "terms+bigrams-1"

_RUN = re.compile(r"[㐀-鿿豈-﫿々〇]+|[0-9][0-9,]*(?:\.[0-9]+)?|[a-z]+(?:[-'][a-z]+)*")
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分)?、|[(（][一二三四五六七八九十\d]{1,3}[)）]、?|"
    r"\d{1,2}[.、](?!\d)|其中[:：]|[加减][:：])"
)
_SPACE = re.compile(r"\s+")
_HAN = re.compile(r"[㐀-鿿豈-﫿]{2,}")
_LONGEST = 24


def fold(text: str) -> str:
    """`text` with full-width forms and case evened out."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=65536)
def plain_label(label: str) -> str:
    """A row label as it is compared: without width, spaces and leading numbering."""
    folded = _SPACE.sub("", fold(label))
    while True:
        shorter = _NUMBERING.sub("", folded)
        if shorter in ("", folded):
            return folded
        folded = shorter


class Terms:
    """A set of names, found in running text by longest match."""

    def __init__(self, names: Iterable[str]) -> None:
        folded = {part for name in names for part in _HAN.findall(plain_label(name))}
        self.names = frozenset(n for n in folded if 3 <= len(n) <= _LONGEST)
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(self.names, key=lambda n: (-len(n), n)):
            self._by_start.setdefault(name[:2], []).append(name)

    def found(self, run: str) -> Iterator[str]:
        """The names in `run`, each at its longest; a name inside a longer one is found too."""
        for start in range(len(run) - 2):
            for name in self._by_start.get(run[start : start + 2], ()):
                if run.startswith(name, start):
                    yield name
                    break

    def tokens(self, text: str) -> list[str]:
        """The tokens of `text`, repeated as often as they occur."""
        return [token for run in runs(text) for token in self.of_run(run)]

    def of_run(self, run: str) -> list[str]:
        """The tokens of one of the `runs` of a text."""
        if run[0].isascii():
            return [_number(run) if run[0].isdigit() else run]
        if len(run) == 1:
            return [run]
        return [*(run[i : i + 2] for i in range(len(run) - 1)), *self.found(run)]


def runs(text: str) -> list[str]:
    """The stretches of Chinese, the numbers and the Latin words of `text`, folded."""
    found: list[str] = _RUN.findall(fold(text))
    return found


def _number(written: str) -> str:
    """`1,578.60` and `1578.6` are one token."""
    digits = written.replace(",", "")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
