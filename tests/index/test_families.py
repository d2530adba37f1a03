"""One report in several files: held once, found under each name, mended file by file."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from corpus import Report
from corpus.model import Passage, Source
from index import Library
from index.model import Change
from tests.index.samples import make_report

LONG = tuple(
    Passage(4 + i, 1, f"第{i}项职能是管护第{i}号水库及其附属的工程设施，保证安全运行。", 1)
    for i in range(60)
)


def with_source(report: Report, name: str, state: str = "") -> Report:
    digest = hashlib.sha256((name + state).encode()).hexdigest()
    return replace(report, id=name.split(".")[0], sources=(Source(name, digest, "pdf", 6),))


def text_file(name: str = "文字.pdf", state: str = "") -> Report:
    whole = make_report()
    passages = (*whole.passages, *LONG)
    return with_source(replace(whole, tables=(), passages=passages), name, state)


def table_file(name: str = "表格.pdf", state: str = "") -> Report:
    return with_source(replace(make_report(), passages=()), name, state)


@pytest.mark.parametrize("order", [(text_file, table_file), (table_file, text_file)])
def test_two_files_are_held_as_one_report(opened: Library, order: tuple) -> None:
    first, second = (make() for make in order)
    assert opened.add(first).change is Change.ADDED
    outcome = opened.add(second)
    assert (outcome.change, outcome.report) == (Change.MERGED, first.id)
    held = opened.report(first.id)
    assert (len(held.passages), len(held.tables)) == (64, 1)
    assert [card.id for card in opened.reports()] == [first.id]
    assert all(check.ok for check in opened.doctor() if check.name in ("documents", "entries"))
    names = [source.name for source in opened.reports()[0].sources]
    assert names == ["文字.pdf", "表格.pdf"]


def test_ingesting_again_changes_nothing(opened: Library) -> None:
    opened.add(text_file())
    opened.add(table_file())
    before = opened.report("文字")
    for again in (table_file(), text_file()):
        assert opened.is_current(again.sources[0].digest, 1, again.sources[0].name)
        outcome = opened.add(again)
        assert (outcome.change, outcome.report) == (Change.UNCHANGED, "文字")
    assert opened.report("文字") == before


def test_a_new_state_of_one_file_renews_its_part(opened: Library) -> None:
    opened.add(text_file())
    opened.add(table_file())
    late = text_file(state="second")
    late = replace(
        late, passages=(replace(late.passages[0], text="负责水务。"), *late.passages[1:])
    )
    outcome = opened.add(late)
    assert (outcome.change, outcome.report) == (Change.REPLACED, "文字")
    held = opened.report("文字")
    assert held.passages[0].text == "负责水务。"
    assert len(held.tables) == 1
    assert not opened.is_current(text_file().sources[0].digest, 1)


def test_a_file_that_turns_into_another_report_leaves(opened: Library) -> None:
    opened.add(text_file())
    opened.add(table_file())
    words = tuple(replace(p, text=f"另{p.text[:-1]}，" * 3) for p in text_file().passages)
    other = replace(table_file(state="second"), passages=words)
    outcome = opened.add(other)
    assert (outcome.change, outcome.report) == (Change.ADDED, "表格")
    held = {card.id: (card.passages, card.tables) for card in opened.reports()}
    assert held == {"文字": (64, 0), "表格": (64, 1)}


def test_removing_takes_all_files(opened: Library) -> None:
    opened.add(text_file())
    opened.add(table_file())
    opened.remove("文字")
    assert opened.reports() == ()
    assert opened.add(table_file()).change is Change.ADDED


def test_a_copy_is_noted_once(opened: Library) -> None:
    whole = replace(text_file("报告.pdf"), tables=make_report().tables)
    opened.add(whole)
    other = with_source(whole, "报告（公开版）.docx")
    outcome = opened.add(other)
    assert (outcome.change, outcome.report) == (Change.COPY, "报告")
    assert opened.add(other).change is Change.UNCHANGED
    card = opened.reports()[0]
    assert [(source.name, source.copy) for source in card.sources] == [
        ("报告.pdf", False),
        ("报告（公开版）.docx", True),
    ]
    assert opened.is_current(other.sources[0].digest, 1, "报告（公开版）.docx")
    assert opened.report("报告").passages == whole.passages


def test_the_same_bytes_under_another_name_are_a_copy(opened: Library) -> None:
    first = text_file()
    opened.add(first)
    twin = replace(first, id="转载", sources=(replace(first.sources[0], name="转载.pdf"),))
    assert not opened.is_current(twin.sources[0].digest, 1, "转载.pdf")
    assert opened.add(twin).change is Change.COPY
    assert opened.is_current(twin.sources[0].digest, 1, "转载.pdf")


def test_a_fuller_file_takes_the_place_of_its_excerpt(opened: Library) -> None:
    opened.add(text_file("摘要.pdf"))
    whole = replace(text_file("全文.pdf"), tables=make_report().tables)
    outcome = opened.add(whole)
    assert (outcome.change, outcome.report) == (Change.REPLACED, "摘要")
    assert len(opened.report("摘要").tables) == 1
    names = [(source.name, source.copy) for source in opened.reports()[0].sources]
    assert names == [("全文.pdf", False), ("摘要.pdf", True)]


def test_a_newer_reader_renews_both_files(opened: Library) -> None:
    opened.add(text_file())
    opened.add(table_file())
    for old in (text_file(), table_file()):
        assert not opened.is_current(old.sources[0].digest, 2)
        opened.add(replace(old, reader_version=2))
    assert opened.reports()[0].reader_version == 2
    assert opened.is_current(text_file().sources[0].digest, 2)
