"""How reports are called where people choose one: briefly, and no two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index import ReportCard
from qa.web.words import Words


def report_names(cards: Sequence[ReportCard], words: Words) -> dict[str, tuple[str, str]]:
    """Report id -> (name, year and kind).

    Where several share these, a report goes by its title, or by its id if titles are alike too.
    """
    shorts = Counter(_short(card, words) for card in cards)
    titles = Counter(card.identity.title for card in cards)
    names = {}
    for card in cards:
        short, title = _short(card, words), card.identity.title
        own = title if title and titles[title] == 1 else card.id
        names[card.id] = short if shorts[short] == 1 else (own, "")
    return names


def _short(card: ReportCard, words: Words) -> tuple[str, str]:
    identity = card.identity
    detail = " ".join(str(part) for part in (identity.year, words.kinds[identity.kind]) if part)
    return identity.body or identity.title or card.id, detail
