"""HTML files and saved portal pages: the article, not the menus around it.

Every paragraph is a line, every table of data a grid with its merged cells; tables that only lay
out the page are walked through.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import UnreadableFile
from corpus.layout import Document, Grid, GridCell, Line
from corpus.readers.grid_joins import rejoined
from corpus.readers.legible import scrambled

_META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DROPPED = (
    "script, style, noscript, template, iframe, nav, header, footer, aside, form, select, svg"
)
_BLOCK_NAMES = """
address article blockquote body center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6
hr html li main ol p pre section table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHARE = 0.7  # of the text: the part of the page that holds so much holds the article
_PROSE = 200  # characters in a single cell: the table lays out text
_MOST_SPAN = 1000  # what HTML allows for colspan; a page may not make us build a larger row
_REMEDY = "Save the page with the article itself, or download the attached document."


def read(path: Path) -> Document:
    """The article's lines and tables in reading order.

    Raises `UnreadableFile` when the page has no readable Chinese text.
    """
    content = path.read_bytes()
    tree = LexborHTMLParser(_decode(content))
    title = _title(tree)
    if tree.body is None:
        raise UnreadableFile(path.name, "the page is empty", _REMEDY)
    for node in tree.css(_DROPPED):
        node.decompose()
    blocks = list(rejoined(tuple(_blocks(_article(tree.body)))))
    text = "".join(b.text if isinstance(b, Line) else _grid_text(b) for b in blocks)
    if not text or scrambled(text):
        raise UnreadableFile(path.name, "the page has no readable article", _REMEDY)
    if title and not any(_same(b, title) for b in blocks[:6]):
        blocks.insert(0, Line(title))
    digest = hashlib.sha256(content).hexdigest()
    return Document(path.name, "html", digest, tuple(blocks))


def _decode(content: bytes) -> str:
    """The text, by byte order mark, by what it declares, or by what fits."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    declared = _META_CHARSET.search(content[:4096])
    names = [declared[1].decode("ascii")] if declared else []
    for name in [*names, "utf-8", "gb18030"]:
        # Pages that call themselves gb2312 use its larger successors all the same.
        encoding = "gb18030" if name.lower() in ("gb2312", "gbk") else name
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", errors="replace")


def _title(tree: LexborHTMLParser) -> str:
    """The article's title as the portal records it, else the page's first heading."""
    meta = tree.css_first('meta[name="ArticleTitle"]')
    named = (meta.attributes.get("content") or "") if meta is not None else ""
    heading = tree.css_first("h1")
    return _squeezed(named or (heading.text() if heading is not None else ""))


def _same(block: Line | Grid, title: str) -> bool:
    return isinstance(block, Line) and re.sub(r"\s", "", block.text) in re.sub(r"\s", "", title)


def _article(body: LexborNode) -> LexborNode:
    """The innermost part of the page that still holds most of its text, links aside."""
    node, size = body, _weight(body)
    while True:
        heavy = [
            child
            for child in node.iter(include_text=False)
            if child.tag in _BLOCKS and child.tag != "p" and _weight(child) >= _SHARE * size
        ]
        if not heavy or heavy[0].tag in ("table", "tbody", "tr", "td"):
            return node
        node, size = heavy[0], _weight(heavy[0])


def _weight(node: LexborNode) -> int:
    """The characters of a part that are no links."""
    links = sum(len(_squeezed(link.text())) for link in node.css("a"))
    return len(_squeezed(node.text())) - links


def _blocks(node: LexborNode) -> Iterator[Line | Grid]:
    pieces: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            pieces.append(child.text() or "")
        elif child.tag == "br":
            yield from _line(pieces)
        elif _hidden(child):
            continue
        elif child.tag in _BLOCKS or child.css_first("p, div, table, br, li") is not None:
            yield from _line(pieces)
            grid = _grid(child) if child.tag == "table" else None
            if grid is not None:
                yield grid
            else:
                yield from _blocks(child)
        else:
            pieces.append(child.text())
    yield from _line(pieces)


def _line(pieces: list[str]) -> Iterator[Line]:
    """The collected pieces as one line, if they print anything; empties the collection."""
    raw = "".join(pieces)
    pieces.clear()
    text = _squeezed(raw)
    if text:
        lead = re.match(r"[\s\u3000\xa0]*", raw)
        yield Line(text, indent=float(2 * lead.group().count("\u3000")) if lead else 0.0)


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _grid(table: LexborNode) -> Grid | None:
    """The cells of a table of data, None for one that only lays out the page."""
    if table.css_first("table table") is not None or len(table.css("table")) > 1:
        return None
    rows = [row for row in table.css("tr") if not _hidden(row)]
    cells = list(_cells(rows))
    columns = max((c.column + c.colspan for c in cells), default=0)
    total = sum(len(c.text) for c in cells)
    longest = max((len(c.text) for c in cells), default=0)
    if columns < 2 or len(rows) < 2 or (longest > _PROSE and longest > 0.6 * total):
        return None
    caption = table.css_first("caption")
    name = _squeezed(caption.text()) if caption is not None else ""
    return Grid(tuple(cells), len(rows), columns, caption=name)


def _cells(rows: list[LexborNode]) -> Iterator[GridCell]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iter(include_text=False):
            if cell.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan"), len(rows) - number)
            width = _span(cell, "colspan")
            taken.update((number + r, column + c) for r in range(height) for c in range(width))
            yield GridCell(number, column, _cell_text(cell), height, width)
            column += width


def _span(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "").strip()
    return min(max(1, int(text)), _MOST_SPAN) if text.isdecimal() else 1


def _cell_text(cell: LexborNode) -> str:
    """A cell's text; its paragraphs run together, its leading blanks stay as an indent."""
    raw = cell.text().replace("\xa0", " ")
    lead = re.match(r"[ \u3000]*", raw.lstrip("\r\n\t"))
    blanks = lead.group() if lead else ""
    return (blanks + _squeezed(raw)) if _squeezed(raw) else ""


def _grid_text(grid: Grid) -> str:
    return "".join(cell.text for cell in grid.cells)


def _squeezed(text: str) -> str:
    """The text on one line: Han characters closed up, Latin words parted by one blank."""
    text = re.sub(r"[\s\u3000\xa0\u200b]+", " ", text).strip()
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", text)
