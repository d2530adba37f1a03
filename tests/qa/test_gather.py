"""Which figures of a report a question means, and when two of them are the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus import Kind
from qa.gather import MONEY, PEOPLE, Want, basis_kind, candidates, distinct, same_value, unit_family
from qa.ledger import CellPlace, Entry, SpanPlace
from tests.qa.made_up import Scaled, ledgers, make_report, usual_paragraphs

(BOOK,) = ledgers()


def best(item: str, **want: object) -> Entry | None:
    keys = frozenset({item, *want.pop("keys", ())})  # type: ignore[misc]
    found = candidates(BOOK, item, Want(keys=keys, **want))  # type: ignore[arg-type]
    return found[0].entry if found else None


@pytest.mark.parametrize(
    ("item", "want", "value"),
    [
        ("水利工程建设", {}, "200.00"),
        ("水利工程建设", {"measure": "budget"}, "160.00"),
        ("水利工程建设", {"measure": "completion"}, "125"),
        ("农林水", {"keys": ("basic",)}, "250.00"),
        ("农林水", {"keys": ("project",)}, "200.00"),
        ("reception", {}, "1.50"),
        ("reception", {"measure": "budget"}, "3.00"),
        ("expenditure.total", {"measure": "change", "basis": "prior"}, "-125.00"),
        ("expenditure.total", {"measure": "rate", "basis": "prior"}, "-20"),
        ("operating_cost", {"measure": "change", "basis": "budget"}, "-20.00"),
        ("水利工程建设", {"code": "2130305"}, "200.00"),
    ],
)
def test_the_best_figure_for_a_want(item: str, want: dict[str, object], value: str) -> None:
    entry = best(item, **want)
    assert entry is not None
    assert entry.value == Decimal(value)


def test_a_column_is_used_only_when_it_is_named() -> None:
    found = candidates(BOOK, "农林水", Want(keys=frozenset({"农林水"})))
    assert all("basic" not in c.entry.required for c in found)


def test_a_cell_goes_before_a_sentence() -> None:
    entry = best("expenditure.total")
    assert entry is not None
    assert isinstance(entry.place, CellPlace)


def test_a_named_table_goes_before_all_others() -> None:
    asked = best("基本工资", tables=frozenset({(BOOK.report.id, 1)}))
    assert asked is not None
    assert isinstance(asked.place, CellPlace)
    assert asked.place.table == 1


@pytest.mark.parametrize(
    ("item", "want"),
    [
        ("印刷费", {"measure": "budget"}),
        ("奖金", {"measure": "change", "basis": "prior"}),
        ("reception", {"measure": "change", "basis": "prior"}),
        ("奖金", {"units": PEOPLE}),
        ("不存在的科目", {}),
    ],
)
def test_what_is_not_printed_is_not_found(item: str, want: dict[str, object]) -> None:
    assert best(item, **want) is None


def test_a_blank_cell_is_found_and_has_no_value() -> None:
    entry = best("印刷费")
    assert entry is not None
    assert entry.blank


@pytest.mark.parametrize(
    ("basis", "year", "kind"),
    [
        ("年初预算数", 2031, "budget"),
        ("上年", 2031, "prior"),
        ("2030年度", 2031, "prior"),
        ("2030年预算", 2031, "prior"),
        ("2031年预算", 2031, "budget"),
        ("年度目标", 2031, "target"),
        ("", 2031, ""),
    ],
)
def test_what_a_sentence_compares_with(basis: str, year: int, kind: str) -> None:
    assert basis_kind(basis, year) == kind


def test_units_that_satisfy_a_question() -> None:
    assert unit_family("", True) == MONEY
    assert unit_family("人", False) == PEOPLE
    assert "台" in unit_family("辆", False)
    assert unit_family("", False) == frozenset()


def _entries() -> tuple[Entry, Entry]:
    cell, span = best("水利工程建设"), best("水利工程建设", measure="budget")
    assert cell is not None
    assert span is not None
    assert isinstance(span.place, SpanPlace)
    return cell, span


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("200.00", "万元"), ("2000000", "元"), True),
        (("200.00", "万元"), ("200.00", "元"), False),
        (("200.004", "万元"), ("200.00", "万元"), True),
        (("200.02", "万元"), ("200.00", "万元"), False),
        (("12", "人"), ("12", "人次"), True),
        (("12", "人"), ("12", "%"), False),
        ((None, ""), ("0", "万元"), True),
    ],
)
def test_values_are_the_same_across_units_up_to_their_last_place(
    one: tuple[str | None, str], other: tuple[str | None, str], same: bool
) -> None:
    cell, span = _entries()
    a, b = (
        replace(entry, value=None if value is None else Decimal(value), unit=unit)
        for entry, (value, unit) in ((cell, one), (span, other))
    )
    assert same_value(a, b) is same
    assert same_value(b, a) is same


def test_two_places_that_print_different_values_are_both_kept() -> None:
    paragraphs = [*usual_paragraphs(2031, Scaled(Decimal(1))), (2, "住房公积金支出51.00万元。")]
    (book,) = ledgers(make_report(paragraphs=paragraphs))
    found = candidates(book, "住房公积金", Want(keys=frozenset({"住房公积金"})))
    values = {e.value for e in distinct(found, margin=0.8)}
    assert values == {Decimal("50.00"), Decimal("51.00")}


def test_in_a_budget_the_plain_figures_are_the_planned_ones() -> None:
    (book,) = ledgers(make_report(kind=Kind.BUDGET, paragraphs=()))
    found = candidates(book, "水利工程建设", Want(keys=frozenset({"水利工程建设"})))
    assert found[0].entry.value == Decimal("200.00")
    assert {e.measure for e in book.of("reception")} == {"amount"}
