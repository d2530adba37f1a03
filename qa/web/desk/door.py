"""Mounting the desk: its gate, its exports, its two pages (Chinese and English)."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import FileResponse
from starlette.middleware import Middleware

from qa.web.desk.access import HOME, Access, Gate
from qa.web.desk.bench import Bench
from qa.web.desk.export import exports
from qa.web.desk.page import desk_blocks
from qa.web.desk.settings import DeskSettings
from qa.web.desk.words import desk_words
from qa.web.service import Desk
from qa.web.words import Language, words

_HERE = Path(__file__).parent
_PATHS: tuple[tuple[str, Language], ...] = ((f"{HOME}/en", "en"), (HOME, "zh"))
_FONTS = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif"]


def mount_desk(app: FastAPI, desk: Desk, settings: DeskSettings | None = None) -> FastAPI:
    """Mount the staff desk at /desk; without users it says that it is off."""
    settings = settings or DeskSettings()
    access = Access(settings)
    # Innermost, so that the headers and limits of the whole app are around it too.
    app.user_middleware.append(Middleware(Gate, access=access))
    app.get(f"{HOME}/desk.css", include_in_schema=False)(_style)
    if not access.is_on:
        return app
    app.include_router(exports(desk))
    for path, language in _PATHS:
        app = _mount(app, desk, settings, path, language)
    return app


def _mount(
    app: FastAPI, desk: Desk, settings: DeskSettings, path: str, language: Language
) -> FastAPI:
    blocks = desk_blocks(Bench(desk, settings, desk_words(language), words(language)))
    blocks.state_session_capacity = desk.settings.sessions
    blocks.queue(max_size=desk.settings.queue, default_concurrency_limit=desk.settings.concurrency)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        footer_links=[],
        show_error=False,
        ssr_mode=False,
        max_file_size=settings.upload_bytes,
        theme=gr.themes.Base(font=_FONTS, font_mono=["ui-monospace", "monospace"]),
        head='<link rel="stylesheet" href="/juewen/page.css">'
        f'<link rel="stylesheet" href="{HOME}/desk.css">',
    )
    return mounted


def _style() -> FileResponse:
    return FileResponse(_HERE / "desk.css", media_type="text/css")
