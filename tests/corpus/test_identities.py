"""The solver: small statements by hand, open and broken ones, and random consistent years."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import tables
from corpus.drafts import Draft, DraftRow
from corpus.layout import Line
from corpus.model import Column, Outcome, Placement, Table
from tests.corpus.made_up import make_year, print_flat

STATEMENTS = {
    "final.income": "income",
    "final.spending": "spending",
    "final.general_spending": "general",
    "final.fund": "fund",
}


def draft(
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, str, str]],
    *,
    notes: Sequence[str] = (),
    statement: str = "",
    unit: str = "万元",
) -> Draft:
    """A made-up draft: columns as (role, label), rows as (code, label, printed values)."""
    return Draft(
        0,
        1,
        "某某表",
        tuple(Column(i, (label,), str(i + 1), role) for i, (role, label) in enumerate(columns)),
        tuple(
            DraftRow(label, code, band=i, printed=tuple(values.split()))
            for i, (code, label, values) in enumerate(rows)
        ),
        unit=unit,
        statement=statement,
        notes=tuple(notes),
    )


SPENDING = [
    ("total", "合计"),
    ("basic", "基本支出"),
    ("project", "项目支出"),
    ("upward", "上缴上级支出"),
    ("operating", "经营支出"),
    ("subsidy", "对附属单位补助支出"),
]
GENERAL = [("total", "小计"), ("basic", "基本支出"), ("project", "项目支出")]


def solve(*drafts: Draft, prose: Sequence[str] = ()) -> tuple[Table, ...]:
    return tables.build(drafts, lambda draft: 0, prose)


def texts(table: Table, row: int) -> list[str]:
    return [cell.text for cell in table.row_cells(row)]


def test_full_rows_are_placed_by_order() -> None:
    table = solve(draft(GENERAL, [("", "合计", "3.00 1.00 2.00")]))[0]
    assert texts(table, 0) == ["3.00", "1.00", "2.00"]
    assert {c.placed_by for c in table.cells} == {Placement.ORDER}


def test_a_printed_formula_places_values() -> None:
    """Only so does 1栏＝(2＋3)栏 hold; nothing but the note is known of this table."""
    columns = [("", "甲"), ("", "乙"), ("", "丙")]
    table = solve(
        draft(columns, [("", "某行", "5.00 5.00")], notes=["注：3栏各行＝（1＋2）栏各行。"])
    )[0]
    assert texts(table, 0)[2] == "5.00"
    assert table.rows[0].unplaced == ("5.00",), "甲 and 乙 are equally good"


def test_children_and_parent_settle_each_other() -> None:
    rows = [
        ("", "合计", "9.00 6.00 3.00"),
        ("201", "甲类", "9.00 6.00 3.00"),
        ("20101", "甲款", "9.00 6.00 3.00"),
        ("2010101", "甲项", "6.00 6.00"),
        ("2010102", "乙项", "3.00 3.00"),
    ]
    table = solve(draft(GENERAL, rows, statement="final.general_spending"))[0]
    assert texts(table, 3) == ["6.00", "6.00", ""]
    assert texts(table, 4) == ["3.00", "", "3.00"]
    assert {c.placed_by for c in table.row_cells(4)} == {Placement.IDENTITIES}


def test_equal_alternatives_stay_open() -> None:
    """Two accounts of the same size: which is basic, which project, the sums cannot tell."""
    rows = [
        ("", "合计", "4.00 2.00 2.00"),
        ("201", "甲类", "2.00 2.00"),
        ("202", "乙类", "2.00 2.00"),
    ]
    table = solve(draft(GENERAL, rows, statement="final.general_spending"))[0]
    for row in (1, 2):
        assert texts(table, row) == ["2.00", "", ""]
        assert table.rows[row].unplaced == ("2.00",)
        assert [c.placed_by for c in table.row_cells(row)] == [
            Placement.IDENTITIES,
            Placement.OPEN,
            Placement.OPEN,
        ]
    untried = [c for c in table.checks if c.outcome is Outcome.UNTRIED]
    assert any(c.cells and c.cells[0][0] in (1, 2) for c in untried)


def test_another_statement_settles_an_account() -> None:
    """What the fiscal statement calls project spending is project spending here as well."""
    rows = [("", "合计", "2.00 2.00"), ("201", "甲类", "2.00 2.00")]
    fiscal = [("", "合计", "2.00 0.00 2.00"), ("201", "甲类", "2.00 0.00 2.00")]
    spending, _ = solve(
        draft(SPENDING, rows, statement="final.spending"),
        draft(GENERAL, fiscal, statement="final.general_spending"),
    )
    assert texts(spending, 1) == ["2.00", "", "2.00", "", "", ""]


def test_a_misprint_does_not_stop_the_others() -> None:
    """One item is wrong by a digit: the rest is still placed, and the sum is reported."""
    rows = [
        ("", "合计", "19.00 16.00 3.00"),
        ("201", "甲类", "19.00 16.00 3.00"),
        ("20101", "甲款", "19.00 16.00 3.00"),
        ("2010101", "甲项", "6.00 6.00"),
        ("2010102", "乙项", "3.00 3.00"),
        ("2010103", "丙项", "10.90 10.90"),
    ]
    table = solve(draft(GENERAL, rows, statement="final.general_spending"))[0]
    assert texts(table, 3) == ["6.00", "6.00", ""]
    assert texts(table, 4) == ["3.00", "", "3.00"]
    failed = [c for c in table.checks if c.outcome is Outcome.FAILS]
    assert {c.cells[0] for c in failed} == {(2, 0), (2, 1)}
    assert failed[0].expected == Decimal("19.90")
    assert failed[0].found == Decimal("19.00")


def test_rounding_is_no_misprint() -> None:
    """Three thirds: 0.33 three times under 1.00, half a cent for each figure."""
    rows = [("", "合计", "1.00 1.00"), *((f"20{k}", f"第{k}类", "0.33 0.33") for k in "123")]
    table = solve(draft(GENERAL, rows, statement="final.general_spending"))[0]
    assert all(c.outcome is not Outcome.FAILS for c in table.checks)


def test_a_sentence_settles_what_sums_leave_open() -> None:
    columns = [("total", "合计"), ("basic", "基本支出"), ("project", "项目支出")]
    rows = [("", "合计", "2.00 2.00")]
    known = draft(columns, rows, statement="final.general_spending")
    assert solve(known)[0].rows[0].unplaced == ("2.00",)
    told = ["2031年度一般公共预算财政拨款支出2万元，其中：项目支出2万元。"]
    table = solve(known, prose=told)[0]
    assert texts(table, 0) == ["2.00", "", "2.00"]
    assert table.row_cells(0)[2].placed_by is Placement.PROSE


def test_sums_outrank_sentences() -> None:
    rows = [("", "合计", "5.00 2.00 3.00"), ("201", "甲类", "5.00 2.00 3.00")]
    known = draft(GENERAL, rows, statement="final.general_spending")
    table = solve(known, prose=["一般公共预算财政拨款支出5万元，其中：基本支出3万元。"])[0]
    assert texts(table, 0) == ["5.00", "2.00", "3.00"]


def test_more_values_than_columns_stay_open() -> None:
    table = solve(draft(GENERAL, [("", "合计", "1.00 1.00 1.00 1.00")]))[0]
    assert texts(table, 0) == ["", "", ""]
    assert table.rows[0].unplaced == ("1.00",) * 4


def test_empty_rows_keep_their_blanks() -> None:
    table = solve(draft(GENERAL, [("", "合计", "")], statement="final.general_spending"))[0]
    assert texts(table, 0) == ["", "", ""]
    assert not table.rows[0].unplaced
    assert not [c for c in table.checks if c.outcome is Outcome.FAILS]


def test_nought_stands_where_the_total_prints_one() -> None:
    """A printed 0.00 weighs nothing in a sum; it belongs where the total shows a value."""
    rows = [
        ("", "合计", "9.00 6.00 3.00"),
        ("201", "甲类", "6.00 6.00 0.00"),
        ("202", "乙类", "3.00 0.00 3.00"),
    ]
    fiscal = [("", "合计", "9.00 6.00 3.00")]
    table, _ = solve(
        draft(SPENDING, rows, statement="final.spending"),
        draft(GENERAL, fiscal, statement="final.general_spending"),
    )
    assert texts(table, 1)[:3] == ["6.00", "6.00", "0.00"]
    assert texts(table, 2)[:3] == ["3.00", "0.00", "3.00"]


def test_tables_in_different_units_are_compared() -> None:
    """The same account in 元 and 万元."""
    rows = [("", "合计", "20,000 20,000"), ("201", "甲类", "20,000 20,000")]
    fiscal = [("", "合计", "2.00 0.00 2.00"), ("201", "甲类", "2.00 0.00 2.00")]
    spending, _ = solve(
        draft(SPENDING, rows, statement="final.spending", unit="元"),
        draft(GENERAL, fiscal, statement="final.general_spending"),
    )
    assert texts(spending, 1)[2] == "20,000"


def test_a_missing_statement_leaves_its_links_untried() -> None:
    table = solve(draft(GENERAL, [("", "合计", "1.00 1.00")], statement="final.general_spending"))[
        0
    ]
    untried = [c.rule for c in table.checks if c.outcome is Outcome.UNTRIED]
    assert any("final.general_basic" in rule for rule in untried)


def test_placing_is_deterministic() -> None:
    lines = [Line(text) for text in print_flat(make_year(3))]
    first = tables.build(tables.locate(lines), lambda draft: 0, [])
    again = tables.build(tables.locate(lines), lambda draft: 0, [])
    assert first == again


def read_year(seed: int, *, own: bool, grouped: bool) -> tuple[int, int]:
    """Prints a random year, drops its blanks and reads it: (values, open values), none wrong."""
    year = make_year(seed, own=own)
    lines = [Line(text) for text in print_flat(year, grouped=grouped)]
    found = tables.build(tables.locate(lines), lambda draft: 0, [])
    values = unplaced = 0
    for table in found:
        truth = year.tables.get(STATEMENTS.get(table.statement, ""), [])
        if truth:
            assert [(r.code, r.label) for r in table.rows] == [(c, label) for c, label, _ in truth]
        for row, (_, _, cells) in zip(table.rows if truth else (), truth, strict=True):
            shown = [cell.value for cell in table.row_cells(row.id)]
            values += sum(cell is not None for cell in cells)
            unplaced += len(row.unplaced)
            for value, true in zip(shown, cells, strict=True):
                assert value == true or (value is None and row.unplaced), (table.statement, row)
    assert not [c for t in found for c in t.checks if c.outcome is Outcome.FAILS]
    return values, unplaced


@settings(max_examples=8, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), own=st.booleans(), grouped=st.booleans())
def test_every_placed_value_is_right(seed: int, own: bool, grouped: bool) -> None:
    read_year(seed, own=own, grouped=grouped)


@pytest.mark.parametrize("seed", [2, 5])
def test_broken_sums_misplace_nothing(seed: int) -> None:
    """A line that fell out breaks sums in every column; what is placed is right all the same.

    The solver's presolve lost the best placement of such problems before `Problem._measured`.
    """
    year = make_year(seed)
    lines = print_flat(year)
    lost = next(i for i, text in enumerate(lines) if re.match(r"2\d{6} ", text))
    found = tables.build(tables.locate([Line(t) for t in lines if t != lines[lost]]), zero, [])
    for table in found:
        truth = {
            (c, n): cells
            for c, n, cells in year.tables.get(STATEMENTS.get(table.statement, ""), [])
        }
        for row in table.rows if truth else ():
            for cell, true in zip(table.row_cells(row.id), truth[row.code, row.label], strict=True):
                assert cell.value is None or cell.value == true


def zero(_: Draft) -> int:
    return 0


@pytest.mark.slow
def test_most_values_are_placed() -> None:
    counts = [read_year(seed, own=False, grouped=True) for seed in range(10)]
    values, unplaced = (sum(column) for column in zip(*counts, strict=True))
    assert unplaced / values < 0.02
