"""One turn of the conversation as HTML: the question, the answer card, its checks and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.answer import Answer, Citation, Derivation, Number, Status
from qa.web.actions import actions, address
from qa.web.charts import chart_of
from qa.web.drawing import chart_html, source_mark
from qa.web.figures import Piece, pieces
from qa.web.markup import join, safe
from qa.web.words import Words

_CLOSING = "。，；、：！？）.,;:!?)"  # never first on a line
_SHOWN_SOURCES = 3  # the rest is behind a click: one figure often stands in many tables


def question_card(question: str, words: Words) -> str:
    """The asker's words."""
    return (
        f'<h2 class="asked" data-question="{safe(question)}">'
        f'<span class="sr-only">{safe(words.you)}：</span>{safe(question)}</h2>'
    )


def notice_card(text: str, *, busy: bool = False) -> str:
    """A card that is not an answer: waiting, or what went wrong."""
    dots = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>' if busy else ""
    return f'<div class="answer notice" role="status">{dots}{safe(text)}</div>'


def answer_card(
    turn: int, answer: Answer, words: Words, *, rated: bool = False, is_bare: bool = False
) -> str:
    """The answer of turn number `turn`, which its source buttons refer to.

    `rated` says that the reader has given an opinion of it; a bare card has no buttons to share,
    judge or go on with.
    """
    chart = chart_of(answer)
    parts = (
        _status(answer, words),
        f'<div class="said">{join(_said(turn, answer, words))}</div>',
        chart_html(turn, chart, words) if chart else "",
        _numbers(answer, words),
        _derivation(turn, answer.derivation, words),
        _sources(turn, answer.citations, words),
        "" if is_bare else _suggestions(answer, words),
        "" if is_bare else actions(turn, answer, words, rated=rated),
    )
    return f'<article class="answer {answer.status.value}">{join(parts)}</article>'


def _status(answer: Answer, words: Words) -> str:
    if answer.status is Status.REFUSED:
        return f'<p class="state">{safe(words.unanswered)}</p>'
    return ""


def _said(turn: int, answer: Answer, words: Words) -> Iterator[str]:
    """The text; a mark stays on one line with the sign that ends its clause."""
    cut = pieces(answer)
    for before, piece, after in zip((None, *cut), cut, (*cut[1:], None), strict=False):
        if piece.source is not None:
            mark = source_mark(turn, piece.source - 1, words)
            sign = _ending(after) if after is not None else ""
            yield f'<span class="marks">{mark}{sign}</span>'
        elif before is not None and before.source is not None:
            yield _piece(Piece(piece.text.removeprefix(_ending(piece)), piece.number))
        else:
            yield _piece(piece)


def _ending(piece: Piece) -> str:
    """The sign at the start of a text that must not begin a line."""
    first = piece.text[:1]
    is_text = piece.number is None and piece.source is None
    return first if is_text and first in _CLOSING else ""


def _piece(piece: Piece) -> str:
    if piece.number is not None:
        return f'<span class="figure by-{piece.number.check.value}">{safe(piece.text)}</span>'
    return safe(piece.text)


def _numbers(answer: Answer, words: Words) -> str:
    chips = dict.fromkeys(_chip(number, answer, words) for number in answer.numbers)
    return f'<div class="numbers">{join(chips)}</div>' if chips else ""


def _chip(number: Number, answer: Answer, words: Words) -> str:
    where = address(answer.citations[number.citation]) if number.citation is not None else ""
    return (
        f'<details class="number by-{number.check.value}"><summary>'
        f"<b>{safe(f'{number.value:,f}')}</b> {safe(number.unit)} "
        f'<span class="badge">{safe(words.badges[number.check])}</span></summary>'
        f"<p>{safe(words.explained[number.check])} {safe(where)}</p></details>"
    )


def _derivation(turn: int, derivation: Derivation | None, words: Words) -> str:
    if derivation is None:
        return ""
    rows = join(
        f"<tr><td>{safe(o.label)}</td><td>{safe(f'{o.value:,f}')} {safe(o.unit)}</td>"
        f"<td>{source_mark(turn, o.citation, words)}</td></tr>"
        for o in derivation.operands
    )
    heads = join(f"<th>{safe(head)}</th>" for head in words.operands)
    return (
        f'<details class="derivation"><summary>{safe(words.derivation)}</summary>'
        f'<p class="formula">{safe(derivation.formula)} = <b>{safe(f"{derivation.result:,f}")}</b>'
        f"</p><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>"
    )


def _sources(turn: int, citations: tuple[Citation, ...], words: Words) -> str:
    if not citations:
        return ""
    items = [_source(turn, i, c, words) for i, c in enumerate(citations)]
    shown, rest = items[:_SHOWN_SOURCES], items[_SHOWN_SOURCES:]
    more = (
        f"<details><summary>{safe(words.more_sources.format(count=len(rest)))}</summary>"
        f'<ol start="{len(shown) + 1}">{join(rest)}</ol></details>'
        if rest
        else ""
    )
    return f'<section class="sources">{_label(words.sources)}<ol>{join(shown)}</ol>{more}</section>'


def _source(turn: int, index: int, citation: Citation, words: Words) -> str:
    page = words.page.format(page=citation.page) if citation.page else ""
    meta = " · ".join(part for part in (citation.title, page) if part)
    return (
        f'<li><button type="button" data-turn="{turn}" data-cite="{index}">'
        f'<span class="ordinal">{index + 1}</span>'
        f'<span class="where">{safe(address(citation))}</span>'
        f'<span class="quote">{safe(citation.quote)}</span>'
        f'<span class="meta">{safe(meta)}</span></button></li>'
    )


def next_questions(questions: Sequence[str], words: Words, *, choosing: bool = False) -> str:
    """Buttons that ask on, or that choose between the readings of a question."""
    if not questions:
        return ""
    title = words.choices if choosing else words.suggestions
    kind = "choices" if choosing else "next"
    buttons = join(ask_button(text) for text in questions)
    return f'<nav class="{kind}" aria-label="{safe(title)}">{_label(title)}{buttons}</nav>'


def _suggestions(answer: Answer, words: Words) -> str:
    choosing = answer.status is Status.CLARIFY
    return next_questions(answer.suggestions, words, choosing=choosing)


def _label(text: str) -> str:
    return f'<h3 class="label">{safe(text)}</h3>'


def ask_button(question: str) -> str:
    """A button that asks its own words."""
    return f'<button type="button" data-ask="{safe(question)}">{safe(question)}</button>'
