"""The chat page: a Gradio app whose look and cards are ours."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import FileResponse

from index import UnknownReport
from qa.answer import Answer, Citation, Status
from qa.asking import AskingError, attempt
from qa.web.api import Desk, ProblemError, Question, answer
from qa.web.cards import answer_card, next_questions, notice_card, question_card
from qa.web.desk import mount_desk
from qa.web.feedback import COMMENT_LENGTH, Opinion, Rating
from qa.web.front import header_html, welcome_html
from qa.web.markup import join, safe
from qa.web.sources import source_html
from qa.web.words import Language, Words, words

_HERE = Path(__file__).parent
_LINKED = 5  # questions that a shared link asks in turn
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_FONTS = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif"]


@dataclass(frozen=True)
class Turn:
    """One question with its answer, or with what went wrong."""

    question: str
    answer: Answer | None = None
    problem: str = ""
    rated: bool = False


@dataclass(frozen=True)
class Session:
    """One conversation. `scope` is the chosen report, "" for all."""

    language: Language = "zh"
    scope: str = ""
    turns: tuple[Turn, ...] = field(default=())


def mount_page(app: FastAPI, desk: Desk) -> FastAPI:
    """Mount the staff desk at /desk and the chat page at the root of the app."""
    app = mount_desk(app, desk)
    # Gradio rewrites the selectors of styles given to it; a linked sheet stays as written.
    app.get("/juewen/page.css", include_in_schema=False)(_style)
    app.post("/gradio_api/upload", include_in_schema=False)(_no_uploads)
    blocks = _Page(desk).build()
    blocks.state_session_capacity = desk.settings.sessions  # read while mounting
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
            follow = _html("", "follow")
            box, send = self._composer()
            drawer = _html("", "drawer")
            shown, faces = [session, thread, box], [session, header, thread, box, send, drawer]
            asking = (
                gr.on([box.submit, send.click], self.on_submit, [session, box], shown, **_QUIET),
                thread.ask(self.on_pick, [session], shown, **_QUIET),
                follow.ask(self.on_pick, [session], shown, **_QUIET),
                thread.open(self.on_open, [session], faces, **_QUIET),
            )
            for asked in asking:
                asked.then(self.on_follow, [session], [follow], **_QUIET)
            thread.rate(self.on_rate, [session], [session], queue=False, **_QUIET)
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
        question = question.strip()[: self._desk.settings.question_length]
        if not question:
            yield session, self._thread(session), ""
            return
        asked = replace(session, turns=(*session.turns, Turn(question)))
        yield asked, self._thread(asked), ""
        done = replace(session, turns=(*session.turns, self._answered(session, question)))
        done = replace(done, turns=done.turns[-self._desk.settings.turns :])
        yield done, self._thread(done), ""

    def on_follow(self, session: Session) -> str:
        """What can be asked next; the browser shows it below the answer of that turn only."""
        shown = next_questions(self._follow_ups(session), words(session.language))
        return f'<div data-turns="{len(session.turns)}">{shown}</div>'

    def on_pick(self, session: Session, event: gr.EventData) -> Iterator[tuple[Session, str, str]]:
        """A suggested question was clicked."""
        yield from self.on_submit(session, str(getattr(event, "question", "")))

    def on_open(self, session: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """A shared link was opened: its language, its report, and its questions in turn."""
        english = getattr(event, "language", "") == "en"
        session = replace(session, language="en" if english else session.language)
        session = self._narrowed(session, getattr(event, "report", ""))
        yield (session, *self._faces(session))
        questions = getattr(event, "questions", [])
        for question in questions[:_LINKED] if isinstance(questions, list) else []:
            for changed, thread, _ in self.on_submit(session, str(question)):
                session = changed
                yield session, gr.skip(), thread, gr.skip(), gr.skip(), gr.skip()

    def on_rate(self, session: Session, event: gr.EventData) -> Session:
        """The reader's opinion of an answer is kept."""
        place = getattr(event, "turn", None)
        if not isinstance(place, int) or not 0 <= place < len(session.turns):
            return session
        turn = session.turns[place]
        if turn.answer is None or turn.rated:
            return session
        self._desk.feedback.add(
            Opinion(
                rating=Rating.UP if getattr(event, "rating", "") == "up" else Rating.DOWN,
                question=turn.question,
                answer=turn.answer,
                turns=tuple(earlier.question for earlier in session.turns[:place]),
                reports=(session.scope,) if session.scope else (),
                comment=str(getattr(event, "comment", ""))[:COMMENT_LENGTH],
                face="page",
            )
        )
        turns = list(session.turns)
        turns[place] = replace(turn, rated=True)
        return replace(session, turns=tuple(turns))

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
        chosen = getattr(event, "report", "")
        changed = self._narrowed(session, "" if chosen == session.scope else chosen)
        return changed, self._header(changed)

    def _narrowed(self, session: Session, chosen: object) -> Session:
        known = {card.id for card in self._desk.library.reports()}
        return replace(session, scope=str(chosen) if chosen in known else "")

    def on_language(self, session: Session) -> tuple[Any, ...]:
        """The page in the other language; answers stay in the language of their questions."""
        changed = replace(session, language="en" if session.language == "zh" else "zh")
        return changed, *self._faces(changed)

    def _faces(self, session: Session) -> tuple[Any, ...]:
        """Header, thread, box, button and drawer in the session's language."""
        said = words(session.language)
        return (
            self._header(session),
            self._thread(session),
            gr.update(placeholder=said.placeholder, label=said.send),
            gr.update(value=said.send),
            "",
        )

    def _answered(self, session: Session, question: str) -> Turn:
        history = [turn.question for turn in session.turns]
        scope = [session.scope] if session.scope else []
        asked = Question(question=question, history=history[-50:], reports=scope)
        try:
            return Turn(question, answer(self._desk, asked))
        except ProblemError as error:
            return Turn(question, problem=_told(error, words(session.language), self._desk))

    def _follow_ups(self, session: Session) -> tuple[str, ...]:
        """The usual next questions that the engine answers here, with something new."""
        given = session.turns[-1].answer if session.turns else None
        if given is None or given.status is not Status.ANSWERED or given.suggestions:
            return ()
        if self._desk.line.inside:  # those who wait for an answer come first
            return ()
        history = [turn.question for turn in session.turns][-50:]
        scope = [session.scope] if session.scope else []
        said, found = {given.answer}, []
        for question in words(given.language).follow_ups:
            with contextlib.suppress(AskingError):  # logged where it happened
                then = attempt(self._desk.assistant, question, history, scope)
                if then.status is Status.ANSWERED and then.answer not in said:
                    said.add(then.answer)
                    found.append(question)
        return tuple(found)

    def _header(self, session: Session) -> str:
        cards = self._desk.library.reports()
        return header_html(cards, session.scope, words(session.language))

    def _thread(self, session: Session) -> str:
        said = words(session.language)
        if not session.turns:
            return welcome_html(said, held=bool(self._desk.library.reports()))
        turns = join(_turn(i, turn, said) for i, turn in enumerate(session.turns))
        return f'<div class="turns">{turns}</div>'


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
        shown = answer_card(index, turn.answer, said, rated=turn.rated)
    elif turn.problem:
        shown = notice_card(turn.problem)
    else:
        shown = notice_card(said.thinking, busy=True)
    return f'<div class="turn">{question_card(turn.question, said)}{shown}</div>'


def _style() -> FileResponse:
    return FileResponse(_HERE / "page.css", media_type="text/css")


def _no_uploads() -> None:
    """Gradio would take files from anybody; only the desk does, from those who signed in."""
    raise ProblemError(404, "no_uploads", "nothing can be uploaded here", "Sign in at /desk")


def _html(value: str, name: str) -> gr.HTML:
    return gr.HTML(
        value,
        elem_id=name,
        js_on_load=(_HERE / f"{name}.js").read_text(encoding="utf-8"),
        apply_default_css=False,
    )
