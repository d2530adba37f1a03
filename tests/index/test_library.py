from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.model import Placement, Report
from index import Change, FactQuery, Library, Scope, StoreDrift, UnknownReport
from tests.index.samples import HashEmbedder, make_report, make_table, reworded


def test_report_comes_back_exactly(
    opened: Library, report: Report, reopen: Callable[..., Library]
) -> None:
    opened.add(report)
    with reopen() as again:
        assert again.report(report.id) == report
        assert again.report(report.id) is again.report(report.id)


def test_card_counts(opened: Library, report: Report) -> None:
    opened.add(report)
    (card,) = opened.reports()
    assert (card.id, card.identity, card.sources) == (report.id, report.identity, report.sources)
    assert (card.sections, card.passages, card.tables, card.facts) == (5, 4, 1, 9)
    assert card.open_cells == 0


def test_unchanged_input_embeds_nothing(
    opened: Library, report: Report, embedder: HashEmbedder
) -> None:
    first = opened.add(report)
    assert (first.change, first.entries, first.texts, first.embedded) == (Change.ADDED, 7, 7, 7)
    embedder.embedded.clear()
    second = opened.add(report)
    assert (second.change, second.embedded) == (Change.UNCHANGED, 0)
    assert embedder.embedded == []


def test_changed_file_replaces_its_own_rows(
    opened: Library, report: Report, embedder: HashEmbedder
) -> None:
    other = make_report("other", "白石县文化馆", 2030)
    opened.add(report)
    opened.add(other)
    embedder.embedded.clear()
    text = "公务接待费支出2.00万元，全部用于国内接待。"
    outcome = opened.add(reworded(report, 2, text))
    assert (outcome.change, outcome.embedded) == (Change.REPLACED, 1)
    assert embedder.embedded == ["公务接待费支出#万元，全部用于国内接待。"]
    assert opened.report(report.id).passages[2].text == text
    assert opened.report("other") == other
    assert len(opened.facts(FactQuery())) == 18


def test_same_text_is_embedded_once_for_all_reports(
    opened: Library, report: Report, embedder: HashEmbedder
) -> None:
    opened.add(report)
    outcome = opened.add(make_report("next", year=2032))
    assert (outcome.change, outcome.entries, outcome.embedded) == (Change.ADDED, 7, 0)


def test_second_copy_of_a_file_is_recognised(opened: Library, report: Report) -> None:
    opened.add(report)
    outcome = opened.add(replace(report, id="copy"))
    assert (outcome.change, outcome.report) == (Change.UNCHANGED, report.id)
    assert [card.id for card in opened.reports()] == [report.id]


def test_is_current_depends_on_bytes_and_reader(opened: Library, report: Report) -> None:
    digest = report.sources[0].digest
    assert not opened.is_current(digest, 1)
    opened.add(report)
    assert opened.is_current(digest, 1)
    assert not opened.is_current(digest, 2)
    assert opened.add(replace(report, reader_version=2)).change is Change.REPLACED
    assert opened.is_current(digest, 2)


def test_remove(opened: Library, report: Report) -> None:
    opened.add(report)
    opened.remove(report.id)
    assert opened.reports() == ()
    assert opened.facts(FactQuery()) == ()
    assert opened.search("机关运行经费") == ()
    with pytest.raises(UnknownReport, match="reports"):
        opened.report(report.id)
    with pytest.raises(UnknownReport):
        opened.remove(report.id)


def test_facts_carry_their_address(opened: Library, report: Report) -> None:
    opened.add(report)
    (fact,) = opened.facts(FactQuery(report=report.id, code="2130305", column="project"))
    assert (fact.report, fact.table, fact.table_title) == (
        report.id,
        "公开03表",
        "2031年度支出决算表",
    )
    assert (fact.row, fact.column, fact.value, fact.text) == (
        "水利工程运行与维护",
        "项目支出",
        Decimal("100"),
        "100",
    )
    assert (fact.unit, fact.page, fact.placed_by) == ("万元", 5, Placement.CELL)
    assert (fact.table_id, fact.row_id, fact.column_id) == (0, 2, 2)


def test_blank_cells_stay_blank(opened: Library, report: Report) -> None:
    opened.add(report)
    blank = opened.facts(FactQuery(code="2130305", column="基本支出"))
    assert [(fact.value, fact.text) for fact in blank] == [(None, "")]
    assert opened.facts(FactQuery(code="2130305", column="基本支出", filled=True)) == ()


