"""The marks that number headings and items in Chinese official texts, and their ranks.

The order of ranks (第一部分, 一、, （一）, 1., （1）, ①) is that of GB/T 9704, the format of
official documents; reports keep to it even where they leave ranks out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.wording import wording

_HAN = "[一二三四五六七八九十]{1,3}"
_MARKS = (
    (1, re.compile(rf"第{_HAN}(?:部分|章|篇|编)[、：:\s]*")),
    (2, re.compile(rf"{_HAN}[、．.](?!{_HAN}[、产])\s*|第{_HAN}节\s*")),
    (3, re.compile(rf"[（(]\s*{_HAN}\s*[）)][、．.]?\s*")),
    (4, re.compile(r"\d{1,2}\s*[.．、](?!\s*\d)\s*|\d{1,2}[.．、]\s*(?=20\d\d ?年)")),
    (5, re.compile(r"[（(]\s*\d{1,2}\s*[）)][、．.]?\s*")),
    (6, re.compile(r"[①-⑳]\s*")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark: `number` as printed, `rest` the text behind it."""

    rank: int
    number: str
    rest: str


def parse_mark(text: str) -> Mark | None:
    """The mark a line begins with, or None."""
    for rank, pattern in _MARKS:
        found = pattern.match(text)
        if found and found.end() < len(text):
            return Mark(rank, found.group().strip(), text[found.end() :])
    return None


def ends_like_heading(text: str) -> bool:
    """Whether the text ends as a complete heading does."""
    return text.rstrip("。：: ").endswith(wording().heading_endings)


def ends_like_title(text: str) -> bool:
    """Whether an unnumbered line ends as the title of a part of a report does."""
    return re.sub(r"（[^）]*）$", "", text).rstrip("。：: ").endswith(wording().page_title_endings)
