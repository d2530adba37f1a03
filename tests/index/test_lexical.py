from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import K1, B, Pool, Segment
from index.words import Terms, plain_label

TERMS = Terms(["机关运行经费", "公务接待费", "公务用车", "公务用车运行维护费"])
TEXTS = [
    "机关运行经费支出１２２.25万元",
    "公务接待费支出1,578.60万元，共计15批次",
    "公务用车运行维护费支出0.56万元",
    "",
    "The operating budget fell by 21.7%",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公务用车", ["公务", "务用", "用车", "公务用车"]),
        ("１,578.60 万元", ["1578.6", "万元"]),
        ("COVID-19", ["covid", "19"]),
        ("车", ["车"]),
        ("，。！", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert sorted(TERMS.tokens(text)) == sorted(expected)


def test_the_longest_term_is_found() -> None:
    assert "公务用车运行维护费" in TERMS.tokens("公务用车运行维护费支出")


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("（一） 支出合计", "支出合计"),
        ("其中：基本 支出", "基本支出"),
        ("1.人员经费", "人员经费"),
        ("“三公”经费", "“三公”经费"),
        ("一、", "一、"),
    ],
)
def test_plain_label(label: str, plain: str) -> None:
    assert plain_label(label) == plain


def brute_force(texts: list[str], question: str) -> list[float]:
    """BM25 as the textbook has it, one document at a time."""
    bags = [Counter(TERMS.tokens(text)) for text in texts]
    mean = max(1.0, sum(sum(bag.values()) for bag in bags) / len(bags))
    scores = []
    for bag in bags:
        score = 0.0
        for token in set(TERMS.tokens(question)):
            spread = sum(token in other for other in bags)
            weight = math.log(1 + (len(bags) - spread + 0.5) / (spread + 0.5))
            damping = K1 * (1 - B + B * sum(bag.values()) / mean)
            score += weight * bag[token] * (K1 + 1) / (bag[token] + damping)
        scores.append(score)
    return scores


@given(st.lists(st.text("公务用车接待费机关运行经12. ab，", max_size=30), min_size=1, max_size=8))
def test_scores_are_those_of_the_textbook(texts: list[str]) -> None:
    (scores,) = Pool([Segment.build(TERMS, texts)]).scores("公务用车运行费 12")
    assert scores.tolist() == pytest.approx(brute_force(texts, "公务用车运行费 12"), rel=1e-4)


@given(st.integers(0, len(TEXTS)))
def test_segments_weigh_as_one_collection(cut: int) -> None:
    parts = [Segment.build(TERMS, TEXTS[:cut]), Segment.build(TERMS, TEXTS[cut:])]
    scores = [s for part in Pool(parts).scores("公务接待费支出多少") for s in part.tolist()]
    assert scores == pytest.approx(brute_force(TEXTS, "公务接待费支出多少"), rel=1e-4)


def test_a_saved_segment_is_the_same(tmp_path: Path) -> None:
    built = Segment.build(TERMS, TEXTS)
    built.save(tmp_path / "lexical")
    loaded = Segment.load(tmp_path / "lexical")
    for question in ("机关运行经费", "21.7%", "1578.6"):
        expected, found = Pool([built]).scores(question), Pool([loaded]).scores(question)
        assert found[0].tolist() == expected[0].tolist()
        assert max(found[0]) > 0
