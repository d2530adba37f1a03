"""The audit of a whole store: years held together, the printable page, the verb."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus import Outcome, Report, Section
from index import IndexSettings, Library
from qa.audit import MAXIMS, RULES, Survey, examine, survey_all
from qa.audit.page import render
from qa.cli import app
from tests.index.samples import HashEmbedder
from tests.qa import test_audit_generated as made_up
from tests.qa.test_audit_rules import told
from tests.qa.test_audit_years import dated

SEED = Path(__file__).parents[2] / "corpus" / "reports"


def surveyed(*reports: Report, wanted: frozenset[str] | None = None) -> list[Survey]:
    held = {report.id: report for report in reports}
    cards = [(report.id, report.identity) for report in reports]
    return list(survey_all(cards, held.__getitem__, examine, wanted))


def two_years() -> tuple[Report, Report]:
    made = made_up.make(3)
    later = dated(made_up.generated(3), made.year + 1)
    return made_up.generated(3), replace(later, id="later")


def test_a_report_meets_the_year_before_wherever_that_stands_in_the_store() -> None:
    earlier, later = two_years()
    for order in ((earlier, later), (later, earlier)):
        found = {one.report: one for one in surveyed(*order)}
        assert found["later"].before == earlier.id
        assert "years.opening" in {f.rule for f in found["later"].findings}
        assert found[earlier.id].before == ""


def test_only_the_wanted_report_is_audited_but_last_year_is_still_met() -> None:
    earlier, later = two_years()
    (one,) = surveyed(earlier, later, wanted=frozenset({"later"}))
    assert one.before == earlier.id


def test_the_other_place_of_a_finding_between_years_names_its_report() -> None:
    earlier, later = two_years()
    (_, one) = surveyed(earlier, later)
    (finding,) = [f for f in one.findings if f.rule == "years.opening"]
    assert [e.report for e in finding.evidence] == ["", earlier.id]


def test_every_rule_is_tallied_and_what_was_not_tried_has_a_reason() -> None:
    (one,) = surveyed(told("本单位工作平稳。"))
    assert {t.rule for t in one.tallies} == {maxim.id for maxim in MAXIMS}
    for tally in one.tallies:
        assert sum(count for _, _, count in tally.reasons) == tally.untried
        assert all(zh and en for zh, en, _ in tally.reasons)
    assert one.count(Outcome.FAILS) == 0


class Tags(HTMLParser):
    """Which elements a page has, and whether they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_self_contained_and_made_for_print() -> None:
    page = render(surveyed(*two_years()), MAXIMS)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.seen.count("h2") == 3  # two reports and the rules
    assert "@media print" in page
    assert not re.search(r"https?://|<script|<img|<link|@import|url\(", page)
    assert all(rule.sentence in page for rule in RULES)
    assert "未能核对" in page


def test_what_a_report_says_cannot_become_markup() -> None:
    evil = "<script>alert(1)</script>"
    report = told("机关运行经费支出12万元。", "机关运行经费支出13万元。")
    identity = replace(report.identity, title=evil, body=evil)
    sections = (Section(0, "", evil, 1), *report.sections[1:])
    page = render(surveyed(replace(report, identity=identity, sections=sections)), MAXIMS)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("audited") / "store"
    with Library.open(folder, settings=IndexSettings(), embedder=HashEmbedder()) as library:
        for place, report in enumerate(two_years()):
            source = replace(report.sources[0], digest=f"{place:064}")
            library.add(replace(report, sources=(source,)))
    return str(folder)


def test_the_verb_audits_the_years_and_writes_the_page(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(folder: Path, **_: object) -> Library:
        return Library.open(folder, settings=IndexSettings(), embedder=HashEmbedder())

    monkeypatch.setattr("qa.cli.auditing.open_library", lambda s: opened(Path(store)))
    page = tmp_path / "audit.html"
    done = CliRunner().invoke(app, ["audit", "--json", "--html", str(page)])
    assert done.exit_code == 0, done.output
    findings = json.loads(done.stdout)
    assert "years.opening" in {f["rule"] for f in findings}
    assert {"rule", "severity", "message", "evidence"} <= findings[0].keys()
    assert "years.opening" in page.read_text(encoding="utf-8")
    lines = CliRunner().invoke(app, ["audit", "--untried"]).stdout
    assert "untried  years.prior" in lines
