"""What stands around the conversation: the title band with the reports, and the welcome."""

from __future__ import annotations

from collections.abc import Sequence

from index import ReportCard
from qa.web.cards import ask_button
from qa.web.markup import join, safe
from qa.web.naming import report_names
from qa.web.words import Words

_SHOWN_REPORTS = 3
_LISTED = 400  # reports listed for choosing; a larger store is asked by name


def header_html(cards: Sequence[ReportCard], scope: str, said: Words) -> str:
    """The title band; `scope` is the chosen report, "" for all."""
    return (
        '<div class="band"><div class="brand"><span class="seal" aria-hidden="true">决问</span>'
        f'<div><h1>决问 <small lang="en">Juewen</small></h1><p>{safe(said.tagline)}</p></div>'
        f'<button type="button" class="language" data-language>{safe(said.other_language)}'
        f"</button></div>{_chips(cards, scope, said)}</div>"
    )


def welcome_html(said: Words, *, held: bool) -> str:
    """What the page promises, and questions to begin with where a report is held."""
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


def _chips(cards: Sequence[ReportCard], scope: str, said: Words) -> str:
    if not cards:
        return f'<p class="held">{safe(said.empty_store)}</p>'
    names = report_names(cards, said)
    ordered = sorted(cards, key=lambda card: card.id != scope)[:_SHOWN_REPORTS]
    shown = join(_chip(card.id, names[card.id], is_chosen=card.id == scope) for card in ordered)
    held = safe(said.holds.format(count=len(cards)))
    everything = _all_chips(names, scope, said) if len(cards) > _SHOWN_REPORTS else ""
    return (
        f'<div class="held" role="group" aria-label="{safe(said.scope)}"><span>{held}</span>'
        f'{everything}<div class="some" title="{safe(said.scope)}">{shown}</div></div>'
    )


def _all_chips(names: dict[str, tuple[str, str]], scope: str, said: Words) -> str:
    """Every report behind a click, with a box to filter them by."""
    named = sorted(names.items(), key=lambda item: item[1])[:_LISTED]
    chips = join(_chip(id_, name, is_chosen=id_ == scope) for id_, name in named)
    return (
        f'<details class="all"><summary>{safe(said.more.format(count=len(names)))}</summary>'
        f'<div class="panel"><input type="search" data-filter '
        f'placeholder="{safe(said.find_report)}" aria-label="{safe(said.find_report)}">'
        f'<div class="chips">{chips}</div></div></details>'
    )


def _chip(report: str, name: tuple[str, str], *, is_chosen: bool) -> str:
    title, detail = name
    return (
        f'<button type="button" class="chip" data-report="{safe(report)}" '
        f'aria-pressed="{str(is_chosen).lower()}"><b>{safe(title)}</b> {safe(detail)}</button>'
    )
