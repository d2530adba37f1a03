"""Made-up reports read back: who and what, every cell, in every layout and format."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.reports import CLEAN, LAYOUTS, Difficulty, make, write
from benchmarks.reports.__main__ import difficulty
from benchmarks.reports.comparing import compare, identity_errors
from benchmarks.reports.writers import text
from corpus import Outcome, read_report

WAYS = [(layout.name, format) for layout in LAYOUTS.values() for format in layout.formats]
ALL = difficulty("all-unruled")
# Jiangsu's lists of groups without codes are the open point of tables without lines.
UNRULED = {"wuhan": 0.995, "putuo_final": 0.995, "putuo_budget": 0.995, "jiangsu": 0.94}


def check(tmp_path: Path, seed: int, layout: str, format: str, hard: Difficulty, least: float):
    made = make(seed, layout, difficulty=hard)
    report = read_report(write(made, tmp_path / f"r.{format}"))
    score = compare(made, report)
    assert identity_errors(made, report) == []
    assert score.f1 >= least, (made.title, score.missed[:5], score.invented[:5])
    return report


@pytest.mark.parametrize(("layout", "format"), WAYS)
def test_clean_reports_are_read_without_a_fault(tmp_path: Path, layout: str, format: str) -> None:
    report = check(tmp_path, 22, layout, format, CLEAN, 1.0)
    outcomes = [check.outcome for table in report.tables for check in table.checks]
    assert Outcome.HOLDS in outcomes
    assert Outcome.FAILS not in outcomes


@pytest.mark.parametrize(("layout", "format"), WAYS)
def test_difficult_reports_are_read(tmp_path: Path, layout: str, format: str) -> None:
    check(tmp_path, 10, layout, format, ALL, 0.995)


@pytest.mark.parametrize("layout", UNRULED)
def test_tables_without_lines_are_read_by_their_sums(tmp_path: Path, layout: str) -> None:
    check(tmp_path, 45, layout, "pdf", Difficulty(unruled=True), UNRULED[layout])


@pytest.mark.parametrize("layout", ["putuo_final", "portal", "putuo_budget"])
def test_forms_without_line_numbers_are_read_flattened(tmp_path: Path, layout: str) -> None:
    made = make(50, layout, difficulty=Difficulty(wrapped=True, titles=True, zeros=True))
    path = tmp_path / "r.txt"
    text.write(made, path)
    score = compare(made, read_report(path))
    assert score.f1 >= 0.995, (score.missed[:5], score.invented[:5])


@pytest.mark.parametrize("seed", [22, 28, 31])  # bodies with money of every kind
def test_what_only_sentences_could_place_stays_open_without_them(tmp_path: Path, seed: int) -> None:
    made = make(seed, "wuhan")
    path = write(made, tmp_path / "r.txt")
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: whole.index("\n第三部分", whole.index("公开09表"))], encoding="utf-8")
    score = compare(made, read_report(path))
    assert [key for key in score.invented if key[-1]] == []
    assert score.f1 > 0.95


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_format_in_which_nobody_publishes_is_refused(tmp_path: Path, layout: str) -> None:
    with pytest.raises(ValueError, match="not published"):
        write(make(1, layout), tmp_path / "r.odt")
