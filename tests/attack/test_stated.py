"""Statements made from every cell of a report: the true ones pass, every attack is refused."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.reports import LAYOUTS, make, write
from corpus import Report, read_report
from qa.check import check_draft, check_stated
from tests.attack.cases import Book, Case, Text, by_address, by_citation, texts

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("JUEWEN_SHARED", ROOT.parent / "shared"))
SEED = next((ROOT / "corpus" / "reports").glob("*.txt"))
ATTACKS = {
    "wrong sign", "wrong scale", "wrong unit", "wrong year", "neighbour's row",
    "neighbour's column", "substring", "last digit", "swapped digits", "an amount for a count",
    "other body", "budget for actual", "other classification", "cites another cell",
}  # fmt: skip
PUBLISHED = (
    "putuo/*规划和自然资源局*.pdf", "jiangsu/*检察院_2019*.pdf", "putuo/*商务委员会25*.pdf",
    "shanghai/*福利院*.pdf", "other/changde*.html", "other/henan*.pdf",
)  # fmt: skip


@lru_cache(maxsize=2)
def read(path: Path) -> Report:
    return read_report(path)


def failures(report: Report, cases: Iterable[Case]) -> tuple[Counter[str], list[str]]:
    """How many cases of each kind were tried, and those that came out wrong."""
    ledgers = [Book(report).ledger]
    tried: Counter[str] = Counter()
    wrong = []
    for case in cases:
        judgement = check_stated(case.stated, ledgers)
        tried[case.kind] += 1
        if judgement.may_be_shown != case.right:
            wrong.append(f"{case.kind}: {case.stated} -> {judgement.ruling} {judgement.reason}")
    return tried, wrong


def text_failures(report: Report, cases: Iterable[Text]) -> tuple[int, list[str]]:
    ledgers = [Book(report).ledger]
    wrong, tried = [], 0
    for case in cases:
        draft = check_draft(case.text, ledgers)
        tried += 1
        if draft.may_be_shown != case.right:
            wrong.append(f"{case.kind}: {case.text} -> {draft.figures}")
    return tried, wrong


def test_every_attack_on_every_cell_of_the_shipped_report_is_refused() -> None:
    tried, wrong = failures(read(SEED), [*by_address(read(SEED)), *by_citation(read(SEED))])
    assert wrong == []
    assert tried.keys() >= ATTACKS
    assert sum(tried.values()) > 4000


def test_sentences_on_the_shipped_report() -> None:
    cases = random.Random(5).sample(list(texts(read(SEED))), 400)
    tried, wrong = text_failures(read(SEED), cases)
    assert wrong == []
    assert tried == 400


@pytest.mark.slow
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_attack_on_made_up_reports_is_refused(layout: str, tmp_path: Path) -> None:
    for seed in range(900, 903):
        path = tmp_path / f"{seed}.{LAYOUTS[layout].formats[0]}"
        write(make(seed, layout), path)
        report = read_report(path)
        tried, wrong = failures(report, [*by_address(report), *by_citation(report)])
        assert wrong == []
        assert sum(tried.values()) > 500
        said = list(texts(report))
        _, wrong = text_failures(report, random.Random(seed).sample(said, min(150, len(said))))
        assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PUBLISHED)
def test_every_attack_on_published_reports_is_refused(name: str) -> None:
    found = sorted(SHARED.glob(f"reports/{name}"))
    if not found:
        pytest.skip(f"no development reports under {SHARED} (set JUEWEN_SHARED)")
    report = read(found[0])
    _, wrong = failures(report, islice(by_address(report), 15_000))
    assert wrong == []
    _, wrong = failures(report, islice(by_citation(report), 2_000))
    assert wrong == []
    said = list(texts(report))
    _, wrong = text_failures(report, random.Random(7).sample(said, min(150, len(said))))
    assert wrong == []
