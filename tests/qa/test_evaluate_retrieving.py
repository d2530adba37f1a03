"""What is brought for a question, and when it counts as the evidence."""

from __future__ import annotations

import pytest

from qa.answer import Citation
from qa.evaluation import Closeness, Found, GoldQuestion
from qa.evaluation.evidence import rank, shows
from qa.evaluation.retrieving import brought

REPORT = "qinghe"
SENTENCE = Found(REPORT, "本年度培训费支出3.10万元，全部用于业务培训。", "五、培训费")
ROW = Found(REPORT, "支出决算表 | 30216 培训费 | 决算数=3.10", "公开06表\n支出决算表")
OTHER = Found(REPORT, "会议费支出1.00万元。", "六、会议费")


def cite(text: str = "", row: str = "", table: str = "") -> Citation:
    return Citation(
        report=REPORT, title="", year=2031, section="三", table=table, row=row, quote=text
    )


def gold(**given: object) -> GoldQuestion:
    fields = {
        "id": "q", "reports": (REPORT,), "question": "?", "lang": "zh", "kind": "lookup",
        "answerable": True, "numbers": ({"value": "3.1", "unit": "万元"},), **given,
    }  # fmt: skip
    return GoldQuestion.model_validate(fields)


def test_what_is_cited_and_found_comes_first() -> None:
    cited = [cite("会议费 1.00", "会议费", "收入决算表"), cite("本年度培训费支出3.10万元")]
    pieces = brought(cited, [OTHER, ROW, SENTENCE])
    assert pieces[0] == SENTENCE
    assert [piece.text.split("\n")[0] for piece in pieces[1:3]] == ["会议费 1.00", cited[1].quote]
    assert pieces[3:5] == [OTHER, ROW]


def test_a_cited_row_is_found_in_its_own_table_only() -> None:
    cited = [cite("培训费 3.10", "培训费", "公开06表")]
    assert brought(cited, [OTHER, ROW])[0] == ROW
    elsewhere = [cite("培训费 3.10", "培训费", "公开05表")]
    assert brought(elsewhere, [OTHER, ROW])[0].text.startswith("培训费 3.10")


def test_nothing_cited_leaves_the_search() -> None:
    assert brought([], [OTHER, ROW]) == [OTHER, ROW]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("培训费支出3.10万元", False),  # two digits prove nothing
        ("共1,203.50万元", True),
        ("共1203.5万元", True),
        ("共11203.5万元", False),
        ("共1203.57万元", False),
    ],
)
def test_a_figure_counts_if_it_stands_there_whole(text: str, right: bool) -> None:
    asked = gold(numbers=({"value": "1203.5", "unit": "万元", "accept": ("3.1",)},), quote=("无",))
    assert shows(asked, Found(REPORT, text), Closeness.FIGURE) is right
    assert not shows(asked, Found(REPORT, text), Closeness.SECTION)


def test_the_figure_rule_holds_the_other_two() -> None:
    asked = gold(quote=("业务培训",), section="五、培训费")
    for closeness in Closeness:
        assert rank(asked, [OTHER, SENTENCE], [REPORT], closeness) == 2
