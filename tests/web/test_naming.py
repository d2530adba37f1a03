"""Reports are told apart where people choose one."""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Kind
from index import ReportCard
from qa.web.naming import report_names
from qa.web.words import words
from tests.web.sample import SampleLibrary, report

ZH = words("zh")
(CARD,) = SampleLibrary(report()).reports()


def card(id_: str, **identity: object) -> ReportCard:
    return replace(CARD, id=id_, identity=replace(CARD.identity, **identity))


def test_a_report_goes_by_body_year_and_kind() -> None:
    cards = (card("a"), card("b", kind=Kind.BUDGET), card("c", year=2030))
    assert report_names(cards, ZH) == {
        "a": ("青石县水务管理站", "2031 决算"),
        "b": ("青石县水务管理站", "2031 预算"),
        "c": ("青石县水务管理站", "2030 决算"),
    }


def test_namesakes_go_by_title_and_else_by_id() -> None:
    cards = (card("a", title="收入表"), card("b", title="支出表"))
    assert report_names(cards, ZH) == {"a": ("收入表", ""), "b": ("支出表", "")}
    assert report_names((card("a"), card("b")), ZH) == {"a": ("a", ""), "b": ("b", "")}
