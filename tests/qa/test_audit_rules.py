# ruff: noqa: E501 - the sentences of a report are longer than a line of code
"""Every rule of the audit can fail, and holds (or is untried) where the report is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus import (
    Cell,
    Column,
    Identity,
    Kind,
    Level,
    Passage,
    Placement,
    Report,
    Row,
    Section,
    Source,
    Table,
)
from corpus.drafts import Draft
from corpus.tables import build
from qa.audit import RULES, audit_report, examine
from tests.qa import test_audit_generated as made_up
from tests.qa.test_audit_planted import change_cell, change_text, reread

BODY = "云岭市白石区民政事务中心"


def told(
    *texts: str, kind: Kind = Kind.FINAL, title: str = "情况说明", tables: tuple[Table, ...] = ()
) -> Report:
    """A report of 2024 with these paragraphs under one heading."""
    sections = (Section(0, "一、", title, 1), Section(1, "二、", "附件", 1))
    passages = tuple(Passage(i, 0, text) for i, text in enumerate(texts))
    identity = Identity(BODY, (), 2024, kind, Level.UNIT)
    report = Report("told", identity, (Source("told.txt", "0", "text"),), sections, passages)
    claims = reread(report).claims
    return replace(report, tables=tables, claims=claims)


def words(*rows: str) -> Table:
    """A table of words."""
    cells = tuple(Cell(i, 0, text, None, "", Placement.CELL) for i, text in enumerate(rows))
    labels = tuple(Row(i, f"事项{i}") for i in range(len(rows)))
    return Table(0, "重点工作完成情况", 1, (Column(0, ("完成情况",)),), labels, cells)


def assessed(
    *lines: tuple[str, str, str, str, str],
    title: str = "整体绩效自评表",
    executed: tuple[str, str, str, str] = ("100.00", "50.00", "50%", "10"),
    total: str = "",
    id: int = 0,
) -> Table:
    """A self-assessment: (indicator, weight, target, outcome, score) and its budget line."""
    roles = ("weight", "target", "actual", "score")
    columns = [Column(i, (role,), role=role) for i, role in enumerate(roles)]
    money = ("budget", "executed", "rate", "budget.score")
    columns += [Column(4 + i, (r,), role=r, block=1) for i, r in enumerate(money)]
    columns[7] = replace(columns[7], path=("得分（20分*执行率）",))
    rows = [Row(i, line[0], path=("产出指标",)) for i, line in enumerate(lines)]
    cells = [_figure(i, c, text) for i, line in enumerate(lines) for c, text in enumerate(line[1:])]
    rows.append(Row(len(rows), "年度资金总额", block=1))
    cells += [_figure(len(lines), 4 + c, text) for c, text in enumerate(executed)]
    if total:
        rows.append(Row(len(rows), "总分", role="score.total"))
        cells.append(_figure(len(rows) - 1, 3, total))
    return Table(
        id, title, 1, tuple(columns), tuple(rows), tuple(cells), statement="final.performance",
        notes=("定量指标得分=权重*B/A",),
    )  # fmt: skip


def percents(wrong: str = "") -> Table:
    """Ten accounts with plan, outcome and completion; the last one's may be given."""
    headers = ("预算数", "执行数", "完成预算的%")
    columns = tuple(Column(i, (name,)) for i, name in enumerate(headers))
    rows, cells = [], []
    for i in range(10):
        done = f"{9 * (i + 1)}.00"
        rows.append(Row(i, f"第{i}类支出"))
        shown = wrong if wrong and i == 9 else "90.0"
        for column, text in enumerate((f"{10 * (i + 1)}.00", done, shown)):
            unit = "%" if column == 2 else "万元"
            cells.append(Cell(i, column, text, Decimal(text), unit, Placement.CELL))
    return Table(0, "支出执行情况表", 1, columns, tuple(rows), tuple(cells), unit="万元")


def _figure(row: int, column: int, text: str) -> Cell:
    number = text.rstrip("%分份人笔")
    unit = text[len(number) :] or ("分" if column in (0, 3, 7) else "万元" if column > 3 else "")
    return Cell(row, column, text, Decimal(number.replace(",", "")), unit, Placement.CELL)


def _with_checks(table: Table) -> Report:
    """A report whose table has had its own sums tried."""
    report = told("绩效自评如下。", tables=(table,))
    return reread(report)


def _made(seed: int = 3) -> Report:
    return made_up.generated(seed)


def _in_table(report: Report, statement: str, label: str, role: str, text: str) -> Report:
    table = next(t for t in report.tables if t.statement == statement)
    row = next(r for r in table.rows if r.label == label)
    column = next(
        c for c in table.columns if c.role == role and table.cell(row.id, c.id) is not None
    )
    return change_cell(report, table.id, row.id, column.id, text)


