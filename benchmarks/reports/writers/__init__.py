"""From a made-up report to a file in one of the formats that public bodies publish."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.reports.layouts import LAYOUTS
from benchmarks.reports.model import Made

_MODULES = {
    "txt": "text", "pdf": "pdf", "docx": "docx", "html": "html", "xlsx": "xlsx",
}  # fmt: skip


def write(made: Made, path: Path | str, format: str = "") -> Path:
    """Write the report to `path`; the format is the suffix's where none is named.

    Raises `ValueError` for a format in which the layout is not published.
    """
    path = Path(path)
    format = format or path.suffix.removeprefix(".")
    if format not in LAYOUTS[made.layout].formats:
        raise ValueError(f"{made.layout} is not published as {format!r}")
    writer: Callable[[Made, Path], None] = import_module(
        f"benchmarks.reports.writers.{_MODULES[format]}"
    ).write
    writer(made, path)
    return path
