"""From any published file to a `Document`: the format is told by content, not by the name.

Each reader module offers `read(path) -> Document` and is imported only when a file needs it, so
that reading a text file never pays for a PDF library.
"""

from __future__ import annotations

import zipfile
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from corpus.errors import UnreadableFile
from corpus.layout import Document

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RESAVE = "Save it as PDF, DOCX, XLSX, HTML or plain text and try again."


class _Reader(Protocol):
    def read(self, path: Path) -> Document:
        """The decoded file."""
        ...


def read_document(path: Path) -> Document:
    """The file's lines and grids in reading order.

    Raises `UnreadableFile` when it is missing, empty, too large, or of no format we read.
    """
    format_ = detect_format(path)
    reader = cast(_Reader, import_module(f"corpus.readers.{format_}"))
    return reader.read(path)


def detect_format(path: Path) -> str:
    """The reader module for a file, from its first bytes: text, pdf, xlsx, docx, html, doc, scan.

    Raises `UnreadableFile` as `read_document` does.
    """
    head = _head(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(_OLE):
        return _compound(path)
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "scan"
    if head.startswith(b"{\\rtf"):
        return "doc"
    return _textual(path, head)


def _head(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableFile(path.name, "there is no such file", "Check the path.")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(path.name, "the file is empty", "Download it again.")
    if size > LARGEST_FILE:
        problem = f"the file has {size // 2**20} MiB, more than {LARGEST_FILE // 2**20}"
        raise UnreadableFile(path.name, problem, "Split it, or publish the report without images.")
    with path.open("rb") as file:
        return file.read(4096)


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        problem = "the Office file is damaged or cut off"
        raise UnreadableFile(path.name, problem, "Download it again.") from error
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        problem = f"it unpacks to more than {LARGEST_UNPACKED // 2**20} MiB"
        raise UnreadableFile(path.name, problem, _RESAVE)
    names = {member.filename for member in members}
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise UnreadableFile(path.name, "it is an archive, not a document", "Unpack it first.")


def _compound(path: Path) -> str:
    """Word 97 and Excel 97 share a container; the names of its streams tell them apart."""
    content = path.read_bytes()
    if "WordDocument".encode("utf-16-le") in content:
        return "doc"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xlsx"
    raise UnreadableFile(path.name, "it is an Office file of an unknown kind", _RESAVE)


def _textual(path: Path, head: bytes) -> str:
    if _is_html(head):
        return "html"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(path.name, "it is not a document of a known format", _RESAVE)
    return "text"


def _is_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--")) or b"<body" in start
