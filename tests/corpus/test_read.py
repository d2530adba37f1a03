"""The whole road on the seed report, and identity on the shared ones."""

import os
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from corpus import Claim, Kind, Level, Measure, Report, UnreadableFile, read_report

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("JUEWEN_SHARED", ROOT.parent / "shared")) / "reports"


@cache
def seed() -> Report:
    (path,) = (ROOT / "corpus" / "reports").glob("*.txt")
    return read_report(path)


def claims(subject: str, measure: Measure) -> list[Claim]:
    return [c for c in seed().claims if c.subject == subject and c.measure is measure]


def value(subject: str, measure: Measure) -> Decimal:
    quantities = {c.quantity.value for c in claims(subject, measure) if c.quantity}
    assert len(quantities) == 1, quantities
    return quantities.pop()


def section(title: str) -> int:
    return next(s.id for s in seed().sections if s.title.endswith(title))


def test_identity() -> None:
    identity = seed().identity
    assert identity.body.endswith("（汉南区）社会保险管理处")
    assert (identity.year, identity.kind, identity.level) == (2023, Kind.FINAL, Level.UNIT)
    assert identity.region == "武汉市"


def test_six_parts_and_their_numbered_items() -> None:
    report = seed()
    parts = [s for s in report.sections if s.level == 1]
    assert [s.number for s in parts] == [f"第{n}部分" for n in "一二三四五六"]
    items = Counter(s.parent for s in report.sections if s.level == 2)
    assert [items[part.id] for part in parts] == [2, 0, 13, 2, 7, 2]
    accounts = [s for s in report.sections if s.parent == section("支出决算具体情况")]
    assert [s.number for s in accounts] == [f"{n}." for n in range(1, 12)]
    assert report.path(accounts[0].id)[1:] == (
        "五、一般公共预算财政拨款支出决算情况说明",
        "（三）一般公共预算财政拨款支出决算具体情况",
        "1.社会保障和就业支出（类）人力资源和社会保障管理事务（款）行政运行（项）",
    )


def test_every_passage_is_prose_of_the_report_and_stands_once() -> None:
    (path,) = (ROOT / "corpus" / "reports").glob("*.txt")
    source = "".join(path.read_text(encoding="utf-8").split())
    texts = ["".join(passage.text.split()) for passage in seed().passages]
    assert all(text in source for text in texts)
    assert len(set(texts)) == len(texts)
    assert sum(map(len, texts)) > 6000


def test_the_hidden_copy_at_the_end_is_dropped_with_a_notice() -> None:
    assert sum("残行" in notice for notice in seed().notices) == 1
    assert not any(p.text.endswith("人员经费、公用经费和项目经") for p in seed().passages)


def test_budget_and_actual_of_the_accounts_add_up_to_the_totals() -> None:
    accounts = [s for s in seed().sections if s.parent == section("支出决算具体情况")]
    homes = {p.id for p in seed().passages if p.section in {s.id for s in accounts}}
    sums = {
        measure: sum(
            c.quantity.value
            for c in seed().claims
            if c.passage in homes and c.measure is measure and c.quantity
        )
        for measure in (Measure.BUDGET, Measure.AMOUNT)
    }
    assert sums == {Measure.BUDGET: Decimal("1614.07"), Measure.AMOUNT: Decimal("1587.74")}


def test_shares_of_the_whole_add_up() -> None:
    total = "一般公共预算财政拨款支出"
    shares = [c for c in seed().claims if c.measure is Measure.SHARE and c.basis == total]
    assert sum(c.quantity.value for c in shares if c.quantity) == 100


@pytest.mark.parametrize(
    ("subject", "measure", "expected"),
    [
        ("机关运行经费支出", Measure.CHANGE, "-33.9"),
        ("机关运行经费支出", Measure.RATE, "-21.7"),
        ("支出合计", Measure.CHANGE, "-166.07"),
        ("社会保险经办机构", Measure.COMPLETION, "118.3"),
        ("失业保险净增", Measure.COUNT, "9372"),
        ("应急保障用车", Measure.COUNT, "1"),
        ("维修费", Measure.AMOUNT, "0.38"),
        ("政府采购支出总额", Measure.AMOUNT, "11.84"),
    ],
)
def test_claims(subject: str, measure: Measure, expected: str) -> None:
    assert value(subject, measure) == Decimal(expected)


