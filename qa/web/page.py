"""The chat page: a Gradio app whose look and cards are ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import FileResponse

from index import ReportCard, UnknownReport
from qa.answer import Answer, Citation
from qa.web.api import Desk, ProblemError, Question, answer
from qa.web.cards import answer_card, ask_button, notice_card, question_card
from qa.web.markup import join, safe
from qa.web.sources import source_html
from qa.web.words import Language, Words, words

_HERE = Path(__file__).parent
_SHOWN_REPORTS = 8
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_FONTS = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif"]


@dataclass(frozen=True)
class Turn:
    """One question with its answer, or with what went wrong."""

    question: str
    answer: Answer | None = None
    problem: str = ""


@dataclass(frozen=True)
class Session:
    """One conversation. `scope` is the chosen report, "" for all."""

    language: Language = "zh"
    scope: str = ""
    turns: tuple[Turn, ...] = field(default=())


def mount_page(app: FastAPI, desk: Desk) -> FastAPI:
    """Mount the chat page at the root of the app."""
    # Gradio rewrites the selectors of styles given to it; a linked sheet stays as written.
    app.get("/juewen/page.css", include_in_schema=False)(_style)
    blocks = _Page(desk).build()
    blocks.queue(max_size=desk.settings.queue, default_concurrency_limit=desk.settings.concurrency)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        show_error=False,
        ssr_mode=False,
        max_file_size=desk.settings.body_bytes,
        theme=gr.themes.Base(font=_FONTS, font_mono=["ui-monospace", "monospace"]),
        head='<link rel="stylesheet" href="/juewen/page.css">',
    )
    blocks.state_session_capacity = desk.settings.sessions
    return mounted


class _Page:
    """Builds the page and answers its events; holds no conversation itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def build(self) -> gr.Blocks:
        """The Gradio blocks with their events."""
        with gr.Blocks(title="决问 Juewen", analytics_enabled=False, fill_width=True) as blocks:
            session = gr.State(Session())
            header = _html(self._header(Session()), "header")
            thread = _html(self._thread(Session()), "thread")
            box, send = self._composer()
            drawer = _html("", "drawer")
            shown, faces = [session, thread, box], [session, header, thread, box, send, drawer]
            gr.on([box.submit, send.click], self.on_submit, [session, box], shown, **_QUIET)
            thread.ask(self.on_pick, [session], shown, **_QUIET)
            thread.cite(self.on_cite, [session], [drawer], queue=False, **_QUIET)
            header.scope(self.on_scope, [session], [session, header], queue=False, **_QUIET)
            header.language(self.on_language, [session], faces, queue=False, **_QUIET)
        return blocks

    def _composer(self) -> tuple[gr.Textbox, gr.Button]:
        said = words("zh")
        with gr.Row(elem_id="composer"):
            box = gr.Textbox(
                placeholder=said.placeholder,
                label=said.send,
                show_label=False,
                lines=1,
                max_lines=4,
                max_length=self._desk.settings.question_length,
                autofocus=True,
                elem_id="question",
                scale=1,
            )
            send = gr.Button(said.send, variant="primary", elem_id="send", scale=0)
        return box, send

    def on_submit(self, session: Session, question: str) -> Iterator[tuple[Session, str, str]]:
        """Show the question at once, then its answer."""
        question = question.strip()
        if not question:
            yield session, self._thread(session), ""
            return
        asked = replace(session, turns=(*session.turns, Turn(question)))
        yield asked, self._thread(asked), ""
        done = replace(session, turns=(*session.turns, self._answered(session, question)))
        done = replace(done, turns=done.turns[-self._desk.settings.turns :])
        yield done, self._thread(done), ""

    def on_pick(self, session: Session, event: gr.EventData) -> Iterator[tuple[Session, str, str]]:
        """A suggested question was clicked."""
        yield from self.on_submit(session, str(getattr(event, "question", "")))

    def on_cite(self, session: Session, event: gr.EventData) -> str:
        """The drawer for a source button: turn and citation are positions in the conversation."""
        said = words(session.language)
        citation = _cited(session, getattr(event, "turn", None), getattr(event, "cite", None))
        if citation is None:
            return ""
        try:
            return source_html(self._desk.library.report(citation.report), citation, said)
        except UnknownReport:
            return f'<div class="drawer open"><p>{safe(said.not_found)}</p></div>'

    def on_scope(self, session: Session, event: gr.EventData) -> tuple[Session, str]:
        """A report chip was clicked: ask in it alone, or in all of them again."""
        chosen = str(getattr(event, "report", ""))
        known = {card.id for card in self._desk.library.reports()}
        scope = chosen if chosen in known and chosen != session.scope else ""
        changed = replace(session, scope=scope)
        return changed, self._header(changed)

    def on_language(self, session: Session) -> tuple[Session, str, str, Any, Any, str]:
        """The page in the other language; answers stay in the language of their questions."""
        changed = replace(session, language="en" if session.language == "zh" else "zh")
        said = words(changed.language)
        return (
            changed,
            self._header(changed),
            self._thread(changed),
            gr.update(placeholder=said.placeholder, label=said.send),
            gr.update(value=said.send),
            "",
        )

    def _answered(self, session: Session, question: str) -> Turn:
        history = [turn.question for turn in session.turns if turn.answer]
        scope = [session.scope] if session.scope else []
        asked = Question(question=question, history=history[-50:], reports=scope)
        try:
            return Turn(question, answer(self._desk, asked))
        except ProblemError as error:
            return Turn(question, problem=_told(error, words(session.language), self._desk))

    def _header(self, session: Session) -> str:
        said = words(session.language)
        cards = self._desk.library.reports()
        return (
            '<div class="band"><div class="brand"><span class="seal" aria-hidden="true">决问</span>'
            f'<div><h1>决问 <small lang="en">Juewen</small></h1><p>{safe(said.tagline)}</p></div>'
            f'<button type="button" class="language" data-language>{safe(said.other_language)}'
            f"</button></div>{_chips(cards, session, said)}</div>"
        )

    def _thread(self, session: Session) -> str:
        said = words(session.language)
        if not session.turns:
            return _welcome(said, held=bool(self._desk.library.reports()))
        turns = join(_turn(i, turn, said) for i, turn in enumerate(session.turns))
        return f'<div class="turns" role="log" aria-live="polite">{turns}</div>'


