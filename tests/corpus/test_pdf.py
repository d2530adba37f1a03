"""The PDF reader on drawn pages, one trick of real files a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import UnreadableFile
from corpus.layout import Document, Grid, Line
from corpus.readers import read_document
from tests.corpus.drawing import HAN, LATIN, Pages

HEAD = ["科目编码", "科目名称", "合计"]
WIDTHS = [80, 200, 100]


def pages(tmp_path: Path, size: tuple[float, float] = (595, 842)) -> Pages:
    return Pages(tmp_path / "a.pdf", size)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def table(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        rows[cell.row].append(cell.text.strip())
    return rows


def test_merged_header_and_wrapped_label(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.text(200, 60, "支出决算表")
    rows = [
        ["项目", "", "支出", ""],
        ["编码", "名称", "基本支出", "项目支出"],
        ["2080505", "机关事业单位基本养老\n保险缴费支出", "12.30", ""],
    ]
    merged = [(0, 0, 1, 2), (0, 2, 1, 2)]
    draw.table(80, [70, 130, 80, 80], rows, merged, heights=[22, 22, 34])
    (grid,) = grids(read_document(draw.save()))
    assert table(grid) == [
        ["项目", "支出"],
        ["编码", "名称", "基本支出", "项目支出"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "12.30", ""],
    ]
    assert [(c.colspan, c.text.strip()) for c in grid.cells if c.row == 0] == [
        (2, "项目"), (2, "支出")
    ]  # fmt: skip
    assert grid.placed_by_file


def test_table_lines_are_not_repeated_as_lines(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.text(60, 60, "一、收入情况")
    draw.table(80, WIDTHS, [HEAD, ["201", "一般公共服务支出", "1.00"]])
    draw.text(60, 160, "本年收入1.00万元。")
    assert texts(read_document(draw.save())) == ["一、收入情况", "本年收入1.00万元。"]


@pytest.mark.parametrize("repeat", [True, False])
def test_table_goes_on_over_the_page(tmp_path: Path, repeat: bool) -> None:
    draw = pages(tmp_path)
    draw.text(60, 60, "支出决算表")
    draw.text(380, 70, "单位：万元")
    draw.table(80, WIDTHS, [HEAD, ["201", "一般公共服务支出", "1.00"]])
    draw.text(290, 820, "- 1 -")
    draw.next()
    rows = [["204", "公共安全支出", "2.00"], ["", "合计", "3.00"]]
    if repeat:
        draw.text(60, 60, "支出决算表")
        draw.text(380, 70, "单位：万元")
        draw.table(80, WIDTHS, [HEAD, *rows])
    else:
        draw.table(60, WIDTHS, rows)
    draw.text(290, 820, "- 2 -")
    document = read_document(draw.save())
    (grid,) = grids(document)
    assert table(grid)[1:] == [["201", "一般公共服务支出", "1.00"], *rows]
    assert [c.page for c in grid.cells if c.row == 3] == [2, 2, 2]
    assert texts(document) == ["支出决算表", "单位：万元"]


def test_a_total_alone_on_the_last_page_belongs_to_its_table(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.table(80, WIDTHS, [HEAD, ["201", "一般公共服务支出", "1.00"]])
    draw.next()
    draw.table(60, WIDTHS, [["合计", "", "1.00"]], [(0, 0, 1, 2)])
    (grid,) = grids(read_document(draw.save()))
    assert [(c.column, c.colspan, c.text.strip()) for c in grid.cells if c.row == 2] == [
        (0, 2, "合计"),
        (2, 1, "1.00"),
    ]


def test_two_tables_with_the_same_columns_stay_two(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.table(80, WIDTHS, [HEAD, ["201", "一般公共服务支出", "1.00"]])
    draw.next()
    draw.text(60, 60, "收入决算表")
    draw.table(80, WIDTHS, [HEAD, ["201", "一般公共服务支出", "4.00"]])
    assert len(grids(read_document(draw.save()))) == 2


def test_digits_of_another_font_stay_in_their_sentence(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.mixed(60, 60, [(HAN, "机关运行经费支出"), (LATIN, "122.25"), (HAN, "万元，比"),
                        (LATIN, "2022"), (HAN, "年度增加。")])  # fmt: skip
    assert texts(read_document(draw.save())) == ["机关运行经费支出122.25万元，比2022年度增加。"]


def test_glyphs_struck_twice_count_once(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    for shift in (0, 0.4):
        draw.text(60 + shift, 60, "一、部门收支总表99")
    assert texts(read_document(draw.save())) == ["一、部门收支总表99"]


def test_what_a_clip_hides_is_not_read(tmp_path: Path) -> None:
    """A spreadsheet prints a tall cell whole on both pages and clips it to each."""
    draw = pages(tmp_path)
    lines = {"甲部门主要职能。": 182, "乙承担的工作。": 322, "丙其他事项。": 542}
    for shift in (0, 300):
        draw.canvas.saveState()
        window = draw.canvas.beginPath()
        window.rect(50, 400, 500, 300)
        draw.canvas.clipPath(window, stroke=0)
        for text, y in lines.items():
            draw.text(60, y - shift, text)
        draw.canvas.restoreState()
        draw.next()
    assert texts(read_document(draw.save())) == list(lines)


def test_page_turned_on_its_side(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.canvas.rotate(90)
    draw.canvas.translate(0, -595)
    draw.size = (842, 595)
    draw.text(100, 60, "政府采购预算表")
    draw.table(80, WIDTHS, [HEAD, ["201", "一般公共服务支出", "1.00"]])
    document = read_document(draw.save())
    assert texts(document) == ["政府采购预算表"]
    assert table(grids(document)[0])[1] == ["201", "一般公共服务支出", "1.00"]


def test_a_page_drawn_as_one_form(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.canvas.beginForm("page")
    draw.table(80, WIDTHS, [HEAD, ["201", "一般公共服务支出", "1.00"]])
    draw.canvas.endForm()
    draw.canvas.translate(20, -30)
    draw.canvas.scale(0.9, 0.9)
    draw.canvas.doForm("page")
    (grid,) = grids(read_document(draw.save()))
    assert table(grid) == [HEAD, ["201", "一般公共服务支出", "1.00"]]


def test_a_drawing_is_no_table_and_takes_no_time(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.text(60, 60, "全市财政收支情况图")
    for k in range(3000):
        draw.line(50 + k % 500, 100 + k % 7, 50 + k % 500, 300)
        draw.line(50, 100 + k % 200, 550, 100 + k % 200 + 0.01)
    assert texts(read_document(draw.save())) == ["全市财政收支情况图"]


def test_rows_without_rulings_between_ruled_columns(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.table(80, [150, 80], [["项目", "决算数"]])
    draw.box(60, 102, 210, 202)
    draw.box(210, 102, 290, 202)
    for k, (label, value) in enumerate(
        [("税收收入", "1,234"), ("非税收入", "567"), ("合计", "1,801")]
    ):
        draw.text(64, 120 + 25 * k, label)
        draw.text(250, 120 + 25 * k, value)
    assert table(grids(read_document(draw.save()))[0]) == [
        ["项目", "决算数"], ["税收收入", "1,234"], ["非税收入", "567"], ["合计", "1,801"]
    ]  # fmt: skip


def test_two_figures_in_one_cell_are_not_run_together(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.table(80, [100, 60], [["项目", "金额"], ["收入", "12.34\n56.78"]], heights=[22, 34])
    (_, row) = table(grids(read_document(draw.save()))[0])[:2]
    assert row[1] != "12.3456.78"


def test_an_amount_too_wide_for_its_cell_stays_whole(tmp_path: Path) -> None:
    """Right-aligned, it begins left of the border; its first digits are not the label's."""
    page = pages(tmp_path)
    for x in (40, 140, 190):
        page.line(x, 100, x, 160)
    for y in (100, 120, 140, 160):
        page.line(40, y, 190, y)
    page.text(45, 113, "项目")
    page.text(150, 113, "决算数")
    page.text(45, 133, "工资福利支出")
    page.text(124, 133, "13,891,754.00", font=LATIN)
    page.text(45, 153, "其他支出2")
    page.text(155, 153, "754.00", font=LATIN)
    assert table(grids(read_document(page.save()))[0]) == [
        ["项目", "决算数"],
        ["工资福利支出", "13,891,754.00"],
        ["其他支出2", "754.00"],
    ]


