"""The algebra of amount, budget, prior, change, rate and completion, exact to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import convert
from qa.answer import CheckedBy
from qa.figures import (
    Figure,
    Source,
    difference_of,
    mean_of,
    ratio_of,
    replayed,
    resolve,
    rounded,
    share_of,
    sum_of,
    tolerance,
)
from qa.gather import Want
from tests.qa.made_up import ledgers, make_report

(BOOK,) = ledgers()
(BEFORE,) = ledgers(make_report(year=2030, scale=Decimal("1.25")))

amounts = st.decimals(Decimal("-99999999.99"), Decimal("99999999.99"), places=2)
units = st.sampled_from(["元", "万元", "亿元"])


def asked(item: str, measure: str = "", basis: str = "", *, before: bool = False) -> Figure | None:
    want = Want(keys=frozenset({item}), measure=measure, basis=basis)
    return resolve(Source(BOOK, lambda: BEFORE if before else None), item, want)


def made(value: Decimal | None, unit: str = "万元", label: str = "甲") -> Figure:
    return Figure(label, value, unit, CheckedBy.TABLE)


@pytest.mark.parametrize(
    ("item", "measure", "basis", "value", "check"),
    [
        ("行政运行", "", "", "250.00", "table"),
        ("行政运行", "budget", "", "400.00", "prose"),
        ("行政运行", "change", "budget", "-150.00", "computed"),
        ("行政运行", "rate", "budget", "-37.50", "computed"),
        ("行政运行", "completion", "", "62.5", "computed"),
        ("expenditure.total", "prior", "", "625.00", "computed"),
        ("expenditure.total", "change", "prior", "-125.00", "prose"),
        ("expenditure.total", "rate", "prior", "-20", "computed"),
        ("operating_cost", "budget", "", "100.00", "computed"),
        ("operating_cost", "completion", "", "80.00", "computed"),
        ("three", "change", "budget", "-1.50", "computed"),
        ("three", "completion", "", "83.33", "computed"),
        ("reception", "rate", "budget", "-50", "computed"),
    ],
)
def test_what_is_printed_and_what_it_implies(
    item: str, measure: str, basis: str, value: str, check: str
) -> None:
    figure = asked(item, measure, basis)
    assert figure is not None
    assert figure.value == Decimal(value)
    assert figure.check is CheckedBy(check)


@pytest.mark.parametrize(
    ("item", "measure", "basis"),
    [
        ("奖金", "budget", ""),
        ("奖金", "prior", ""),
        ("奖金", "change", "prior"),
        ("奖金", "completion", ""),
        ("不存在的科目", "", ""),
    ],
)
def test_what_the_report_does_not_imply_is_nothing(item: str, measure: str, basis: str) -> None:
    assert asked(item, measure, basis) is None


@pytest.mark.parametrize(
    ("measure", "value"), [("prior", "125.00"), ("change", "-25.00"), ("rate", "-20.00")]
)
def test_the_report_of_the_year_before_is_used_where_it_is_held(measure: str, value: str) -> None:
    basis = "" if measure == "prior" else "prior"
    figure = asked("奖金", measure, basis, before=True)
    assert figure is not None
    assert figure.value == Decimal(value)


def test_a_printed_percentage_that_its_own_figures_deny_is_a_conflict() -> None:
    text = (
        "1.农林水支出（类）水利（款）行政运行（项）。"
        "年初预算为400万元，支出决算为250万元，完成年初预算的92.5%。"
    )
    (book,) = ledgers(make_report(paragraphs=((2, text),)))
    want = Want(keys=frozenset({"行政运行"}), measure="completion")
    figure = resolve(Source(book), "行政运行", want)
    assert figure is not None
    assert (figure.value, figure.check) == (Decimal("92.5"), CheckedBy.CONFLICT)
    again = replayed(figure)
    assert again is not None
    assert again.value == Decimal("62.50")


def test_a_blank_is_a_figure_without_a_value() -> None:
    figure = asked("印刷费")
    assert figure is not None
    assert figure.value is None
    assert figure.check is CheckedBy.TABLE


@given(amounts, amounts, units, units)
def test_a_difference_is_exact_in_the_unit_of_the_first(
    a: Decimal, b: Decimal, unit: str, other: str
) -> None:
    figure = difference_of(made(a, unit), made(b, other))
    assert figure is not None
    assert figure.unit == unit
    assert figure.value is not None
    assert convert(figure.value, unit, "元") == convert(a, unit, "元") - convert(b, other, "元")


@given(st.lists(st.tuples(amounts, units), min_size=1, max_size=12))
def test_a_sum_is_exact_whatever_the_units(parts: list[tuple[Decimal, str]]) -> None:
    figure = sum_of(tuple(made(value, unit) for value, unit in parts))
    assert figure is not None
    assert figure.value is not None
    whole = sum((convert(v, u, "元") for v, u in parts), Decimal(0))
    assert convert(figure.value, figure.unit, "元") == whole


@given(amounts, amounts.filter(bool), units, units)
def test_a_share_is_the_quotient_rounded_half_up(
    a: Decimal, b: Decimal, unit: str, other: str
) -> None:
    figure = share_of(made(a, unit), made(b, other))
    assert figure is not None
    assert figure.value is not None
    exact = convert(a, unit, "元") / convert(b, other, "元") * 100
    assert abs(figure.value - exact) <= Decimal("0.005") + abs(exact) * Decimal("1e-24")
    assert figure.unit == "%"


def test_blanks_count_as_nothing_in_a_sum_and_have_no_difference() -> None:
    total = sum_of((made(Decimal("1.20")), made(None), made(Decimal("2.30"))))
    assert total is not None
    assert total.value == Decimal("3.50")
    assert difference_of(made(None), made(Decimal(1))) is None
    assert share_of(made(Decimal(1)), made(None)) is None


def test_what_does_not_measure_the_same_is_not_reckoned_together() -> None:
    money, people = made(Decimal(5)), made(Decimal(5), "人")
    assert difference_of(money, people) is None
    assert sum_of((money, people)) is None
    assert share_of(money, people) is None
    assert ratio_of(money, people) is None


def test_nothing_is_divided_by_zero() -> None:
    assert share_of(made(Decimal(1)), made(Decimal(0))) is None
    assert ratio_of(made(Decimal(1)), made(Decimal(0))) is None


def test_a_mean_and_a_ratio_have_two_places() -> None:
    mean = mean_of((made(Decimal(1)), made(Decimal(2)), made(Decimal(2))))
    ratio = ratio_of(made(Decimal(2)), made(Decimal(3)))
    assert mean is not None
    assert ratio is not None
    assert (mean.value, ratio.value) == (Decimal("1.67"), Decimal("0.67"))


def test_rounding_goes_half_up_as_reports_round() -> None:
    assert rounded(Decimal("2.345"), 2) == Decimal("2.35")
    assert rounded(Decimal("-2.345"), 2) == Decimal("-2.35")
    assert tolerance(Decimal("12.5")) == Decimal("0.1")
    assert tolerance(Decimal("12")) == Decimal("0.5")
