"""/docs: the API described on one page of our own, made from its OpenAPI description.

The usual viewers fetch their scripts from elsewhere; this page has none.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

Described = dict[str, Any]  # OpenAPI is JSON: what it holds is defined by its own schema

_STYLE = Path(__file__).with_name("reference.css")


@router.get("/docs")
def reference(request: Request) -> HTMLResponse:
    """The page."""
    return HTMLResponse(_page(request.app))


@cache
def _page(app: FastAPI) -> str:
    described = app.openapi()
    groups: dict[str, list[str]] = {}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            entry = _operation(method, path, operation, described)
            groups.setdefault(operation["tags"][0], []).append(entry)
    style = _STYLE.read_text(encoding="utf-8")
    body = "".join(f"<h2>{_safe(tag)}</h2>{''.join(made)}" for tag, made in groups.items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Juewen 决问 API</title><style>{style}</style></head><body><main>"
        "<h1>Juewen 决问 API</h1><p>Machine-readable: "
        '<a href="/openapi.json">openapi.json</a>. Every error is '
        f"<code>{{code, message, remedy}}</code>.</p>{body}</main></body></html>"
    )


def _operation(method: str, path: str, operation: Described, described: Described) -> str:
    said = str(operation.get("description") or operation.get("summary", ""))
    rows = "".join(_row(*row) for row in _fields(operation, described))
    returns = _returned(operation)
    return (
        f"<details><summary><b>{_safe(method.upper())}</b> <code>{_safe(path)}</code> — "
        f"{_prose(said.split(chr(10))[0])}</summary><p>{_prose(said)}</p>"
        f"<table>{rows}</table>{returns}</details>"
    )


def _fields(
    operation: Described, described: Described
) -> Iterator[tuple[str, str, Described, bool]]:
    """Name, place, schema and whether it must be given, of what a caller sends."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"] | {"description": parameter.get("description", "")}
        yield parameter["name"], parameter["in"], schema, parameter.get("required", False)
    content = operation.get("requestBody", {}).get("content", {})
    for sent in content.values():
        schema = _resolved(sent["schema"], described)
        for name, field in schema.get("properties", {}).items():
            yield name, "body", field, name in schema.get("required", ())


def _row(name: str, place: str, schema: Described, needed: bool) -> str:
    kind = schema.get("type") or "/".join(_kinds(schema))
    default = "" if needed else f" = {json.dumps(schema.get('default'), ensure_ascii=False)}"
    return (
        f"<tr><td><code>{_safe(name)}</code></td><td>{_safe(place)}</td>"
        f"<td><code>{_safe(kind + default)}</code></td>"
        f"<td>{_safe(schema.get('description', ''))}</td></tr>"
    )


def _kinds(schema: Described) -> list[str]:
    choices = schema.get("anyOf", [schema])
    return [str(choice.get("type") or _name(choice)) for choice in choices]


def _returned(operation: Described) -> str:
    codes = ", ".join(operation["responses"])
    return f"<p>Responses: <code>{_safe(codes)}</code></p>"


def _resolved(schema: Described, described: Described) -> Described:
    found: Described = described["components"]["schemas"].get(_name(schema), schema)
    return found


def _name(schema: Described) -> str:
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]


def _prose(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _safe(text))


def _safe(text: object) -> str:
    return html.escape(str(text))
