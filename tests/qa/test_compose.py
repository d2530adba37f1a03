"""The writer: digits only in slots, one number for one place, every marker resolved."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from qa.answer import Answer, CheckedBy, Status
from qa.compose import Reports, StrayDigitError, Writer, sentence_bounds
from qa.figures import Figure, Source, difference_of, resolve, share_of
from qa.gather import Want
from qa.language import utterance
from qa.ledger import SpanPlace
from tests.qa.made_up import ledgers

(BOOK,) = ledgers()
REPORT = BOOK.report


def writer(question: str = "奖金是多少") -> Writer:
    return Writer(utterance(question), Reports(lambda _: REPORT, lambda _: BOOK))


def figure(item: str, measure: str = "") -> Figure:
    found = resolve(Source(BOOK), item, Want(keys=frozenset({item}), measure=measure))
    assert found is not None
    return found


def markers(answer: Answer) -> list[int]:
    return [int(m) for m in re.findall(r"\[(\d+)\]", answer.answer)]


@pytest.mark.parametrize("text", ["约20万元", "下降9.5%", "２０万元", "[1]", "2031年"])
def test_plain_words_may_hold_no_digit(text: str) -> None:
    with pytest.raises(StrayDigitError):
        writer().say(text)


def test_an_english_answer_checks_the_english_words() -> None:
    with pytest.raises(StrayDigitError):
        writer("how much was the bonus").say("奖金", "bonus of 20")


def test_a_figure_comes_with_its_unit_its_check_and_its_row() -> None:
    answer = writer().say("奖金为").figure(figure("奖金")).answer(Status.ANSWERED)
    assert answer.answer == "奖金为100.00万元[1]"
    (number,) = answer.numbers
    assert (number.value, number.unit, number.check) == (Decimal(100), "万元", CheckedBy.TABLE)
    assert answer.citations[number.citation or 0].quote == "30103 奖金 100.00"


def test_one_place_keeps_one_number() -> None:
    bonus, office = figure("奖金"), figure("办公费")
    text = writer().figure(bonus).say("，").figure(office).say("，").figure(bonus)
    answer = text.answer(Status.ANSWERED)
    assert markers(answer) == [1, 2, 1]
    assert len(answer.citations) == 2


def test_a_calculation_cites_its_operands_and_can_be_replayed() -> None:
    difference = difference_of(figure("奖金"), figure("办公费"))
    assert difference is not None
    answer = writer().figure(difference).working(difference).answer(Status.ANSWERED)
    assert answer.derivation is not None
    assert answer.derivation.result == Decimal(52)
    assert [o.value for o in answer.derivation.operands] == [Decimal(100), Decimal(48)]
    assert {c.row for c in answer.citations} == {"奖金", "办公费"}
    assert set(markers(answer)) == {1, 2}


def test_a_computed_percentage_shows_the_places_it_has() -> None:
    share = share_of(figure("奖金"), figure("工资福利"))
    assert share is not None
    assert "45.45%（约45.5%）" in writer().figure(share).answer(Status.ANSWERED).answer


def test_a_blank_says_that_nothing_is_printed() -> None:
    answer = writer().figure(figure("印刷费")).answer(Status.ANSWERED)
    assert "空" in answer.answer
    assert answer.numbers == ()
    assert answer.citations[0].row == "印刷费"


def test_a_quotation_is_verbatim_and_its_figures_are_checked() -> None:
    text = REPORT.passages[2].text
    answer = writer().quote(REPORT.id, SpanPlace(2, 0, len(text))).answer(Status.ANSWERED)
    assert text in answer.answer
    checks = {f"{n.value:f}{n.unit}": n.check for n in answer.numbers}
    assert checks["200.00万元"] is CheckedBy.TABLE
    assert checks["125%"] is CheckedBy.COMPUTED
    assert checks["160.00万元"] is CheckedBy.PROSE


def test_a_refusal_offers_no_figure() -> None:
    answer = writer().figure(figure("奖金")).answer(Status.REFUSED)
    assert answer.numbers == ()
    assert answer.derivation is None


def test_english_answers_say_yuan_too() -> None:
    answer = writer("how much was the bonus").figure(figure("奖金")).answer(Status.ANSWERED)
    assert answer.language == "en"
    assert "1,000,000 yuan" in answer.answer


def test_a_sentence_ends_where_its_punctuation_does() -> None:
    text = "甲为一。乙为二；丙为三"
    assert text[slice(*sentence_bounds(text, 5, 7))] == "乙为二；"
    assert text[slice(*sentence_bounds(text, 9, 10))] == "丙为三"
