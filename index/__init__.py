"""Storing and finding: SQL holds the truth, every other index is made anew from it at will.

    with Library.open(Path("var")) as library:
        library.add(report)
        library.search("机关运行经费为什么下降", Scope(reports=(report.id,)))

Raises nothing but `StoreError` and its kinds, whose messages name the remedy.
"""

from index.embedding import Embedder
from index.errors import StoreBusy, StoreDrift, StoreError, UnknownReport
from index.library import Library
from index.model import (
    AddOutcome,
    Change,
    FactQuery,
    FactRow,
    HealthCheck,
    Hit,
    ReportCard,
    Scope,
)
from index.passages import nodes
from index.settings import IndexSettings

__all__ = [
    "AddOutcome",
    "Change",
    "Embedder",
    "FactQuery",
    "FactRow",
    "HealthCheck",
    "Hit",
    "IndexSettings",
    "Library",
    "ReportCard",
    "Scope",
    "StoreBusy",
    "StoreDrift",
    "StoreError",
    "UnknownReport",
    "nodes",
]
