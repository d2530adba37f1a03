from __future__ import annotations

import pytest

from corpus.model import Identity
from index.masking import masked, without_names

WHO = Identity("云台市（新区）档案局", ("新区档案局", "档案局"), 2031)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云台市(新区)档案局2031年支出1,578.60万元", "本单位#年支出#万元"),
        ("云台市（新区）\n档案局负责", "本单位负责"),
        ("新区档案局有车１２辆", "本单位有车#辆"),
        ("下降21.7%", "下降#%"),
        ("没有名称和数字", "没有名称和数字"),
    ],
)
def test_names_and_figures_are_masked(text: str, expected: str) -> None:
    assert masked(text, WHO) == expected


def test_names_are_left_out_of_a_question() -> None:
    assert without_names("新区档案局的机关运行经费", [WHO]) == "的机关运行经费"
    assert without_names("档案局", [WHO]) == "档案局"
    assert without_names("机关运行经费", []) == "机关运行经费"
