"""Two labels name the same account exactly when their cores agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.names import bare, core, grams


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("八、农林水支出", "农林水（类）支出"),
        ("（一）住房公积金", "住房公积金（项）"),
        ("2031年度印刷费", "印刷费"),
        ("其中：办公费", "办公费"),
        ("“三公”经费", "三公经费"),
        ("维修(护)费", "维修（护）费"),
        ("农林水 支出", "农林水支出"),
        ("1.邮电费", "邮电费"),
    ],
)
def test_one_account_in_two_writings(one: str, other: str) -> None:
    assert core(one) == core(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("行政单位离退休", "事业单位离退休"),
        ("水费", "电费"),
        ("基本支出", "基本工资"),
        ("医疗费", "医疗费补助"),
        ("购房补贴", "提租补贴"),
    ],
)
def test_neighbours_stay_apart(one: str, other: str) -> None:
    assert core(one) != core(other)


def test_a_core_is_not_cut_below_what_names_an_account() -> None:
    assert core("水费") == "水费"
    assert core("基本支出") == "基本支出"
    assert core("合计") == "合计"


@given(st.text(alphabet="一二、（）(类款项)支出经费费合计水利办公 “”0123年度其中：", max_size=16))
def test_a_bare_label_loses_nothing_when_made_bare_again_but_marks(label: str) -> None:
    assert core(label) == core(label.replace(" ", ""))
    assert " " not in bare(label)


def test_grams_count_han_pairs_and_whole_words() -> None:
    assert grams("印刷费 gdp 12") == {
        "印": 1, "刷": 1, "费": 1, "印刷": 1, "刷费": 1, "gdp": 1, "12": 1,
    }  # fmt: skip
