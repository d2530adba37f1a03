"""The HTML reader on pages made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import UnreadableFile
from corpus.layout import Document, Grid, Line
from corpus.readers import read_document

PORTAL = """<!DOCTYPE html><html><head><meta charset="{charset}">
<meta name="ArticleTitle" content="关于某市2024年财政决算的报告">
<title>某市政府门户网站</title></head>
<body><div class="top"><ul><li><a href="/">首页</a></li>
<li><a href="/zw">政务公开</a></li></ul></div>
<div class="main"><div class="crumb">当前位置：<a href="/">首页</a></div>
<div class="article"><p>　　一、2024年全市收支情况</p>
<p>全市一般公共预算收入<span>12.34</span>亿元，同比增长<b>5.6%</b>。其中税收收入8.00亿元，非税收入4.34亿元，收支相抵，实现平衡。</p>
<p style="display:none">不显示的内容</p>
<table><caption>收支表</caption><tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr>
<tr><th>预算数</th><th>决算数</th></tr><tr><td>税收收入</td><td>7.90</td><td>8.00</td></tr></table>
<p>二、下一步工作，各位代表：我们将继续努力，完成全年各项财政工作任务，为全市发展作出新的贡献。</p></div></div>
<div class="footer"><a href="/x">联系我们</a> 版权所有</div></body></html>"""


def read(tmp_path: Path, text: str, charset: str = "utf-8") -> Document:
    path = tmp_path / "a.html"
    path.write_bytes(text.encode(charset))
    return read_document(path)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_article_without_the_menus(tmp_path: Path, charset: str) -> None:
    document = read(tmp_path, PORTAL.format(charset=charset), charset)
    found = [block.text for block in document.blocks if isinstance(block, Line)]
    assert found[:2] == ["关于某市2024年财政决算的报告", "一、2024年全市收支情况"]
    assert found[2].startswith("全市一般公共预算收入12.34亿元，同比增长5.6%。")
    assert len(found) == 4


def test_spans_and_caption(tmp_path: Path) -> None:
    document = read(tmp_path, PORTAL.format(charset="utf-8"))
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert grid.caption == "收支表"
    assert [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells] == [
        (0, 0, "项目", 2, 1),
        (0, 1, "金额", 1, 2),
        (1, 1, "预算数", 1, 1),
        (1, 2, "决算数", 1, 1),
        (2, 0, "税收收入", 1, 1),
        (2, 1, "7.90", 1, 1),
        (2, 2, "8.00", 1, 1),
    ]


def test_a_table_that_lays_out_the_page_is_walked_through(tmp_path: Path) -> None:
    prose = "全市财政运行总体平稳，各项重点支出得到有力保障，预算执行情况良好。" * 10
    text = f"<html><body><table><tr><td><p>一、总体情况</p><p>{prose}</p></td><td></td></tr>" \
           "<tr><td>附注</td><td></td></tr></table></body></html>"  # fmt: skip
    document = read(tmp_path, text)
    assert all(isinstance(block, Line) for block in document.blocks)
    assert document.blocks[0].text == "一、总体情况"  # type: ignore[union-attr]


def test_a_page_without_an_article_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="article"):
        read(tmp_path, "<html><body><script>load()</script></body></html>")


def test_a_huge_span_does_not_build_a_huge_row(tmp_path: Path) -> None:
    text = '<html><body><table><tr><td colspan="99999999">财政收支情况表</td></tr>' \
           "<tr><td>收入</td><td>1.00</td></tr></table></body></html>"  # fmt: skip
    (grid,) = read(tmp_path, text).blocks
    assert isinstance(grid, Grid)
    assert grid.columns <= 1000
