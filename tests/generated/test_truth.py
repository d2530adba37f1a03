"""The truth of made-up reports: every identity holds, years fit together, questions are sound."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from benchmarks.reports import LAYOUTS, Difficulty, Made, Sheet, TrueCell, gold_lines, make
from benchmarks.reports.bodies import make_body
from benchmarks.reports.ledger import Book, Pot, Stage
from qa.evaluation.gold import GoldQuestion

SEEDS = range(0, 66, 6)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("stage", Stage)
def test_a_ledger_balances(seed: int, stage: Stage) -> None:
    book = Book(seed, make_body(seed))
    ledger = book.ledger(2023, stage)
    carried = sum(ledger.opening.values()) - sum(ledger.closing.values())
    assert ledger.income + carried == ledger.spent + ledger.allotted
    assert sum(ledger.economic.values()) == sum(i.basic for i in ledger.of(Pot.GENERAL))
    assert ledger.personnel + ledger.public == sum(ledger.economic.values())
    assert min(item.received for item in ledger.items) > 0


def test_what_one_year_carries_forward_opens_the_next() -> None:
    book = Book(10, make_body(10))
    ledgers = [book.ledger(year, Stage.FINAL) for year in range(2018, 2026)]
    assert all(a.closing == b.opening for a, b in pairwise(ledgers))


def test_bodies_are_many_and_differ() -> None:
    names = Counter(make_body(seed).name for seed in range(2000))
    assert len(names) > 1800


def value(cell: TrueCell) -> Decimal:
    return cell.value or Decimal(0)


def accounts(sheet: Sheet) -> dict[str, dict[tuple[str, ...], Decimal]]:
    rows: dict[str, dict[tuple[str, ...], Decimal]] = {}
    for cell in sheet.cells():
        name = cell.code if cell.code.isdigit() else cell.label
        rows.setdefault(name, {})[cell.column] = value(cell)
    return rows


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", [1, 10, 24])
def test_accounts_are_the_sums_of_their_parts(layout: str, seed: int) -> None:
    for sheet in make(seed, layout).sheets:
        rows = accounts(sheet)
        for code in (c for c in rows if len(c) in (3, 5) and c.isdigit()):
            parts = [c for c in rows if c.startswith(code) and len(c) == len(code) + 2]
            for column, amount in rows[code].items():
                if parts and column in rows[parts[0]]:
                    assert amount == sum(rows[part][column] for part in parts), (sheet.title, code)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_arguments_make_the_same_report(layout: str) -> None:
    assert make(5, layout, 2022) == make(5, layout, 2022)
    assert make(5, layout, 2022).title != make(5, layout, 2023).title
    assert make(5, layout, 2022).body == make(5, layout, 2023).body


@pytest.mark.parametrize("layout", LAYOUTS)
def test_questions_are_gold_and_their_evidence_is_printed(layout: str) -> None:
    made = make(11, layout)
    printed = "".join(p.text for p in made.paragraphs) + "".join(c.label for c in made.cells)
    printed += "".join("".join(c.column) for c in made.cells)
    for line in gold_lines(made, "stem"):
        gold = GoldQuestion.model_validate_json(line)
        assert all(quote.replace(" ", "") in printed.replace(" ", "") for quote in gold.quote), gold
    assert sum(bool(q.numbers) for q in made.questions) >= 60
    assert {q.kind for q in made.questions} >= {"lookup", "derived", "count", "unanswerable"}


def test_no_two_questions_of_a_report_differ_in_answer_only() -> None:
    made = make(17, "wuhan")
    assert len({q.question for q in made.questions}) == len(made.questions)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_planted_contradictions_are_recorded_and_printed(layout: str) -> None:
    hard = Difficulty(planted=4)
    made, clean = make(12, layout, difficulty=hard), make(12, layout)
    changed = [a for a, b in zip(made.blocks, clean.blocks, strict=True) if a != b]
    assert len(made.plants) == len(changed) == 4
    assert all(p.was != p.now for p in made.plants)
    assert not made.questions


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_switch_changes_something_but_the_truth(layout: str) -> None:
    plain = sums(make(12, layout))
    for switch in ("sides", "blank_rows", "zeros", "split_codes", "titles", "spread"):
        assert sums(make(12, layout, difficulty=Difficulty(**{switch: True}))) == plain


def sums(made: Made) -> list[Decimal]:
    return [sum(map(value, sheet.cells()), Decimal(0)) for sheet in made.sheets]
