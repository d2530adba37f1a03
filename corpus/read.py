"""The pipeline from a published file to a `Report`."""

from __future__ import annotations

from pathlib import Path

from corpus.identity import Evidence, identify, report_id
from corpus.layout import Document, Grid, Line
from corpus.model import Report, Source
from corpus.outline import Outline, build_outline
from corpus.readers import read_document


def read_report(path: Path | str) -> Report:
    """Everything that one published file says: identity, outline, passages, tables, claims.

    Raises `UnreadableFile`, whose message names the file, the problem and the remedy.
    """
    path = Path(path)
    document = read_document(path)
    outline = build_outline(document.blocks, ())
    identity, notices = identify(_evidence(document, outline))
    return Report(
        id=report_id(path),
        identity=identity,
        sources=(Source(document.name, document.digest, document.format, document.pages),),
        sections=outline.sections,
        passages=outline.passages,
        notices=(*document.notices, *notices),
    )


def _evidence(document: Document, outline: Outline) -> Evidence:
    lines = [block.text for block in document.blocks if isinstance(block, Line)]
    cells = [c.text for b in document.blocks if isinstance(b, Grid) for c in b.cells if c.row < 4]
    captions = [b.caption for b in document.blocks if isinstance(b, Grid) and b.caption]
    return Evidence(
        name=document.name,
        head=outline.cover or (*lines, *captions, *cells)[:8],
        labels=(*lines, *cells),
        headings=tuple(section.number + section.title for section in outline.sections),
        text="\n".join([*lines, *cells]),
    )
