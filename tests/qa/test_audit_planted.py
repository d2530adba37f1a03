"""Errors planted in the reports at hand, one at a time: what share of them the audit names.

A report is changed where it has been read (a cell's text, a passage's text) and read again from
there, so that claims and sums are those of the changed report. An error counts as found if the
audit says something that it did not say of the report as published.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from corpus import Claim, Measure, Report, Table, read_report
from corpus.claims import Setting, find_claims, total_of
from corpus.drafts import Draft, DraftRow
from corpus.tables import build
from corpus.terms import is_glossary
from qa.audit import Finding, audit_report

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("JUEWEN_SHARED", ROOT.parent / "shared"))
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def reread(report: Report) -> Report:
    """The report with its claims and sums read again from its passages and cells."""
    drafts = [_draft(table) for table in report.tables]
    sections = {
        draft.start: table.section for draft, table in zip(drafts, report.tables, strict=True)
    }
    texts = [passage.text for passage in report.passages]
    tables = build(drafts, lambda draft: sections[draft.start], texts)
    return replace(report, tables=tables, claims=tuple(_claims(report)))


def _draft(table: Table) -> Draft:
    rows = []
    for row in table.rows:
        cells = {c.column: c.text for c in table.row_cells(row.id)}
        own = tuple(cells.get(c.id, "") for c in table.columns if c.block == row.block)
        rows.append(
            DraftRow(
                row.label, row.code, row.line, row.block, row.band, row.level, row.path, row.page,
                None, own,
            )
        )  # fmt: skip
    return Draft(
        table.id, table.id + 1, table.title, table.columns, tuple(rows), table.number, table.unit,
        table.statement, table.notes, table.page,
    )  # fmt: skip


def _claims(report: Report) -> Iterator[Claim]:
    names = sorted({report.identity.body, *report.identity.short_names}, key=len, reverse=True)
    setting = Setting(report.identity.year, tuple(n for n in names if len(n) > 3))
    total, home = "", -1
    for passage in report.passages:
        path = report.path(passage.section)
        if is_glossary(path):
            continue
        upward = _upward(report, passage.section)
        total = total if home in upward else ""
        found = find_claims(passage, report.sections[passage.section].title, setting, total)
        announced = total_of(passage, found)
        if announced:
            total, home = announced, passage.section
        yield from found


def _upward(report: Report, section: int) -> set[int]:
    found, current = set(), section
    while current is not None:
        found.add(current)
        current = report.sections[current].parent
    return found


# --- one error at a time ------------------------------------------------------------------------

Planter = Callable[[Report, random.Random], Report | None]


def other_digit(text: str, chance: random.Random) -> str:
    """The text with another leading or second digit: an error beyond any rounding."""
    match = DIGITS.search(text)
    assert match is not None
    places = [i for i in range(match.start(), match.end()) if text[i].isdigit()]
    place = chance.choice(places[:2] if text[places[0]] != "0" else places[1:3] or places)
    digit = chance.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def change_text(report: Report, passage: int, start: int, end: int, text: str) -> Report:
    source = report.passages[passage]
    changed = replace(source, text=source.text[:start] + text + source.text[end:])
    passages = (*report.passages[:passage], changed, *report.passages[passage + 1 :])
    return reread(replace(report, passages=passages))


def change_cell(report: Report, table: int, row: int, column: int, text: str) -> Report:
    source = report.tables[table]
    cells = tuple(
        replace(c, text=text) if (c.row, c.column) == (row, column) else c for c in source.cells
    )
    tables = list(report.tables)
    tables[table] = replace(source, cells=cells)
    return reread(replace(report, tables=tuple(tables)))


def _claim(report: Report, chance: random.Random, *measures: Measure) -> Claim | None:
    found = [
        c
        for c in report.claims
        if c.measure in measures and c.quantity is not None and DIGITS.search(c.quantity.written)
    ]
    return chance.choice(found) if found else None


def plant_in_cell(report: Report, chance: random.Random) -> Report | None:
    cells = [
        (t.id, c.row, c.column, c.text)
        for t in report.tables
        if t.statement and t.statement != "final.performance"
        for c in t.cells
        if c.value
    ]
    if not cells:
        return None
    table, row, column, text = chance.choice(cells)
    return change_cell(report, table, row, column, other_digit(text, chance))


def plant_in_claim(*measures: Measure) -> Planter:
    def plant(report: Report, chance: random.Random) -> Report | None:
        claim = _claim(report, chance, *measures)
        if claim is None or claim.quantity is None or not claim.quantity.value:
            return None
        wrong = other_digit(claim.quantity.written, chance)
        return change_text(report, claim.passage, claim.start, claim.end, wrong)

    return plant


def plant_unit(report: Report, chance: random.Random) -> Report | None:
    claim = _claim(report, chance, Measure.AMOUNT)
    if (
        claim is None
        or claim.quantity is None
        or claim.quantity.unit != "万元"
        or not claim.quantity.value
    ):
        return None
    wrong = claim.quantity.written.replace("万元", "元")
    return change_text(report, claim.passage, claim.start, claim.end, wrong)


def plant_direction(report: Report, chance: random.Random) -> Report | None:
    claim = _claim(report, chance, Measure.CHANGE, Measure.RATE)
    if claim is None:
        return None
    text = report.passages[claim.passage].text
    words = {"减少": "增加", "增加": "减少", "下降": "增长", "增长": "下降"}
    word = text[claim.start - 2 : claim.start]
    if word not in words:
        return None
    return change_text(report, claim.passage, claim.start - 2, claim.start, words[word])


def plant_year(report: Report, chance: random.Random) -> Report | None:
    wrong = [
        (p, m)
        for p in report.passages
        for m in re.finditer(r"(?:与|比)(20\d\d)年(?:度)?(?:预算)?(?:相比|增加|减少|持平)", p.text)
    ]
    if not wrong:
        return None
    passage, match = chance.choice(wrong)
    year = str(int(match[1]) - 2)
    return change_text(report, passage.id, match.start(1), match.end(1), year)


def plant_list(report: Report, chance: random.Random) -> Report | None:
    """One item of a list of accounts left out."""
    lists = [
        (p, m)
        for p in report.passages
        for m in re.finditer(r"经费[\d.,]+万元[，。]主要包括：(?P<items>[^。；等]+)[。；]", p.text)
    ]
    if not lists:
        return None
    passage, match = chance.choice(lists)
    items = match["items"].split("、")
    items.pop(chance.randrange(len(items) - 1))
    return change_text(
        report, passage.id, match.start("items"), match.end("items"), "、".join(items)
    )


PLANTERS: dict[str, Planter] = {
    "cell": plant_in_cell,
    "amount": plant_in_claim(Measure.AMOUNT),
    "budget": plant_in_claim(Measure.BUDGET),
    "change": plant_in_claim(Measure.CHANGE),
    "rate": plant_in_claim(Measure.RATE),
    "share": plant_in_claim(Measure.SHARE),
    "completion": plant_in_claim(Measure.COMPLETION),
    "unit": plant_unit,
    "direction": plant_direction,
    "year": plant_year,
    "list": plant_list,
}


Place = tuple[str, int, int, int]


def places_changed(report: Report, changed: Report) -> set[Place]:
    """The passages and cells in which two readings of a report differ."""
    texts = zip(report.passages, changed.passages, strict=True)
    found: set[Place] = {("text", a.id, 0, 0) for a, b in texts if a.text != b.text}
    for one, other in zip(report.tables, changed.tables, strict=True):
        cells = zip(one.cells, other.cells, strict=True)
        found |= {("cell", one.id, a.row, a.column) for a, b in cells if a.text != b.text}
    return found


def new_findings(report: Report, changed: Report) -> list[Finding]:
    """What the audit says of the changed report only."""
    told = {(f.rule, f.message) for f in audit_report(report)}
    return [f for f in audit_report(changed) if (f.rule, f.message) not in told]


def points_at(finding: Finding, place: Place) -> bool:
    """Whether a finding cites the passage, or a cell in the row or column, of a place."""
    kind, first, row, column = place
    if kind == "text":
        return any(e.passage == first for e in finding.evidence)
    return any(
        e.table_id == first and (e.row_id == row or e.column_id == column) for e in finding.evidence
    )


def is_found(report: Report, changed: Report) -> bool:
    """Whether every place that was changed is cited by something that the audit now says."""
    found = new_findings(report, changed)
    places = places_changed(report, changed)
    return all(any(points_at(f, place) for f in found) for place in places)


@lru_cache(maxsize=8)
def report_at(path: Path) -> Report:
    return reread(read_report(path))


def seed_path() -> Path:
    return next((ROOT / "corpus" / "reports").glob("*.txt"))


def recall(report: Report, rounds: int, seed: int = 1) -> dict[str, tuple[int, int]]:
    """For every kind of error, how many of those planted were found, and how many there were."""
    chance = random.Random(seed)
    results: dict[str, tuple[int, int]] = {}
    for kind, plant in PLANTERS.items():
        for _ in range(rounds):
            changed = plant(report, chance)
            if changed is not None and changed != report:
                found, planted = results.get(kind, (0, 0))
                results[kind] = (found + is_found(report, changed), planted + 1)
    return results


def test_reading_again_changes_nothing() -> None:
    published = read_report(seed_path())
    again = reread(published)
    assert [f.message for f in audit_report(again)] == [f.message for f in audit_report(published)]


def test_errors_planted_in_the_seed_report_are_found() -> None:
    """Some of its figures stand alone (a change without a rate): nothing contradicts those."""
    results = recall(report_at(seed_path()), 3)
    assert results["cell"][0] == results["cell"][1]
    assert results["completion"][0] == results["completion"][1]
    assert sum(f for f, _ in results.values()) >= 0.85 * sum(n for _, n in results.values())


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["规划和自然资源局", "江苏省人民检察院_2019", "万里街道办事处24年预算"]
)
def test_errors_planted_in_published_reports_are_found(name: str) -> None:
    published = sorted(SHARED.glob(f"reports/*/*{name}*.pdf"))
    if not published:
        pytest.skip(f"no development reports under {SHARED} (set JUEWEN_SHARED)")
    results = recall(report_at(published[0]), 6)
    assert sum(f for f, _ in results.values()) >= 0.8 * sum(n for _, n in results.values())
