"""What a reader can do with an answer: copy it, share it, say whether it helped."""

from __future__ import annotations

from qa.answer import Answer, Citation
from qa.web.markup import join, safe
from qa.web.words import Words

_HAND = (
    '<path d="M5 7.5 7.5 2c1.2 0 2 .8 2 2v2.5h3.2c.9 0 1.5.8 1.3 1.7l-1 4.3c-.1.6-.7 1-1.3 1H5'
    'm0-6v6m0-6H2.5v6H5"/>'
)
_ICONS = {
    "copy": '<rect x="5" y="5" width="8" height="9" rx="1.5"/>'
    '<path d="M10 2.5H4A1.5 1.5 0 0 0 2.5 4v7"/>',
    "share": '<path d="M8 10V2M5 5l3-3 3 3M3 9v4.5h10V9"/>',
    "up": _HAND,
    "down": f'<g transform="rotate(180 8 8)">{_HAND}</g>',
}


def actions(turn: int, answer: Answer, words: Words, *, rated: bool) -> str:
    """Copy, share, and what the reader thinks of the answer."""
    copied = safe(plain_text(answer, words))
    first = (
        f'<button type="button" data-copy="{copied}" data-done="{safe(words.copied)}">'
        f"{_icon('copy')}{safe(words.copy)}</button>"
        f'<button type="button" data-share data-done="{safe(words.shared)}">'
        f"{_icon('share')}{safe(words.share)}</button>"
    )
    thanks = f'<span class="thanks" role="status">{safe(words.thanks) if rated else ""}</span>'
    opinion = "" if rated else join(_thumb(kind, words) for kind in ("up", "down"))
    form = "" if rated else _opinion(turn, words)
    return (
        f'<div class="actions" role="group" aria-label="{safe(words.actions)}">'
        f'{first}<span class="gap"></span>{opinion}{thanks}</div>{form}'
    )


def _thumb(kind: str, words: Words) -> str:
    name = words.helpful if kind == "up" else words.unhelpful
    return (
        f'<button type="button" data-thumb="{kind}" aria-pressed="false" '
        f'data-thanks="{safe(words.thanks)}">{_icon(kind)}{safe(name)}</button>'
    )


def _opinion(turn: int, words: Words) -> str:
    up, down = words.comment_hints
    return (
        f'<div class="opinion" hidden data-turn="{turn}"><label for="comment-{turn}">'
        f'{safe(words.comment)}</label><textarea id="comment-{turn}" rows="2" maxlength="1000" '
        f'data-up="{safe(up)}" data-down="{safe(down)}"></textarea>'
        f'<button type="button" data-rate>{safe(words.send_comment)}</button></div>'
    )


def _icon(name: str) -> str:
    return (
        '<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" '
        f'stroke-width="1.4" stroke-linejoin="round" aria-hidden="true">{_ICONS[name]}</svg>'
    )


def plain_text(answer: Answer, words: Words) -> str:
    """The answer with its sources, to be pasted elsewhere."""
    lines = [answer.answer]
    if answer.citations:
        lines.append(f"{words.sources}：")
    for number, citation in enumerate(answer.citations, start=1):
        page = words.page.format(page=citation.page) if citation.page else ""
        parts = (citation.title, address(citation), page)
        lines.append(f"[{number}] {' · '.join(part for part in parts if part)}")
    return "\n".join(lines)


def address(citation: Citation) -> str:
    """Where a citation points inside its report: table, row and column, or the heading."""
    heading = citation.section.rsplit("›", 1)[-1].strip()  # the path is in the drawer
    parts = (citation.table or heading, citation.row, citation.column)
    return " · ".join(part for part in parts if part)
