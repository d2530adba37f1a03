"""Several files of one report become one; copies and strangers do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus import Kind, Kinship, Level, Report, kinship, merged, read_report
from corpus.model import (
    Cell,
    Claim,
    Column,
    Identity,
    Measure,
    Passage,
    Placement,
    Quantity,
    Row,
    Section,
    Source,
    Table,
)
from tests.corpus.test_budget_statements import SHARED, read, shared

WHO = Identity("青禾市水务局", ("市水务局",), 2031, Kind.BUDGET, Level.DEPARTMENT, "青禾市")
SENTENCES = [f"本局第{n}项工作是管护第{n}号河道及其附属设施，保证行洪安全。" for n in range(30)]


def text_file(name: str = "说明.docx") -> Report:
    sections = (Section(0, "第一部分", "概况", 1), Section(1, "第二部分", "部门预算表", 1))
    passages = tuple(Passage(i, 0, text, 1) for i, text in enumerate(SENTENCES))
    claim = Claim(0, 2, 3, "工作", Measure.COUNT, Quantity(Decimal(1), "项", "1"))
    source = Source(name, f"digest of {name}", "docx", 9)
    return Report(name, WHO, (source,), sections, passages, claims=(claim,))


def table_file(
    name: str = "表格.xlsx", statement: str = "budget.spending", first: int = 100
) -> Report:
    rows = tuple(Row(i, f"项目{i}") for i in range(12))
    cells = tuple(
        Cell(i, 0, str(first + i), Decimal(first + i), "万元", Placement.CELL) for i in range(12)
    )
    table = Table(0, "表", 0, (Column(0, ("合计",)),), rows, cells, statement=statement, page=2)
    source = Source(name, f"digest of {name}", "xlsx")
    return Report(name, WHO, (source,), (Section(0, "", "支出表", 1),), tables=(table,))


def test_text_and_tables_make_one_report() -> None:
    text, tables = text_file(), table_file()
    assert kinship(text, tables) is kinship(tables, text) is Kinship.PART
    for order in ((text, tables), (tables, text)):
        whole = merged("whole", order)
        assert [source.name for source in whole.sources] == ["说明.docx", "表格.xlsx"]
        assert (len(whole.passages), len(whole.tables)) == (30, 1)
        assert whole.path(whole.tables[0].section) == ("第二部分部门预算表", "表格.xlsx", "支出表")
        assert [section.id for section in whole.sections] == list(range(4))
        assert (whole.passages[0].source, whole.tables[0].source, whole.tables[0].page) == (0, 1, 2)


def test_what_is_said_moves_with_its_passage() -> None:
    first, second = text_file(), replace(text_file("补充.docx"), passages=text_file().passages[:2])
    whole = merged("whole", (first, second))
    assert whole.claims[1].passage == len(first.passages)
    assert whole.passages[whole.claims[1].passage].text == first.passages[0].text


def test_statements_in_files_of_their_own_make_one_report() -> None:
    first, second = table_file("表1.xls"), table_file("表2.xls", "budget.income", 500)
    assert kinship(first, second) is Kinship.PART
    third = table_file("表3.xls", "budget.fund", 900)
    assert kinship(merged("", (first, second)), third) is Kinship.PART


def test_a_copy_in_another_format_adds_nothing() -> None:
    original, tables = merged("whole", (text_file(), table_file())), table_file("另存.pdf")
    assert kinship(original, tables) is Kinship.COPY
    assert kinship(tables, original) is Kinship.FULLER


@pytest.mark.parametrize(
    "change",
    [
        {"year": 2030},
        {"kind": Kind.FINAL},
        {"kind": Kind.OTHER},
        {"level": Level.UNIT},
        {"body": "白石市水务局", "region": "白石市"},
    ],
)
def test_another_subject_is_a_stranger(change: dict[str, object]) -> None:
    other = replace(table_file(), identity=replace(WHO, **change))
    assert kinship(text_file(), other) is Kinship.NONE


def test_two_reports_of_one_subject_with_text_each_stay_apart() -> None:
    long = tuple(Passage(i, 0, text * 3, 1) for i, text in enumerate(SENTENCES))
    whole = replace(table_file(), passages=long)
    other = replace(text_file(), passages=tuple(replace(p, text="另" + p.text) for p in long))
    assert kinship(whole, other) is Kinship.NONE


@shared
def test_a_real_report_in_two_files() -> None:
    text, tables = (
        read("jiangsu", "江苏省委办公厅2019年度部门预算公开文件"),
        read("jiangsu", "江苏省委办公厅2019年度部门预算公开表格"),
    )
    assert kinship(text, tables) is Kinship.PART
    whole = merged(text.id, (text, tables))
    assert len(whole.tables) == 12
    assert tables.identity.body in whole.identity.short_names


@shared
def test_remarks_on_a_report_are_no_part_of_it() -> None:
    report, remarks = (
        read("putuo", "普陀区司法局2026年单位预算.pdf"),
        read_report(SHARED / "putuo" / "普陀区司法局2026年单位预算.xlsx"),
    )
    assert remarks.identity.kind is Kind.OTHER
    assert kinship(report, remarks) is Kinship.NONE
