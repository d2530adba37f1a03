"""Safe HTML: text from reports, files and askers enters a page through here and nowhere else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

# Gradio runs HTML values through two template languages; their signs must not survive either.
_TEMPLATE_SIGNS = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;"})
_SPACE = re.compile(r"\s+")


def safe(text: object) -> str:
    """The text as HTML that shows exactly it, inside elements and quoted attributes alike."""
    return html.escape(str(text), quote=True).translate(_TEMPLATE_SIGNS)


def join(parts: Iterable[str]) -> str:
    """Already safe pieces, one after another."""
    return "".join(parts)


def find_loosely(text: str, wanted: str) -> tuple[int, int] | None:
    """Where `wanted` stands in `text` when spaces and line breaks are ignored, or None."""
    places = [i for i, sign in enumerate(text) if not sign.isspace()]
    squeezed, sought = _SPACE.sub("", text), _SPACE.sub("", wanted)
    start = squeezed.find(sought) if sought else -1
    if start < 0:
        return None
    return places[start], places[start + len(sought) - 1] + 1


def marked(text: str, span: tuple[int, int] | None) -> str:
    """The text as HTML with the span highlighted."""
    if span is None:
        return safe(text)
    start, end = span
    return f'{safe(text[:start])}<mark id="cited">{safe(text[start:end])}</mark>{safe(text[end:])}'
