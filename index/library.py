"""The door of the index: reports in, facts and passages out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from corpus.model import Report
from index import catalog, facts, ingest, stamps
from index.embedding import Embedder, Progress, make_embedder
from index.model import AddOutcome, FactQuery, FactRow, Hit, ReportCard, Scope
from index.search import search_reports
from index.settings import IndexSettings, go_offline
from index.shelf import Shelf
from index.store import Store

if TYPE_CHECKING:
    from llama_index.core.retrievers import BaseRetriever


class Library:
    """A store of reports. Open it with `Library.open`, close it or use it as a context manager.

    All methods may be called from several threads.
    """

    def __init__(self, store: Store, settings: IndexSettings, embedder: Embedder) -> None:
        self._store = store
        self._settings = settings
        self._embedder = embedder
        self._shelf = Shelf(store, settings.cached_reports)

    @classmethod
    def open(
        cls,
        store: Path,
        *,
        settings: IndexSettings | None = None,
        embedder: Embedder | None = None,
        adopt: bool = False,
    ) -> Self:
        """The library kept in the folder `store`, which is made if it is absent.

        `adopt` opens a store that was made with another model or tokenizer, for `rebuild` to
        bring it up to date; otherwise that raises StoreDrift. A folder that cannot be used
        raises StoreError, one that another process writes to for too long StoreBusy.
        """
        settings = settings or IndexSettings()
        go_offline(settings)
        opened = Store(Path(store), settings)
        embedder = embedder or make_embedder(settings)
        if not adopt:
            stamps.check(opened, embedder.name)
        return cls(opened, settings, embedder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def add(self, report: Report, progress: Progress | None = None) -> AddOutcome:
        """Hold `report`, in place of an earlier state of the report of the same id.

        Nothing happens if the same content is held, or the same files under another id. Each
        distinct text is embedded once; `progress` hears (done, all) while that lasts. The
        report enters whole or, if the process dies, not at all.
        """
        return ingest.add(self._store, self._embedder, report, progress)

    def remove(self, report: str) -> None:
        """Let go of a report and of the texts that no other report uses; raises UnknownReport."""
        ingest.remove(self._store, report)

    def is_current(self, source_digest: str, reader_version: int) -> bool:
        """Whether a file with this SHA-256 is held as read by this version of the reader."""
        with self._store.read() as connection:
            return catalog.is_current(connection, source_digest, reader_version)

    def reports(self) -> tuple[ReportCard, ...]:
        """Every held report at a glance, in the order in which they came."""
        return self._shelf.cards()

    def report(self, report: str) -> Report:
        """The report as it was added; raises UnknownReport."""
        return self._shelf.report(report)

    def facts(self, query: FactQuery) -> tuple[FactRow, ...]:
        """The cells that `query` describes, report by report in reading order."""
        return tuple(self.iter_facts(query))

    def iter_facts(self, query: FactQuery | None = None) -> Iterator[FactRow]:
        """The same one by one, without holding them all; every cell of the store by default."""
        with self._store.read() as connection:
            yield from facts.find(connection, query or FactQuery())

    def search(self, text: str, scope: Scope | None = None, k: int = 10) -> tuple[Hit, ...]:
        """The `k` passages and rows within `scope` that suit `text` best, best first.

        What shares nothing with the text and does not stand out in meaning is left out, so
        there may be fewer. Raises UnknownReport for a report in scope that is not held.
        """
        scope = scope or Scope()
        if not text.strip():
            return ()
        ids = scope.reports or tuple(card.id for card in self.reports())
        opened = [self._shelf.open(id_) for id_ in ids]
        return search_reports(opened, text, self._embedder.query(text), scope, k)

    def embed(self, text: str) -> tuple[float, ...]:
        """The unit vector of a question, in the space of the held texts."""
        return tuple(self._embedder.query(text).tolist())

    def retriever(self, scope: Scope | None = None, k: int = 10) -> BaseRetriever:
        """The same search as a llama-index retriever."""
        from index.llama import LibraryRetriever

        return LibraryRetriever(self, scope or Scope(), k)