def test_a_unit_that_looks_wrong_is_kept_as_written() -> None:
    (claim,) = claims("卫生健康支出", Measure.AMOUNT)
    assert claim.quantity is not None
    assert claim.quantity.unit == "元"


def test_offsets_bound_figures_reasons_and_definitions() -> None:
    texts = {p.id: p.text for p in seed().passages}
    for claim in seed().claims:
        written = texts[claim.passage][claim.start : claim.end]
        assert claim.quantity is None or written == claim.quantity.written
    for found in (*seed().reasons, *seed().terms):
        quoted = texts[found.passage][found.start : found.end]
        assert quoted
        assert not quoted.endswith("。")


def test_reasons_name_what_changed() -> None:
    subjects = Counter(reason.subject for reason in seed().reasons)
    assert subjects["机关运行经费支出"] == 1
    assert subjects["社会保险经办机构"] == 1
    assert subjects["收、支总计"] == 1


def test_every_entry_of_the_glossary_is_a_term() -> None:
    names = [term.name for term in seed().terms]
    assert len(names) == 20
    assert {"基本支出", "机关运行经费", "购房补贴", "公务接待费"} <= set(names)


def test_tables_stand_in_their_sections() -> None:
    report = seed()
    homes = {table.number: report.path(table.section)[0] for table in report.tables if table.number}
    assert len(homes) == 9
    assert {home[:4] for home in homes.values()} == {"第二部分"}


SHARED_IDENTITIES = [
    (
        "putuo/上海市普陀区商务委员会25年预算.pdf",
        "上海市普陀区商务委员会",
        2025,
        "budget",
        "department",
    ),
    (
        "putuo/上海市普陀区商务委员会单位25年预算.pdf",
        "上海市普陀区商务委员会",
        2025,
        "budget",
        "unit",
    ),
    (
        "putuo/上海市普陀区规划和自然资源局 2024 年度部门决算.pdf",
        "上海市普陀区规划和自然资源局",
        2024,
        "final",
        "department",
    ),
    ("putuo/普陀区司法局2026年单位预算.pdf", "上海市普陀区司法局", 2026, "budget", "unit"),
    (
        "putuo/上海市普陀区万里街道办事处2023年部门预算.pdf",
        "上海市普陀区人民政府万里街道办事处",
        2023,
        "budget",
        "department",
    ),
    ("shanghai/上海市财政局本级2025年市级单位预算.pdf", "上海市财政局", 2025, "budget", "unit"),
    (
        "shanghai/上海市普陀区社会福利院2024年单位预算.pdf",
        "上海市普陀区社会福利院",
        2024,
        "budget",
        "unit",
    ),
    (
        "jiangsu/江苏省人民检察院_2017年省检察院部门预算.pdf",
        "江苏省人民检察院",
        2017,
        "budget",
        "department",
    ),
    (
        "jiangsu/江苏省委办公厅2019年度部门预算公开文件.pdf",
        "江苏省委办公厅",
        2019,
        "budget",
        "department",
    ),
    ("other/jincheng_2025_budget_report.pdf", "晋城市", 2025, "budget", "government"),
    ("other/henan_2024_final_accounts_tables.pdf", "河南省", 2024, "final", "government"),
    ("other/fushun_2025_final_budget_report.html", "抚顺市", 2025, "final", "government"),
]


@pytest.mark.parametrize(("name", "body", "year", "kind", "level"), SHARED_IDENTITIES)
def test_shared_reports_say_who_they_are(
    name: str, body: str, year: int, kind: str, level: str
) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared reports are not here")
    identity = read_report(path).identity
    assert (identity.body, identity.year) == (body, year)
    assert (identity.kind.value, identity.level.value) == (kind, level)


def test_a_file_that_is_no_report_is_named(tmp_path: Path) -> None:
    path = tmp_path / "说明.txt"
    path.write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(UnreadableFile, match=r"说明\.txt"):
        read_report(path)
