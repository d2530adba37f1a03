"""Word documents: paragraphs as lines, tables as grids, in the order of the document.

Read from the markup rather than from paragraph texts: a heading's automatic number (一、, （二）)
is printed but is not text, struck-out revisions are text but not printed.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.layout import Document, Grid, GridCell, Line
from corpus.readers.docx_numbering import Numbering
from corpus.readers.grid_joins import rejoined
from corpus.readers.legible import scrambled

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText")}
_SKIPPED |= {f"{_MC}Fallback", f"{_W}txbxContent"}
_REMEDY = "Open it in a word processor, save it again as DOCX or PDF and try that."


def read(path: Path) -> Document:
    """The lines and tables of the document's body; pages where the file remembers its breaks.

    Raises `UnreadableFile` when the document is damaged or holds no readable Chinese text.
    """
    import docx
    from docx.opc.exceptions import OpcError

    content = path.read_bytes()
    try:
        document = docx.Document(str(path))
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError) as error:
        problem = "the Word document is damaged or cut off"
        raise UnreadableFile(path.name, problem, _REMEDY) from error
    body = _Body(Numbering(document))
    blocks = rejoined(tuple(body.blocks(document.element.body)))
    text = "".join(_texts(blocks))
    if not text or scrambled(text):
        raise UnreadableFile(path.name, "the document has no readable Chinese text", _REMEDY)
    digest = hashlib.sha256(content).hexdigest()
    return Document(path.name, "docx", digest, blocks, body.page if body.paged else 0)


def _texts(blocks: tuple[Line | Grid, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


class _Body:
    """Walks the body; `page` counts the breaks that the word processor recorded."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.page = 1
        self.paged = False

    def blocks(self, parent: Any) -> Iterator[Line | Grid]:
        """The blocks below an element, containers such as content controls opened."""
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Line]:
        before = self.page
        text = self._printed(element)
        label = self._numbering.label(element) if text.strip() else ""
        shown = before if self.paged else None
        for piece in (label + text).split("\n"):
            if piece.strip():
                yield Line(piece.strip(), shown)
        for box in element.iter(f"{_W}txbxContent"):
            if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
                yield from (b for b in self.blocks(box) if isinstance(b, Line))

    def _printed(self, element: Any) -> str:
        """The text that prints; counts page breaks on the way."""
        pieces: list[str] = []
        for node in element:
            if node.tag in _SKIPPED or (node.tag == f"{_W}r" and _hidden(node)):
                continue
            if node.tag == f"{_W}t":
                pieces.append(node.text or "")
            elif node.tag in (f"{_W}tab", f"{_W}ptab"):
                pieces.append("\t")
            elif node.tag == f"{_W}lastRenderedPageBreak":
                self.page, self.paged = self.page + 1, True
            elif node.tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
            else:
                pieces.append(self._printed(node))
        return "".join(pieces)

    def _table(self, table: Any) -> Grid:
        cells: list[GridCell] = []
        open_: dict[int, int] = {}  # column -> index of the cell that is merged downwards
        rows = [row for row in table.iter(f"{_W}tr") if _owner(row) is table]
        width = 0
        for number, row in enumerate(rows):
            column = _before(row)
            for cell in (c for c in row.iter(f"{_W}tc") if _owner(c) is table):
                span = _span(cell)
                text = self._cell_text(cell)
                if _continues(cell) and column in open_:
                    # What the lower part of a merged cell still holds is not printed.
                    above = cells[open_[column]]
                    cells[open_[column]] = replace(above, rowspan=above.rowspan + 1)
                else:
                    open_[column] = len(cells)
                    page = self.page if self.paged else None
                    cells.append(GridCell(number, column, text, 1, span, page))
                column += span
            width = max(width, column)
        page = cells[0].page if cells else None
        return Grid(tuple(cells), len(rows), width, page)

    def _cell_text(self, cell: Any) -> str:
        texts = (self._printed(p).strip() for p in cell.iter(f"{_W}p"))
        return "\n".join(text for text in texts if text)


def _owner(node: Any) -> Any:
    """The table that a row or cell belongs to: the nearest around it."""
    return next(parent for parent in node.iterancestors() if parent.tag == f"{_W}tbl")


def _property(node: Any, *path: str) -> Any:
    for name in path:
        if node is None:
            return None
        node = node.find(f"{_W}{name}")
    return node


def _span(cell: Any) -> int:
    span = _property(cell, "tcPr", "gridSpan")
    return int(span.get(f"{_W}val", "1")) if span is not None else 1


def _before(row: Any) -> int:
    skipped = _property(row, "trPr", "gridBefore")
    return int(skipped.get(f"{_W}val", "0")) if skipped is not None else 0


def _continues(cell: Any) -> bool:
    merge = _property(cell, "tcPr", "vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _hidden(run: Any) -> bool:
    vanish = _property(run, "rPr", "vanish")
    return vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false")
