"""Questions as typed become comparable text, and the language to answer in is found."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.language import digits_of_chinese_numbers, language_of, simplify, utterance


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("２０３１年獎金", "2031年奖金"),
        ("住房公積金（項）", "住房公积金（项）"),
        ("維修(護)費", "维修（护）费"),
        ("  印刷費是多少  ", "印刷费是多少"),
        ("「三公」經費", "“三公”经费"),
        ("2031 年 奖金", "2031年奖金"),
        ("How Much Was 奖金", "how much was 奖金"),
    ],
)
def test_writing_is_made_comparable(raw: str, text: str) -> None:
    assert utterance(raw).text == text
    assert utterance(raw).raw == raw


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("二十万元", "200000元"),
        ("三十人", "30人"),
        ("一百二十辆", "一百二十辆"),
        ("一般公共", "一般公共"),
    ],
)
def test_chinese_numerals_before_a_unit_become_digits(said: str, digits: str) -> None:
    assert digits_of_chinese_numbers(said) == digits


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("奖金发了多少", "zh"),
        ("奖金", "zh"),
        ("gdp是多少", "zh"),
        ("how much was spent on 奖金 in all?", "en"),
        ("what is the bonus", "en"),
        ("2130305", "zh"),
        ("", "zh"),
    ],
)
def test_the_frame_decides_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.text(max_size=60))
def test_any_text_is_understood_as_some_utterance(raw: str) -> None:
    said = utterance(raw)
    assert said.raw == raw
    assert said.language in ("zh", "en")


@example("一亿一")
@given(st.text(alphabet="一二三四五六七八九十百千万亿元人%点年的", max_size=20))
def test_no_row_of_numerals_breaks_reading(text: str) -> None:
    assert isinstance(digits_of_chinese_numbers(text), str)


def test_simplifying_twice_changes_nothing() -> None:
    once = simplify("財政撥款收入（類）「三公」")
    assert simplify(once) == once
