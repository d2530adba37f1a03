"""The desk's page: one tab a panel, one drawer for all."""

from __future__ import annotations

import gradio as gr

from qa.web.desk import explaining, findings, inbox, intake, reader, search, sheets, usage
from qa.web.desk.bench import QUIET, Bench, html
from qa.web.markup import safe


def desk_blocks(bench: Bench) -> gr.Blocks:
    """The Gradio blocks of the desk in the bench's language."""
    said = bench.words
    with gr.Blocks(title=said.desk, analytics_enabled=False, fill_width=True) as blocks:
        html("mast", _mast(bench))
        drawer = html("drawer", script="drawer.js")
        with gr.Tabs(elem_id="desk"):
            with gr.Tab(said.search, id="search"):
                search.build(bench, drawer)
            with gr.Tab(said.tables, id="tables"):
                sheets.build(bench)
            with gr.Tab(said.reader, id="reader"):
                reader.build(bench)
            with gr.Tab(said.intake, id="intake"):
                changes = intake.build(bench)
            with gr.Tab(said.audit, id="audit") as audit:
                findings.build(bench, drawer, audit)
            with gr.Tab(said.inbox, id="inbox-tab") as letters:
                inbox.build(bench, letters)
            with gr.Tab(said.explain, id="explain"):
                explaining.build(bench, drawer)
            with gr.Tab(said.usage, id="usage-tab") as counting:
                usage.build(bench, counting)
        pickers = [picker for picker, _ in bench.pickers]
        for change in changes:
            change.then(bench.refreshed, None, pickers, queue=False, **QUIET)
        blocks.load(bench.refreshed, None, pickers, queue=False, **QUIET)
    return blocks


def _mast(bench: Bench) -> str:
    said = bench.words
    other = "/desk/en/" if said.language == "zh" else "/desk/"
    return (
        '<div class="band"><span class="seal" aria-hidden="true">决问</span>'
        f'<h1>{safe(said.desk)}</h1><nav><a href="/">{safe(said.to_chat)}</a>'
        f'<a href="{other}">{safe(said.other_language)}</a>'
        '<form method="post" action="/desk/sign-out">'
        f'<button type="submit">{safe(said.sign_out)}</button></form></nav></div>'
    )
