"""The embeddable widget: one script with its styles and words, made from the files beside this."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path

import yaml
from fastapi import APIRouter, Request, Response

from qa.web.api.callers import TheDesk
from qa.web.words import words

router = APIRouter(include_in_schema=False)

_HERE = Path(__file__).parent
_SCRIPTS = ("elements.js", "service.js", "originals.js", "answers.js", "panel.js")
_SHARED = (
    *("badges", "explained", "sources", "derivation", "suggestions", "choices", "unanswered"),
    *("close", "page", "unit", "blank", "item", "code", "line", "not_found", "thinking"),
    *("failed", "too_long", "send", "welcome", "promise", "examples"),
    *("try_asking", "you", "other_language"),
)
_FRESH = "public, max-age=300"


@cache
def bundle(question_length: int) -> str:
    """The script: everything in one function's scope, so that a page sees nothing of it."""
    parts = (
        f"const LIMIT = {question_length};",
        f"const STYLE = {_literal(_style())};",
        f"const WORDS = {_literal(_words())};",
        *(_tight(name, "//") for name in _SCRIPTS),
    )
    body = "\n".join(parts)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


@router.get("/widget.js")
def script(request: Request, desk: TheDesk) -> Response:
    """The widget, for pages of any site; which of them may ask is settled when they ask."""
    text = bundle(desk.settings.question_length)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": _FRESH,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="text/javascript", headers=headers)


def _words() -> dict[str, dict[str, object]]:
    """The page's words that the widget shares, and its own, by language."""
    own = yaml.safe_load(_text("words.yaml"))
    return {
        language: {name: asdict(words(language))[name] for name in _SHARED} | own[language]
        for language in ("zh", "en")
    }


def _tight(name: str, comment: str) -> str:
    """A file without indentation and lines of comment; none of its strings spans lines."""
    lines = (line.strip() for line in _text(name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(comment))


def _style() -> str:
    """The style sheet without the spaces that only people need."""
    return re.sub(r"\s*([{};,])\s*|(:)\s+", r"\1\2", _tight("widget.css", "/*"))


def _literal(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
