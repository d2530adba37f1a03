"""The tables panel: any table in the report's own layout, to look at and to take away."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import gradio as gr

from index import UnknownReport
from qa.web.desk.bench import QUIET, Bench, html
from qa.web.markup import join, safe
from qa.web.tables import table_html


def build(bench: Bench) -> None:
    """The panel's two pickers and the table."""
    panel = _Sheets(bench)
    with gr.Row():
        report = bench.report_picker(bench.words.report)
        first = panel.tables(report.value)
        table = gr.Dropdown(
            first, value=first[0][1] if first else None, label=bench.words.table, filterable=True
        )
    shown = html("sheet", panel.on_table(report.value, table.value))
    report.change(panel.on_report, [report], [table, shown], queue=False, **QUIET)
    table.input(panel.on_table, [report, table], [shown], queue=False, **QUIET)


class _Sheets:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def tables(self, report: str | None) -> list[tuple[str, str]]:
        """What the second picker offers: (name, position)."""
        try:
            held = self._bench.desk.library.report(report or "").tables
        except UnknownReport:
            return []
        return [
            (
                " ".join(dict.fromkeys(p for p in (t.number, t.title) if p)) or str(t.id + 1),
                str(t.id),
            )
            for t in held
        ]

    def on_report(self, report: str | None) -> tuple[Any, str]:
        """Another report was chosen: its tables, and the first of them."""
        choices = self.tables(report)
        first = choices[0][1] if choices else None
        return gr.update(choices=choices, value=first), self.on_table(report, first)

    def on_table(self, report: str | None, table: str | None) -> str:
        """The table with links to take it away."""
        said = self._bench.words
        if not report:
            return f'<p class="none-found">{safe(said.no_report)}</p>'
        if table is None or table not in {place for _, place in self.tables(report)}:
            return f'<p class="none-found">{safe(said.no_tables)}</p>'
        held = self._bench.desk.library.report(report).tables[int(table)]
        links = join(self._link(report, table, format_) for format_ in ("csv", "xlsx"))
        return (
            f'<p class="after">{links}</p><div class="original">'
            f"{table_html(held, self._bench.page_words)}</div>"
        )

    def _link(self, report: str, table: str, format_: str) -> str:
        address = urlencode({"report": report, "table": table, "lang": self._bench.words.language})
        label = self._bench.words.download.format(format=format_.upper())
        target = f"/desk/export/table.{format_}?{address}"
        return f'<a href="{safe(target)}" download>{safe(label)}</a>'
