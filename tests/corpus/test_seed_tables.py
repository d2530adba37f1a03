"""Totals of the shipped report: every 合计, each parent, each printed formula; nothing open."""

import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from corpus import tables
from corpus.drafts import Draft
from corpus.formulas import printed_sums
from corpus.layout import Line
from corpus.model import Outcome, Placement, Table
from corpus.readers.text import read

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
HALF = Decimal("0.005")


@cache
def seed_lines() -> tuple[Line, ...]:
    blocks = read(next(REPORTS.glob("*.txt"))).blocks
    return tuple(block for block in blocks if isinstance(block, Line))


def read_tables(lines: tuple[Line, ...]) -> tuple[tuple[Draft, ...], tuple[Table, ...]]:
    drafts = tables.locate(lines)
    inside = {i for draft in drafts for i in range(draft.start, draft.end)}
    prose = "".join(line.text for i, line in enumerate(lines) if i not in inside)
    sentences = [sentence + "。" for sentence in prose.split("。")]
    return drafts, tables.build(drafts, lambda draft: 0, sentences)


@cache
def seed() -> tuple[tuple[Draft, ...], tuple[Table, ...]]:
    return read_tables(seed_lines())


def by_statement(statement: str) -> Table:
    return next(table for table in seed()[1] if table.statement == statement)


def value(table: Table, row: int, column: int) -> Decimal:
    cell = table.cell(row, column)
    return (cell.value if cell else None) or Decimal(0)


def statements() -> list[Table]:
    return [table for table in seed()[1] if table.statement.startswith("final.")]


def test_all_tables_are_found_in_order() -> None:
    names = [table.name for table in seed()[1]]
    assert names[:9] == [f"公开{n:02d}表" for n in range(1, 10)]
    assert len(names) == 12
    assert all(name.endswith("自评表") for name in names[10:])


def test_spans_do_not_overlap() -> None:
    drafts = seed()[0]
    assert all(a.end <= b.start for a, b in pairwise(drafts))


def test_every_printed_value_stands_in_a_cell_once() -> None:
    """No value is lost, none is invented: the cells of a row are its printed values, in order."""
    for draft, table in zip(*seed(), strict=True):
        for row, source in zip(table.rows, draft.rows, strict=True):
            if source.printed is not None:
                shown = [cell.text for cell in table.row_cells(row.id) if cell.text]
                assert shown == list(source.printed), (table.name, row.label)


def test_nothing_is_left_open() -> None:
    assert not [row for table in seed()[1] for row in table.rows if row.unplaced]
    assert not [c for t in seed()[1] for c in t.cells if c.placed_by is Placement.OPEN]


def test_every_row_has_a_cell_for_each_column_of_its_block() -> None:
    for table in seed()[1]:
        for row in table.rows:
            own = [c.id for c in table.columns if c.block == row.block]
            assert [cell.column for cell in table.row_cells(row.id)] == own


def test_shapes() -> None:
    """Rows and columns of each statement as the page shows them."""
    shapes = [(len(t.rows), len(t.columns)) for t in seed()[1][:9]]
    assert shapes == [
        (62, 2),
        (19, 7),
        (19, 6),
        (64, 5),
        (19, 3),
        (65, 3),
        (1, 6),
        (1, 3),
        (1, 12),
    ]


def test_line_numbers_count_through_both_sides() -> None:
    for statement, count in (("final.income_expenditure", 62), ("final.fiscal", 64)):
        lines = sorted(int(row.line) for row in by_statement(statement).rows)
        assert lines == list(range(1, count + 1))


def test_every_parent_is_the_sum_of_its_parts() -> None:
    tried = 0
    for table in statements():
        for parent in table.rows:
            children = [r for r in table.rows if r.parent == parent.id and r.code]
            for place, cell in enumerate(table.row_cells(parent.id) if children else ()):
                parts = [table.row_cells(child.id)[place].value for child in children]
                total = sum((part or Decimal(0) for part in parts), Decimal(0))
                assert abs((cell.value or 0) - total) <= HALF * (len(parts) + 1), parent
                tried += 1
    assert tried > 50


def test_every_total_is_the_sum_of_the_highest_accounts() -> None:
    for table in statements():
        totals = [r for r in table.rows if r.role == "total"]
        highest = [r for r in table.rows if r.code and r.parent is None]
        for total in totals:
            for column in table.columns:
                parts = sum((value(table, r.id, column.id) for r in highest), Decimal(0))
                assert abs(value(table, total.id, column.id) - parts) <= HALF * (len(highest) + 1)


def test_every_printed_formula_holds() -> None:
    tried = 0
    for table in statements():
        for formula in printed_sums(table.notes):
            for stated, parts in _instances(table, formula.axis, formula.result, formula.addends):
                total = sum((sign * part for sign, part in parts), Decimal(0))
                assert abs(stated - total) <= HALF * (len(parts) + 1), (table.name, formula.text)
                tried += 1
    assert tried > 60


