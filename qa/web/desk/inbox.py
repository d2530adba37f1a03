"""The feedback panel: what readers said, and what becomes of it."""

from __future__ import annotations

from typing import Any

import gradio as gr

from qa.web.desk.bench import QUIET, Bench, html, whole
from qa.web.feedback import Feedback, Rating, State, UnknownFeedback
from qa.web.markup import join, safe

_SHOWN = 50


def build(bench: Bench, tab: Any) -> None:
    """The panel's filters and the list, read anew whenever its tab is chosen."""
    said, panel = bench.words, _Inbox(bench)
    anything = (said.any, "")
    with gr.Row(elem_classes="ends"):
        rating = gr.Dropdown(
            [anything, *((said.ratings[r], r.value) for r in Rating)], value="", label=said.rating
        )
        fate = gr.Dropdown(
            [anything, *((said.fates[s], s.value) for s in State)],
            value=State.OPEN.value,
            label=said.fate,
        )
        again = gr.Button(said.refresh, scale=0)
    shown = html("inbox")
    fields = [rating, fate]
    gr.on(
        [tab.select, rating.input, fate.input, again.click],
        panel.on_list,
        fields,
        [shown],
        queue=False,
        **QUIET,
    )
    shown.settle(panel.on_settle, fields, [shown], queue=False, **QUIET)


class _Inbox:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def on_list(self, rating: str, fate: str) -> str:
        """The latest feedback of this rating and state."""
        said, store = self._bench.words, self._bench.desk.feedback
        given = store.entries(
            rating=Rating(rating) if rating else None,
            state=State(fate) if fate else None,
            limit=_SHOWN,
        )
        items = join(self._entry(entry) for entry in given)
        listed = (
            f'<ol class="opinions">{items}</ol>'
            if items
            else (f'<p class="none-found">{safe(said.empty_inbox)}</p>')
        )
        wanted = f"?state={fate}" if fate else ""
        link = (
            f'<a href="/desk/export/feedback.jsonl{wanted}" download>{safe(said.export_gold)}</a>'
        )
        return f'<p class="after">{link}</p>{listed}'

    def on_settle(self, rating: str, fate: str, event: gr.EventData) -> str:
        """Note what becomes of an opinion."""
        number, wanted = whole(event, "id"), str(getattr(event, "state", ""))
        if number is not None and wanted in set(State):
            try:
                self._bench.desk.feedback.settle(number, State(wanted))
            except UnknownFeedback as error:
                raise gr.Error(self._bench.words.empty_inbox) from error
        return self.on_list(rating, fate)

    def _entry(self, entry: Feedback) -> str:
        said, opinion = self._bench.words, entry.opinion
        buttons = join(
            f'<button type="button" class="quiet" data-event="settle" data-id="{entry.id}" '
            f'data-state="{state.value}">{safe(label)}</button>'
            for state, label in self._ways(entry.state)
        )
        comment = f'<p class="comment">{safe(opinion.comment)}</p>' if opinion.comment else ""
        asked = " › ".join((*opinion.turns, opinion.question))
        when = f"{entry.at:%Y-%m-%d %H:%M} UTC"
        return (
            f'<li class="{opinion.rating.value}"><p class="meta"><span class="tag">'
            f"{safe(said.ratings[opinion.rating])}</span>{safe(when)} · {safe(opinion.face)} · "
            f"{safe(said.fates[entry.state])}</p><p><b>{safe(asked)}</b></p>"
            f"<p>{safe(opinion.answer.answer)}</p>{comment}"
            f'<p class="after">{buttons}</p></li>'
        )

    def _ways(self, state: State) -> list[tuple[State, str]]:
        said = self._bench.words
        ways = {
            State.KEPT: said.keep,
            State.DISMISSED: said.dismiss,
            State.OPEN: said.reopen,
        }
        return [(to, label) for to, label in ways.items() if to is not state]
