"""The audit panel: what a report contradicts itself in, each place one press away."""

from __future__ import annotations

from typing import Any

import gradio as gr

from index import UnknownReport
from qa.audit import Evidence, Finding
from qa.web.desk.bench import QUIET, Bench, html
from qa.web.desk.places import opened, place_button
from qa.web.markup import join, safe


def build(bench: Bench, drawer: Any, tab: Any) -> None:
    """The panel's picker and the findings; they are made when the tab is first looked at."""
    panel = _Findings(bench)
    report = bench.report_picker(bench.words.report)
    shown = html("findings")
    gr.on([report.change, tab.select], panel.on_report, [report], [shown], **QUIET)
    shown.place(panel.on_place, None, [drawer], queue=False, **QUIET)


class _Findings:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def on_report(self, report: str | None) -> str:
        """The findings of a report, the gravest first."""
        said, desk = self._bench.words, self._bench.desk
        try:
            found = desk.audits.of(desk.library.report(report or ""))
        except UnknownReport:
            return f'<p class="none-found">{safe(said.no_report)}</p>'
        if not found:
            return f'<p class="none-found">{safe(said.clean)}</p>'
        items = join(self._finding(report or "", finding) for finding in found)
        count = said.found.format(count=len(found))
        return f'<h2>{safe(count)}</h2><ol class="findings">{items}</ol>'

    def on_place(self, event: gr.EventData) -> str:
        """The drawer for a piece of evidence."""
        return opened(self._bench.desk.library, event, self._bench.page_words)

    def _finding(self, report: str, finding: Finding) -> str:
        said = self._bench.words
        message = finding.message if said.language == "zh" else finding.message_en
        places = join(self._place(report, evidence) for evidence in finding.evidence)
        return (
            f'<li class="finding {finding.severity.value}"><p><span class="tag">'
            f"{safe(said.severities[finding.severity])}</span>{safe(message)}</p>"
            f'<div class="places">{places}</div></li>'
        )

    def _place(self, report: str, evidence: Evidence) -> str:
        page = evidence.page
        printed = self._bench.page_words.page.format(page=page) if page else ""
        heading = evidence.section.rsplit("/", 1)[-1].strip()
        parts = (evidence.table or heading, evidence.row, evidence.column, printed)
        content = (
            f'<span class="where">{safe(" · ".join(part for part in parts if part))}</span>'
            f'<span class="quote">{safe(evidence.quote)}</span>'
        )
        return place_button(
            content,
            report,
            passage=evidence.passage,
            start=evidence.start,
            end=evidence.end,
            table=evidence.table_id,
            row=evidence.row_id,
            column=evidence.column_id,
        )