def test_table_without_rulings(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.text(250, 60, "支出决算表")
    for x, head in ((60, "科目编码"), (130, "科目名称"), (310, "基本支出"), (410, "项目支出")):
        draw.text(x, 90, head)
    rows = [("201", "一般公共服务支出", "10.50", "2.00"), ("20101", "人大事务", "10.50", ""),
            ("20102", "政协事务", "", "2.00"), ("", "合计", "10.50", "2.00")]  # fmt: skip
    for k, row in enumerate(rows):
        for x, text in zip((60, 130, 320, 420), row, strict=True):
            draw.text(x, 115 + 20 * k, text)
    document = read_document(draw.save())
    (grid,) = grids(document)
    assert not grid.placed_by_file
    assert table(grid)[1:] == [list(row) for row in rows]
    assert texts(document) == ["支出决算表"]


def test_prose_with_figures_is_no_table(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    for k in range(8):
        draw.text(
            60, 60 + 20 * k, f"支出合计{k}23.45万元，其中：基本支出{k}.10万元，占95.10%；其他"
        )
    document = read_document(draw.save())
    assert not grids(document)
    assert len(texts(document)) == 8


def test_table_of_contents_is_no_table(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    for k, title in enumerate(
        ["一、主要职能", "二、机构设置", "三、收入决算表", "四、支出决算表", "五、名词解释"]
    ):
        draw.text(60, 60 + 20 * k, title)
        draw.text(500, 60 + 20 * k, str(2 * k + 1))
    assert not grids(read_document(draw.save()))


def test_a_frame_around_prose_is_no_table(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.table(60, [450], [["\n".join(["本单位负责全区的管理工作，" * 3] * 12)]], heights=[200])
    assert not grids(read_document(draw.save()))


def test_running_heads_and_page_numbers_go(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    for page in range(4):
        draw.text(60, 30, "某某局2023年度部门决算")
        draw.text(60, 200, f"第{'一二三四'[page]}段正文。")
        draw.text(290, 820, f"— {page + 1} —")
        draw.next()
    found = texts(read_document(draw.save()))
    assert found == ["某某局2023年度部门决算", *(f"第{n}段正文。" for n in "一二三四")]


def test_newspaper_columns_read_downwards(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.text(60, 60, "关于2024年预算执行情况和2025年预算草案的报告" * 1, size=18)
    for column in range(2):
        for k in range(14):
            draw.text(
                60 + 240 * column,
                100 + 15 * k + 4 * column,
                f"{'左右'[column]}栏第{k + 10}行财政收支情况的说明",
            )
    found = texts(read_document(draw.save()))
    assert [text[0] for text in found[1:]] == ["左"] * 14 + ["右"] * 14


def test_scrambled_text_layer_is_refused(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    for k in range(20):
        draw.text(60, 60 + 20 * k, "!#$&'*+<=>?@ABCDEFGHabcdefgh" * 2, font=LATIN)
    with pytest.raises(UnreadableFile, match="scrambled"):
        read_document(draw.save())


def test_encrypted_file_is_named(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    draw = pages(tmp_path)
    draw.canvas._doc.encrypt = StandardEncryption("secret", ownerPassword="other")
    draw.text(60, 60, "一、部门概况")
    with pytest.raises(UnreadableFile, match="password"):
        read_document(draw.save())


def test_cut_off_file_is_named(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.text(60, 60, "一、部门概况")
    path = draw.save()
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(UnreadableFile, match="damaged"):
        read_document(path)


def test_blank_pages_are_named(tmp_path: Path) -> None:
    draw = pages(tmp_path)
    draw.next()
    with pytest.raises(UnreadableFile, match="blank"):
        read_document(draw.save())
