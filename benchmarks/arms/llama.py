"""llama-index as its documentation begins: SentenceSplitter, Chroma, top 2, the same model.

Needs `llama-index-vector-stores-chroma` (the extra `bench`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters

from benchmarks.arms.arm import Asked, from_top, pieces_of
from corpus import Report
from qa.answer import Answer
from qa.evaluation import Found
from qa.evaluation.evidence import DEPTH


class SameModel(BaseEmbedding):  # type: ignore[misc]
    """The product's bundled model as sentence-transformers runs it, cut at 512 tokens."""

    def __init__(self) -> None:
        super().__init__(model_name="multilingual-e5-small", embed_batch_size=16)
        from index.bundled import sentence_transformer

        self._model = sentence_transformer()

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encode([query], "query: ")[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._encode([text], "passage: ")[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._encode(texts, "passage: ")

    def _encode(self, texts: list[str], prompt: str) -> list[list[float]]:
        rows: list[list[float]] = self._model.encode(
            texts, prompt=prompt, normalize_embeddings=True, show_progress_bar=False
        ).tolist()
        return rows


class Llama:
    """The default pipeline over the reports' text; `top` pieces, 2 by default."""

    def __init__(self, index: VectorStoreIndex, top: int | None = None) -> None:
        self.name = f"llama-index, top {top}" if top else "llama-index, its defaults"
        self._index = index
        self._top = {"similarity_top_k": top} if top else {}
        self.bring = lru_cache(maxsize=1)(self._bring)  # an answer is the first of these

    def _bring(self, asked: Asked) -> list[Found]:
        """The nearest chunks."""
        retriever = self._index.as_retriever(filters=_filters(asked.reports), **self._top)
        nodes = retriever.retrieve(asked.text)
        return [Found(n.metadata["report"], n.get_content()) for n in nodes[:DEPTH]]

    def answer(self, asked: Asked) -> Answer:
        """The nearest chunk."""
        return from_top(asked, self.bring(asked))


def index_of(reports: Sequence[Report], folder: Path) -> VectorStoreIndex:
    """The default index over the reports' text in a Chroma collection inside `folder`."""
    import chromadb
    from chromadb.config import Settings
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection("arms", embedding_function=None)
    documents = [
        Document(
            text=text_of(report),
            metadata={"report": report.id},
            excluded_embed_metadata_keys=["report"],
        )
        for report in reports
    ]
    return VectorStoreIndex.from_documents(
        documents,
        storage_context=StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=collection)
        ),
        transformations=[SentenceSplitter()],
        embed_model=SameModel(),
    )


def text_of(report: Report) -> str:
    """The report as text: each heading, its passages, and its tables a row a line."""
    lines = [report.identity.title]
    last = ""
    for piece in pieces_of(report):
        if piece.heading != last:
            lines.append(piece.heading.rsplit("\n", 1)[-1])
            last = piece.heading
        lines.append(piece.text)
    return "\n".join(lines)


def _filters(reports: Sequence[str]) -> MetadataFilters | None:
    if not reports:
        return None
    wanted = MetadataFilter(key="report", value=list(reports), operator=FilterOperator.IN)
    return MetadataFilters(filters=[wanted])
