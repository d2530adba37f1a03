"""Flattened tables: how they are found and their rows rejoined, whatever the extraction did."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from corpus import tables
from corpus.drafts import Draft
from corpus.formulas import printed_sums
from corpus.layout import Grid, GridCell, Line
from corpus.model import Outcome
from corpus.readers.text import read
from corpus.tokens import number, tokens

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
HAN = "[\u3400-\u9fff（）、“”]"


def locate(text: str) -> tuple[Draft, ...]:
    lines = (line.strip() for line in text.splitlines())
    return tables.locate([Line(line) for line in lines if line])


def rows(draft: Draft) -> list[tuple[str, ...]]:
    return [(row.code, row.label, *(row.printed or ())) for row in draft.rows]


@cache
def seed() -> tuple[str, ...]:
    return tuple(b.text for b in read(next(REPORTS.glob("*.txt"))).blocks if isinstance(b, Line))


@cache
def seed_rows() -> list[tuple[object, ...]]:
    return contents(seed())


def contents(lines: Sequence[str]) -> list[tuple[object, ...]]:
    """Every row of every table with the values as numbers, words without blanks."""
    found: list[tuple[object, ...]] = []
    for draft in tables.locate([Line(text) for text in lines]):
        for row in draft.rows:
            values = row.printed if row.printed is not None else row.cells or ()
            shown = [number(v) if number(v) is not None else bare(v) for v in values]
            found.append((draft.statement, row.block, row.code, row.line, bare(row.label), *shown))
    return found


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def spread(text: str) -> str:
    return re.sub(rf"(?<={HAN})(?={HAN})", " ", text)


CHANGES: dict[str, Callable[[str], str]] = {
    "no thousands separators": lambda t: re.sub(r"(?<=\d),(?=\d{3})", "", t),
    "wide gaps": lambda t: t.replace(" ", "    "),
    "full-width digits": lambda t: t.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_printing_habits_change_nothing(change: Callable[[str], str]) -> None:
    def plain(cell: object) -> object:
        return bare(change(cell)) if isinstance(cell, str) else cell

    expected = [tuple(plain(cell) for cell in row) for row in seed_rows()]
    got = [tuple(plain(cell) for cell in row) for row in contents([change(t) for t in seed()])]
    assert got == expected


def test_spread_characters_change_no_statement() -> None:
    """合 计: characters printed with gaps, as justified cells are."""
    end = next(i for i, text in enumerate(seed()) if text.startswith("第三部分"))
    changed = [spread(text) if i < end else text for i, text in enumerate(seed())]
    assert contents(changed) == seed_rows()


def test_glued_figures_change_no_statement() -> None:
    """2080101行政运行832.84 832.84: the blanks between words and figures are lost."""
    glue = re.compile(rf"(?<={HAN}) (?=\d)|(?<=\d) (?={HAN})")
    end = next(i for i, text in enumerate(seed()) if text.startswith("第三部分"))
    changed = [glue.sub("", text) if i < end else text for i, text in enumerate(seed())]
    assert contents(changed) == seed_rows()


def test_another_year_and_body() -> None:
    changed = [t.replace("2023", "2031").replace("社会保险管理处", "水利勘测院") for t in seed()]
    rows_of_figures = [row for row in contents(changed) if row[2]]
    assert rows_of_figures == [row for row in seed_rows() if row[2]]


HEADER = """
2031年度支出决算表
公开03表
单位：某某局 单位：万元
项目
本年支出合计 基本支出 项目支出
上缴上
级支出
经营支
出
对附属
单位补
助支出
科目名称
类 款 项
栏次 1 2 3 4 5 6
"""


def test_a_label_wraps_around_its_figures() -> None:
    body = """
    合计 5.00 5.00
    201 一般公共服务支出 5.00 5.00
    20101 甲事务 5.00 5.00
    第一个很长的
    2010101 3.00 3.00
    项目名称
    第二个很长的
    2010102 项目名称还有 2.00 2.00
    第三行
    注：本表反映支出情况。
    """
    (draft,) = locate(HEADER + body)
    assert rows(draft)[3:] == [
        ("2010101", "第一个很长的项目名称", "3.00", "3.00"),
        ("2010102", "第二个很长的项目名称还有第三行", "2.00", "2.00"),
    ]


def test_prose_decides_where_a_loose_piece_belongs() -> None:
    body = """
    合计 5.00 5.00
    201 一般公共服务支出 5.00 5.00
    20101 甲事务 5.00 5.00
    2010101 行政运行 3.00 3.00
    机关
    2010102 服务中心 2.00 2.00
    注：本表反映支出情况。
    第三部分 情况说明
    一般公共服务支出（类）甲事务（款）机关服务中心（项）支出2万元。
    """
    draft = locate(HEADER + body)[0]
    assert [row.label for row in draft.rows[3:]] == ["行政运行", "机关服务中心"]


def test_code_alone_then_label_then_figures() -> None:
    body = """
    合计 5.00 5.00
    201
    一般公共
    服务支出
    5.00 5.00
    20101 甲事务 5.00 5.00
    """
    (draft,) = locate(HEADER + body)
    assert rows(draft)[1] == ("201", "一般公共服务支出", "5.00", "5.00")


def test_a_continued_page_repeats_its_header() -> None:
    body = """
    合计 5.00 5.00
    201 一般公共服务支出 5.00 5.00
    2031年度支出决算表
    公开03表
    单位：某某局 单位：万元
    栏次 1 2 3 4 5 6
    20101 甲事务 5.00 5.00
    """
    drafts = locate(HEADER + body)
    assert [row.code for draft in drafts for row in draft.rows] == ["", "201", "20101"]


def test_an_index_of_tables_is_no_table() -> None:
    index = """
    目录
    一、收入支出决算总表
    二、收入决算表
    三、支出决算表
    """
    assert len(locate(index + HEADER + "合计 5.00 5.00\n201 一般公共服务支出 5.00 5.00")) == 1


def test_an_empty_statement_keeps_its_total() -> None:
    (draft,) = locate(HEADER + "合计\n注：本表反映支出情况。\n说明：本单位当年无支出。")
    assert rows(draft) == [("", "合计")]
    assert draft.notes == ("注：本表反映支出情况。", "说明：本单位当年无支出。")


def test_a_title_above_a_grid_is_left_to_the_grid() -> None:
    cells = [GridCell(0, c, text) for c, text in enumerate(["项目", "本年支出合计", "基本支出"])]
    cells += [GridCell(1, c, text) for c, text in enumerate(["合计", "5.00", "5.00"])]
    blocks = [Line("支出决算表"), Line("单位：万元"), Grid(tuple(cells), 2, 3)]
    assert len(tables.locate(blocks)) == 1


def test_sides_without_line_numbers() -> None:
    """Shanghai prints no 行次: the labels decide the side."""
    (draft,) = locate("""
    收入支出决算总表
    单位：万元
    收入 支出
    项目 决算数 项目 决算数
    一、一般公共预算财政拨款收入 9.00 一、一般公共服务支出
    二、政府性基金预算财政拨款收入 二、外交支出 8.00
    三、国防支出 3.00
    本年收入合计 9.00 本年支出合计 11.00
    年初结转和结余 2.00 年末结转和结余
    总计 11.00 总计 11.00
    注：本表反映收支情况。
    """)
    sides = [[(r.label, *(r.printed or ())) for r in draft.rows if r.block == b] for b in (0, 1)]
    assert sides[0] == [
        ("一、一般公共预算财政拨款收入", "9.00"),
        ("二、政府性基金预算财政拨款收入",),
        ("本年收入合计", "9.00"),
        ("年初结转和结余", "2.00"),
        ("总计", "11.00"),
    ]
    assert sides[1] == [
        ("一、一般公共服务支出",),
        ("二、外交支出", "8.00"),
        ("三、国防支出", "3.00"),
        ("本年支出合计", "11.00"),
        ("年末结转和结余",),
        ("总计", "11.00"),
    ]


def test_the_header_decides_the_order_of_columns() -> None:
    """Some regions print 公务接待费 before the vehicles."""
    (draft,) = locate("""
    财政拨款“三公”经费支出决算表
    单位：万元
    预算数 决算数
    合计 公务接待费 因公出国（境）费 公务用车购置及运行维护费 小计 公务用车购置费 公务用车运行维护费
    合计 公务接待费 因公出国（境）费 公务用车购置及运行维护费 小计 公务用车购置费 公务用车运行维护费
    1 2 3 4 5 6 7 8 9 10 11 12
    3.00 1.00 2.00 2.00 3.00 1.00 2.00 2.00
    注：本表反映“三公”经费情况。
    """)
    assert [c.role for c in draft.columns[:3]] == [
        "budget.total",
        "budget.reception",
        "budget.abroad",
    ]


def test_formulas_mix_widths_and_leave_gaps() -> None:
    (rows_sum, columns_sum) = printed_sums(["58行＝（32＋33＋…＋35）行；6栏各行=(1＋2－3)栏各行。"])
    assert rows_sum.axis == "row"
    assert [name for _, name in rows_sum.addends] == ["32", "33", "34", "35"]
    assert columns_sum.addends == ((1, "1"), (1, "2"), (-1, "3"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2080101行政运行832.84832.84", ["2080101", "行政运行", "832.84", "832.84"]),
        ("八、社会保障支出 39 1，291.79", ["八、社会保障支出", "39", "1,291.79"]),
        ("合 计 1.00 —", ["合计", "1.00", "—"]),
        ("1.社会保障和就业（类）", ["1.社会保障和就业（类）"]),
        ("二、外交支出33三、国防支出34", ["二、外交支出", "33", "三、国防支出", "34"]),
    ],
)
def test_tokens(line: str, expected: list[str]) -> None:
    assert [token.text for token in tokens([(0, line)])] == expected


def test_performance_of_another_body() -> None:
    """Other indicators, bounds and words as targets, an indicator of a 一级 of its own."""
    (draft,) = locate("""
    2031年度某某局整体绩效自评表
    单位名称 某某局
    基本支出总额 2,000.00 项目支出总额 500.50
    预算执行情况
    （万元）
    （20分）
    预算数（A） 执行数（B） 执行率（B/A） 得分（20分*执行率）
    部门整体支出总额 2,500.50 2,400.00 95.98% 19.20
    年度目标1：
    完成道路养护任务，
    保障市民出行。
    一级指标 二级指标 三级指标 年初目标值（A） 实际完成值（B） 得分
    产出指标
    （40分）
    数量指标（20分）
    养护道路里程（10分） 120公里 118.5公里 9.88
    桥梁检测座数
    （10分）
    ≥15座 16座 10
    时效指标（10分） 按期完工（10分） 12月底前 12月底前 10
    满意度指标（10分） 服务对象满意度指标（10分） 市民满意度（10分） ≥90% 92% 10
    总分 59.08
    改进措施及结果应用方案 提前安排。
    """)
    table = tables.build([draft], lambda draft: 0, [])[0]
    found = {r.label: (r.path, [c.text for c in table.row_cells(r.id)]) for r in table.rows}
    assert found["桥梁检测座数"] == (("产出指标", "数量指标"), ["10", "≥15座", "16座", "10"])
    assert found["按期完工"] == (("产出指标", "时效指标"), ["10", "12月底前", "12月底前", "10"])
    assert found["市民满意度"][0] == ("满意度指标", "服务对象满意度指标")
    assert found["年度目标1"][1] == ["完成道路养护任务，保障市民出行。"]
    bound = next(c for c in table.cells if c.text == "≥90%")
    assert (bound.value, bound.unit) == (90, "%")
    (check,) = table.checks
    assert (check.rule, check.outcome) == ("总分=各项得分之和", Outcome.HOLDS)


def test_performance_in_the_ministrys_form() -> None:
    """Weights in a column of their own, several budget rows, some without values."""
    (draft,) = locate("""
    附件2
    项目支出绩效自评表
    项目名称 公园管理经费
    主管部门 某某局 实施单位 某某公园
    项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
    年度资金总额 100.00 120.00 110.00 10 91.67% 9.17
    其他资金 — —
    一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
    产出指标 数量指标 公园个数 3个 3个 20 20
    效益指标 社会效益指标 游客人次 50万人次 45万人次 30 27
    总分 60 56.17
    """)
    assert draft.title == "项目支出绩效自评表"
    table = tables.build([draft], lambda draft: 0, [])[0]
    found = {r.label: [c.text for c in table.row_cells(r.id)] for r in table.rows}
    assert found["实施单位"] == ["某某公园"]
    assert found["年度资金总额"] == ["100.00", "120.00", "110.00", "10", "91.67%", "9.17"]
    assert found["游客人次"] == ["50万人次", "45万人次", "30", "27"]
    assert found["总分"] == ["", "", "60", "56.17"]
    other = next(r for r in table.rows if r.label == "其他资金")
    assert other.unplaced == ("—", "—")


def test_codes_printed_in_three_columns() -> None:
    body = """
    合计 5.00 5.00
    201 一般公共服务支出 5.00 5.00
    201 01 甲事务 5.00 5.00
    第一个很长的项目
    201 01 01 3.00 3.00
    名称
    7 01 02 第二个项目 2.00 2.00
    """
    (draft,) = locate(HEADER + body)
    assert rows(draft)[2:] == [
        ("20101", "甲事务", "5.00", "5.00"),
        ("2010101", "第一个很长的项目名称", "3.00", "3.00"),
        ("70102", "第二个项目", "2.00", "2.00"),
    ], "a misprinted code is kept as printed"


def test_sums_outrank_a_scrambled_header() -> None:
    """The header names 公务接待费 last, but only the usual order lets the vehicles add up."""
    (draft,) = locate("""
    “三公”经费和机关运行经费预算表
    单位：万元
    “三公”经费预算数
    机关运行经
    公务用车购置及运行费
    费预算数
    合计 因公出国(境)费 公务接待费
    小计 购置费 运行费
    22.91 0 1.35 21.56 0 21.56 786.09
    """)
    shown = dict(zip([c.role for c in draft.columns], draft.rows[0].printed or (), strict=True))
    assert (shown["reception"], shown["vehicles"]) == ("1.35", "21.56")


LISTED = """青石区府办2021年度“三公”经费支出决算公开
一、2021年度一般公共预算财政拨款“三公”经费支出决算表
单位：万元
项 目 预 算 数 决 算 数
合 计 39.9 6.69
因公出国（境）费 20
公务接待费 9.9 4.21
公务用车购置及运行维护费 10 2.48
其中：公务用车运行维护费 10 2.48
公务用车购置费
二、情况说明
""".splitlines()


def test_three_public_as_a_list_keeps_its_rows_and_the_sums_tell_the_column() -> None:
    blocks = [Line(line) for line in LISTED]
    (table,) = tables.build(tables.locate(blocks), lambda draft: 0, [])
    assert table.title == "2021年度一般公共预算财政拨款“三公”经费支出决算表"
    assert [[c.text for c in table.row_cells(row.id)] for row in table.rows] == [
        ["39.9", "6.69"],
        ["20", ""],
        ["9.9", "4.21"],
        ["10", "2.48"],
        ["10", "2.48"],
        ["", ""],
    ]
    assert {check.outcome for check in table.checks} == {Outcome.HOLDS}


def test_figures_among_unknown_words_are_no_blank_table() -> None:
    lines = ["2021年度“三公”经费支出决算表", "单位：万元", "某项支出 12.3 万元", "另一项支出 4.5"]
    assert tables.locate([Line(line) for line in lines]) == ()
