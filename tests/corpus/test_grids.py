"""From a grid to a draft: headings, header paths, codes, labels, parts side by side."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.drafts import Draft
from corpus.grids import locate
from corpus.layout import Grid, GridCell, Line

Merged = tuple[int, int, int, int]  # row, column, rowspan, colspan


def grid(rows: Sequence[Sequence[str]], merged: Sequence[Merged] = (), page: int = 1) -> Grid:
    covered = {(r + i, c + j): (r, c) for r, c, h, w in merged for i in range(h) for j in range(w)}
    spans = {(r, c): (h, w) for r, c, h, w in merged}
    cells = [
        GridCell(r, c, text, *spans.get((r, c), (1, 1)), page=page)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if covered.get((r, c), (r, c)) == (r, c)
    ]
    return Grid(tuple(cells), len(rows), max(map(len, rows)), page)


def lines(*texts: str) -> list[Line]:
    return [Line(text, 1, top=20.0 * k, size=10) for k, text in enumerate(texts)]


def one(rows: Sequence[Sequence[str]], merged: Sequence[Merged] = (), *above: str) -> Draft:
    (draft,) = locate([*lines(*above), grid(rows, merged)])
    return draft


def cells(draft: Draft) -> list[tuple[str, str, tuple[str, ...] | None]]:
    return [(row.code, row.label, row.cells) for row in draft.rows]


FUNCTIONS = [
    ["项目", "", "", "", "支出预算", "", ""],
    ["功能分类科目编码", "", "", "功能分类科目名称", "合计", "基本支出", "项目支出"],
    ["类", "款", "项", "", "", "", ""],
    ["208", "", "", "社会保障和就业支出", "100", "60", "40"],
    ["208", "05", "", "行政事业单位养老支出", "100", "60", "40"],
    ["208", "05", "01", "行政单位离退休", "100", "60", "40"],
    ["合计", "", "", "", "100", "60", "40"],
]
FUNCTIONS_MERGED = [
    (0, 0, 1, 4), (0, 4, 1, 3), (1, 0, 1, 3), (1, 3, 2, 1), (1, 4, 2, 1), (1, 5, 2, 1),
    (1, 6, 2, 1), (6, 0, 1, 4),
]  # fmt: skip


def test_codes_split_over_three_columns_are_one() -> None:
    draft = one(FUNCTIONS, FUNCTIONS_MERGED, "2024年部门支出预算总表", "编制部门：某局  单位：元")
    assert (draft.title, draft.unit, draft.statement) == (
        "2024年部门支出预算总表", "元", "budget.spending"
    )  # fmt: skip
    assert [c.role for c in draft.columns] == ["total", "basic", "project"]
    assert cells(draft) == [
        ("208", "社会保障和就业支出", ("100", "60", "40")),
        ("20805", "行政事业单位养老支出", ("100", "60", "40")),
        ("2080501", "行政单位离退休", ("100", "60", "40")),
        ("", "合计", ("100", "60", "40")),
    ]
    assert (draft.start, draft.end) == (0, 3)


def test_two_sides_become_two_blocks_on_one_band() -> None:
    rows = [
        ["收入", "", "支出", ""],
        ["项目", "决算数", "项目", "决算数"],
        ["一、一般公共预算财政拨款收入", "5.00", "一、一般公共服务支出", ""],
        ["", "", "二、公共安全支出", "5.00"],
        ["总计", "5.00", "总计", "5.00"],
    ]
    draft = one(rows, [(0, 0, 1, 2), (0, 2, 1, 2)], "收入支出决算总表", "单位：万元")
    assert draft.statement == "final.income_expenditure"
    assert [(c.path, c.block, c.role) for c in draft.columns] == [
        (("收入", "决算数"), 0, "amount"),
        (("支出", "决算数"), 1, "amount"),
    ]
    assert [(r.band, r.block, r.label, r.cells) for r in draft.rows] == [
        (0, 0, "一、一般公共预算财政拨款收入", ("5.00",)),
        (0, 1, "一、一般公共服务支出", ("",)),
        (1, 1, "二、公共安全支出", ("5.00",)),
        (2, 0, "总计", ("5.00",)),
        (2, 1, "总计", ("5.00",)),
    ]


def test_a_label_over_the_middle_block_belongs_to_the_last() -> None:
    rows = [
        ["收入", "", "支出", "", "", ""],
        ["项目名称", "金额", "功能分类", "", "支出用途", ""],
        ["", "", "功能科目名称", "金额", "项目名称", "金额"],
        ["一、财政拨款", "9.00", "一、公共安全支出", "9.00", "一、基本支出", "9.00"],
        ["收入合计", "9.00", "支出合计", "", "", "9.00"],
    ]
    merged = [
        (0, 0, 1, 2), (0, 2, 1, 4), (1, 0, 2, 1), (1, 1, 2, 1), (1, 2, 1, 2), (1, 4, 1, 2),
        (4, 2, 1, 3),
    ]  # fmt: skip
    draft = one(rows, merged, "公开01表", "收支预算总表", "单位：万元")
    assert (draft.number, draft.title, draft.statement) == (
        "公开01表", "收支预算总表", "budget.balance"
    )  # fmt: skip
    assert [(r.block, r.label, r.cells) for r in draft.rows if r.band == 1] == [
        (0, "收入合计", ("9.00",)),
        (2, "支出合计", ("9.00",)),
    ]


def test_three_parts_of_coded_accounts() -> None:
    head = ["科目编码", "科目名称", "金额"] * 3
    rows = [
        ["人员经费", "", "", "公用经费", "", "", "", "", ""],
        head,
        ["301", "工资福利支出", "8.00", "302", "商品和服务支出", "2.00", "310", "资本性支出", ""],
        ["30101", "基本工资", "8.00", "30201", "办公费", "2.00", "", "", ""],
        ["人员经费合计", "", "8.00", "公用经费合计", "", "", "", "", "2.00"],
    ]
    merged = [(0, 0, 1, 3), (0, 3, 1, 6), (4, 0, 1, 2), (4, 3, 1, 5)]
    draft = one(rows, merged, "一般公共预算财政拨款基本支出决算明细表", "单位：万元")
    assert draft.statement == "final.general_basic"
    assert [c.block for c in draft.columns] == [0, 1, 2]
    assert [(r.block, r.code, r.label, r.cells) for r in draft.rows if r.band == 2] == [
        (0, "", "人员经费合计", ("8.00",)),
        (2, "", "公用经费合计", ("2.00",)),
    ]


def test_line_numbers_are_read_and_not_taken_for_amounts() -> None:
    rows = [
        ["项目", "行次", "金额"],
        ["栏次", "", "1"],
        ["一、财政拨款收入", "1", "3.50"],
        ["总计", "2", "3.50"],
    ]
    draft = one(rows, (), "某表")
    assert [(r.label, r.line, r.cells) for r in draft.rows][-2:] == [
        ("一、财政拨款收入", "1", ("3.50",)),
        ("总计", "2", ("3.50",)),
    ]


def test_figures_alone_under_a_deep_header() -> None:
    rows = [
        ["2024年“三公”经费预算数", "", "", "", "", "", "2024年机关运行经费预算数"],
        ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费", "", "", ""],
        ["", "", "", "小计", "购置费", "运行费", ""],
        ["9.1", "0", "1.1", "8", "", "8", "52.3"],
    ]
    merged = [
        (0, 0, 1, 6), (0, 6, 3, 1), (1, 0, 2, 1), (1, 1, 2, 1), (1, 2, 2, 1), (1, 3, 1, 3)
    ]  # fmt: skip
    draft = one(rows, merged, "2024年“三公”经费和机关运行经费预算表", "单位:万元")
    assert draft.unit == "万元"
    assert [c.role for c in draft.columns] == [
        "total", "abroad", "reception", "vehicles", "vehicles.purchase", "vehicles.running",
        "operating_cost",
    ]  # fmt: skip
    assert cells(draft) == [("", "", ("9.1", "0", "1.1", "8", "", "8", "52.3"))]


def test_title_number_and_unit_inside_the_grid() -> None:
    rows = [
        ["附表3", "", ""],
        ["2024年全市债务限额情况表", "", ""],
        ["", "", "单位：亿元"],
        ["地区", "限额", "余额"],
        ["全市", "12.5", "11.0"],
    ]
    draft = one(rows, [(1, 0, 1, 3)])
    assert (draft.number, draft.title, draft.unit) == ("附表3", "2024年全市债务限额情况表", "亿元")
    assert cells(draft) == [("", "全市", ("12.5", "11.0"))]


def test_a_title_over_two_lines_is_one() -> None:
    blocks = [
        Line("2024年市本级一般公共预算支出决算", 1, top=50, size=22),
        Line("明细表（7）", 1, top=80, size=22),
        Line("单位：万元", 1, top=105, size=10),
        grid([["项目", "决算数"], ["一、教育支出", "12"], ["合计", "12"]]),
    ]
    (draft,) = locate(blocks)
    assert draft.title == "2024年市本级一般公共预算支出决算明细表（7）"
    assert draft.statement == ""


def test_a_government_table_is_not_taken_for_a_departments() -> None:
    rows = [["项目", "预算数", "决算数", "项目", "预算数", "决算数"],
            ["一、税收收入", "1", "2", "一、教育支出", "1", "2"]]  # fmt: skip
    draft = one(rows, (), "2024年全省一般公共预算收支决算总表", "单位：万元")
    assert draft.statement == ""
    assert [(c.path, c.block) for c in draft.columns] == [
        (("预算数",), 0), (("决算数",), 0), (("预算数",), 1), (("决算数",), 1)
    ]  # fmt: skip


def test_columns_of_percent_have_their_own_unit() -> None:
    rows = [["项目", "决算数", "决算数为上年决算数的%"], ["税收收入", "12", "103.2"]]
    draft = one(rows, (), "收入决算表", "单位：万元")
    assert [c.unit for c in draft.columns] == ["", "%"]


def test_rows_cut_by_a_page_break_are_whole_again() -> None:
    head = grid([["项目", "金额"], ["一、教育支出", "1"], ["二、科学技术支出", "2"],
                 ["三、国土海洋气象等支", "3"]])  # fmt: skip
    tail = grid([["出", ""], ["四、其他支出", "4"]], page=2)
    moved = tuple(GridCell(c.row + 4, c.column, c.text, page=2) for c in tail.cells)
    whole = Grid(head.cells + moved, 6, 2, 1)
    (draft,) = locate([whole])
    assert [r.label for r in draft.rows] == [
        "一、教育支出", "二、科学技术支出", "三、国土海洋气象等支出", "四、其他支出"
    ]  # fmt: skip


def test_groups_become_the_path_of_their_members() -> None:
    rows = [
        ["采购大类", "专项名称", "采购物品名称", "采购组织形式", "总计"],
        ["合计", "", "", "", "30"],
        ["一、货物", "", "", "", "30"],
        ["", "设备更新", "", "", "30"],
        ["", "", "计算机", "集中采购", "10"],
        ["", "", "打印机", "分散采购", "20"],
    ]
    draft = one(rows, (), "政府采购预算表", "单位：万元")
    assert draft.statement == "budget.procurement"
    assert [(r.path, r.label) for r in draft.rows][-2:] == [
        (("一、货物", "设备更新"), "计算机"),
        (("一、货物", "设备更新"), "打印机"),
    ]
    assert [c.role for c in draft.columns] == ["", "amount"]


def test_attributes_of_a_named_row_are_values() -> None:
    head = ["序号", "项目名称", "项目类型", "发行金额", "债券类别"]
    rows = [
        head,
        *([str(n), f"第{n}号公路工程", "农村公路", f"{n}00", "一般债券"] for n in range(1, 9)),
    ]
    draft = one(rows, (), "债券使用情况表", "单位：万元")
    assert (draft.rows[0].line, draft.rows[0].label) == ("1", "第1号公路工程")
    assert draft.rows[0].cells == ("农村公路", "100", "一般债券")


def test_notes_below_belong_to_the_table() -> None:
    blocks = [
        grid([["项目", "金额"], ["收入", "1"]]),
        Line("注：1.本表反映收入情况，包括各项", 1, top=200, size=10),
        Line("财政拨款。", 1, top=215, size=10),
        Line("2.空白表示没有。", 1, top=230, size=10),
        Line("二、支出情况", 1, top=260, size=10),
    ]
    (draft,) = locate(blocks)
    assert draft.notes == ("注：1.本表反映收入情况，包括各项财政拨款。", "2.空白表示没有。")
    assert draft.end == 4


def test_headings_beside_the_total_still_name_their_columns() -> None:
    rows = [
        ["项目", "", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"],
        ["功能分类科目编码", "科目名称", "", "", "", "", "", ""],
        ["合计", "", "", "", "合计", "基本支出", "项目支出", ""],
        ["", "", "", "", "", "", "", ""],
    ]
    merged = [
        (0, 0, 1, 2), (0, 2, 2, 1), (0, 3, 2, 1), (0, 4, 2, 3), (0, 7, 2, 1), (2, 0, 1, 2)
    ]  # fmt: skip
    draft = one(rows, merged, "政府性基金预算财政拨款收入支出决算表", "单位：万元")
    assert draft.statement == "final.fund"
    assert [c.role for c in draft.columns] == [
        "opening", "revenue", "spent", "spent.basic", "spent.project", "closing"
    ]  # fmt: skip
    assert cells(draft) == [("", "合计", ("",) * 6)]


def test_performance_form() -> None:
    rows = [
        ["项目支出绩效目标申报表", "", "", "", ""],
        ["项目名称", "", "社区服务", "项目类别", "经常性项目"],
        ["项目资金（元）", "总额", "4,100.00", "其中：拨款", "4,100.00"],
        ["", "其他资金", "0.00", "", ""],
        ["", "一级指标", "二级指标", "三级指标", "年度指标值"],
        ["绩效指标", "产出指标", "数量指标", "建筑面积", "≥12(平方米)"],
        ["", "", "质量指标", "完工及时率", "100%"],
    ]
    merged = [(0, 0, 1, 5), (1, 0, 1, 2), (2, 0, 2, 1), (5, 0, 2, 1), (5, 1, 2, 1)]
    draft = one(rows, merged)
    assert (draft.title, draft.unit, draft.statement) == (
        "项目支出绩效目标申报表", "元", "budget.performance"
    )  # fmt: skip
    assert [(c.role, c.block) for c in draft.columns] == [("target", 0), ("text", 2)]
    assert [(r.path, r.label, r.cells) for r in draft.rows] == [
        ((), "项目名称", ("社区服务",)),
        ((), "项目类别", ("经常性项目",)),
        (("项目资金（元）",), "总额", ("4,100.00",)),
        (("项目资金（元）",), "其中：拨款", ("4,100.00",)),
        (("项目资金（元）",), "其他资金", ("0.00",)),
        (("绩效指标", "产出指标", "数量指标"), "建筑面积", ("≥12(平方米)",)),
        (("绩效指标", "产出指标", "质量指标"), "完工及时率", ("100%",)),
    ]


def test_tables_stacked_in_one_grid_are_told_apart() -> None:
    rows = [
        ["收入预算表", "", ""], ["项目", "预算数", "备注"], ["税收收入", "5", ""],
        ["支出预算表", "", ""], ["项目", "预算数", "备注"], ["教育支出", "4", ""],
    ]  # fmt: skip
    first, second = locate([grid(rows, [(0, 0, 1, 3), (3, 0, 1, 3)])])
    assert (first.title, second.title) == ("收入预算表", "支出预算表")
    assert [r.label for r in second.rows] == ["教育支出"]
    assert (first.start, first.end, second.start, second.end) == (0, 1, 1, 1)
