"""Searching over many reports: by distinct texts first, then where those texts stand.

Published reports share most of their sentences. The text says what is found, the report's
identity which of the places: a place weighs more the more of its report's name the question
spells out.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from index import places, schema, texts
from index.embedding import Embedder, Vectors
from index.fusion import Floats, Spread, best, fuse, similarity
from index.generations import Generation, Generations
from index.lexical import Pool, Segment
from index.model import Hit, ReportCard, Scope
from index.naming import Naming
from index.places import Candidate
from index.settings import IndexSettings
from index.store import Store
from index.wanted import Wanted

CLEARLY = 0.4  # from which share on a report counts as named
LEG = 200  # how many texts each leg proposes
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _State:
    """All that is searched at one revision of the store, in the order of `ids`."""

    revision: int
    ids: NDArray[np.int64]
    pool: Pool
    base: Generation | None
    later: Vectors  # of the last texts, which the base does not cover
    exact: Vectors | None  # of all texts, where they are few
    naming: Naming
    cards: tuple[ReportCard, ...]  # the reports that `naming` knows, in its order

    def positions(self, ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the texts `ids` stand; those that are not covered are left out."""
        wanted = np.asarray(ids, dtype=np.int64)
        at = np.searchsorted(self.ids, wanted)
        inside = at < len(self.ids)
        found: NDArray[np.int64] = at[inside][self.ids[at[inside]] == wanted[inside]]
        return found


