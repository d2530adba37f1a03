"""What bears out the figure of a sentence: a cell, a calculation, nothing, or a contradiction."""

from __future__ import annotations

import pytest

from qa.answer import CheckedBy
from qa.check import confirm
from qa.ledger import SpanPlace
from tests.qa.made_up import ledgers, make_report


def check(sentence: str, written: str) -> CheckedBy:
    (book,) = ledgers(make_report(paragraphs=((2, sentence),)))
    (entry,) = [e for e in book.of_passage(0) if e.text.replace(",", "") == written]
    assert isinstance(entry.place, SpanPlace)
    return confirm(book, entry)


@pytest.mark.parametrize(
    ("sentence", "written", "expected"),
    [
        ("住房公积金支出50万元。", "50万元", "table"),
        ("住房公积金支出50.00万元。", "50.00万元", "table"),
        ("住房公积金支出500000元。", "500000元", "table"),
        ("住房公积金支出50.00元。", "50.00元", "conflict"),
        ("农林水支出450元。", "450元", "conflict"),
        ("住房公积金支出49万元。", "49万元", "prose"),
        ("绿化养护支出12万元。", "12万元", "prose"),
        ("公务接待费预算为3万元。", "3万元", "table"),
        ("公务接待费预算为4万元。", "4万元", "prose"),
    ],
)
def test_an_amount_is_held_against_the_cells_of_its_account(
    sentence: str, written: str, expected: str
) -> None:
    assert check(sentence, written) is CheckedBy(expected)


@pytest.mark.parametrize(("rate", "expected"), [("80%", "conflict"), ("50%", "computed")])
def test_a_completion_is_worked_out_again(rate: str, expected: str) -> None:
    sentence = f"公务接待费预算为3万元，支出决算为1.5万元，完成预算的{rate}。"
    assert check(sentence, rate) is CheckedBy(expected)


@pytest.mark.parametrize(("rate", "expected"), [("20%", "computed"), ("26%", "conflict")])
def test_a_rate_is_worked_out_from_its_change(rate: str, expected: str) -> None:
    sentence = f"2031年度支出合计500万元，与2030年度相比，支出合计减少125万元，下降{rate}。"
    assert check(sentence, rate) is CheckedBy(expected)


def test_a_share_is_worked_out_of_the_total() -> None:
    sentence = "2031年度支出合计500万元，其中：基本支出300万元，占本年支出60%。"
    assert check(sentence, "60%") is CheckedBy.COMPUTED


def test_a_cell_is_its_own_proof() -> None:
    (book,) = ledgers()
    assert {confirm(book, e) for e in book.of_table(1)} == {CheckedBy.TABLE}
