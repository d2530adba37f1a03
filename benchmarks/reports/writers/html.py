"""A saved page of a portal: menus, the article with its tables, what else there is to read."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from benchmarks.reports.model import Heading, Made, Paragraph, Sheet
from benchmarks.reports.writers.grid import Place, places

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_{site}</title>
<style>.menu li{{float:left}}</style><script>var n = 2024;</script></head><body>
<div class="header"><ul class="menu"><li><a href="/">网站首页</a></li>
<li><a href="/xw">新闻中心</a></li><li><a href="/gk">政府信息公开</a></li>
<li><a href="/fw">办事服务</a></li></ul></div>
<div class="loc">当前位置：<a href="/">首页</a> &gt; <a href="/gk">政府信息公开</a> &gt; 财政</div>
<div class="article"><h1>{title}</h1>
<div class="info">来源：{body}　发布时间：{year}-08-2{day} 09:30　【字体：大 中 小】</div>
<div class="article-content">
"""
_FOOT = """</div></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">关于公布年度节假日安排的通知</a></li>
<li><a href="/2">公开招聘公告</a></li></ul></div>
<div class="footer">主办单位：{site}　备案号：000000号　网站标识码：0000000000</div>
</body></html>
"""


def write(made: Made, path: Path) -> None:
    """Write the page."""
    site = f"{made.region}人民政府门户网站"
    head = _HEAD.format(
        title=escape(made.title), site=site, body=made.body, year=made.year + 1,
        day=made.seed % 10,
    )  # fmt: skip
    path.write_text(head + "\n".join(_article(made)) + _FOOT.format(site=site), encoding="utf-8")


def _article(made: Made) -> Iterator[str]:
    for block in made.blocks:
        if isinstance(block, Heading):
            align = ' style="text-align:center"' if block.level == 1 else ""
            yield f"<p{align}><strong>{escape(block.text)}</strong></p>"
        elif isinstance(block, Paragraph):
            yield f'<p class="MsoNormal">　　<span>{escape(block.text)}</span></p>'
        elif made.layout == "portal":
            yield from _in_table(block)
        else:
            yield from _sheet(block)


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f'<p style="text-align:center"><strong>{escape(sheet.title)}</strong></p>'
    if sheet.number:
        yield f'<p style="text-align:right">{sheet.number}</p>'
    gap = "&nbsp;" * 8
    yield f"<p>{escape(sheet.by)}{gap if sheet.by else ''}{sheet.unit_line}</p>"
    yield '<table border="1" cellspacing="0">'
    cells, rows = places(sheet)
    for row in range(rows):
        yield "<tr>" + "".join(_cell(p) for p in cells if p.row == row) + "</tr>"
    yield "</table>"
    for note in sheet.notes:
        yield f"<p>{escape(note)}</p>"


def _in_table(sheet: Sheet) -> Iterator[str]:
    """A sheet pasted from a spreadsheet: title, number and unit are rows of the table."""
    cells, rows = places(sheet)
    width = len(sheet.columns)
    half = max(1, width // 2)
    above = [f'<td colspan="{width}">{escape(sheet.title)}</td>']
    if sheet.number:
        above.append(f'<td colspan="{width}">{sheet.number}</td>')
    above.append(
        f'<td colspan="{half}">{escape(sheet.by)}</td>'
        f'<td colspan="{width - half}">{sheet.unit_line}</td>'
    )
    body = ("".join(_cell(p) for p in cells if p.row == row) for row in range(rows))
    below = (f'<td colspan="{width}">{escape(note)}</td>' for note in sheet.notes)
    yield '<table border="0" cellspacing="0">'
    for row in (*above, *body, *below):
        yield f"<tr>{row}</tr>"
    yield "</table><p>&nbsp;</p>"


def _cell(place: Place) -> str:
    spans = f' rowspan="{place.rows}"' if place.rows > 1 else ""
    spans += f' colspan="{place.columns}"' if place.columns > 1 else ""
    return f"<td{spans}><p>{escape(place.text) or '&nbsp;'}</p></td>"