def _in_text(report: Report, old: str, new: str) -> Report:
    passage = next(p for p in report.passages if old in p.text)
    start = passage.text.index(old)
    return change_text(report, passage.id, start, start + len(old), new)


def _code(report: Report) -> Report:
    table = next(t for t in report.tables if t.statement == "final.spending")
    rows = tuple(replace(r, code="71101") if r.code == "2080201" else r for r in table.rows)
    tables = tuple(replace(t, rows=rows) if t is table else t for t in report.tables)
    return replace(report, tables=tables)


def _basic() -> Draft:
    rows = [
        made_up._row("合计", Decimal(500), code=""),
        made_up._row("工资福利支出", Decimal(400), code="301"),
        made_up._row("商品和服务支出", Decimal(100), code="302"),
    ]
    columns = (Column(0, ("金额",), role="total"),)
    return Draft(
        0, 1, "财政拨款基本支出预算表", columns, tuple(rows), unit="万元",
        statement="budget.fiscal_basic",
    )  # fmt: skip


def _plan_of_basic(amount: str) -> Report:
    report = told(f"人员经费{amount}万元。", kind=Kind.BUDGET, title="基本支出预算情况说明")
    return replace(report, tables=build([_basic()], lambda _: 1, []))


def _list(report: Report, old: str, new: str) -> Report:
    return _in_text(report, old, new)


GOOD = ("发放量", "10", "100份", "50份", "5")
ALL_KINDS = "一般公共预算拨款支出预算5万元，比2023年预算增加{}万元；政府性基金拨款支出预算0万元，与2023年预算持平；国有资本经营预算拨款支出预算0万元，与2023年预算持平。"

FAILING: dict[str, Callable[[], Report]] = {
    "table.sum": lambda: _in_table(_made(), "final.spending", "行政运行", "total", "1.00"),
    "table.link": lambda: _in_table(
        _made(), "final.income_expenditure", "本年支出合计", "amount", "1.00"
    ),
    "table.code": lambda: _code(_made()),
    "table.account": lambda: _in_table(
        _made(), "final.general_spending", "行政运行", "total", "1.00"
    ),
    "performance.total": lambda: _with_checks(assessed(GOOD, total="99")),
    "prose.table": lambda: _in_text(_made(), "年度支出合计", "年度支出合计9"),
    "prose.unit": lambda: _in_text(_made(), "万元，完成年初预算", "元，完成年初预算"),
    "nothing.table": lambda: _in_text(
        _made(), "公务用车购置费无预算安排", "公务接待费无预算安排"
    ),
    "prose.basic": lambda: _plan_of_basic("401.00"),
    "list.blank": lambda: _list(_made(), "办公费、", "办公费、印刷费、"),
    "list.missing": lambda: _list(_made(), "办公费、", ""),
    "prose.rate": lambda: told("支出合计110万元，与2023年度相比增加10万元，增长20.0%。"),
    "prose.change": lambda: told("办公费年初预算为10.00万元，支出决算为8.00万元，比年初预算减少3.00万元。"),
    "prose.completion": lambda: told("办公费年初预算为10万元，支出决算为8万元，完成年初预算的90%。"),
    "prose.share": lambda: told("支出合计100万元，其中：办公费40万元，占支出合计的45.0%。"),
    "table.percent": lambda: told("见表。", tables=(percents("95.0"),)),
    "prose.shares": lambda: told(
        "支出合计100万元，其中：办公费40万元，占支出合计的40.0%；差旅费60万元，占支出合计的70.0%。"
    ),
    "prose.wholes": lambda: told(
        "财政拨款支出预算5万元，比2023年预算增加2.50万元。其中：" + ALL_KINDS.format("1.20"),
        kind=Kind.BUDGET,
    ),
    "count.listed": lambda: told("本单位设4个内设机构，包括：办公室、财务科、业务科。"),
    "count.enumerated": lambda: told(
        "行政单位1家，事业单位2家，具体包括：", "1.甲中心。", "2.乙中心。"
    ),
    "count.projects": lambda: told(
        "反映所有项目绩效自评结果，共涉及2个二级项目。",
        tables=(assessed(GOOD, title="项目自评表"),),
    ),
    "prose.parts": lambda: told("共有车辆5辆，其中：执法执勤用车2辆、其他用车2辆。"),
    "prose.items": lambda: _in_text(_made(), "财政拨款支出年初预算为", "财政拨款支出年初预算为9"),
    "prose.reason": lambda: told(
        "1.“教育支出（类）普通教育（款）小学教育（项）”5万元，比2023年预算执行数减少2.00%。"
        "主要原因是：小学教育经费增加。",
        kind=Kind.BUDGET,
    ),
    "prose.comparison": lambda: told(
        "办公费年初预算为10万元，支出决算为8万元，支出决算数大于预算数。"
    ),
    "prose.repeat": lambda: told("机关运行经费支出12万元。", "机关运行经费支出13万元。"),
    "balance.opening": lambda: _in_table(
        _in_text(_made(), "年度相比，收、支总计各", "年度相比，收、支总计各"),
        "final.income_expenditure", "年初结转和结余", "amount", "9,999.00",
    ),
    "repeat.value": lambda: told(
        "全年新增参保登记单位共计35家。", tables=(words("全年新增参保登记单位共计53家，较好。"),)
    ),
    "repeat.precision": lambda: told(
        "全年完成新增参保总目标的127.5%。", tables=(words("全年完成新增参保总目标的127.53%，较好。"),)
    ),
    "setting.scale": lambda: told(*(f"办公费第{i}项支出{i}.5万元。" for i in range(2, 14)), "差旅费支出7.25元。"),
    "setting.name": lambda: told("云岭市白石区民生事务中心2024年度无政府性基金预算支出。"),
    "setting.year": lambda: told("支出合计110万元，与2021年度相比增加10万元。"),
    "setting.unit": lambda: told("办公费支出10万元，比上年增加1万元，增长11.11。"),
    "performance.score": lambda: told("见表。", tables=(assessed(("发放量", "10", "100份", "50份", "8")),)),
    "performance.rate": lambda: told(
        "见表。", tables=(assessed(GOOD, executed=("100.00", "50.00", "60%", "12")),)
    ),
    "performance.same": lambda: told(
        "见表。", tables=(assessed(GOOD), assessed(("发放量", "10", "90份", "50份", "5"), id=1))
    ),
    "performance.name": lambda: told(
        "见表。",
        tables=(
            assessed(("政策宣传覆盖率", "10", "100%", "100%", "10"), GOOD),
            assessed(("政策宣传覆盖度", "10", "100%", "100%", "10"), GOOD, id=1),
        ),
    ),
    "performance.target": lambda: told(
        "全区参保净增50人，完成全年目标任务的125%。",
        tables=(assessed(("参保净增人数", "10", "20人", "50人", "10")),),
    ),
    "performance.amount": lambda: told(
        "社区服务项目绩效自评综述：项目全年预算数为90万元，执行数为50万元。",
        tables=(assessed(GOOD, title="社区服务项目自评表"),),
    ),
    "wording.direction": lambda: told("支出合计增加减少5万元。"),
    "wording.signs": lambda: told("支出合计110万元，与2023年度相比减少10万元，增长8.3%。"),
    "wording.negation": lambda: told("本单位无公务接待费无预算安排。"),
    "wording.blank": lambda: told("公务接待费1万元，主要原因是。"),
}  # fmt: skip


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in RULES} == set(FAILING)


