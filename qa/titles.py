"""The tables that a question names, by number or title, or by the project that one is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.ledger import Ledger
from qa.projects import named_project

_TABLE_NUMBER = re.compile(r"(?:公开)?\s?0?(\d{1,2})\s?表|表\s?0?(\d{1,2})(?!\d)|table (\d{1,2})")


def tables_of(text: str, ledgers: Sequence[Ledger]) -> tuple[tuple[tuple[str, int], ...], str]:
    """The tables that the question names by number or title, and the text without those names."""
    found: list[tuple[str, int]] = []
    for match in _TABLE_NUMBER.finditer(text):
        digits = next(g for g in match.groups() if g)
        found += [
            (ledger.report.id, t.id)
            for ledger in ledgers
            for t in ledger.report.tables
            if re.fullmatch(rf"\D*0?{int(digits)}\D*", t.number)
        ]
    rest = _TABLE_NUMBER.sub(" ", text) if found else text
    title, tables = _titled(rest, ledgers)
    rest = rest.replace(title, " ") if title else rest
    project, own = named_project(rest, ledgers)
    if own and not (found or tables):
        return own, rest.replace(project, " " * len(project))
    return tuple(dict.fromkeys((*found, *tables))), rest


def _titled(text: str, ledgers: Sequence[Ledger]) -> tuple[str, list[tuple[str, int]]]:
    best = ""
    found: list[tuple[str, int]] = []
    if "表" not in text:  # every title that can be said ends in it
        return best, found
    for ledger in ledgers:
        for table in ledger.report.tables:
            name = _said_title(text, table.title)
            if len(name) > len(best):
                best, found = name, [(ledger.report.id, table.id)]
            elif name and name == best:
                found.append((ledger.report.id, table.id))
    return best, found


def _said_title(text: str, title: str) -> str:
    """The longest tail of a table's title, ending in 表, that the question says."""
    tail = re.sub(r"[\s“”]", "", title)
    tail = re.sub(r"（[^）]*）$", "", tail)
    if not tail.endswith("表"):
        return ""
    for start in range(len(tail) - 3):
        found = re.search(_as_said(tail[start:]), text)
        if found:
            return found.group(0)
    return ""


@lru_cache(maxsize=65536)
def _as_said(tail: str) -> str:
    """A title as people shorten it: 决算 and 预算 may be left out."""
    parts = [p for p in re.split(r"决算|预算", tail) if p]
    return "(?:决算|预算)?".join(map(re.escape, parts)) if len(parts) > 1 else re.escape(tail)
