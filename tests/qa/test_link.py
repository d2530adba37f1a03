"""The words of a question linked to the accounts of an invented report."""

from __future__ import annotations

import pytest

from qa.language import utterance
from qa.link import content_of, find_mentions, partial, sibling
from qa.plan import Mention, Via
from tests.qa.made_up import ledgers

BOOKS = ledgers()


def mentions(question: str) -> tuple[Mention, ...]:
    return find_mentions(utterance(question).text, BOOKS)


def strong(question: str) -> list[str]:
    return [m.item for m in mentions(question) if not m.weak]


@pytest.mark.parametrize(
    ("question", "item", "via"),
    [
        ("2130305花了多少", "水利工程建设", Via.CODE),
        ("水利工程建设花了多少", "水利工程建设", Via.LABEL),
        ("公款吃喝花了多少", "reception", Via.ALIAS),
        ("年终奖发了多少", "奖金", Via.ALIAS),
        ("how much were the bonuses", "奖金", Via.ENGLISH),
        ("printing costs?", "印刷费", Via.ENGLISH),
        ("住房工积金花了多少", "住房公积金", Via.SOUND),
        ("住房公积余花了多少", "住房公积金", Via.TYPO),
    ],
)
def test_a_link_keeps_how_it_was_made(question: str, item: str, via: Via) -> None:
    (found,) = [m for m in mentions(question) if not m.weak]
    assert (found.item, found.via) == (item, via)


def test_the_longest_name_hides_what_it_covers() -> None:
    assert strong("公务用车运行维护费是多少") == ["vehicles.running"]
    assert strong("政府采购服务支出是多少") == ["procurement.services"]


def test_several_accounts_come_in_the_order_of_the_question() -> None:
    assert strong("奖金、印刷费和办公费各多少") == ["奖金", "印刷费", "办公费"]


def test_words_for_a_side_are_weak_beside_an_account() -> None:
    found = mentions("住房公积金支出是多少")
    assert [(m.item, m.weak) for m in found] == [
        ("住房公积金", False),
        ("expenditure.total", True),
    ]


@pytest.mark.parametrize("question", ["2031年花了多少", "超过300元的有哪些", "完成率301%"])
def test_years_and_amounts_are_no_codes(question: str) -> None:
    assert not [m for m in mentions(question) if m.via is Via.CODE]


def test_a_right_name_leaves_no_room_for_a_misspelt_one() -> None:
    assert {m.via for m in mentions("印刷费和邮电费")} <= {Via.LABEL, Via.NAME}


def test_latin_words_must_be_whole() -> None:
    assert strong("what about the waterfront") == []


def test_what_shares_most_of_the_question_is_found_loosely() -> None:
    found = partial("工程水利建设", BOOKS, frozenset({"万元"}))
    assert [m.item for m in found] == ["水利工程建设"]
    assert all(m.via is Via.PARTIAL for m in found)
    assert partial("职工食堂菜价", BOOKS, frozenset()) == ()


def test_the_sibling_of_an_item_ends_as_it_does() -> None:
    found = sibling("办公", "印刷费", BOOKS)
    assert found is None  # they share a single character, which is not enough to be siblings


def test_content_is_what_neither_names_nor_frames_the_question() -> None:
    text = utterance("请问2031年奖金在堤防上一共花了多少钱").text
    assert content_of(text, find_mentions(text, BOOKS)) == "堤防"
