"""What a report calls its accounts, where nothing is broken: a help for rejoining broken labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.layout import Grid, Line
from corpus.tokens import plain

_MARKS = {3: "类", 5: "款", 7: "项"}
_SAID, _PRINTED = 10.0, 3.0


class AccountNames:
    """The names that prose gives to accounts, and those that unbroken rows of tables print.

    In prose function accounts carry their rank, 行政运行（项）; economic ones are enumerated.
    """

    def __init__(self, blocks: Sequence[Line | Grid]) -> None:
        self._text = "".join(plain(b.text) for b in blocks if isinstance(b, Line))
        self._printed: set[tuple[str, str]] = set()
        self._said = lru_cache(maxsize=None)(self._is_said)

    def learn(self, code: str, label: str) -> None:
        """Remembers the label of a row that stands on one line, with no loose words near it."""
        self._printed.add((code, plain(label)))

    def weight(self, code: str, label: str) -> float:
        """What speaks for this label: much if prose uses it, some if another table prints it."""
        name = plain(label)
        if self._said(code, name):
            return _SAID
        return _PRINTED if (code, name) in self._printed else 0.0

    def _is_said(self, code: str, name: str) -> bool:
        if not name:
            return False
        own = re.escape(name)
        if code.startswith("2"):
            pattern = rf"(?<![\u3400-\u9fff]){own}\({_MARKS.get(len(code), '')}\)"
        else:
            pattern = rf"[、:,]{own}[、,。;]"
        return bool(re.search(pattern, self._text))
