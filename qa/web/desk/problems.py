"""Problems of files in the reader's language: the readers speak English, the desk Chinese too."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from qa.web.words import Language

_FILE = Path(__file__).parent / "problems.yaml"


def in_words(problem: str, remedy: str, language: Language) -> str:
    """A problem with its remedy as one line."""
    if language == "en":
        return f"{problem}. {remedy}"
    return f"{_chinese(problem)}。{_chinese(remedy)}。"


def _chinese(text: str) -> str:
    for pattern, chinese in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return found.expand(chinese)
    return text.rstrip(".")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    pairs = TypeAdapter(list[tuple[str, str]]).validate_python(read)
    return tuple((re.compile(pattern), chinese) for pattern, chinese in pairs)
