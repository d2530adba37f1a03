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
