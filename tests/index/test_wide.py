from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import Library, Scope, UnknownReport
from tests.index.samples import HashEmbedder, make_report, reworded

BODIES = ("青禾市水务中心", "白石县文化馆", "长岭区疾病预防控制中心", "云台市档案局")


def fill(library: Library, years: range = range(2028, 2031)) -> None:
    for number, body in enumerate(BODIES):
        for year in years:
            library.add(make_report(f"r{number}-{year}", body, year))


@pytest.fixture(params=[20_000, 0], ids=["exact", "chroma"])
def wide(request: pytest.FixtureRequest, reopen: Callable[..., Library]) -> Library:
    """A library of twelve reports whose derived indexes are built."""
    with reopen() as library:
        fill(library)
        text = "公务接待费支出7.77万元，全部为外事接待，另有说明。"
        library.add(reworded(library.report("r2-2029"), 2, text))
    return reopen(exact_reports=2, exact_texts=request.param)


def test_texts_are_found_across_reports(wide: Library) -> None:
    hit = wide.search("外事接待另有说明")[0]
    assert (hit.report, hit.kind, hit.passage) == ("r2-2029", "passage", 2)
    assert hit.text.startswith("公务接待费支出7.77万元")
    assert hit.lexical > 0
    assert hit.dense > 0


def test_the_named_report_comes_first(wide: Library) -> None:
    hits = wide.search("云台市档案局2030年机关运行经费为什么减少")
    assert (hits[0].report, hits[0].passage) == ("r3-2030", 1)


def test_rows_are_shown_with_their_values(wide: Library) -> None:
    hit = wide.search("白石县文化馆2029年 水利工程运行与维护", Scope(kinds=("row",)))[0]
    assert (hit.report, hit.kind, hit.table, hit.row) == ("r1-2029", "row", 0, 2)
    assert "项目支出=100" in hit.text


def test_scope_of_many_reports(wide: Library) -> None:
    years = tuple(f"r{number}-2028" for number in range(4))
    hits = wide.search("公务接待费", Scope(reports=years), k=50)
    assert {hit.report for hit in hits} == set(years)
    with pytest.raises(UnknownReport):
        wide.search("公务接待费", Scope(reports=(*years, "nobody")))


def test_what_came_later_is_found_before_it_is_indexed(wide: Library) -> None:
    text = "本单位新增一艘用于打捞水草的作业船。"
    wide.add(reworded(wide.report("r0-2028"), 0, text))
    hit = wide.search("打捞水草的作业船")[0]
    assert (hit.report, hit.passage, hit.text) == ("r0-2028", 0, text)


def test_removed_reports_are_not_found(wide: Library) -> None:
    wide.remove("r2-2029")
    assert all(hit.report != "r2-2029" for hit in wide.search("外事接待另有说明", k=50))


def test_same_order_with_and_without_chroma(reopen: Callable[..., Library]) -> None:
    with reopen() as library:
        fill(library)
    questions = ("机关运行经费", "河道日常管护", "白石县文化馆公务用车", "项目支出")
    orders = []
    for exact in (0, 20_000):
        with reopen(exact_reports=1, exact_texts=exact) as library:
            found = [library.search(question) for question in questions]
            orders.append([[(h.report, h.kind, h.address) for h in hits] for hits in found])
    assert orders[0] == orders[1]


def test_closing_builds_the_derived_indexes(wide: Library) -> None:
    checks = {check.name: check for check in wide.doctor()}
    assert all(check.ok for check in checks.values()), checks
    assert "0 came later" in checks["indexes"].message


def test_a_broken_vector_index_is_survived_and_named(
    reopen: Callable[..., Library], tmp_path: Path
) -> None:
    with reopen() as library:
        fill(library)
    for file in (tmp_path / "store/search").glob("*/chroma/**/*"):
        if file.is_file():
            file.unlink()
    with reopen(exact_reports=1, exact_texts=0) as library:
        assert library.search("白石县文化馆公务接待费")[0].passage == 2
        (broken,) = [check for check in library.doctor() if not check.ok]
        assert broken.name == "neighbours"
        assert "rebuild" in broken.remedy
        library.rebuild()
        assert all(check.ok for check in library.doctor())


def test_rebuild_under_another_model(reopen: Callable[..., Library], tmp_path: Path) -> None:
    with reopen() as library:
        fill(library)
    other = HashEmbedder("another", size=32)
    with Library.open(tmp_path / "store", embedder=other, adopt=True) as library:
        library.rebuild()
        assert all(check.ok for check in library.doctor())
        assert library.search("白石县文化馆公务接待费")[0].passage == 2
    assert len(other.embedded) == 7
    with reopen(HashEmbedder("another", size=32)) as library:
        assert len(library.reports()) == 12


def test_vectors_in_the_index_are_those_of_sql(wide: Library) -> None:
    hit = wide.search("河道、水库日常管护")[0]
    assert hit.passage == 0
    expected = HashEmbedder().query("河道、水库日常管护") @ HashEmbedder().query(hit.text)
    assert hit.dense == pytest.approx(float(np.float32(expected)), abs=1e-5)
