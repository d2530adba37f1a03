"""How the lexical and the dense leg become one order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# A passage that shares no token with the question must stand out this far, in standard
# deviations of the scope, to count as found by meaning alone.
STANDS_OUT = 1.0


def standardised(scores: Floats) -> Floats:
    """The scores in standard deviations from their mean; zeros if they are all alike."""
    if not len(scores):
        return scores
    spread = float(scores.std())
    if spread < 1e-6:
        return np.zeros_like(scores)
    centred: Floats = (scores - scores.mean()) / np.float32(spread)
    return centred


def fuse(lexical: Floats, dense: Floats) -> Floats:
    """The sum of both legs' standardised scores; -inf where neither leg found anything."""
    close = standardised(dense)
    fused: Floats = standardised(lexical) + close
    fused[(lexical <= 0) & (close < STANDS_OUT)] = -np.inf
    return fused


def best(scores: Floats, k: int) -> list[int]:
    """The positions of the `k` highest finite scores, best first, earlier first among equals."""
    order = np.argsort(-scores, kind="stable")[:k]
    return [int(i) for i in order if np.isfinite(scores[i])]
