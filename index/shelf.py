"""Reports that are in use, kept in memory for as long as the store does not change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from corpus.model import Report
from index import catalog
from index.documents import decode
from index.errors import UnknownReport
from index.model import ReportCard
from index.reading import OpenReport, open_report
from index.store import Store
from index.vocabulary import field_terms

T = TypeVar("T")


class Shelf:
    """The most recently used reports and what searching in them needs. Safe among threads."""

    def __init__(self, store: Store, size: int) -> None:
        self._store = store
        self._size = size
        self._lock = threading.RLock()
        self._revision = -1
        self._reports: OrderedDict[str, Report] = OrderedDict()
        self._open: OrderedDict[str, OpenReport] = OrderedDict()
        self._cards: tuple[ReportCard, ...] | None = None

    def cards(self) -> tuple[ReportCard, ...]:
        """All reports at a glance."""
        with self._lock:
            self._refresh()
            if self._cards is None:
                with self._store.read() as connection:
                    self._cards = catalog.cards(connection)
            return self._cards

    def report(self, id_: str) -> Report:
        """The report of this id; raises UnknownReport."""
        with self._lock:
            self._refresh()
            return self._kept(self._reports, id_, lambda: self._load(id_))

    def open(self, id_: str) -> OpenReport:
        """The report of this id, searchable; raises UnknownReport."""
        with self._lock:
            report = self.report(id_)
            return self._kept(self._open, id_, lambda: self._prepare(report))

    def _kept(self, held: OrderedDict[str, T], id_: str, make: Callable[[], T]) -> T:
        if id_ not in held:
            held[id_] = make()
            while len(held) > self._size:
                held.popitem(last=False)
        held.move_to_end(id_)
        return held[id_]

    def _refresh(self) -> None:
        revision = self._store.revision()
        if revision != self._revision:
            self._reports.clear()
            self._open.clear()
            self._cards = None
            self._revision = revision

    def _load(self, id_: str) -> Report:
        with self._store.read() as connection:
            data = catalog.document(connection, id_)
        if data is None:
            raise UnknownReport(id_)
        return decode(data)

    def _prepare(self, report: Report) -> OpenReport:
        with self._store.read() as connection:
            vectors = catalog.vectors_of(connection, report.id)
        return open_report(report, vectors, field_terms())
