"""Who, which year and which kind of report: resolved against the cards of invented bodies."""

from __future__ import annotations

import pytest

from corpus import Identity, Kind, Level
from index import ReportCard
from qa.language import utterance
from qa.plan import Scope
from qa.scope import Resolved, resolve


def held(
    body: str, year: int, kind: Kind, level: Level, *short: str, region: str = ""
) -> ReportCard:
    identity = Identity(body, short, year, kind, level, region)
    return ReportCard(f"{body}-{year}-{kind.value}-{level.value}", identity, (), 0, 0, 0, 0, 0)


FINAL, BUDGET = Kind.FINAL, Kind.BUDGET
WATER = held("青禾市水务局", 2031, FINAL, Level.UNIT, "水务局", "市水务局", region="青禾市")
WATER_BEFORE = held("青禾市水务局", 2030, FINAL, Level.UNIT, "水务局", "市水务局", region="青禾市")
WATER_PLAN = held("青禾市水务局", 2031, BUDGET, Level.UNIT, "水务局", "市水务局", region="青禾市")
WATER_ALL = held("青禾市水务局", 2031, FINAL, Level.DEPARTMENT, "水务局", region="青禾市")
HOME = held("白石县儿童福利院", 2031, FINAL, Level.UNIT, "儿童福利院", region="白石县")


def resolved(
    question: str, *cards: ReportCard, texts: tuple[str, ...] = (), carried: Scope | None = None
) -> Resolved:
    said = utterance(question)
    return resolve(said.text, said.raw, cards or (WATER, HOME), texts, carried)


@pytest.mark.parametrize(
    "question",
    [
        "青禾市水务局的奖金是多少？",
        "水务局发了多少奖金",
        "市水务局印刷费花了多少",
        "How much did the Qinghe Water Bureau spend on printing?",
    ],
)
def test_a_body_is_found_by_any_of_its_names(question: str) -> None:
    scope = resolved(question).scope
    assert scope.reports == (WATER.id,)
    assert scope.missing is None


def test_the_end_of_a_name_that_only_one_body_has_is_enough() -> None:
    assert resolved("福利院的伙食补助费是多少").scope.reports == (HOME.id,)


def test_a_kind_of_body_is_found_in_english() -> None:
    scope = resolved("How much did the welfare institute pay in bonuses?").scope
    assert scope.reports == (HOME.id,)
    assert scope.named_body


def test_the_name_of_a_body_links_to_no_account() -> None:
    assert "水务" not in resolved("青禾市水务局的奖金").text


def test_without_a_name_all_reports_are_meant() -> None:
    scope = resolved("奖金是多少").scope
    assert scope.reports == (WATER.id, HOME.id)
    assert not scope.named_body


@pytest.mark.parametrize(
    "question",
    [
        "黑河县水务局的奖金是多少？",
        "赤水市教育局花了多少钱？",
        "黑河县的支出合计是多少？",
        "银杏街道办事处的办公费是多少？",
        "How much did the Chishui District spend?",
    ],
)
def test_a_body_that_nobody_holds_is_missing(question: str) -> None:
    scope = resolved(question).scope
    assert scope.missing is not None
    assert scope.missing.what == "body"
    assert scope.reports == ()
    assert WATER.identity.body in scope.missing.instead


def test_a_body_that_a_report_writes_about_is_not_missing() -> None:
    text = "本年向银杏街道办事处移交泵站一座。"
    assert resolved("移交给银杏街道办事处的是什么", texts=(text,)).scope.missing is None


def test_a_year_that_is_not_held_is_missing_with_what_there_is() -> None:
    missing = resolved("水务局2027年的奖金是多少").scope.missing
    assert missing is not None
    assert (missing.what, missing.asked, missing.instead) == ("year", "2027", ("2031",))


def test_the_year_before_the_only_report_is_answered_from_it() -> None:
    scope = resolved("水务局2030年的支出合计是多少").scope
    assert scope.reports == (WATER.id,)
    assert scope.prior


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("水务局2030年的奖金", (2030,)),
        ("水务局30年的奖金", ()),
        ("水务局2030年到2031年的奖金变化", (2030, 2031)),
        ("水务局2031年6月搬迁到哪里", ()),
        ("水务局的奖金", ()),
    ],
)
def test_years_are_read_where_they_are_fiscal_years(question: str, years: tuple[int, ...]) -> None:
    assert resolved(question, WATER, WATER_BEFORE).scope.years == years


def test_the_year_compared_with_is_not_the_year_asked_about() -> None:
    scope = resolved("水务局2031年支出合计比2030年减少多少").scope
    assert WATER.id in scope.reports
    assert scope.missing is None


def test_department_and_unit_accounts_are_told_apart() -> None:
    both = (WATER, WATER_ALL)
    assert resolved("水务局部门决算的支出合计", *both).scope.reports == (WATER_ALL.id,)
    assert resolved("水务局本级的支出合计", *both).scope.reports == (WATER.id,)
    assert len(resolved("水务局的支出合计", *both).scope.reports) == 2


def test_final_account_and_budget_are_told_apart_by_the_report_named() -> None:
    both = (WATER, WATER_PLAN)
    assert resolved("水务局决算报告里的支出合计", *both).scope.reports == (WATER.id,)
    assert resolved("水务局预算报告里的支出合计", *both).scope.reports == (WATER_PLAN.id,)


def test_a_follow_up_stays_with_its_body_and_may_change_the_year() -> None:
    cards = (WATER, WATER_BEFORE, HOME)
    first = resolved("青禾市水务局2031年的奖金是多少", *cards).scope
    assert first.reports == (WATER.id,)
    assert resolved("印刷费呢", *cards, carried=first).scope.reports == (WATER.id,)
    assert resolved("2030年呢", *cards, carried=first).scope.reports == (WATER_BEFORE.id,)
