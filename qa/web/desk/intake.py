"""The intake panel: uploading, reading, replacing and removing reports."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from index import StoreError, UnknownReport
from qa.ingestion import Ingested, Limits, State, ingest_files
from qa.web.desk.bench import QUIET, Bench, html
from qa.web.desk.problems import in_words
from qa.web.markup import join, safe

SUFFIXES = (".pdf", ".docx", ".doc", ".xlsx", ".xls", ".csv", ".html", ".htm", ".txt")
_MEBIBYTE = 1024 * 1024


def build(bench: Bench) -> tuple[Any, ...]:
    """The panel; returns the events after which the store may hold other reports."""
    said, panel = bench.words, Intake(bench)
    with gr.Row(elem_classes="ends"):
        old = bench.report_picker(said.replaced, said.nothing_replaced, said.replaced_hint)
        files = gr.UploadButton(
            said.read,
            file_count="multiple",
            file_types=list(SUFFIXES),
            variant="primary",
            elem_id="read",
            scale=0,
        )
    html("kinds", f'<p class="meta">{safe(said.files)}</p>')
    told = html("told")
    held = html("held", panel.held())
    with gr.Row(elem_classes="ends"):
        going = bench.report_picker(said.removing)
        sure = gr.Checkbox(label=said.sure, elem_id="sure")
        remove = gr.Button(said.remove, variant="stop", elem_id="remove", scale=0)
    return (
        files.upload(
            panel.on_read,
            [files, old],
            [told, held],
            concurrency_limit=1,
            concurrency_id="intake",
            **QUIET,
        ),
        remove.click(
            panel.on_remove,
            [going, sure],
            [told, sure, held],
            concurrency_limit=1,
            concurrency_id="intake",
            **QUIET,
        ),
    )


class Intake:
    """Answers the panel's events."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def on_read(self, files: Sequence[str] | None, old: str | None) -> Iterator[tuple[Any, ...]]:
        """Read the uploads one by one, telling of each as soon as it is known."""
        said, lines = self._bench.words, list[str]()
        uploads = [Path(file) for file in files or ()]
        if not uploads:
            yield _note(said.choose_files), gr.skip()
            return
        with tempfile.TemporaryDirectory(prefix="juewen-") as folder:
            for number, upload in enumerate(uploads, start=1):
                busy = said.reading.format(name=upload.name, number=number, count=len(uploads))
                yield join(lines) + _note(busy, busy=True), gr.skip()
                lines.append(self._taken(upload, Path(folder), old))
                yield join(lines), self.held()
        self._bench.desk.library.settle()  # answers are right before it, searches faster after
        yield join(lines), gr.skip()

    def _taken(self, upload: Path, folder: Path, old: str | None) -> str:
        """Read one upload into the library; what became of it, as HTML."""
        problem = self._problem(upload)
        if problem:
            upload.unlink(missing_ok=True)
            return _line(self._bench.words.states[State.FAILED], "failed", upload.name, problem)
        file = Path(shutil.move(upload, folder / upload.name))
        limits = Limits(seconds=self._bench.settings.reading_seconds)
        try:
            (result,) = ingest_files(self._bench.desk.library, [file], limits)
        except StoreError as error:
            return _line(self._bench.words.states[State.FAILED], "failed", file.name, str(error))
        finally:
            file.unlink(missing_ok=True)
        return self._told(result) + self._replaced(result, old)

    def _problem(self, upload: Path) -> str:
        """Why an upload is not even opened; empty if it is."""
        said, most = self._bench.words, self._bench.settings.upload_bytes
        if upload.suffix.lower() not in SUFFIXES:
            return said.wrong_type
        if upload.stat().st_size > most:
            return said.too_large.format(limit=most // _MEBIBYTE)
        return ""

    def _told(self, result: Ingested) -> str:
        said = self._bench.words
        if result.state is State.FAILED:
            why = in_words(result.problem, result.remedy, said.language)
            return _line(said.states[result.state], "failed", result.path.name, why)
        counted = said.counted.format(
            sections=result.sections,
            tables=result.tables,
            facts=result.facts,
            unsolved=result.unsolved,
            seconds=f"{result.seconds:.1f}",
        )
        parts = (counted if result.state is not State.UNCHANGED else "", *result.notices)
        more = "；".join(part for part in parts if part)
        name = result.title or result.path.name
        return _line(said.states[result.state], "done", name, more)

    def _replaced(self, result: Ingested, old: str | None) -> str:
        """Remove the report that this one takes the place of, where it has another id."""
        if not old or result.state not in (State.ADDED, State.REPLACED) or old == result.report:
            return ""
        try:
            self._bench.desk.library.remove(old)
        except UnknownReport:
            return ""
        return _note(self._bench.words.taken_out.format(report=old))

    def on_remove(self, going: str | None, sure: bool) -> tuple[Any, ...]:
        """Remove a report once the box is ticked."""
        said = self._bench.words
        if not going or not sure:
            return _note(said.not_sure), gr.skip(), gr.skip()
        try:
            self._bench.desk.library.remove(going)
        except (UnknownReport, StoreError) as error:
            return _note(str(error)), False, self.held()
        return _note(said.removed.format(report=going)), False, self.held()

    def held(self) -> str:
        """The held reports as a table."""
        said = self._bench.words
        cards = self._bench.cards()
        if not cards:
            return f'<h2>{safe(said.held)}</h2><p class="none-found">{safe(said.no_report)}</p>'
        heads = join(f'<th scope="col">{safe(head)}</th>' for head in said.held_heads)
        rows = join(
            _row(
                (
                    card.identity.title or card.id,
                    card.identity.body,
                    card.identity.year or "",
                    self._bench.page_words.kinds[card.identity.kind],
                ),
                (card.tables, card.facts, card.open_cells),
            )
            for card in cards
        )
        return (
            f'<h2>{safe(said.held)}</h2><div class="table-scroll" tabindex="0" role="region" '
            f'aria-label="{safe(said.held)}"><table class="cells"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )


def _row(texts: Sequence[object], counts: Sequence[int]) -> str:
    cells = join(f"<td>{safe(text)}</td>" for text in texts)
    figures = join(f'<td class="figure-cell">{count:,}</td>' for count in counts)
    return f"<tr>{cells}{figures}</tr>"


def _line(state: str, kind: str, name: str, more: str) -> str:
    return (
        f'<p class="told {kind}" role="status"><b>{safe(state)}</b> {safe(name)}'
        f'<span class="meta">{safe(more)}</span></p>'
    )


def _note(text: str, *, busy: bool = False) -> str:
    dots = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>' if busy else ""
    return f'<p class="told" role="status">{dots}{safe(text)}</p>'
