"""The usage panel: what is held, what was asked, how it was liked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gradio as gr
from prometheus_client.parser import text_string_to_metric_families

from qa.web.desk.bench import QUIET, Bench, html
from qa.web.feedback import Rating, State
from qa.web.markup import join, safe


def build(bench: Bench, tab: Any) -> None:
    """The figures, read whenever the tab is chosen or the button pressed."""
    shown = html("usage")
    again = gr.Button(bench.words.refresh, scale=0)
    looked = [tab.select, again.click]
    gr.on(looked, lambda: usage_html(bench), None, [shown], queue=False, **QUIET)


def usage_html(bench: Bench) -> str:
    """The figures in three groups: the store, the questions, the feedback."""
    groups = (
        ("", _held(bench)),
        (bench.words.since, _asked(bench)),
        (bench.words.inbox, _liked(bench)),
    )
    return join(_group(bench, title, figures) for title, figures in groups)


def _group(bench: Bench, title: str, figures: Iterable[tuple[str, float]]) -> str:
    heading = f"<h2>{safe(title)}</h2>" if title else ""
    return f'{heading}<dl class="figures">{join(_figure(bench, n, v) for n, v in figures)}</dl>'


def _figure(bench: Bench, name: str, value: float) -> str:
    shown = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
    return f"<div><dt>{safe(bench.words.figures[name])}</dt><dd>{shown}</dd></div>"


def _held(bench: Bench) -> Iterable[tuple[str, float]]:
    cards = bench.desk.library.reports()
    yield "reports", len(cards)
    yield "bodies", len({card.identity.body for card in cards})
    yield "tables", sum(card.tables for card in cards)
    yield "facts", sum(card.facts for card in cards)
    yield "open_cells", sum(card.open_cells for card in cards)


def _asked(bench: Bench) -> Iterable[tuple[str, float]]:
    text = bench.desk.metrics.text().decode()
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]

    def total(name: str, **labels: str) -> float:
        found = (s for s in samples if s.name == name and labels.items() <= s.labels.items())
        return float(sum(sample.value for sample in found))

    yield "answers", total("juewen_answers_total")
    for status in ("answered", "clarify", "refused"):
        yield status, total("juewen_answers_total", status=status)
    for language in ("zh", "en"):
        yield language, total("juewen_answers_total", language=language)
    yield "failures", total("juewen_failures_total")
    yield "waiting", total("juewen_waiting")
    yield "conversations", total("juewen_conversations")
    count = total("juewen_answer_seconds_count")
    yield "milliseconds", 1000 * total("juewen_answer_seconds_sum") / count if count else 0.0


def _liked(bench: Bench) -> Iterable[tuple[str, float]]:
    store = bench.desk.feedback
    yield "up", store.count(rating=Rating.UP)
    yield "down", store.count(rating=Rating.DOWN)
    yield "open", store.count(state=State.OPEN)
