"""Plain text and CSV: every line that prints something, in order.

Text has no geometry, but two traces of the page survive and are kept: `Line.indent` is the width
of the leading blanks in half-width characters, and `Line.top` is the line's number in the file,
so that a run of blank lines shows as a gap. Pages are known only where form feeds mark them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.layout import Document, Grid, GridCell, Line

_ENCODINGS = ("utf-8-sig", "gb18030")
_DATE = re.compile(r"(19|20)\d\d([-/.年]\d{1,2}([-/.月]\d{1,2}日?)?|年|年度)?")
_HAN = re.compile(r"[\u3400-\u9fff]")


def read(path: Path) -> Document:
    """The lines of a text file, or the one grid of a CSV file.

    Raises `UnreadableFile` when the bytes are no text or the text is scrambled.
    """
    content = path.read_bytes()
    text = _decode(path.name, content)
    _require_words(path.name, text)
    digest = hashlib.sha256(content).hexdigest()
    if path.suffix.lower() in (".csv", ".tsv"):
        return Document(path.name, "csv", digest, (_grid(text, _caption(path.stem)),))
    pages = text.count("\f") + 1 if "\f" in text else 0
    return Document(path.name, "text", digest, _lines(text), pages)


def width(text: str) -> int:
    """Printed width in half-width characters: Han and full-width characters count two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _decode(name: str, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _guess(name, content)


def _guess(name: str, content: bytes) -> str:
    from charset_normalizer import from_bytes  # needed for odd files only

    best = from_bytes(content).best()
    if best is None:
        remedy = "Save it as UTF-8 text and try again."
        raise UnreadableFile(name, "its text encoding is unknown", remedy)
    return str(best)


def _require_words(name: str, text: str) -> None:
    """A Chinese report without Chinese characters is a scrambled text layer, not a report."""
    printed = re.sub(r"\s", "", text)
    if not printed:
        raise UnreadableFile(name, "the file has no text", "Download it again.")
    if not _HAN.search(printed):
        remedy = "Publish the original, or run it through OCR."
        raise UnreadableFile(name, "it has no Chinese text, only signs", remedy)


def _lines(text: str) -> tuple[Line, ...]:
    lines: list[Line] = []
    number = 0
    for page, body in enumerate(text.split("\f"), start=1):
        for raw in body.splitlines():
            number += 1
            if raw.strip():
                shown = page if "\f" in text else None
                lines.append(Line(raw.strip(), shown, top=float(number), indent=_indent(raw)))
    return tuple(lines)


def _indent(raw: str) -> float:
    lead = raw[: len(raw) - len(raw.lstrip())]
    return float(width(lead.expandtabs(8)))


def _caption(stem: str) -> str:
    """What the file's name calls the table: 某局_收支预算总表 holds no title of its own."""
    last = re.split(r"[_\s]", stem)[-1]
    return last if last.endswith("表") else ""


def _grid(text: str, caption: str) -> Grid:
    records = _by_item(list(csv.reader(io.StringIO(text), delimiter=_delimiter(text))))
    cells = tuple(
        GridCell(row, column, value.strip())
        for row, record in enumerate(records)
        for column, value in enumerate(record)
    )
    width = max(len(record) for record in records)
    return Grid(cells, len(records), width, caption=caption)


def _by_item(records: list[list[str]]) -> list[list[str]]:
    """A series of years, one a line, turned over: its items are the rows, its years the columns."""
    dates = [_DATE.fullmatch(record[0].strip()) for record in records[1:] if record]
    if len(records) < 2 or len(dates) != len(records) - 1 or not all(dates):
        return records
    lines = sorted(records[1:], key=lambda record: record[0])
    years = [f"{record[0].strip()[:4]}年" for record in lines]
    if len(set(years)) < len(years) or any(len(line) != len(records[0]) for line in lines):
        return records
    items = [[name, *(line[k] for line in lines)] for k, name in enumerate(records[0]) if k]
    return [[records[0][0].strip() or "项目", *years], *items]


def _delimiter(text: str) -> str:
    """The separator that cuts every line into the same number of fields, else the comma."""
    lines = [line for line in text.splitlines() if line.strip()]
    for mark in ("\t", ";", ","):
        if mark in lines[0] and all(a.count(mark) == b.count(mark) for a, b in pairwise(lines)):
            return mark
    return ","
