"""Which project a question names, where each project has a performance table of its own.

Such tables share all their labels: without the project's name 项目资金总额 is one figure of many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from corpus import Report, Table
from qa.ledger import Ledger
from qa.names import core

_SHORTEST = 4  # characters of a project's name that must be said
_SHARE = 0.55  # and the share of the name


def named_project(text: str, ledgers: Sequence[Ledger]) -> tuple[str, tuple[tuple[str, int], ...]]:
    """(what the question says of a project's name, its tables); ("", ()) where it names none."""
    best: tuple[float, str] = (0.0, "")
    found: dict[str, list[tuple[str, int]]] = {}
    for ledger in ledgers:
        for name, table in project_tables(ledger.report):
            said = _said(name, text)
            share = len(said) / len(name)
            if len(said) < _SHORTEST or share < _SHARE or (share, said) < best:
                continue
            best = (share, said)
            found.setdefault(said, []).append((ledger.report.id, table))
    return best[1], tuple(found.get(best[1], ()))


@lru_cache(maxsize=64)
def project_tables(report: Report) -> tuple[tuple[str, int], ...]:
    """(project, table id) of every performance table that is about one project."""
    return tuple(
        (name, table.id)
        for table in report.tables
        if table.statement.endswith("performance")
        for name in _names(table)
    )


def _names(table: Table) -> Iterable[str]:
    rows = {row.id for row in table.rows if core(row.label) == "项目名称"}
    return (c.text.strip() for c in table.cells if c.row in rows and len(c.text.strip()) > 1)


@lru_cache(maxsize=4096)
def _said(name: str, text: str) -> str:
    """The longest stretch of the name that the text has."""
    block = SequenceMatcher(None, name, text, autojunk=False).find_longest_match()
    return name[block.a : block.a + block.size]
