"""One turn of the conversation as HTML: the question, the answer card, its checks and sources."""

from __future__ import annotations

from qa.answer import Answer, Citation, Derivation, Number, Status
from qa.web.figures import Piece, pieces
from qa.web.markup import join, safe
from qa.web.words import Words


def question_card(question: str, words: Words) -> str:
    """The asker's words."""
    return (
        f'<div class="asked"><span class="sr-only">{safe(words.you)}：</span>{safe(question)}</div>'
    )


def notice_card(text: str, *, busy: bool = False) -> str:
    """A card that is not an answer: waiting, or what went wrong."""
    dots = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>' if busy else ""
    return f'<div class="answer notice" role="status">{dots}{safe(text)}</div>'


def answer_card(turn: int, answer: Answer, words: Words) -> str:
    """The answer of turn number `turn`, which its source buttons refer to."""
    parts = (
        _status(answer, words),
        f'<div class="said">{join(_piece(turn, p, words) for p in pieces(answer))}</div>',
        _numbers(answer, words),
        _derivation(turn, answer.derivation, words),
        _sources(turn, answer.citations, words),
        _suggestions(answer, words),
    )
    return f'<article class="answer {answer.status.value}">{join(parts)}</article>'


def _status(answer: Answer, words: Words) -> str:
    if answer.status is Status.REFUSED:
        return f'<p class="state">{safe(words.unanswered)}</p>'
    return ""


def _piece(turn: int, piece: Piece, words: Words) -> str:
    if piece.source is not None:
        return (  # word joiners keep the mark with its sentence when lines break
            f'&#8288;<button type="button" class="mark" data-turn="{turn}" '
            f'data-cite="{piece.source - 1}" aria-label="{safe(words.sources)} {piece.source}">'
            f"{piece.source}</button>&#8288;"
        )
    if piece.number is not None:
        return f'<span class="figure by-{piece.number.check.value}">{safe(piece.text)}</span>'
    return safe(piece.text)


def _numbers(answer: Answer, words: Words) -> str:
    chips = dict.fromkeys(_chip(number, answer, words) for number in answer.numbers)
    return f'<div class="numbers">{join(chips)}</div>' if chips else ""


def _chip(number: Number, answer: Answer, words: Words) -> str:
    where = _address(answer.citations[number.citation]) if number.citation is not None else ""
    return (
        f'<details class="number by-{number.check.value}"><summary>'
        f"<b>{safe(f'{number.value:,f}')}</b> {safe(number.unit)} "
        f'<span class="badge">{safe(words.badges[number.check])}</span></summary>'
        f"<p>{safe(words.explained[number.check])} {safe(where)}</p></details>"
    )


def _address(citation: Citation) -> str:
    heading = citation.section.rsplit("›", 1)[-1].strip()  # the path is in the drawer
    parts = (citation.table or heading, citation.row, citation.column)
    return " · ".join(part for part in parts if part)


def _derivation(turn: int, derivation: Derivation | None, words: Words) -> str:
    if derivation is None:
        return ""
    rows = join(
        f"<tr><td>{safe(o.label)}</td><td>{safe(f'{o.value:,f}')} {safe(o.unit)}</td>"
        f"<td>{_operand_source(turn, o.citation, words)}</td></tr>"
        for o in derivation.operands
    )
    heads = join(f"<th>{safe(head)}</th>" for head in words.operands)
    return (
        f'<details class="derivation"><summary>{safe(words.derivation)}</summary>'
        f'<p class="formula">{safe(derivation.formula)} = <b>{safe(f"{derivation.result:,f}")}</b>'
        f"</p><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>"
    )


def _operand_source(turn: int, citation: int | None, words: Words) -> str:
    return "" if citation is None else _piece(turn, Piece("", source=citation + 1), words)


def _sources(turn: int, citations: tuple[Citation, ...], words: Words) -> str:
    if not citations:
        return ""
    items = join(_source(turn, i, c, words) for i, c in enumerate(citations))
    return f'<section class="sources">{_label(words.sources)}<ol>{items}</ol></section>'


def _source(turn: int, index: int, citation: Citation, words: Words) -> str:
    page = words.page.format(page=citation.page) if citation.page else ""
    meta = " · ".join(part for part in (citation.title, page) if part)
    return (
        f'<li><button type="button" data-turn="{turn}" data-cite="{index}">'
        f'<span class="where">{safe(_address(citation))}</span>'
        f'<span class="quote">{safe(citation.quote)}</span>'
        f'<span class="meta">{safe(meta)}</span></button></li>'
    )


def _suggestions(answer: Answer, words: Words) -> str:
    if not answer.suggestions:
        return ""
    choosing = answer.status is Status.CLARIFY
    title = words.choices if choosing else words.suggestions
    buttons = join(ask_button(text) for text in answer.suggestions)
    kind = "choices" if choosing else "next"
    return f'<nav class="{kind}" aria-label="{safe(title)}">{_label(title)}{buttons}</nav>'


def _label(text: str) -> str:
    return f'<h2 class="label">{safe(text)}</h2>'


def ask_button(question: str) -> str:
    """A button that asks its own words."""
    return f'<button type="button" data-ask="{safe(question)}">{safe(question)}</button>'
