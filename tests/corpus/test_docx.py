"""The Word reader on documents made here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from corpus import UnreadableFile
from corpus.layout import Grid, Line
from corpus.readers import doc, read_document

NUMBERING = (
    '<w:abstractNum xmlns:w="{w}" w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
)


def saved(tmp_path: Path, document: Any) -> Path:
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def lines(path: Path) -> list[str]:
    return [block.text for block in read_document(path).blocks if isinstance(block, Line)]


def test_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、收入决算表")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "金额"
    for column, text in ((1, "预算数"), (2, "决算数")):
        table.cell(1, column).text = text
    table.cell(2, 0).text, table.cell(2, 2).text = "基本支出", "1,234.50"
    document.add_paragraph("注：本表反映收入情况。")
    first, grid, last = read_document(saved(tmp_path, document)).blocks
    assert isinstance(first, Line)
    assert isinstance(last, Line)
    assert isinstance(grid, Grid)
    assert [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells] == [
        (0, 0, "项目", 2, 1),
        (0, 1, "金额", 1, 2),
        (1, 1, "预算数", 1, 1),
        (1, 2, "决算数", 1, 1),
        (2, 0, "基本支出", 1, 1),
        (2, 1, "", 1, 1),
        (2, 2, "1,234.50", 1, 1),
    ]


def test_automatic_numbers_are_printed(tmp_path: Path) -> None:
    from docx.oxml import parse_xml

    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(NUMBERING.format(w=root.nsmap["w"])))
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "91")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "90")
    number.append(link)
    root.append(number)
    for text, level in (("部门概况", 0), ("主要职责", 1), ("机构设置", 1), ("决算表", 0)):
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 91
        properties.get_or_add_ilvl().val = level
    assert lines(saved(tmp_path, document)) == [
        "一、部门概况", "（一）主要职责", "（二）机构设置", "二、决算表"
    ]  # fmt: skip


def test_struck_out_revisions_are_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("收入合计")
    for tag, inner, text in (("w:del", "w:delText", "１２"), ("w:ins", "w:t", "34")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    assert lines(saved(tmp_path, document)) == ["收入合计34"]


def test_an_old_word_file_without_libreoffice_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"{\\rtf1 old}")
    monkeypatch.setattr(doc.shutil, "which", lambda name: None)
    with pytest.raises(UnreadableFile, match="apt install libreoffice"):
        read_document(path)


def test_a_cut_off_document_is_named(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("部门决算")
    path = saved(tmp_path, document)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadableFile, match="damaged"):
        read_document(path)