def test_decimals_keep_their_digits(opened: Library, report: Report) -> None:
    opened.add(report)
    (fact,) = opened.facts(FactQuery(code="213", column="project"))
    assert str(fact.value) == "100.00"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (FactQuery(label=" 其中：农林水支出 "), 3),
        (FactQuery(contains="水"), 6),
        (FactQuery(table="公开03表"), 9),
        (FactQuery(table="final.spending", limit=4), 4),
        (FactQuery(table="final.spending", limit=4, offset=8), 1),
        (FactQuery(least=Decimal("200.5")), 4),
        (FactQuery(most=Decimal(100), least=Decimal(100)), 4),
        (FactQuery(reports=("nobody",)), 0),
        (FactQuery(contains="%"), 0),
    ],
)
def test_fact_queries(opened: Library, report: Report, query: FactQuery, count: int) -> None:
    opened.add(report)
    assert len(opened.facts(query)) == count


def test_all_facts_one_by_one(opened: Library, report: Report) -> None:
    opened.add(report)
    places = [(f.table_id, f.row_id, f.column_id) for f in opened.iter_facts()]
    assert places == [(0, row, column) for row in range(3) for column in range(3)]


def test_search_finds_passages_and_rows(opened: Library, report: Report) -> None:
    opened.add(report)
    passage = opened.search("机关运行经费支出为什么减少")[0]
    assert (passage.kind, passage.passage, passage.report) == ("passage", 1, report.id)
    assert passage.lexical > 0
    assert passage.text == report.passages[1].text
    row = opened.search("水利工程运行与维护 项目支出")[0]
    assert (row.kind, row.table, row.row) == ("row", 0, 2)
    assert "项目支出=100" in row.text


def test_traditional_characters_find_the_same(opened: Library, report: Report) -> None:
    opened.add(report)
    written = opened.search("機關運行經費支出為什麼減少")
    assert written == opened.search("机关运行经费支出为什么减少")


def test_own_words_help_a_question_that_has_none(opened: Library, report: Report) -> None:
    opened.add(report)
    helped = opened.search("official receptions", also=("公务接待费",))
    assert helped[0].passage == 2
    assert helped[0].lexical > 0


def test_an_account_is_found_once_before_anything_is_found_again(opened: Library) -> None:
    report = make_report()
    again = replace(make_table(), id=1, title="2031年度收入决算表")
    opened.add(replace(report, tables=(*report.tables, again)))
    hits = opened.search("农林水支出 水利工程运行与维护", k=10)
    rows = [hit.address[1] for hit in hits if hit.kind == "row"]
    different = len(set(rows))
    assert 1 < different < len(rows)
    assert len(set(rows[:different])) == different


def test_scope_narrows(opened: Library, report: Report) -> None:
    opened.add(report)
    opened.add(make_report("other", "白石县文化馆", 2030))
    everywhere = {hit.report for hit in opened.search("公务接待费")}
    assert everywhere == {report.id, "other"}
    there = opened.search("公务接待费", Scope(reports=("other",)))
    assert {hit.report for hit in there} == {"other"}
    part = opened.search("公务接待费", Scope(reports=("other",), sections=(0,)))
    assert {hit.passage for hit in part} <= {0}
    rows = opened.search("支出", Scope(kinds=("row",)))
    assert {hit.kind for hit in rows} == {"row"}
    with pytest.raises(UnknownReport):
        opened.search("公务接待费", Scope(reports=("nobody",)))


def test_nothing_found_is_an_empty_answer(opened: Library, report: Report) -> None:
    assert opened.search("机关运行经费") == ()
    opened.add(report)
    assert opened.search("  ") == ()


def test_hits_are_ordered_and_limited(opened: Library, report: Report) -> None:
    opened.add(report)
    hits = opened.search("支出", k=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_another_model_is_refused_with_the_remedy(
    opened: Library, report: Report, reopen: Callable[..., Library]
) -> None:
    opened.add(report)
    with pytest.raises(StoreDrift, match="juewen rebuild"):
        reopen(HashEmbedder("another"))


def test_another_dimension_is_refused(
    opened: Library, report: Report, reopen: Callable[..., Library]
) -> None:
    opened.add(report)
    with reopen(HashEmbedder(size=32)) as again, pytest.raises(StoreDrift, match="64"):
        again.add(reworded(report, 0, "负责另外一件事情。"))


def test_another_process_sees_changes(
    opened: Library, report: Report, reopen: Callable[..., Library]
) -> None:
    with reopen() as reader:
        assert reader.reports() == ()
        opened.add(report)
        assert len(reader.reports()) == 1
        opened.add(reworded(report, 1, "没有支出。"))
        assert reader.report(report.id).passages[1].text == "没有支出。"


def test_two_files_of_one_name_but_different_bodies_are_both_held(opened: Library) -> None:
    first = make_report("2030年部门预算", "白石县文化馆", 2030)
    second = make_report("2030年部门预算", "青山县图书馆", 2030)
    opened.add(first)
    outcome = opened.add(second)
    assert (outcome.change, outcome.report) == (Change.ADDED, "2030年部门预算~2")
    assert {card.identity.body for card in opened.reports()} == {"白石县文化馆", "青山县图书馆"}
