"""Words that only frame a question are told by their class."""

from __future__ import annotations

import pytest

from qa.segments import framing


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("俺想晓得你们办了几场活动", {"俺", "你们", "几场"}),
        ("前面写的和后面写的咋不一样", {"前面", "后面", "写"}),
    ],
)
def test_pronouns_counts_and_relative_places_frame(text: str, frames: set[str]) -> None:
    assert frames <= framing(text)


@pytest.mark.parametrize("word", ["食堂", "床位", "浓度", "面积", "电话"])
def test_nouns_never_frame(word: str) -> None:
    assert word not in framing(f"{word}有多少")
