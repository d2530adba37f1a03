"""A Word document: headings, paragraphs, tables with merged cells."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from benchmarks.reports.model import Heading, Made, Paragraph, Role, Sheet
from benchmarks.reports.writers.grid import Place, places


def write(made: Made, path: Path) -> None:
    """Write the document."""
    document = Document()
    for text in (made.body, made.title.removeprefix(made.body)):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_page_break()
    for block in made.blocks:
        if isinstance(block, Heading):
            _heading(document, block)
        elif isinstance(block, Paragraph):
            document.add_paragraph("　　" + block.text)
        else:
            _sheet(document, block, hard=made.difficulty.breaks)
    document.save(str(path))


def _heading(document: Document, heading: Heading) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(heading.text).bold = True
    if heading.level == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _sheet(document: Document, sheet: Sheet, *, hard: bool) -> None:
    document.add_paragraph(sheet.title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if sheet.number:
        document.add_paragraph(sheet.number).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph(f"{sheet.by}　　　　{sheet.unit_line}")
    cells, rows = places(sheet)
    body = document.element.body
    whole = not hard or rows < 16 or any(c.role is Role.GROUP for c in sheet.columns)
    cut = rows if whole else rows // 2  # as a converter cuts a table at the end of a page
    for first, end in ((0, cut), (cut, rows)):
        if first < end:
            body.insert(len(body) - 1, parse_xml(_table(cells, first, end, len(sheet.columns))))
            document.add_paragraph()
    for note in sheet.notes:
        document.add_paragraph(note)


def _table(cells: tuple[Place, ...], first: int, end: int, width: int) -> str:
    """The rows from `first` to `end` as a Word table; spans down are merged cells."""
    columns = "<w:gridCol/>" * width
    rows = "".join(_row(cells, row, width) for row in range(first, end))
    look = '<w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
    return f"<w:tbl {nsdecls('w')}>{look}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row(cells: tuple[Place, ...], row: int, width: int) -> str:
    here = {p.column: p for p in cells if p.row <= row < p.row + p.rows}
    xml, column = "", 0
    while column < width:
        place = here[column]
        merge = ""
        if place.rows > 1:
            merge = '<w:vMerge w:val="restart"/>' if place.row == row else "<w:vMerge/>"
        span = f'<w:gridSpan w:val="{place.columns}"/>' if place.columns > 1 else ""
        text = place.text if place.row == row else ""
        xml += (
            f"<w:tc><w:tcPr>{span}{merge}</w:tcPr><w:p><w:r>"
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        )
        column += place.columns
    return f"<w:tr>{xml}</w:tr>"
