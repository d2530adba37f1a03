"""Which reports a question names, and how fully: by body, short name, title, year and kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from corpus.model import Kind
from index.fusion import Floats
from index.lexical import Segment
from index.model import ReportCard
from index.words import Terms, fold

# Below this share of a name's weight a question does not mean the name.
MEANT = 0.5
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_KINDS = {Kind.FINAL: "决算", Kind.BUDGET: "预算"}


class Naming:
    """The names of all held reports."""

    def __init__(self, cards: Sequence[ReportCard]) -> None:
        self.cards = cards
        named = [(i, name) for i, card in enumerate(cards) for name in _names(card)]
        self._owners = np.array([i for i, _ in named], dtype=np.int64)
        self._segment = Segment.build(Terms(()), (name for _, name in named))
        self._weights = self._rarity()
        self._totals = self._sum(range(len(self._weights)))
        self._years = np.array([card.identity.year or 0 for card in cards])
        self._kinds = np.array([_KINDS.get(card.identity.kind, "") for card in cards])

    def shares(self, text: str) -> Floats:
        """For each report from 0 to 1 how fully the text names it.

        That is how much of one of its names is spelt out, times how telling what is spelt is
        beside the most telling name in the text: 财政局 alone names every finance bureau, and
        none of them once a city is named too. Reports of another year or kind count less.
        """
        tokens = set(self._segment.terms.tokens(text))
        asked = [kind for token in tokens if (kind := self._segment.tokens.get(token)) is not None]
        shares = np.zeros(len(self.cards), dtype=np.float32)
        weight = self._sum(asked)
        spelt = weight / np.maximum(self._totals, 1e-6)
        meant = np.where(spelt >= MEANT, spelt * weight, 0)
        np.maximum.at(shares, self._owners, meant / max(float(meant.max(initial=0)), 1e-6))
        return shares * self._fits(text)

    def _fits(self, text: str) -> Floats:
        years = [int(year) for year in _YEAR.findall(fold(text))]
        kinds = [kind for kind in _KINDS.values() if kind in text]
        fits = np.ones(len(self.cards), dtype=np.float32)
        if years:
            fits[~np.isin(self._years, years)] *= 0.5
        if kinds:
            fits[~np.isin(self._kinds, kinds)] *= 0.75
        return fits

    def _rarity(self) -> Floats:
        spread = np.diff(self._segment.starts)
        return np.log1p(len(self.cards) / np.maximum(spread, 1)).astype(np.float32)

    def _sum(self, kinds: Sequence[int] | range) -> Floats:
        """The weight of the given tokens in each name."""
        total = np.zeros(len(self._segment), dtype=np.float32)
        for kind in kinds:
            postings = slice(self._segment.starts[kind], self._segment.starts[kind + 1])
            total[self._segment.documents[postings]] += self._weights[kind]
        return total


def _names(card: ReportCard) -> set[str]:
    identity = card.identity
    return {name for name in (identity.body, *identity.short_names) if name}
