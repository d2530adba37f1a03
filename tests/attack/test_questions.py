"""False premises asked of the whole engine: none of them may pass."""

from __future__ import annotations

import random

import pytest

from benchmarks.reports import LAYOUTS, make, write
from corpus import Report, read_report
from qa import Assistant
from qa.answer import Status
from qa.ledger import CellPlace, Ledger
from tests.attack.questions import Attack, falls_for, questions
from tests.attack.test_stated import PUBLISHED, SEED, SHARED, read
from tests.qa.made_up import HeldReports, make_report
from tests.qa.shelf import asked


def fallen(report: Report, attacks: list[Attack]) -> list[str]:
    assistant = Assistant(HeldReports([report]))  # type: ignore[arg-type]
    found = []
    for attack in attacks:
        answer = assistant.ask(attack.question)
        reason = falls_for(attack, answer)
        if reason:
            found.append(f"{attack.question} -> {answer.answer} ({reason})")
    return found


def some(report: Report, count: int) -> list[Attack]:
    found = list({a.question: a for a in questions(report)}.values())
    return random.Random(3).sample(found, min(count, len(found)))


def test_no_false_premise_passes_on_the_shipped_report() -> None:
    attacks = some(read(SEED), 400)
    assert len(attacks) >= 200
    assert fallen(read(SEED), attacks) == []


@pytest.mark.slow
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_no_false_premise_passes_on_made_up_reports(layout: str, tmp_path: object) -> None:
    path = f"{tmp_path}/made.{LAYOUTS[layout].formats[0]}"
    write(make(77, layout), path)
    report = read_report(path)
    attacks = some(report, 150)
    assert attacks
    assert fallen(report, attacks) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PUBLISHED[:4])
def test_no_false_premise_passes_on_published_reports(name: str) -> None:
    found = sorted(SHARED.glob(f"reports/{name}"))
    if not found:
        pytest.skip(f"no development reports under {SHARED} (set JUEWEN_SHARED)")
    attacks = some(read(found[0]), 200)
    assert attacks
    assert fallen(read(found[0]), attacks) == []


# --- one by one, on a report that never was -------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("公务接待费是1.5亿元吗？", "不符"),
        ("机关运行经费为什么增加到90万元？", "不符"),
        ("机关运行经费预算是80万元，对吗？", "不符"),
        ("机关运行经费是80万元，对吗？", "相符"),
        ("机关运行经费支出八十万元，对吗？", "相符"),
        ("机关运行经费支出九十万元，对吗？", "不符"),
        ("公务接待费超支了多少？", "没有超支"),
        ("水利工程建设超支了多少？", "超支40"),
        ("机关运行经费是不是增加了？", "减少20"),
        ("机关运行经费约80万元，对吗？", "相符"),
        ("基本支出30万元主要用在哪些方面？", "不符"),
        ("公务接待费15万元超预算了吗？", "不符"),
        ("基本支出占本年支出的70%，对吗？", "不符"),
        ("机关运行经费80万元是预算数吗？", "不符"),
        ("食堂改造花了3万元，机关运行经费是多少？", "不能印证"),
    ],
)
def test_what_the_question_states_is_answered_first(question: str, said: str) -> None:
    answer = asked(question, make_report())
    assert answer.status is Status.ANSWERED
    assert said in answer.answer


@pytest.mark.parametrize("question", ["机关运行经费超支了多少？", "公务接待费超预算了吗？"])
def test_a_budget_knows_of_no_overspending(question: str) -> None:
    from corpus import Kind

    answer = asked(question, make_report(kind=Kind.BUDGET))
    assert answer.status is Status.REFUSED
    assert answer.numbers == ()


def test_a_nameless_blank_line_is_no_figure_of_its_table() -> None:
    report = read(SEED)
    named = {t.id for t in report.tables if any(r.label for r in t.rows)}
    cells = [e for e in Ledger(report).entries if isinstance(e.place, CellPlace) and e.blank]
    rows = {
        report.tables[e.place.table].rows[e.place.row]
        for e in cells
        if isinstance(e.place, CellPlace) and e.place.table in named
    }
    assert all(row.label or row.code for row in rows)
