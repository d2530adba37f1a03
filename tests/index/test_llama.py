from __future__ import annotations

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import MetadataMode

from corpus.model import Report
from index import Library, Scope, nodes


def test_nodes_carry_heading_path_and_address(report: Report) -> None:
    made = nodes(report)
    assert len(made) == 7
    passage = made[1]
    assert passage.text == report.passages[1].text
    assert passage.metadata["headings"] == "第二部分决算情况说明 / 一、机关运行经费支出说明"
    assert (passage.metadata["kind"], passage.metadata["first"]) == ("passage", 1)
    row = made[-1]
    assert row.text == (
        "2031年度支出决算表 | 2130305 水利工程运行与维护 | 本年支出合计=100；项目支出=100"
    )
    assert (row.metadata["kind"], row.metadata["first"], row.metadata["second"]) == ("row", 0, 2)
    assert len({node.node_id for node in made}) == len(made)


def test_the_model_sees_the_text_alone(report: Report) -> None:
    passage = nodes(report)[1]
    assert passage.get_content(MetadataMode.EMBED) == passage.text


def test_retriever_is_the_same_search(opened: Library, report: Report) -> None:
    opened.add(report)
    scope = Scope(reports=(report.id,))
    retriever = opened.retriever(scope, k=3)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.retrieve("机关运行经费支出为什么减少")
    hits = opened.search("机关运行经费支出为什么减少", scope, 3)
    assert [(n.score, n.node.text) for n in found] == [(h.score, h.text) for h in hits]
    assert found[0].node.metadata["report"] == report.id
