"""The door of the index: reports in, facts and passages out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from corpus.model import Report
from index import catalog, facts, health, ingest, stamps
from index.embedding import Embedder, Progress, make_embedder
from index.generations import Generations
from index.model import AddOutcome, Change, FactQuery, FactRow, HealthCheck, Hit, ReportCard, Scope
from index.search import search_reports
from index.settings import IndexSettings, go_offline
from index.shelf import Shelf
from index.store import Store
from index.wanted import Wanted, simplified
from index.wide import WideSearch

if TYPE_CHECKING:
    from llama_index.core.retrievers import BaseRetriever

# Derived indexes are rebuilt once this share of what they cover has come since: building them
# after every report would make n reports cost n².
TOLERATED_LAG = 0.25


class Library:
    """A store of reports. Open it with `Library.open`, close it or use it as a context manager.

    All methods may be called from several threads.
    """

    def __init__(self, store: Store, settings: IndexSettings, embedder: Embedder) -> None:
        self._store = store
        self._settings = settings
        self._embedder = embedder
        self._shelf = Shelf(store, settings.cached_reports)
        self._generations = Generations(store, settings)
        self._wide = WideSearch(store, settings, self._generations)
        self._wrote = False

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
        """Let go of the store; after changes, bring the derived indexes up to date first."""
        if self._wrote:
            self.settle()
        self._store.close()

    def settle(self) -> None:
        """Build the derived indexes over all texts if many came since they were built.

        Searches are right without it: what came later is compared one by one.
        """
        covered, later = self._generations.lag()
        if later > covered * TOLERATED_LAG:
            self._generations.build()
        self._wrote = False

    def add(self, report: Report, progress: Progress | None = None) -> AddOutcome:
        """Hold `report`, in place of an earlier state of the report of the same id.

        Nothing happens if the same content is held, or the same files under another id. A file
        that completes a held report (its text, its tables) becomes a part of it, one that only
        repeats a held report is noted as its copy; either keeps the id of what is held. Each
        distinct text is embedded once; `progress` hears (done, all) while that lasts. The
        report enters whole or, if the process dies, not at all.
        """
        outcome = ingest.add(self._store, self._embedder, report, progress)
        self._wrote = self._wrote or outcome.change is not Change.UNCHANGED
        return outcome

    def remove(self, report: str) -> None:
        """Let go of a report and of the texts that no other report uses; raises UnknownReport."""
        ingest.remove(self._store, report)
        self._wrote = True

    def is_current(self, source_digest: str, reader_version: int, name: str = "") -> bool:
        """Whether a file with this SHA-256 is held as read by this version of the reader.

        With a `name`, only if the file is known under it.
        """
        with self._store.read() as connection:
            return catalog.is_current(connection, source_digest, reader_version, name)

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

    def search(
        self, text: str, scope: Scope | None = None, k: int = 10, also: Sequence[str] = ()
    ) -> tuple[Hit, ...]:
        """The `k` passages and rows within `scope` that suit `text` best, best first.

        `also` are the reports' own words for what the text says otherwise (in English, in
        everyday words): the lexical leg looks for them too. What shares nothing with the text
        and does not stand out in meaning is left out, so there may be fewer. Raises
        UnknownReport for a report in scope that is not held.
        """
        scope = scope or Scope()
        if not text.strip():
            return ()
        asked = Wanted(simplified(text), tuple(also))
        cards = self.reports()
        ids = scope.reports or tuple(card.id for card in cards)
        if len(ids) > self._settings.exact_reports:
            return self._wide.search(asked, self._embedder, scope, k, cards)
        return search_reports(
            [self._shelf.open(id_) for id_ in ids], asked, self._embedder, scope, k
        )

    def embed(self, text: str) -> tuple[float, ...]:
        """The unit vector of a question, in the space of the held texts."""
        return tuple(self._embedder.query(text).tolist())

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the vector and lexical indexes anew from SQL.

        Where the store was made with another model or other rules (see `open`'s `adopt`), all
        reports are embedded anew first; `progress` hears (reports or texts done, all).
        """
        with self._store.locked():
            if stamps.drift(self._store, self._embedder.name):
                ingest.reindex(self._store, self._embedder, progress)
            self._generations.build(progress)
            self._wrote = False

    def doctor(self) -> tuple[HealthCheck, ...]:
        """The store's invariants, tried one by one; see `index.health`."""
        return health.examine(self._store, self._generations, self._embedder)

    def retriever(self, scope: Scope | None = None, k: int = 10) -> BaseRetriever:
        """The same search as a llama-index retriever."""
        from index.llama import LibraryRetriever

        return LibraryRetriever(self, scope or Scope(), k)
