"""The common shape that every reader produces: lines of text and grids of cells, in reading order.

A reader decodes a file format and knows nothing of public finance; everything above this module
knows public finance and nothing of file formats.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters with its box in points, origin at the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `words` is empty where the format has no geometry."""

    text: str
    page: int | None = None
    words: tuple[Word, ...] = ()
    top: float = 0.0
    indent: float = 0.0
    size: float = 0.0  # font size in points, 0 where unknown


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid. Spans follow HTML: the cell covers `rowspan` × `colspan` places."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with real cells. `edges` are the x positions of its column borders, if known."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    page: int | None = None
    edges: tuple[float, ...] = ()
    caption: str = ""  # a sheet name or an HTML caption
    placed_by_file: bool = True  # False: cells were inferred from positions
    lines: tuple[Line, ...] = ()  # the printed lines that an inferred grid was made of


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded file: its blocks in reading order."""

    name: str
    format: str
    digest: str
    blocks: tuple[Line | Grid, ...]
    pages: int = 0
    notices: tuple[str, ...] = ()
