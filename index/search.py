"""Searching within a few reports, exactly: every entry in scope is compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding import Embedder
from index.fusion import best, fuse, similarity
from index.lexical import Pool
from index.masking import without_names
from index.model import Hit, Scope
from index.reading import OpenReport


def search_reports(
    reports: Sequence[OpenReport], text: str, embedder: Embedder, scope: Scope, k: int
) -> tuple[Hit, ...]:
    """The `k` best entries of `reports` within the scope's sections and kinds.

    The names of the reports' bodies are left out of the question: with the scope settled they
    say nothing, and half of the passages repeat them.
    """
    if not reports:
        return ()
    text = without_names(text, (opened.report.identity for opened in reports))
    vector = embedder.query(text)
    inside = [report.inside(scope) for report in reports]
    pooled = Pool([report.segment for report in reports]).scores(text)
    lexical = np.concatenate([s[i] for s, i in zip(pooled, inside, strict=True)])
    dense = np.concatenate(
        [similarity(r.vectors[i], vector) for r, i in zip(reports, inside, strict=True)]
    )
    places = [(r, int(p)) for r, i in zip(reports, inside, strict=True) for p in np.flatnonzero(i)]
    scores = fuse(lexical, dense)
    return tuple(
        places[i][0].hit(places[i][1], float(scores[i]), float(lexical[i]), float(dense[i]))
        for i in best(scores, k)
    )
