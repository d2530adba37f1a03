"""A unit's budget in the Ministry's form as a printer flattens it: blanks lost, no 栏次 row."""

from functools import cache

from corpus import tables
from corpus.headers import stacked
from corpus.layout import Line, Word
from corpus.model import Outcome, Table

TEXT = """表1
收支总表
单位名称：青石区康复中心 单位：万元
收入 支出
项目 预算数 项目 预算数
一、一般公共预算拨款收入 160.00 一、一般公共服务支出
二、政府性基金预算拨款收入 60.00 二、社会保障和就业支出 160.00
三、国有资本经营预算拨款收入 三、其他支出 75.00
四、事业收入
五、其他收入 15.00
本年收入合计 235.00 本年支出合计 235.00
上年结转结余 结转下年
收入总计 235.00 支出总计 235.00
表2
收入总表
单位名称：青石区康复中心 单位：万元
单位代码 单位名称 合计 本年收入 上年结转结余
小计 一般公共预算 政府性基金预算 国有资本经营预算 财政专户管理资金 事业收入 \
事业单位经营收入 上级补助收入 附属单位上缴收入 其他收入
合计 235.00 235.00 160.00 60.00 15.00
030003 青石区康复中心 235.00 235.00 160.00 60.00 15.00
表3
支出总表
单位名称：青石区康复中心 单位：万元
科目编码 科目名称 合计 基本支出 项目支出 事业单位经营支出 上缴上级支出 对附属单位补助支出
合计 235.00 120.00 115.00
208 社会保障和就业支出 160.00 120.00 40.00
20811 残疾人事业 160.00 120.00 40.00
2081104 残疾人康复 160.00 120.00 40.00
229 其他支出 75.00 75.00
22960 彩票公益金安排的支出 60.00 60.00
2296006 用于残疾人事业的彩票公益金支出 60.00 60.00
22999 其他支出 15.00 15.00
2299999 其他支出 15.00 15.00
表4
财政拨款收支总表
单位名称：青石区康复中心 单位：万元
收入 支出
项目 预算数 项目 合计 一般公共预算 政府性基金预算 国有资本经营预算
一、本年收入 220.00 一、本年支出 220.00 160.00 60.00
（一）一般公共预算拨款 160.00 （一）一般公共服务支出
（二）政府性基金预算拨款 60.00 （二）社会保障和就业支出 160.00 160.00
（三）国有资本经营预算拨款 （三）其他支出 60.00 60.00
二、上年结转 二、年终结转结余
收入总计 220.00 支出总计 220.00 160.00 60.00
表5
一般公共预算支出表
单位名称：青石区康复中心 单位：万元
科目编码 科目名称 合计 基本支出 项目支出
小计 人员经费 公用经费
合计 160.00 120.00 100.00 20.00 40.00
208 社会保障和就业支出 160.00 120.00 100.00 20.00 40.00
20811 残疾人事业 160.00 120.00 100.00 20.00 40.00
2081104 残疾人康复 160.00 120.00 100.00 20.00 40.00
表7
一般公共预算“三公”经费支出表
单位名称：青石区康复中心 单位：万元
“三公”经费合计 因公出国（境）费 公务用车购置及运行费 公务接待费
小计 公务用车购置费 公务用车运行费
5.50 3.50 3.50 2.00
表8
政府性基金预算支出表
单位名称：青石区康复中心 单位：万元
科目编码 科目名称 本年政府性基金预算支出
合计 基本支出 项目支出
合计 60.00 60.00
229 其他支出 60.00 60.00
22960 彩票公益金安排的支出 60.00 60.00
2296006 用于残疾人事业的彩票公益金支出 60.00 60.00
"""
SAID = "2024年“三公”经费预算5.50万元，其中公务用车运行费3.50万元，公务接待费2.00万元。"


@cache
def read() -> dict[str, Table]:
    blocks = [Line(line) for line in TEXT.splitlines()]
    built = tables.build(tables.locate(blocks), lambda draft: 0, [SAID])
    return {table.title: table for table in built}


def figures(title: str, label: str) -> dict[str, str]:
    """The printed cells of the first row with that label, by column."""
    table = read()[title]
    row = next(row for row in table.rows if row.label == label)
    cells = table.row_cells(row.id)
    return {table.columns[c.column].path[-1]: c.text for c in cells if c.text}


def test_every_statement_is_found_and_closes() -> None:
    assert list(read()) == [
        "收支总表",
        "收入总表",
        "支出总表",
        "财政拨款收支总表",
        "一般公共预算支出表",
        "一般公共预算“三公”经费支出表",
        "政府性基金预算支出表",
    ]
    for table in read().values():
        assert table.statement.startswith("budget.")
        assert not [row.label for row in table.rows if row.unplaced]
        assert not [c.message for c in table.checks if c.outcome is Outcome.FAILS]


def test_the_two_sides_part_where_both_number_their_items() -> None:
    assert figures("财政拨款收支总表", "（二）政府性基金预算拨款") == {"预算数": "60.00"}
    assert figures("财政拨款收支总表", "（三）其他支出") == {
        "合计": "60.00",
        "政府性基金预算": "60.00",
    }
    assert figures("财政拨款收支总表", "一、本年支出") == {
        "合计": "220.00",
        "一般公共预算": "160.00",
        "政府性基金预算": "60.00",
    }


def test_the_sources_of_income_are_those_of_the_overall_table() -> None:
    assert figures("收入总表", "青石区康复中心") == {
        "合计": "235.00",
        "小计": "235.00",
        "一般公共预算": "160.00",
        "政府性基金预算": "60.00",
        "其他收入": "15.00",
    }


def test_three_public_without_operating_costs_has_no_column_for_them() -> None:
    table = read()["一般公共预算“三公”经费支出表"]
    (row,) = table.rows
    assert [c.text for c in table.row_cells(row.id)] == ["5.50", "", "3.50", "", "3.50", "2.00"]
    assert table.columns[-1].path == ("公务接待费",)


def word(text: str, middle: float, top: float) -> Word:
    half = 5.0 * len(text)
    return Word(text, middle - half, middle + half, top, top + 10)


def line(top: float, *words: Word) -> Line:
    return Line(" ".join(w.text for w in words), 1, words, top, size=10)


def test_a_header_broken_over_lines_is_read_cell_by_cell() -> None:
    lines = [
        line(0, word("一般公共预", 100, 0), word("政府性基金", 200, 0)),
        line(12, word("合计", 30, 12)),
        line(24, word("算拨款", 100, 24), word("预算拨款", 200, 24)),
    ]
    assert stacked(lines) == ["一般公共预算拨款", "政府性基金预算拨款", "合计"]


def test_header_cells_that_touch_part_over_the_words_below_them() -> None:
    glued = Word("一般公共预政府性基金", 50, 150, 0, 10)
    lines = [line(0, glued), line(12, word("算", 75, 12), word("预算", 125, 12))]
    assert stacked(lines) == ["一般公共预算", "政府性基金预算"]


def test_a_heading_over_its_columns_stays_whole() -> None:
    top = Word("一般公共预算基本支出", 100, 200, 0, 10)
    lines = [line(0, top), line(12, word("人员经费", 110, 12), word("公用经费", 190, 12))]
    assert stacked(lines) == ["一般公共预算基本支出", "人员经费", "公用经费"]