class WideSearch:
    """Search over all or many of a store's reports. Safe among threads."""

    def __init__(self, store: Store, settings: IndexSettings, generations: Generations) -> None:
        self._store = store
        self._settings = settings
        self._generations = generations
        self._lock = threading.Lock()
        self._held: _State | None = None

    def search(
        self, wanted: Wanted, embedder: Embedder, scope: Scope, k: int, cards: Sequence[ReportCard]
    ) -> tuple[Hit, ...]:
        """The `k` best places of the best texts within `scope`."""
        state = self._state(cards)
        cards = state.cards  # a writer may have added reports since the state was made
        shares = state.naming.shares(wanted.text)
        clear = np.where(shares >= CLEARLY, shares, -np.inf)
        named = [cards[i] for i in best(clear, places.NAMED)]
        wanted = wanted.without_names(card.identity for card in named[: places.NAMED_WHOLE])
        vector = embedder.query(wanted.text)
        with self._store.read() as connection:
            keys = list(places.keys(connection, [card.id for card in named]).values())
            found = self._candidates(connection, state, wanted.lexical, vector, scope, keys)
            weight = {card.id: float(s) for card, s in zip(cards, shares, strict=True) if s > 0}
            return places.hits(connection, found, scope, keys, weight, k)

    def _candidates(
        self,
        connection: Connection,
        state: _State,
        text: str,
        vector: Vectors,
        scope: Scope,
        named: Sequence[int],
    ) -> list[Candidate]:
        allowed = _allowed(connection, state, scope)
        lexical = np.concatenate(state.pool.scores(text))
        if allowed is not None:
            lexical[~allowed] = 0
        proposed = [np.array(best(np.where(lexical > 0, lexical, -np.inf), LEG), dtype=np.int64)]
        near, spread = self._near(connection, state, vector, allowed)
        proposed.append(near)
        proposed.append(state.positions(places.texts_of(connection, named[: places.NAMED_WHOLE])))
        positions = np.unique(np.concatenate(proposed))
        if allowed is not None:
            positions = positions[allowed[positions]]
        positions, dense = self._dense(connection, state, vector, positions)
        scores = fuse(lexical[positions], dense, (Spread.of(lexical), spread))
        return [
            Candidate(
                int(state.ids[positions[i]]),
                float(scores[i]),
                float(lexical[positions[i]]),
                float(dense[i]),
            )
            for i in best(scores, len(scores))
        ]

    def _near(
        self, connection: Connection, state: _State, vector: Vectors, allowed: Mask | None
    ) -> tuple[NDArray[np.int64], Spread]:
        """The nearest texts, and the spread of the similarity over all of them."""
        if state.exact is not None:
            dense = similarity(state.exact, vector)
            spread = Spread.of(dense if allowed is None else dense[allowed])
            if allowed is not None:
                dense = np.where(allowed, dense, -np.inf)
            return np.array(best(dense, LEG), dtype=np.int64), spread
        few = allowed is not None and int(allowed.sum()) <= self._settings.exact_texts
        neighbours = None if few or state.base is None else state.base.neighbours()[0]
        if neighbours is None or state.base is None:
            inside = np.arange(len(state.ids)) if allowed is None else np.flatnonzero(allowed)
            positions, dense = self._dense(connection, state, vector, inside)
            return positions[best(dense, LEG)], Spread.of(dense)
        many = LEG if allowed is None else 4 * LEG  # some will lie outside the scope
        nearest = state.positions(sorted(neighbours.nearest(vector, many)))
        start = len(state.ids) - len(state.later)
        latest = start + np.array(best(similarity(state.later, vector), LEG), dtype=np.int64)
        return np.concatenate([nearest, latest]), Spread.of(similarity(state.base.sample, vector))

    def _dense(
        self,
        connection: Connection,
        state: _State,
        vector: Vectors,
        positions: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], Floats]:
        """The exact similarity of the texts at `positions`, without those no longer held."""
        if state.exact is not None:
            return positions, similarity(state.exact[positions], vector)
        held = texts.vectors_of(connection, state.ids[positions].tolist())
        alive = np.array([int(state.ids[p]) in held for p in positions], dtype=np.bool_)
        positions = positions[alive]
        rows = [held[int(state.ids[p])] for p in positions]
        return positions, similarity(np.stack(rows) if rows else state.later[:0], vector)

    def _state(self, cards: Sequence[ReportCard]) -> _State:
        with self._lock:
            revision = self._store.revision()
            name = self._generations.name()
            held = self._held
            base_name = held.base.stamp.name if held and held.base else ""
            if held is None or held.revision != revision or base_name != name:
                held = self._held = self._make(revision, cards, held)
            return held

    def _make(self, revision: int, cards: Sequence[ReportCard], held: _State | None) -> _State:
        base = held.base if held else None
        if base is None or base.stamp.name != self._generations.name():
            base = self._generations.open()
        upto = base.stamp.upto if base else 0
        with self._store.read() as connection:
            later_ids = texts.ids_after(connection, upto)
            later = texts.vectors_after(connection, upto)
            segments = [base.segment] if base else []
            if len(later_ids):
                terms = texts.all_terms(connection)
                segments.append(Segment.build(terms, texts.lexical_after(connection, upto)))
            ids = np.concatenate([base.ids, later_ids]) if base else later_ids
            exact = _all_vectors(connection, ids) if self._few(ids) else None
        naming = Naming(cards)
        return _State(revision, ids, Pool(segments), base, later, exact, naming, tuple(cards))

    def _few(self, ids: NDArray[np.int64]) -> bool:
        return len(ids) <= self._settings.exact_texts


def _all_vectors(connection: Connection, ids: NDArray[np.int64]) -> Vectors:
    """The vectors of `ids`, zeros for those no longer held."""
    held = texts.ids_after(connection)
    vectors = texts.vectors_after(connection)
    if len(held) == len(ids):
        return vectors
    aligned = np.zeros((len(ids), vectors.shape[1]), dtype=np.float32)
    aligned[np.searchsorted(ids, held)] = vectors
    return aligned


def _allowed(connection: Connection, state: _State, scope: Scope) -> Mask | None:
    """Which texts stand somewhere in the scope; None if all do."""
    if not (scope.reports or scope.kinds or scope.sections):
        return None
    entries = schema.entries
    query = places.within(select(entries.c.text).distinct(), connection, scope)
    mask = np.zeros(len(state.ids), dtype=np.bool_)
    mask[state.positions([int(i) for i in connection.execute(query).scalars()])] = True
    return mask
