"""What is looked for in the reports: a question, and their own words for what it says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index import Hit, Library, Scope
from qa.language import utterance
from qa.link import find_mentions
from qa.plan import Mention, Plan
from qa.vocabulary import display
from qa.wording import chinese_of

_LATIN = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]")


def find(library: Library, wanted: Plan | str, scope: Scope, k: int) -> tuple[Hit, ...]:
    """The `k` passages and rows within `scope` that suit `wanted` best, best first.

    `wanted` is a question as it was understood, or words as they were typed.
    """
    if isinstance(wanted, str):
        return library.search(wanted, scope, k, words_for(wanted))
    text = f"{wanted.before} {wanted.utterance.text}".strip()
    return library.search(text, scope, k, words_of(wanted))


def words_of(plan: Plan) -> tuple[str, ...]:
    """How reports call the accounts that a question names, and the Chinese for English words."""
    return _words(plan.text, plan.strong)


def words_for(text: str) -> tuple[str, ...]:
    """The same for words that are only looked for, which nobody has understood as a question."""
    said = utterance(text).text
    return _words(said, (m for m in find_mentions(said, ()) if not m.weak))


def _words(text: str, named: Iterable[Mention]) -> tuple[str, ...]:
    names = [display(mention.item) for mention in named]
    english = [word for _, words in chinese_of(_LATIN.findall(text)) for word in words]
    return tuple(dict.fromkeys((*names, *english)))
