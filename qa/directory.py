"""The bodies of the reports held, arranged once so that finding the one that is meant is quick.

A question is resolved against every report of the store. Going through their names for each
question would make it slower with each report; here a name is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus import Identity, Level
from index import ReportCard

_HEARD = 4  # shorter names sound like too much else
_SHORTEST = 3  # shorter forms of a name are parts of other words
_SHORTEST_PLACE = 2  # save those of a government: 云山 for 云山市


def sound(text: str) -> tuple[str, ...]:
    """The pinyin of each character, without tones; digits and signs stand for themselves."""
    return tuple(map(_syllable, text))


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character))


@dataclass(frozen=True)
class Directory:
    """Names and years of the bodies of some reports."""

    cards: Sequence[ReportCard]

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """One identity for each way in which a body is named, in the order of the reports."""
        found = ((c.identity.body, c.identity.region, c.identity.short_names) for c in self.cards)
        first = dict(zip(found, self.cards, strict=False))
        return tuple(card.identity for card in first.values())

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Name, in lower case -> the bodies that are called so."""
        found: dict[str, dict[str, None]] = {}
        for identity in self.identities:
            government = identity.level is Level.GOVERNMENT
            shortest = _SHORTEST_PLACE if government else _SHORTEST
            for name in (identity.body, *identity.short_names):
                if len(name) >= shortest:
                    found.setdefault(name.lower(), {})[identity.body] = None
        return {name: tuple(bodies) for name, bodies in found.items()}

    @cached_property
    def cities(self) -> dict[str, str]:
        """Short name of a place whose government reports -> that government (云山 -> 云山市)."""
        governments = (i for i in self.identities if i.level is Level.GOVERNMENT)
        return {n: i.body for i in governments for n in i.short_names if len(n) <= _SHORTEST}

    @cached_property
    def endings(self) -> dict[str, str]:
        """The last characters of a body's name -> the body, where no other body ends so."""
        owners: dict[str, set[str]] = {}
        for body in {identity.body for identity in self.identities}:
            for size in (3, 4, 5, 6):
                owners.setdefault(body[-size:], set()).add(body)
        single = ((end, next(iter(bodies))) for end, bodies in owners.items() if len(bodies) == 1)
        return {end: body for end, body in single if len(end) < len(body)}

    @cached_property
    def spelt(self) -> str:
        """Every form of every name with its region, a line for each body."""
        return "\n".join(
            identity.body + identity.region + "".join(identity.short_names)
            for identity in self.identities
        )

    @cached_property
    def bodies(self) -> str:
        """The same without the regions."""
        return "\n".join(i.body + "".join(i.short_names) for i in self.identities)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, (*self.names, *self.endings)), default=0)

    def named(self, text: str) -> Iterator[tuple[str, str]]:
        """(name, body) for each name that stands in `text`, the longest names first."""
        for size in range(min(self._longest, len(text)), _SHORTEST_PLACE - 1, -1):
            for name in dict.fromkeys(text[i : i + size] for i in range(len(text) - size + 1)):
                bodies = dict.fromkeys(self.names.get(name, ()))
                if name in self.endings:
                    bodies[self.endings[name]] = None
                yield from ((name, body) for body in bodies)

    @cached_property
    def _sounds(self) -> dict[tuple[str, ...], str]:
        """How the longer names sound -> the body; those that sound like two bodies left out."""
        owners: dict[tuple[str, ...], set[str]] = {}
        for name, bodies in self.names.items():
            if len(name) >= _HEARD:
                owners.setdefault(sound(name), set()).update(bodies)
        return {s: next(iter(bodies)) for s, bodies in owners.items() if len(bodies) == 1}

    def heard(self, text: str) -> tuple[str, int, int] | None:
        """(body, start, end) of the longest stretch of `text` that sounds like a body's name."""
        spoken = sound(text)
        for size in sorted({len(s) for s in self._sounds}, reverse=True):
            for start in range(len(text) - size + 1):
                body = self._sounds.get(spoken[start : start + size])
                if body is not None:
                    return body, start, start + size
        return None

    @cached_property
    def _years(self) -> dict[tuple[object, ...], str]:
        found: dict[tuple[object, ...], str] = {}
        for card in self.cards:
            found.setdefault((*_account(card.identity), card.identity.year), card.id)
        return found

    def year_before(self, identity: Identity) -> str | None:
        """The report of the same body, kind and level for the year before, where it is held."""
        if not identity.year:
            return None
        return self._years.get((*_account(identity), identity.year - 1))


def _account(identity: Identity) -> tuple[object, ...]:
    return identity.body, identity.kind, identity.level


_FEW = 16


class Directories:
    """The directories of the reports that were asked about last. Safe among threads.

    A question may be narrowed to a few reports; that does not push the whole store's out.
    """

    def __init__(self) -> None:
        self._few = self._many = Directory(())

    def of(self, cards: Sequence[ReportCard]) -> Directory:
        """The directory of `cards`; made anew only where they are others than the last."""
        last = self._few if len(cards) <= _FEW else self._many
        if last.cards is cards:
            return last
        made = Directory(cards)
        if len(cards) <= _FEW:
            self._few = made
        else:
            self._many = made
        return made


_HELD = Directories()


def directory(cards: Sequence[ReportCard]) -> Directory:
    """The directory of `cards`."""
    return _HELD.of(cards)
