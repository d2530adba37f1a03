"""How the lexical and the dense leg become one order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# A passage that shares no token with the question must stand out this far, in standard
# deviations of the scope, to count as found by meaning alone.
STANDS_OUT = 1.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation of a leg's scores over everything that is searched."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, scores: Floats) -> Spread:
        """The spread of `scores`."""
        return cls(float(scores.mean()), float(scores.std())) if len(scores) else cls(0.0, 0.0)

    def standardise(self, scores: Floats) -> Floats:
        """`scores` in standard deviations from the mean; zeros if all are alike."""
        if self.deviation < 1e-6:
            return np.zeros_like(scores)
        centred: Floats = (scores - np.float32(self.mean)) / np.float32(self.deviation)
        return centred


def similarity(vectors: Floats, vector: Floats) -> Floats:
    """The cosine of each row of unit vectors with a unit vector."""
    if not len(vectors):
        return np.zeros(0, dtype=np.float32)
    cosines: Floats = vectors @ vector
    return cosines


def fuse(lexical: Floats, dense: Floats, spreads: tuple[Spread, Spread] | None = None) -> Floats:
    """The sum of both legs' standardised scores; -inf where neither leg found anything.

    `spreads` are those of the lexical and the dense leg where the scores given are a selection.
    """
    of_lexical, of_dense = spreads or (Spread.of(lexical), Spread.of(dense))
    close = of_dense.standardise(dense)
    fused: Floats = of_lexical.standardise(lexical) + close
    fused[(lexical <= 0) & (close < STANDS_OUT)] = -np.inf
    return fused


def best(scores: Floats, k: int) -> list[int]:
    """The positions of the `k` highest finite scores, best first, earlier first among equals."""
    if len(scores) > 8 * k:
        floor = np.partition(scores, -k)[-k]
        some = np.flatnonzero(scores >= floor)
    else:
        some = np.arange(len(scores))
    order = some[np.argsort(-scores[some], kind="stable")][:k]
    return [int(i) for i in order if np.isfinite(scores[i])]
