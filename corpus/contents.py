"""Recognises a table of contents, so that its entries do not become sections a second time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import parse_mark
from corpus.paragraphs import Printed

_CAPTION = re.compile(r"目\s*[录次]")
_LEADERS = re.compile(r"[…·.．\s]{3,}\d*\s*$|\s+\d{1,3}$")
_SENTENCE = re.compile(r"[。；].")  # an entry may end with a full stop, but goes no further
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
    for position in range(first, len(lines)):
        if _comes_again(lines, position, first) or _SENTENCE.search(lines[position].text):
            return _without_body(lines, position, first)
        if _repeats(lines[position], seen):
            return position
        seen.add(_plain(lines[position].text))
    return _without_body(lines, len(lines), first)


def _comes_again(lines: Sequence[Printed], position: int, first: int) -> bool:
    return position > first and _same_entry(_plain(lines[position].text), _plain(lines[first].text))


def _repeats(line: Printed, seen: set[str]) -> bool:
    plain = _plain(line.text)
    return parse_mark(line.text) is not None and len(plain) > 4 and plain in seen


def _without_body(lines: Sequence[Printed], end: int, first: int) -> int:
    """The end, moved up to the first page without entries unless the first entry comes again."""
    if end < len(lines) and _comes_again(lines, end, first):
        return end
    for position in range(first + 1, end):
        number = lines[position].page
        if number != lines[position - 1].page and not _lists_entries(lines, number):
            return position
    return end if end < len(lines) else first


def _same_entry(text: str, first: str) -> bool:
    return len(first) > 3 and (text.startswith(first) or (first.startswith(text) and len(text) > 5))


def _lists_entries(lines: Sequence[Printed], number: int | None) -> bool:
    page = [line for line in lines if line.page == number]
    entries = sum(_is_entry(line.text) for line in page)
    return len(page) > 2 and entries * 4 >= len(page) * 3


def _is_entry(text: str) -> bool:
    if _SENTENCE.search(text):
        return False
    return bool(parse_mark(text) or _NUMBERED_TABLE.match(text) or _LEADERS.search(text))


def _plain(text: str) -> str:
    return re.sub(r"[\s。]", "", _LEADERS.sub("", text))
