"""PDF files with a text layer, through pdfium: tables as grids, everything else as lines.

Page numbers and running heads are dropped, a table that goes on over pages is one grid, and text
that a spreadsheet's printer repeated from the neighbouring page is dropped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from corpus.errors import UnreadableFile
from corpus.layout import Document
from corpus.readers import flow, pdf_page, scan
from corpus.readers.legible import scrambled
from corpus.readers.pdf_page import Page

MOST_PAGES = 1500
_DOWNLOAD = "Download it again, or ask the publisher for an intact copy."
_OCR = "Install the OCR extra (pip install 'juewen[ocr]') to read it as an image."
_ERRORS = {
    pypdfium2.raw.FPDF_ERR_PASSWORD: (
        "it is encrypted and needs a password",
        "Save a copy without the password and try again.",
    ),
    pypdfium2.raw.FPDF_ERR_FORMAT: ("the PDF is damaged or cut off", _DOWNLOAD),
}


def read(path: Path) -> Document:
    """The lines and tables of a PDF in reading order.

    Raises `UnreadableFile` when it is damaged, encrypted, without pages, longer than
    `MOST_PAGES`, or when its text layer is missing or scrambled.
    """
    content = path.read_bytes()
    pages = list(_pages(path.name, content))
    if _only_images(pages):
        return scan.read_pdf(path, len(pages))
    _require_text(path.name, pages)
    blocks = flow.blocks(pages)
    digest = hashlib.sha256(content).hexdigest()
    return Document(path.name, "pdf", digest, blocks, len(pages), _notices(pages))


def _pages(name: str, content: bytes) -> Iterator[Page]:
    """Page after page, closed again at once so that a long file does not pile up in memory."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        problem, remedy = _ERRORS.get(error.err_code, ("the PDF cannot be opened", _DOWNLOAD))
        raise UnreadableFile(name, problem, remedy) from error
    if not 0 < len(document) <= MOST_PAGES:
        problem = f"it has {len(document)} pages, and at most {MOST_PAGES} are read"
        raise UnreadableFile(name, problem, "Split it into its parts.")
    for index in range(len(document)):
        yield _page(name, document, index)
    document.close()


def _page(name: str, document: Any, index: int) -> Page:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(name, f"its page {index + 1} is damaged", _DOWNLOAD) from error
    loaded = pdf_page.load(page, index + 1)
    page.close()
    return loaded


def _only_images(pages: list[Page]) -> bool:
    """Whether the file is a scan: images, and no more text than a page number each."""
    glyphs = sum(len(page.glyphs) for page in pages)
    return glyphs <= 8 * len(pages) and any(page.images for page in pages)


def _require_text(name: str, pages: list[Page]) -> None:
    text = "".join(glyph.text for page in pages for glyph in page.glyphs)
    if not text:
        raise UnreadableFile(name, "its pages are blank", _DOWNLOAD)
    garbled = sum(page.garbled for page in pages)
    if garbled > len(text) or scrambled(text):
        raise UnreadableFile(name, "its text layer is scrambled, the signs are not text", _OCR)


def _notices(pages: list[Page]) -> tuple[str, ...]:
    images = [p.number for p in pages if p.images and len(p.glyphs) < 10]
    if not images:
        return ()
    return (f"pages {', '.join(map(str, images))} are images and were not read",)
