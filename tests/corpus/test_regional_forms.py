"""The statements of other regions and years are known by their titles, headers and rows."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import Outcome, Report, Table, parse_number, read_report
from tests.corpus.forms import Form, Made, load, write

REGIONS = load(Path(__file__).with_name("regional_forms.yaml"))


@pytest.fixture(params=["xlsx", "docx", "html", "pdf"])
def format_(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("made", REGIONS, ids=lambda made: made.name)
def test_every_form_is_recognised(made: Made, format_: str, tmp_path: Path) -> None:
    report = read_report(write(made, tmp_path, format_))
    who = report.identity
    assert (who.body, who.year, who.kind, who.level) == made.identity
    for form in made.forms:
        table = _table(report, form)
        assert table.statement == form.statement, form.lead
        assert table.unit == form.unit
        if form.columns:
            assert tuple(column.role for column in table.columns) == form.columns
        if form.codes:
            assert tuple(row.code for row in table.rows) == form.codes
        assert set(form.row_roles) <= {row.role for row in table.rows}
        if form.statement:
            assert _amounts(table) == _printed(form)
        assert not [c.message for c in table.checks if c.outcome is Outcome.FAILS]


def _table(report: Report, form: Form) -> Table:
    titled = "".join(form.lead).replace(" ", "")
    found = [t for t in report.tables if t.title and t.title.replace(" ", "") in titled]
    return max(found, key=lambda table: len(table.title))


def _amounts(table: Table) -> Counter[Decimal]:
    return Counter(cell.value for cell in table.cells if cell.value is not None)


def _printed(form: Form) -> Counter[Decimal]:
    """The amounts of the form: what is printed with two decimals."""
    texts = [text for row in form.cells for text in row if re.fullmatch(r"[\d,]+\.\d\d%?", text)]
    return Counter(value for text in texts if (value := parse_number(text)) is not None)