@pytest.mark.parametrize("rule", sorted(FAILING))
def test_the_rule_fails_where_it_should(rule: str) -> None:
    found = [f for f in audit_report(FAILING[rule]()) if f.rule == rule]
    assert found
    assert all(f.evidence and f.message and f.message_en for f in found)


RIGHT = told(
    "支出合计110万元，与2023年度相比增加10万元，增长10.0%。",
    "机关运行经费支出12万元。",
    "办公费年初预算为10万元，支出决算为8万元，比年初预算减少2万元，完成年初预算的80%，支出决算数小于预算数。",
    "共有车辆5辆，其中：执法执勤用车3辆、其他用车2辆。",
    "本单位设3个内设机构，包括：办公室（党办）、财务科、业务科。",
    "社区服务项目绩效自评综述：项目全年预算数为100万元，执行数为50万元。",
    "反映所有项目绩效自评结果，共涉及1个二级项目。",
    tables=(assessed(GOOD, title="社区服务项目自评表"),),
)


def test_a_right_report_has_no_findings() -> None:
    assert [f.message for f in audit_report(RIGHT)] == []


def test_a_rule_without_anything_to_try_says_so() -> None:
    verdicts = examine(told("本单位工作平稳。"))
    assert {v.outcome for v in verdicts} <= {"untried", "holds"}
    assert {v.rule for v in verdicts} == {rule.id for rule in RULES}


@pytest.mark.parametrize(
    "text",
    [
        "支出合计110.00万元，与2023年度相比增加9.96万元，增长10%。",  # 9.955 %: rounded
        "办公费年初预算为3万元，支出决算为2万元，完成年初预算的66.6%。",  # 66.67: cut off
        "支出合计99.99万元，其中：办公费33.33万元，占33.3%；差旅费33.33万元，占33.3%；水费33.33万元，占33.4%。",
    ],
)
def test_what_rounding_explains_is_not_raised(text: str) -> None:
    assert [f.message for f in audit_report(told(text))] == []


def test_a_column_of_right_percentages_is_tried_and_holds() -> None:
    verdicts = examine(told("见表。", tables=(percents(),)))
    assert [v.outcome for v in verdicts if v.rule == "table.percent"] == ["holds"] * 10
