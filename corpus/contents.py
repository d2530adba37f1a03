"""Recognises a table of contents, so that its entries do not become sections a second time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import parse_mark
from corpus.paragraphs import Printed

_CAPTION = re.compile(r"目\s*[录次]")
_LEADERS = re.compile(r"[…·.．\s]{3,}\d*\s*$|\s+\d{1,3}$")
_NUMBERED_TABLE = re.compile(r"(附表|附件|表)\s*[一二三四五六七八九十\d]")


def contents_span(lines: Sequence[Printed]) -> tuple[int, int] | None:
    """The half-open range of lines that are the table of contents, its caption included."""
    for start, line in enumerate(lines):
        if _CAPTION.fullmatch(line.text.strip("【】[] ")):
            return start, _end(lines, start + 1)
    return None


def _end(lines: Sequence[Printed], first: int) -> int:
    """The contents end where their first entry comes again, or where a page lists no entries."""
    seen: set[str] = set()
    position = first
    while position < len(lines):
        if _begins_body(lines, position, first, seen):
            return position
        seen.add(_plain(lines[position].text))
        position += 1
    return first


def _begins_body(lines: Sequence[Printed], position: int, first: int, seen: set[str]) -> bool:
    line = lines[position]
    if re.search(r"[。；]", line.text):
        return True
    if position > first and _same_entry(_plain(line.text), _plain(lines[first].text)):
        return True
    turned = line.page is not None and line.page != lines[position - 1].page
    if turned and not _lists_entries([item for item in lines if item.page == line.page]):
        return True
    plain = _plain(line.text)
    return parse_mark(line.text) is not None and len(plain) > 4 and plain in seen


def _same_entry(text: str, first: str) -> bool:
    return len(first) > 3 and (text.startswith(first) or (first.startswith(text) and len(text) > 5))


def _lists_entries(page: Sequence[Printed]) -> bool:
    entries = sum(_is_entry(line.text) for line in page)
    return len(page) > 2 and entries * 4 >= len(page) * 3


def _is_entry(text: str) -> bool:
    if re.search(r"[。；]", text):
        return False
    return bool(parse_mark(text) or _NUMBERED_TABLE.match(text) or _LEADERS.search(text))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", _LEADERS.sub("", text))
