"""The pipeline from a published file to a `Report`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import tables
from corpus.claims import Setting, find_claims, total_of
from corpus.identity import Evidence, identify, report_id
from corpus.layout import Document, Grid, Line
from corpus.model import Claim, Identity, Level, Reason, Report, Section, Source, Term
from corpus.outline import Outline, TableSpan, build_outline
from corpus.readers import read_document
from corpus.reasons import find_reasons
from corpus.relined import relined
from corpus.strays import drop_strays
from corpus.subjects import section_subject
from corpus.terms import find_terms, is_glossary

_WHOLE_PARAGRAPHS = ("docx", "html")  # formats in which a line is a paragraph


def read_report(path: Path | str) -> Report:
    """Everything that one published file says: identity, outline, passages, tables, claims.

    Raises `UnreadableFile`, whose message names the file, the problem and the remedy.
    """
    path = Path(path)
    return build_report(report_id(path), read_document(path))


def build_report(report: str, document: Document) -> Report:
    """The report with the given id that a decoded document holds."""
    blocks, strays = drop_strays(relined(document.blocks))
    drafts = tables.locate(blocks)
    spans = [TableSpan(draft.start, draft.end, draft.title, draft.page) for draft in drafts]
    wrapped = False if document.format in _WHOLE_PARAGRAPHS else None
    outline = build_outline(blocks, spans, wrapped)
    identity, notices = identify(_evidence(document, outline))
    prose = _read_prose(outline, identity)
    texts = [passage.text for passage in outline.passages]
    return Report(
        id=report,
        identity=identity,
        sources=(Source(document.name, document.digest, document.format, document.pages),),
        sections=tuple(_titled(section, identity) for section in outline.sections),
        passages=outline.passages,
        tables=tables.build(drafts, lambda draft: outline.section_of(draft.start), texts),
        claims=tuple(prose.claims),
        reasons=tuple(prose.reasons),
        terms=tuple(prose.terms),
        notices=(*document.notices, *strays, *notices),
    )


def _titled(section: Section, identity: Identity) -> Section:
    """What stands before the first heading has no heading of its own: the report's title serves."""
    if section.number or section.title:
        return section
    return replace(section, title=identity.title or identity.body)


@dataclass(slots=True)
class _Prose:
    claims: list[Claim] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


def _read_prose(outline: Outline, identity: Identity) -> _Prose:
    """Claims, reasons and terms of every passage, in order."""
    prose = _Prose()
    setting = _setting(identity)
    total, home = "", -1
    for passage in outline.passages:
        path = outline.path(passage.section)
        if is_glossary(path):
            prose.terms += find_terms(passage)
            continue
        if home not in outline.upward(passage.section):
            total = ""
        heading = outline.sections[passage.section].title if outline.sections else ""
        claims = find_claims(passage, heading, _dated(setting, path), total)
        announced = total_of(passage, claims)
        if announced:
            total, home = announced, passage.section
        prose.claims += claims
        prose.reasons += find_reasons(passage, claims, section_subject(heading))
    return prose


def _setting(identity: Identity) -> Setting:
    bodies = sorted({identity.body, *identity.short_names}, key=len, reverse=True)
    default = "上年" if identity.level is Level.GOVERNMENT else ""
    return Setting(identity.year, tuple(body for body in bodies if len(body) > 3), default)


def _dated(setting: Setting, path: tuple[str, ...]) -> Setting:
    """The setting for a section whose heading names another year: 一、2024年预算执行情况."""
    for title in reversed(path):
        years = re.findall(r"(20\d\d)\s*年", title)
        if years:
            return replace(setting, year=int(years[0]))
    return setting


def _evidence(document: Document, outline: Outline) -> Evidence:
    lines = [block.text for block in document.blocks if isinstance(block, Line)]
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    cells = [c.text for grid in grids for c in grid.cells if c.row < 4 and c.text.strip()]
    captions = [grid.caption for grid in grids if grid.caption]
    return Evidence(
        name=document.name,
        head=outline.cover or (*lines, *cells[:6], *captions)[:10],
        labels=(*lines, *cells),
        headings=tuple(section.number + section.title for section in outline.sections),
        text="\n".join([*lines, *cells]),
    )
