"""The arms of the comparison: what they bring, how they answer, and what the page says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.arms.arm import Asked, from_top, pieces_of
from benchmarks.arms.baselines import Bigrams, Dense, Grep
from benchmarks.arms.ours import NoFacts, Ours, SearchOnly
from benchmarks.arms.page import page, plot, scores_of
from benchmarks.arms.run import Case, cases_of, try_arm
from index import Library
from qa.answer import Status
from qa.evaluation import Closeness, GoldQuestion, Outcome
from tests.index.samples import HashEmbedder, make_report

GOLD = GoldQuestion.model_validate(
    {
        "id": "q1", "reports": ("qinghe-2031-final",), "question": "公务接待费支出是多少？",
        "lang": "zh", "kind": "lookup", "answerable": True,
        "numbers": ({"value": "1.20", "unit": "万元"},), "quote": ("公务接待费支出1.20万元",),
    }
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "store", embedder=HashEmbedder()) as opened:
        opened.add(make_report())
        opened.add(make_report("other", "白石县文化馆", 2030))
        yield opened


@pytest.fixture
def case(library: Library) -> Case:
    return cases_of(library, [GOLD])[0]


def arms(library: Library) -> list[Grep | Bigrams | Dense]:
    reports = [library.report(card.id) for card in library.reports()]
    pieces = [piece for report in reports for piece in pieces_of(report)]
    return [Grep(pieces), Bigrams(pieces), Dense(pieces, HashEmbedder())]


def test_baselines_bring_the_sentence_first(library: Library, case: Case) -> None:
    for arm in arms(library):
        found = arm.bring(case.near)
        assert found[0].report == "qinghe-2031-final", arm.name
        assert "公务接待费支出1.20万元" in found[0].text, arm.name
        assert try_arm(arm, case).near[Closeness.CELL] == 1


def test_a_question_that_names_no_body_gets_its_reports_titles_elsewhere(case: Case) -> None:
    assert case.titled
    assert case.far.question == "青禾市水务中心2031年度单位决算：公务接待费支出是多少？"
    assert case.far.reports == ()
    assert case.near.question == GOLD.question


def test_reading_the_top_out_states_its_figures(library: Library, case: Case) -> None:
    arm = arms(library)[1]
    tried = try_arm(arm, case)
    assert tried.result.verdict.outcome is Outcome.RIGHT
    nothing = from_top(Asked("?", (), ()), [])
    assert nothing.status is Status.REFUSED


def test_rows_are_read_with_their_unit() -> None:
    rows = [piece.text for piece in pieces_of(make_report()) if "公开03表" in piece.heading]
    assert rows[2] == "2130305 水利工程运行与维护 100万元 100万元"


def test_the_page_names_what_another_arm_leads(library: Library, case: Case) -> None:
    ours = [Ours("ours", library), NoFacts("no facts", library), SearchOnly(library)]
    tried = {arm.name: [try_arm(arm, case)] for arm in (*ours, *arms(library))}
    text = page([case], tried, "arms.svg")
    assert scores_of("ours", tried["ours"]).right == 1.0
    assert "1 questions on 1 reports" in text
    assert text.count("\n| ") == 2 * len(tried) + 1
    behind = text.split("## Where another arm leads")[1]
    assert ("Nowhere." in behind) is not any(f"- {m}" in behind for m in ("hit", "MRR", "right"))
    ElementTree.fromstring(plot(tried))
