"""Opening a citation: the cited section or table as HTML, the sentence or cell highlighted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Passage, Report, Table
from qa.answer import Citation
from qa.web.markup import find_loosely, join, marked, safe
from qa.web.tables import Spot, table_html
from qa.web.words import Words

_CROSS = (
    '<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" '
    'stroke-width="2" aria-hidden="true"><path d="M3 3l10 10M13 3L3 13"/></svg>'
)
_SPACE = re.compile(r"\s+")


def source_html(report: Report, citation: Citation, words: Words) -> str:
    """The drawer's content for one citation of this report."""
    table = find_table(report, citation)
    if table is not None:
        path = report.path(table.section)
        content = table_html(table, words, find_spot(table, citation))
    else:
        passage = find_passage(report, citation)
        path = report.path(passage.section) if passage else ()
        content = _section(report, passage, citation) if passage else _lost(words)
    title = citation.title or report.identity.title or report.identity.body
    return _frame(title, citation.page, path, content, words)


def cell_html(report: Report, table: int, spot: Spot | None, words: Words) -> str:
    """The drawer's content for a table of this report, by its address."""
    held = report.tables[table]
    content = table_html(held, words, spot)
    page = report.tables[table].rows[spot.row].page if spot else None
    title = report.identity.title or report.identity.body
    return _frame(title, page or held.page, report.path(held.section), content, words)


def passage_html(report: Report, passage: int, span: tuple[int, int] | None, words: Words) -> str:
    """The drawer's content for a passage in its section, by its address; a span narrows it."""
    held = report.passages[passage]
    marked_span = span or (0, len(held.text))
    content = join(
        f"<p>{marked(other.text, marked_span if other.id == held.id else None)}</p>"
        for other in report.passages
        if other.section == held.section
    )
    title = report.identity.title or report.identity.body
    return _frame(title, held.page, report.path(held.section), content, words)


def find_table(report: Report, citation: Citation) -> Table | None:
    """The cited table, by number or title; among namesakes the one that has the cited row."""
    if not citation.table:
        return None
    wanted = _squeezed(citation.table)
    named = [t for t in report.tables if wanted in _names(t)]
    with_row = [t for t in named if find_spot(t, citation) is not None]
    return next(iter(with_row or named), None)


def _names(table: Table) -> set[str]:
    return {_squeezed(name) for name in (table.name, table.title, table.number + table.title)}


def find_spot(table: Table, citation: Citation) -> Spot | None:
    """The cited row, and its cited column where the citation names one."""
    rows = [r for r in table.rows if _squeezed(r.label) == _squeezed(citation.row)]
    if not citation.row or not rows:
        return None
    shown = [r for r in rows if _squeezed(_printed(table, r.id)) in _squeezed(citation.quote)]
    row = (shown or rows)[0]
    columns = [c for c in table.columns if c.block == row.block and citation.column]
    hits = [c for c in columns if citation.column in (c.label, c.path[-1], c.role)]
    return Spot(row.id, hits[0].id if hits else None)


def _printed(table: Table, row: int) -> str:
    """The row's figures as printed, to tell namesakes (其他支出) apart by the quote."""
    return "".join(cell.text for cell in table.row_cells(row))


def find_passage(report: Report, citation: Citation) -> Passage | None:
    """The passage that the quote stands in; without one, the first of the cited section."""
    section = _squeezed(citation.section)
    quoted = [p for p in report.passages if find_loosely(p.text, citation.quote)]
    within = [p for p in quoted if section.endswith(_heading(report, p))]
    if within or quoted:
        return (within or quoted)[0]
    under = [
        p for p in report.passages if _heading(report, p) and section.endswith(_heading(report, p))
    ]
    return under[0] if under else None


def _heading(report: Report, passage: Passage) -> str:
    return _squeezed(report.path(passage.section)[-1])


def _section(report: Report, cited: Passage, citation: Citation) -> str:
    return join(_passages(report, cited, citation))


def _passages(report: Report, cited: Passage, citation: Citation) -> Iterator[str]:
    for passage in report.passages:
        if passage.section != cited.section:
            continue
        span = find_loosely(passage.text, citation.quote) if passage.id == cited.id else None
        if passage.id == cited.id and span is None:
            span = (0, len(passage.text))
        yield f"<p>{marked(passage.text, span)}</p>"


def _lost(words: Words) -> str:
    return f'<p class="aside">{safe(words.not_found)}</p>'


def _frame(title: str, page: int | None, path: tuple[str, ...], content: str, words: Words) -> str:
    printed = words.page.format(page=page) if page else ""
    crumbs = join(f"<li>{safe(part)}</li>" for part in path)
    return (
        '<div class="drawer open" role="dialog" aria-modal="false" tabindex="-1" '
        f'aria-label="{safe(words.sources)}"><header><div><b>{safe(title)}</b>'
        f'<span>{safe(printed)}</span></div><button type="button" data-close '
        f'aria-label="{safe(words.close)}">{_CROSS}</button></header>'
        f'<ol class="crumbs">{crumbs}</ol><div class="original">{content}</div></div>'
    )


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)