def _cited(session: Session, turn: object, index: object) -> Citation | None:
    """What a source button points at; None where the browser sent something else."""
    if not isinstance(turn, int) or not 0 <= turn < len(session.turns):
        return None
    answered = session.turns[turn].answer
    citations = answered.citations if answered else ()
    return citations[index] if isinstance(index, int) and 0 <= index < len(citations) else None


def _told(error: ProblemError, said: Words, desk: Desk) -> str:
    if error.problem.code == "question_too_long":
        return said.too_long.format(limit=desk.settings.question_length)
    return said.failed


def _turn(index: int, turn: Turn, said: Words) -> str:
    if turn.answer is not None:
        shown = answer_card(index, turn.answer, said)
    elif turn.problem:
        shown = notice_card(turn.problem)
    else:
        shown = notice_card(said.thinking, busy=True)
    return f'<div class="turn">{question_card(turn.question, said)}{shown}</div>'


def _chips(cards: Sequence[ReportCard], session: Session, said: Words) -> str:
    if not cards:
        return f'<p class="held">{safe(said.empty_store)}</p>'
    ordered = sorted(cards, key=lambda card: card.id != session.scope)[:_SHOWN_REPORTS]
    chips = join(_chip(card, session, said) for card in ordered)
    rest = len(cards) - len(ordered)
    more = f"<span>{safe(said.more.format(count=rest))}</span>" if rest else ""
    held = safe(said.holds.format(count=len(cards)))
    return f'<div class="held" title="{safe(said.scope)}"><span>{held}</span>{chips}{more}</div>'


def _chip(card: ReportCard, session: Session, said: Words) -> str:
    identity = card.identity
    pressed = "true" if card.id == session.scope else "false"
    label = " ".join(str(p) for p in (identity.year, said.kinds[identity.kind]) if p)
    return (
        f'<button type="button" class="chip" data-report="{safe(card.id)}" '
        f'aria-pressed="{pressed}"><b>{safe(identity.body or identity.title)}</b> {safe(label)}'
        "</button>"
    )


def _welcome(said: Words, *, held: bool) -> str:
    promises = join(
        f"<li><b>{safe(name)}</b><span>{safe(text)}</span></li>" for name, text in said.promises
    )
    examples = join(ask_button(text) for text in said.examples) if held else ""
    asking = (
        f'<h3 class="label">{safe(said.try_asking)}</h3><nav class="next">{examples}</nav>'
        if held
        else ""
    )
    return (
        f'<section class="welcome"><h2>{safe(said.welcome)}</h2><p>{safe(said.promise)}</p>'
        f'<ul class="promises">{promises}</ul>{asking}</section>'
    )


def _style() -> FileResponse:
    return FileResponse(_HERE / "page.css", media_type="text/css")


def _html(value: str, name: str) -> gr.HTML:
    return gr.HTML(
        value,
        elem_id=name,
        js_on_load=(_HERE / f"{name}.js").read_text(encoding="utf-8"),
        apply_default_css=False,
    )
