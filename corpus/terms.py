"""Definitions from 名词解释: every entry, and the parts that an entry explains in passing."""

from __future__ import annotations

import re

from corpus.model import Passage, Term
from corpus.numbering import parse_mark
from corpus.subjects import account_chain

_SECTION = re.compile(r"名词解释|专业名词|术语解释|名词说明")
_SEPARATOR = re.compile(
    r"^(?P<name>[^。；]{2,90}?)\s*"
    r"(?:[：:∶﹕]\s*|[，,。]?\s*(?=是指|反映|指[^标定导])|。\s*(?=[是]?指|反映))"
)
_PART = re.compile(
    r"(?:(?<=其中)[，：:]?|(?<=[；;]))\s*(?P<name>[^，；。：:]{3,24}?)(?P<verb>反映|主要安排|是指|指)"
)


def is_glossary(path: tuple[str, ...]) -> bool:
    """Whether a section's headings say that it explains terms."""
    return any(_SECTION.search(heading) for heading in path)


def find_terms(passage: Passage) -> tuple[Term, ...]:
    """The terms that a passage of a glossary defines; offsets bound the definitions."""
    text = passage.text
    mark = parse_mark(text)
    offset = len(text) - len(mark.rest) if mark else 0
    match = _SEPARATOR.match(text[offset:])
    if match is None:
        return ()
    start = offset + match.end()
    end = len(text.rstrip("。 "))
    if end - start < 4:
        return ()
    path = account_chain(match["name"])
    name = (
        path[-1]
        if path
        else match["name"].strip(" “”")
        if _wrapped(match["name"])
        else match["name"].strip()
    )
    parts = [_part(passage, part, end) for part in _PART.finditer(text, start)]
    return (Term(name, passage.id, start, end, path), *(p for p in parts if p.name != name))


def _wrapped(name: str) -> bool:
    return name.startswith("“") and name.endswith("”") and name.count("“") == 1


def _part(passage: Passage, match: re.Match[str], end: int) -> Term:
    """A part of a term, as far as its clause goes: 公务接待费反映…；"""
    stop = re.compile("[；;。]").search(passage.text, match.end())
    last = min(stop.start() if stop else end, end)
    return Term(match["name"].strip(), passage.id, match.start("verb"), last)
