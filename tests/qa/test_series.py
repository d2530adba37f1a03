"""A file with a column for each year answers like a report a year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus import Report, read_report
from qa.answer import Status
from tests.qa.shelf import asked, values


def series(folder: Path) -> Report:
    path = folder / "云山市白露局_收支预算总表.csv"
    rows = [
        "项目,基本支出,项目支出",
        "2021-01-01,110.50,20.00",
        "2022-01-01,120.50,",
        "2023-01-01,131.00,8.25",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    return read_report(path)


def test_each_year_is_asked_as_its_own(tmp_path: Path) -> None:
    report = series(tmp_path)
    assert report.identity.year is None
    assert values(asked("白露局2022年基本支出多少？", report)) == {"120.5"}
    assert "无（表中该项为空）" in asked("2022年白露局项目支出是多少？", report).answer
    assert asked("白露局2019年基本支出多少？", report).status is Status.REFUSED


def test_years_are_compared(tmp_path: Path) -> None:
    answer = asked("白露局2023年基本支出比2021年多多少？", series(tmp_path))
    assert {"110.5", "131", "20.5"} <= values(answer)


def test_a_report_of_the_year_itself_goes_before_the_series(tmp_path: Path) -> None:
    report = series(tmp_path)
    own = replace(
        report, id="own", identity=replace(report.identity, year=2022, title="2022年预算")
    )
    assert asked("白露局2022年基本支出多少？", report, own).status is not Status.CLARIFY


def test_a_body_written_as_it_sounds(tmp_path: Path) -> None:
    assert values(asked("云山市白鹭局2021年基本支出多少？", series(tmp_path))) == {"110.5"}
