"""Days that a question names."""

from __future__ import annotations

import pytest

from qa.answer import Status
from qa.dates import days_of, spelt
from tests.qa.shelf import asked, values
from tests.qa.written import written


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("as of 31 august 2024", "2024年8月31日"),
        ("on march 5th, 2023", "2023年3月5日"),
        ("at the end of february 2024", "2024年2月29日"),
        ("截至2024年8月底", "2024年8月31日"),
    ],
)
def test_a_day_is_read_in_either_language(said: str, day: str) -> None:
    assert days_of(spelt(said)) == (day,)


def test_the_report_that_speaks_of_the_day_answers() -> None:
    """A budget counts vehicles at a day of the year before: its own year is not what is asked."""
    reports = [
        written([("国有资产占用情况", f"截至{y - 1}年8月31日，共有车辆{n}辆。")], year=y)
        for y, n in ((2024, 7), (2025, 8))
    ]
    assert "8辆" in values(asked("截至2024年8月31日青石街道有几辆车？", *reports))
    assert "7辆" in values(asked("How many vehicles at the end of August 2023?", *reports))
    assert asked("2021年8月31日青石街道有几辆车？", *reports).status is not Status.ANSWERED
