"""Searching and listing cells, over a real library with two invented reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from index import Library
from qa.web.server import assemble
from qa.web.settings import WebSettings
from tests.index.samples import HashEmbedder
from tests.web.sample import SampleAssistant, report


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    first = report()
    later = replace(
        report("白石县文化馆"),
        id="baishi-2032",
        identity=replace(first.identity, body="白石县文化馆", year=2032, title="白石县文化馆决算"),
        sources=(replace(first.sources[0], digest="1" * 64),),
    )
    store = tmp_path_factory.mktemp("searched")
    with Library.open(store, embedder=HashEmbedder(), adopt=True) as library:
        library.add(first)
        library.add(later)
        yield TestClient(assemble(library, SampleAssistant(), WebSettings()))


def items(client: TestClient, path: str, **asked: object) -> list[dict[str, object]]:
    done = client.get(path, params=asked)
    assert done.status_code == 200, done.text
    return done.json()["items"]


def test_words_find_passages_and_rows(client: TestClient) -> None:
    found = items(client, "/api/v1/search", q="泵站改造工程")
    assert found[0]["kind"] == "passage"
    assert "泵站改造工程" in found[0]["text"]
    assert found[0]["section"].endswith("三、支出决算情况说明")


@pytest.mark.parametrize(
    ("filters", "reports"),
    [
        ({"body": "文化馆"}, {"baishi-2032"}),
        ({"year": 2031}, {"qingshi-2031"}),
        ({"kind": "budget"}, set()),
        ({"report": "baishi-2032"}, {"baishi-2032"}),
        ({}, {"qingshi-2031", "baishi-2032"}),
    ],
)
def test_filters_narrow_search_and_cells_alike(client: TestClient, filters, reports) -> None:
    for path, more in (("/api/v1/search", {"q": "支出"}), ("/api/v1/facts", {})):
        assert {item["report"] for item in items(client, path, **filters, **more)} == reports


def test_rows_are_found_by_statement_account_and_amount(client: TestClient) -> None:
    asked = {"q": "支出", "statement": "公开01", "account": "支出合计", "least": "400"}
    found = items(client, "/api/v1/search", year=2031, **asked)
    assert {(item["kind"], item["table"], item["row"]) for item in found} == {("row", 0, 5)}


def test_cells_are_found_by_account_and_amount(client: TestClient) -> None:
    found = items(client, "/api/v1/facts", account="本年支出", most="200", year=2031)
    assert [(item["column"], item["value"]) for item in found] == [("支出/其中/项目支出", "188.15")]


def test_pages_follow_each_other_and_end(client: TestClient) -> None:
    seen, offset = [], 0
    while offset is not None:
        page = client.get("/api/v1/facts", params={"limit": 5, "offset": offset}).json()
        seen += [(f["report"], f["row_id"], f["column_id"]) for f in page["items"]]
        offset = page["next"]
    assert len(seen) == len(set(seen)) == 24


@pytest.mark.parametrize("path", ["/api/v1/search?q=支出", "/api/v1/facts?", "/api/v1/reports?"])
@pytest.mark.parametrize("wrong", ["limit=0", "limit=101", "offset=-1", "year=12"])
def test_pages_have_bounds(client: TestClient, path: str, wrong: str) -> None:
    assert client.get(f"{path}&{wrong}").status_code == 422


def test_reports_are_listed_by_page(client: TestClient) -> None:
    page = client.get("/api/v1/reports", params={"limit": 1}).json()
    assert (len(page["items"]), page["total"], page["next"]) == (1, 2, 1)
