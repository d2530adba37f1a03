"""Searching within a few reports, exactly: every entry in scope is compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding import Embedder
from index.fusion import best, fuse, similarity
from index.lexical import Pool
from index.model import Hit, Scope
from index.passages import PASSAGE, ROW
from index.reading import OpenReport
from index.wanted import Wanted
from index.words import plain_label

# A sentence stands once in a report, an account's row in most of its tables: among equals, in
# standard deviations, the sentence.
ONCE = 0.3
AMONG = 4  # so many times the hits wanted are looked through for different ones


def search_reports(
    reports: Sequence[OpenReport], wanted: Wanted, embedder: Embedder, scope: Scope, k: int
) -> tuple[Hit, ...]:
    """The `k` best entries of `reports` within the scope's sections and kinds.

    The names of the reports' bodies are left out of the question: with the scope settled they
    say nothing, and half of the passages repeat them. An account's row in a further table comes
    after everything that says something else.
    """
    if not reports:
        return ()
    wanted = wanted.without_names(opened.report.identity for opened in reports)
    vector = embedder.query(wanted.text)
    inside = [report.inside(scope) for report in reports]
    pooled = Pool([report.segment for report in reports]).scores(wanted.lexical)
    lexical = np.concatenate([s[i] for s, i in zip(pooled, inside, strict=True)])
    dense = np.concatenate(
        [similarity(r.vectors[i], vector) for r, i in zip(reports, inside, strict=True)]
    )
    places = [(r, int(p)) for r, i in zip(reports, inside, strict=True) for p in np.flatnonzero(i)]
    scores = fuse(lexical, dense)
    scores[[r.entries[p].kind == PASSAGE for r, p in places]] += np.float32(ONCE)
    return tuple(
        places[i][0].hit(places[i][1], float(scores[i]), float(lexical[i]), float(dense[i]))
        for i in _varied(best(scores, AMONG * k), places, k)
    )


def _varied(order: Sequence[int], places: Sequence[tuple[OpenReport, int]], k: int) -> list[int]:
    """The first `k` of `order`, an account's further rows after all others."""
    met: set[tuple[str, ...]] = set()
    first: list[int] = []
    again: list[int] = []
    for i in order:
        account = _account(*places[i])
        (again if account in met else first).append(i)
        if account:
            met.add(account)
    return [*first, *again][:k]


def _account(report: OpenReport, position: int) -> tuple[str, ...]:
    """What several tables of a report may show: a row's code and label; () for a passage."""
    entry = report.entries[position]
    if entry.kind != ROW:
        return ()
    table, row = entry.address
    held = report.report.tables[table].rows[row]
    return (report.report.id, held.code, *held.path, plain_label(held.label))
