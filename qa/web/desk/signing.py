"""The two small pages before the desk: signing in, and that the desk is off."""

from __future__ import annotations

from qa.web.desk.words import DeskWords, desk_words
from qa.web.markup import safe


def sign_in_page(*, english: bool = False, failed: bool = False) -> str:
    """The form; it works without scripts."""
    said = desk_words("en" if english else "zh")
    target = "/desk/sign-in?lang=en" if english else "/desk/sign-in"
    other = "/desk/sign-in" if english else "/desk/sign-in?lang=en"
    wrong = f'<p class="wrong" role="alert">{safe(said.wrong)}</p>' if failed else ""
    form = (
        f'<form method="post" action="{target}">{wrong}'
        f'<label for="name">{safe(said.name)}</label>'
        '<input id="name" name="name" autocomplete="username" required autofocus>'
        f'<label for="password">{safe(said.password)}</label>'
        '<input id="password" name="password" type="password" '
        'autocomplete="current-password" required>'
        f'<button type="submit">{safe(said.sign_in)}</button></form>'
        f'<p class="foot"><a href="{other}">{safe(said.other_language)}</a>'
        f'<a href="/">{safe(said.to_chat)}</a></p>'
    )
    return _page(said, said.sign_in, form, english=english)


def off_page() -> str:
    """What stands at /desk as long as no user is configured."""
    said = desk_words("zh")
    told = (
        f'<p>{safe(said.off)}</p><p lang="en">{safe(desk_words("en").off)}</p>'
        f'<p class="foot"><a href="/">{safe(said.to_chat)}</a></p>'
    )
    return _page(said, said.desk, told, english=False)


def _page(said: DeskWords, title: str, content: str, *, english: bool) -> str:
    language = "en" if english else "zh-CN"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(title)} · 决问</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/juewen/page.css">'
        '<link rel="stylesheet" href="/desk/desk.css"></head><body class="before">'
        '<main><span class="seal" aria-hidden="true">决问</span>'
        f"<h1>{safe(said.desk)}</h1>{content}</main></body></html>"
    )
