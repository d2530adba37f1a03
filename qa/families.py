"""Like things that one passage counts: 养老保险净增, 失业保险净增, 工伤保险净增.

People name the members by what tells them apart (养老、失业), once the common part is said too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.gather import MONEY
from qa.ledger import PLAIN, Entry, Ledger, SpanPlace

_TAIL = 2  # characters that the labels must share at their ends
_HEAD = 2  # characters that tell a member apart


@dataclass(frozen=True, slots=True)
class Family:
    """The members of one passage: `items` by their telling heads, and the `tail` they share."""

    tail: str
    unit: str
    items: tuple[tuple[str, str], ...]

    def named_in(self, text: str) -> tuple[tuple[str, str], ...]:
        """The (head, item) pairs that `text` says, where it says what is counted too."""
        said = tuple(pair for pair in self.items if pair[0] in text)
        counted = self.tail[-_TAIL:] in text
        telling = len(self.tail) > _TAIL or len(said) > 1  # 行政 and 单位 stand in many questions
        return said if counted and telling else ()


@lru_cache(maxsize=64)
def families(ledger: Ledger) -> tuple[Family, ...]:
    """Every family of a report, in the order of its text."""
    found = []
    for group in _alike(ledger):
        tail = _common_tail([e.label for e in group])
        heads = [e.label[: len(e.label) - len(tail)] for e in group]
        told = len(set(heads)) == len(heads) and all(len(h) >= _HEAD for h in heads)
        if len(tail) >= _TAIL and told:
            items = tuple((h, e.item) for h, e in zip(heads, group, strict=True))
            found.append(Family(tail, group[0].unit, items))
    return tuple(found)


def _alike(ledger: Ledger) -> Iterable[Sequence[Entry]]:
    """Plain counts of one passage, unit and ending, one entry for each label."""
    groups: dict[tuple[int, str, str], dict[str, Entry]] = defaultdict(dict)
    for entry in ledger.entries:
        counts = entry.unit not in (*MONEY, "%", "")
        if isinstance(entry.place, SpanPlace) and entry.measure == PLAIN and entry.value and counts:
            key = (entry.place.passage, entry.unit, entry.label[-_TAIL:])
            groups[key].setdefault(entry.label, entry)
    return (tuple(g.values()) for g in groups.values() if len(g) > 1)


def _common_tail(labels: Sequence[str]) -> str:
    first = labels[0]
    for size in range(min(map(len, labels)), 0, -1):
        tail = first[-size:]
        if all(label.endswith(tail) for label in labels):
            return tail
    return ""
