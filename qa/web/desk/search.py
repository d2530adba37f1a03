"""The search panel: passages, rows and cells of all reports under filters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import gradio as gr
from pydantic import ValidationError

from corpus import Kind, parse_number
from qa.web.desk.bench import QUIET, Bench, Choices, html
from qa.web.desk.places import opened, place_button
from qa.web.markup import join, safe
from qa.web.service.finding import Fact, Filters, Found, find_facts, find_texts
from qa.web.service.pages import Page

_TEXTS, _CELLS = 20, 50


def build(bench: Bench, drawer: Any) -> None:
    """The panel's fields, results and events."""
    panel = _Search(bench)
    fields = panel.fields()
    offset = gr.State(0)
    found = html("found")
    go = fields.pop()
    gr.on([go.click, fields[0].submit], panel.on_find, fields, [found, offset], **QUIET)
    found.turn(panel.on_turn, fields, [found, offset], **QUIET)
    found.place(panel.on_place, None, [drawer], queue=False, **QUIET)


class _Search:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def fields(self) -> list[Any]:
        """The form, its button last."""
        said, page = self._bench.words, self._bench.page_words
        anything = (said.any, "")
        with gr.Row():
            text = gr.Textbox(label=said.words, placeholder=said.words_hint, scale=4)
            body = self._bench.picker(said.body, lambda: [anything, *self._bodies()])
        with gr.Row():
            year = self._bench.picker(said.year, lambda: [anything, *self._years()])
            kinds = [anything, *((page.kinds[kind], kind.value) for kind in Kind)]
            kind = gr.Dropdown(kinds, value="", label=said.kind)
            statement = gr.Textbox(label=said.statement, placeholder=said.statement_hint)
            account = gr.Textbox(label=said.account, placeholder=said.account_hint)
        with gr.Row(elem_classes="ends"):
            least = gr.Textbox(label=said.least, placeholder=said.own_unit)
            most = gr.Textbox(label=said.most, placeholder=said.own_unit)
            go = gr.Button(said.find, variant="primary", elem_id="find", scale=0)
        return [text, body, year, kind, statement, account, least, most, go]

    def _bodies(self) -> Choices:
        names = dict.fromkeys(card.identity.body for card in self._bench.cards())
        return [(name, name) for name in names if name]

    def _years(self) -> Choices:
        years = {card.identity.year for card in self._bench.cards() if card.identity.year}
        return [(str(year), str(year)) for year in sorted(years, reverse=True)]

    def on_find(self, *given: Any) -> tuple[str, int]:
        """The first page of what suits the fields."""
        return self._shown(_filters(*given[1:]), str(given[0]).strip(), 0), 0

    def on_turn(self, event: gr.EventData, *given: Any) -> tuple[str, int]:
        """Another page of the cells."""
        wanted = str(getattr(event, "offset", "0"))
        offset = int(wanted) if wanted.isdecimal() else 0
        return self._shown(_filters(*given[1:]), str(given[0]).strip(), offset), offset

    def on_place(self, event: gr.EventData) -> str:
        """The drawer for a result."""
        return opened(self._bench.desk.library, event, self._bench.page_words)

    def _shown(self, filters: Filters, text: str, offset: int) -> str:
        said, library = self._bench.words, self._bench.desk.library
        shown = ""
        if text:
            page = find_texts(library, text, filters, _TEXTS, 0)
            items = join(self._text(found) for found in page.items)
            listed = f'<ol class="hits">{items}</ol>' if items else _none(said.no_texts)
            shown = f"<h2>{safe(said.texts)}</h2>{listed}"
        return f"{shown}<h2>{safe(said.cells)}</h2>{self._cells(filters, offset)}"

    def _text(self, found: Found) -> str:
        kind = self._bench.words.passage if found.kind == "passage" else self._bench.words.row
        page = self._bench.page_words.page.format(page=found.page) if found.page else ""
        where = " · ".join(part for part in (found.title, found.section, page) if part)
        content = (
            f'<span class="tag">{safe(kind)}</span><span class="text">{safe(found.text)}</span>'
            f'<span class="meta">{safe(where)}</span>'
        )
        button = place_button(
            content, found.report, passage=found.passage, table=found.table, row=found.row
        )
        return f"<li>{button}</li>"

    def _cells(self, filters: Filters, offset: int) -> str:
        said = self._bench.words
        if not filters.narrows_rows:
            return _none(said.ask_cells)
        page = find_facts(self._bench.desk.library, filters, _CELLS, offset)
        if not page.items:
            return _none(said.no_cells)
        heads = join(f'<th scope="col">{safe(head)}</th>' for head in said.cell_heads)
        names = self._bench.names()
        rows = join(self._cell(fact, names) for fact in page.items)
        link = f"/desk/export/cells.csv?{urlencode(query(filters))}"
        return (
            f'<div class="table-scroll" tabindex="0" role="region" aria-label="{safe(said.cells)}">'
            f'<table class="cells"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
            f'</div><p class="after">{self._turns(page, offset)}'
            f'<a href="{safe(link)}" download>{safe(said.export_cells)}</a></p>'
        )

    def _cell(self, fact: Fact, names: dict[str, str]) -> str:
        where = place_button(
            safe(self._printed(fact)),
            fact.report,
            table=fact.table_id,
            row=fact.row_id,
            column=fact.column_id,
        )
        parts = (
            names.get(fact.report, fact.report),
            fact.table,
            f"{fact.code} {fact.row}".strip(),
            fact.column,
        )
        return f"<tr>{join(f'<td>{safe(part)}</td>' for part in parts)}<td>{where}</td></tr>"

    def _printed(self, fact: Fact) -> str:
        if fact.value is not None:
            return f"{fact.text} {fact.unit}".strip()
        return fact.text or self._bench.words.blank

    def _turns(self, page: Page[Fact], offset: int) -> str:
        said = self._bench.words
        back = _turn(said.previous, max(0, offset - _CELLS)) if offset else ""
        return back + (_turn(said.following, page.next) if page.next is not None else "")


def _filters(
    body: str, year: str, kind: str, statement: str, account: str, least: str, most: str
) -> Filters:
    try:
        return Filters(
            body=body or "",
            year=int(year) if year else None,
            kind=Kind(kind) if kind else None,
            statement=statement.strip(),
            account=account.strip(),
            least=_amount(least),
            most=_amount(most),
        )
    except ValidationError as error:
        raise gr.Error(error.errors()[0]["msg"]) from error


def _amount(text: str) -> Decimal | None:
    """An amount as people write it (1,200.50, full-width too); None where none is meant."""
    return parse_number(text.strip()) if text.strip() else None


def query(filters: Filters) -> dict[str, str]:
    """The filters as a query string, to export what they show."""
    given = filters.model_dump(mode="json", exclude_defaults=True, exclude={"report"})
    return {name: str(value) for name, value in given.items()}


def _turn(label: str, offset: int) -> str:
    return (
        f'<button type="button" class="quiet" data-event="turn" data-offset="{offset}">'
        f"{safe(label)}</button>"
    )


def _none(text: str) -> str:
    return f'<p class="none-found">{safe(text)}</p>'
