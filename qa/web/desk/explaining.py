"""The explain panel: how a question was understood, answered and how long each step took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Protocol, runtime_checkable

import gradio as gr

from index import UnknownReport
from qa import Answer, Explained
from qa.web.cards import answer_card
from qa.web.desk.bench import QUIET, Bench, html, whole
from qa.web.markup import join, safe
from qa.web.sources import source_html


@runtime_checkable
class Explainer(Protocol):
    """An engine that tells how it came to an answer."""

    def explain(
        self, question: str, history: Sequence[str] = (), reports: Sequence[str] = ()
    ) -> Explained:
        """The answer with its plan and the time of each step."""


def build(bench: Bench, drawer: Any) -> None:
    """The panel's fields and the explanation."""
    said, panel = bench.words, _Explaining(bench)
    question = gr.Textbox(
        label=said.question, max_length=bench.desk.settings.question_length, elem_id="explain-this"
    )
    with gr.Row(elem_classes="ends"):
        earlier = gr.Textbox(label=said.earlier, placeholder=said.earlier_hint, lines=2)
        report = bench.report_picker(said.report, said.all_reports)
        go = gr.Button(said.ask, variant="primary", elem_id="explain-go", scale=0)
    shown, answered = html("explained"), gr.State(None)
    asked = [question, earlier, report]
    gr.on([go.click, question.submit], panel.on_ask, asked, [shown, answered], **QUIET)
    shown.cite(panel.on_cite, [answered], [drawer], queue=False, **QUIET)


class _Explaining:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def on_ask(self, question: str, earlier: str, report: str | None) -> tuple[str, Answer | None]:
        """The answer card, the plan and the steps."""
        said, engine = self._bench.words, self._bench.desk.assistant
        if not question.strip():
            return "", None
        if not isinstance(engine, Explainer):
            return f'<p class="none-found">{safe(said.no_plan)}</p>', None
        history = [line.strip() for line in earlier.splitlines() if line.strip()]
        explained = engine.explain(question.strip(), history, [report] if report else [])
        steps = join(
            f"<tr><td>{safe(name)}</td><td>{ms:.2f}</td></tr>" for name, ms in explained.steps
        )
        card = answer_card(0, explained.answer, self._bench.page_words, is_bare=True)
        shown = (
            f"{card}<h2>{safe(said.plan)}</h2>"
            f'<div class="plan">{tree(explained.plan)}</div><h2>{safe(said.steps)}</h2>'
            f'<table class="cells"><tbody>{steps}</tbody></table>'
        )
        return shown, explained.answer

    def on_cite(self, answered: Answer | None, event: gr.EventData) -> str:
        """The drawer for a source of the answer."""
        place = whole(event, "cite")
        if answered is None or place is None or place >= len(answered.citations):
            return ""
        citation = answered.citations[place]
        try:
            report = self._bench.desk.library.report(citation.report)
        except UnknownReport:
            return ""
        return source_html(report, citation, self._bench.page_words)


def tree(value: object) -> str:
    """A typed value as nested lists; what is empty is left out."""
    if is_dataclass(value):
        items = join(_entry(field.name, getattr(value, field.name)) for field in fields(value))
        return f"<dl>{items}</dl>"
    if isinstance(value, tuple | list | frozenset):
        return f"<ul>{join(f'<li>{tree(item)}</li>' for item in value)}</ul>"
    return safe(value.value if isinstance(value, Enum) else value)


def _entry(name: str, value: object) -> str:
    if value is None or value == "" or value is False or value == () or value == frozenset():
        return ""
    return f"<dt>{safe(name)}</dt><dd>{tree(value)}</dd>"
