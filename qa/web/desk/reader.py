"""The reader panel: a whole report, its outline beside it."""

from __future__ import annotations

from typing import Any

from corpus import Report, Section
from index import UnknownReport
from qa.web.desk.bench import QUIET, Bench, html
from qa.web.markup import join, safe
from qa.web.tables import table_html
from qa.web.words import Words


def build(bench: Bench) -> None:
    """The panel's picker and the report."""

    def on_report(report: str | None) -> str:
        try:
            held = bench.desk.library.report(report or "")
        except UnknownReport:
            return f'<p class="none-found">{safe(bench.words.no_report)}</p>'
        return report_html(held, bench.page_words, bench.words.outline)

    picked: Any = bench.report_picker(bench.words.report)
    shown = html("reading", on_report(picked.value))
    picked.change(on_report, [picked], [shown], queue=False, **QUIET)


def report_html(report: Report, words: Words, outline: str) -> str:
    """The report with its outline; headings can be jumped to."""
    entries = join(_entry(section) for section in report.sections)
    sections = join(_section(report, section, words) for section in report.sections)
    title = report.identity.title or report.identity.body or report.id
    return (
        f'<div class="reader"><nav aria-label="{safe(outline)}"><h2>{safe(outline)}</h2>'
        f'<ul>{entries}</ul></nav><article class="original" tabindex="0">'
        f"<h2>{safe(title)}</h2>{sections}</article></div>"
    )


def _entry(section: Section) -> str:
    name = section.number + section.title
    return (
        f'<li class="level-{min(section.level, 4)}"><button type="button" '
        f'data-heading="{section.id}">{safe(name)}</button></li>'
    )


def _section(report: Report, section: Section, words: Words) -> str:
    level = min(max(section.level + 2, 3), 6)
    page = f" <small>{safe(words.page.format(page=section.page))}</small>" if section.page else ""
    heading = (
        f'<h{level} id="section-{section.id}" tabindex="-1">'
        f"{safe(section.number + section.title)}{page}</h{level}>"
    )
    texts = join(f"<p>{safe(p.text)}</p>" for p in report.passages if p.section == section.id)
    tables = join(table_html(t, words) for t in report.tables if t.section == section.id)
    return heading + texts + tables
