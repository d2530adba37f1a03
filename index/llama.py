"""The library in llama-index's terms. Importing this module imports llama-index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from corpus.model import Report
from index.model import Hit, Scope
from index.passages import Entry, entries

if TYPE_CHECKING:
    from index.library import Library


def nodes(report: Report) -> tuple[TextNode, ...]:
    """See `index.nodes`."""
    return tuple(_node(report, entry) for entry in entries(report))


def _node(report: Report, entry: Entry) -> TextNode:
    first, second = entry.address
    metadata = {
        "report": report.id,
        "body": report.identity.body,
        "year": report.identity.year,
        "kind": entry.kind,
        "headings": " / ".join(entry.headings),
        "section": entry.section,
        "page": entry.page,
        "first": first,
        "second": second,
    }
    return TextNode(
        id_=f"{report.id}:{entry.kind}:{first}:{second}",
        text=entry.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=["first", "second"],
    )


class LibraryRetriever(BaseRetriever):  # type: ignore[misc]
    """`Library.search` behind llama-index's interface."""

    def __init__(self, library: Library, scope: Scope, k: int) -> None:
        self._library, self._scope, self._k = library, scope, k
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._library.search(query_bundle.query_str, self._scope, self._k)
        held = {hit.report: self._library.report(hit.report) for hit in hits}
        places = {
            (id_, entry.kind, entry.address): entry
            for id_, report in held.items()
            for entry in entries(report)
        }
        return [
            NodeWithScore(node=_node(held[hit.report], places[_place(hit)]), score=hit.score)
            for hit in hits
        ]


def _place(hit: Hit) -> tuple[str, str, tuple[int, int]]:
    if hit.passage is not None:
        return hit.report, hit.kind, (hit.passage, 0)
    return hit.report, hit.kind, (hit.table or 0, hit.row or 0)
