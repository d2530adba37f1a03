"""The same library on PostgreSQL and on a Chroma server, where the environment offers them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index import FactQuery, IndexSettings, Library
from tests.index.samples import HashEmbedder, make_report

DATABASE = os.environ.get("JUEWEN_TEST_DATABASE_URL", "")
CHROMA = os.environ.get("JUEWEN_TEST_CHROMA_URL", "")
BODIES = ("青禾市水务中心", "白石县文化馆", "长岭区疾病预防控制中心")


@pytest.mark.parametrize(
    ("database", "chroma"),
    [
        pytest.param(
            DATABASE,
            "",
            id="postgresql",
            marks=pytest.mark.skipif(not DATABASE, reason="JUEWEN_TEST_DATABASE_URL is not set"),
        ),
        pytest.param(
            "",
            CHROMA,
            id="chroma-server",
            marks=pytest.mark.skipif(not CHROMA, reason="JUEWEN_TEST_CHROMA_URL is not set"),
        ),
    ],
)
def test_the_same_on_a_server(tmp_path: Path, database: str, chroma: str) -> None:
    settings = IndexSettings(
        database_url=database, chroma_url=chroma, exact_reports=1, exact_texts=0
    )
    reports = [make_report(f"r{i}", body, 2030 + i) for i, body in enumerate(BODIES)]
    with Library.open(tmp_path, settings=settings, embedder=HashEmbedder(), adopt=True) as library:
        for card in library.reports():
            library.remove(card.id)
        for report in reports:
            library.add(report)
        library.rebuild()
        assert [library.report(report.id) for report in reports] == reports
        assert len(library.facts(FactQuery(code="2130305"))) == 9
        assert library.search("白石县文化馆公务接待费")[0].report == "r1"
        assert [check for check in library.doctor() if not check.ok] == []
