"""Which words of a question only frame it: told by their class, so that no list need be complete.

The segmenter's dictionary and classes are those of rjieba (the jieba dictionary).
"""

from __future__ import annotations

from functools import lru_cache

# Pronouns, numerals, measure words, prepositions, conjunctions, particles, interjections,
# onomatopoeia, places and directions said relatively (前面, 里头), prefixes.
_FRAMING = frozenset("rmqpcuyeofhk")
_VERB = "v"


@lru_cache(maxsize=1024)
def framing(text: str) -> frozenset[str]:
    """The words of `text` that name nothing: 俺, 几场, 后面, and verbs of one character."""
    import rjieba

    return frozenset(
        word
        for word, kind in rjieba.tag(text)
        if word and (kind[0] in _FRAMING or (kind[0] == _VERB and len(word) == 1))
    )