def _instances(
    table: Table, axis: str, result: str, addends: tuple[tuple[int, str], ...]
) -> Iterator[tuple[Decimal, list[tuple[int, Decimal]]]]:
    columns = {c.line: c.id for c in table.columns}
    rows = {r.line: r.id for r in table.rows}
    if axis == "column":
        for row in table.rows:
            parts = [(sign, value(table, row.id, columns[n])) for sign, n in addends]
            yield value(table, row.id, columns[result]), parts
    else:
        block = table.rows[rows[result]].block
        for column in (c.id for c in table.columns if c.block == block):
            parts = [(sign, value(table, rows[n], column)) for sign, n in addends]
            yield value(table, rows[result], column), parts


def test_every_check_holds() -> None:
    outcomes = Counter(check.outcome for table in seed()[1] for check in table.checks)
    assert set(outcomes) == {Outcome.HOLDS}
    assert outcomes[Outcome.HOLDS] > 150


def test_blanks_of_a_row_are_cells_without_value() -> None:
    blank = [cell for table in statements() for cell in table.cells if not cell.text]
    assert len(blank) > 300
    assert all(cell.value is None for cell in blank)


def test_project_spending_is_put_back_by_the_sums() -> None:
    """2080109's second value is project spending: only so do the columns of its parent sum up."""
    table = by_statement("final.spending")
    row = next(r for r in table.rows if r.code == "2080109")
    shown = {table.columns[c.column].role: c for c in table.row_cells(row.id) if c.text}
    assert set(shown) == {"total", "project"}
    assert {cell.placed_by for cell in shown.values()} == {Placement.IDENTITIES}


def test_the_sentence_settles_the_vehicles() -> None:
    """Of equal values for twelve columns, the budget's running cost is known from prose alone."""
    table = by_statement("final.three_public")
    shown = {table.columns[cell.column].role: cell for cell in table.cells if cell.text}
    assert set(shown) == {
        f"{half}.{item}"
        for half in ("budget", "final")
        for item in ("total", "vehicles", "vehicles.running")
    }
    assert shown["budget.vehicles.running"].placed_by is Placement.PROSE
    drafts = seed()[0]
    silent = tables.build(drafts, lambda draft: 0, [])
    row = next(t for t in silent if t.statement == "final.three_public").rows[0]
    assert row.unplaced, "without the sentences the row must stay open"


def test_three_blocks_stand_side_by_side() -> None:
    table = by_statement("final.general_basic")
    blocks = {block: [r for r in table.rows if r.block == block] for block in range(3)}
    assert {r.code[:3] for r in blocks[0] if r.code} == {"301", "303"}
    assert {r.code[:3] for r in blocks[1] if r.code} == {"302"}
    assert {r.code[:3] for r in blocks[2]} == {"310"}
    for rows in blocks.values():
        assert [r.band for r in rows] == sorted({r.band for r in rows})


@pytest.mark.parametrize("ending", ["整体绩效自评表", "项目自评表"])
def test_performance_rows(ending: str) -> None:
    table = next(t for t in seed()[1] if t.title.endswith(ending))
    by_role = {
        (r.id, table.columns[c.column].role): c for r in table.rows for c in table.row_cells(r.id)
    }
    indicators = [r for r in table.rows if r.path]
    assert len(indicators) == 9
    for row in indicators:
        assert all(level.endswith("指标") for level in row.path)
        assert "分" not in row.label[-3:]
        target, actual = by_role[row.id, "target"], by_role[row.id, "actual"]
        assert target.value is not None
        assert target.unit == actual.unit
        assert target.unit in ("笔", "人", "份", "%")
        assert by_role[row.id, "score"].unit == "分"
    budget = next(r for r in table.rows if (r.id, "budget") in by_role)
    assert by_role[budget.id, "budget"].unit == "万元"
    assert by_role[budget.id, "rate"].value == 100
    total = next(r for r in table.rows if r.role == "score.total")
    scores = [by_role[r.id, "score"].value or Decimal(0) for r in indicators]
    stated = by_role[total.id, "score"].value
    assert stated == sum(scores, by_role[budget.id, "budget.score"].value or Decimal(0))
    words = {r.label: by_role[r.id, "text"] for r in table.rows if (r.id, "text") in by_role}
    assert all(cell.value is None and len(cell.text) > 5 for cell in words.values())


def test_numbered_list_keeps_its_columns() -> None:
    table = next(t for t in seed()[1] if not t.statement)
    assert [c.label for c in table.columns] == ["工作内容及目标", "完成情况"]
    assert [r.line for r in table.rows] == ["1", "2"]
    for row in table.rows:
        assert len(row.label) == 15
        goal, done = table.row_cells(row.id)
        assert goal.text.endswith("。")
        assert done.text.endswith("。")


def test_building_is_quick() -> None:
    start = time.perf_counter()
    read_tables(seed_lines())
    assert time.perf_counter() - start < 3
