"""A staff desk over a real library with the invented report, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI

from index import IndexSettings, Library
from qa.web.desk import DeskSettings, mount_desk
from qa.web.desk.passwords import hash_password
from qa.web.service import Desk, make_desk
from qa.web.settings import WebSettings
from tests.index.samples import HashEmbedder
from tests.web.sample import SampleAssistant, report

NAME, PASSWORD = "li", "qingshan lvshui"
SETTINGS = DeskSettings(users=f"{NAME}={hash_password(PASSWORD)}", upload_bytes=200_000)


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    with Library.open(
        folder / "store", settings=IndexSettings(), embedder=HashEmbedder()
    ) as library:
        library.add(report())
        made = make_desk(library, SampleAssistant(), WebSettings(), folder)
        yield made
        made.close()


def app(made: Desk, settings: DeskSettings = SETTINGS) -> FastAPI:
    """An app that is nothing but the desk."""
    return mount_desk(FastAPI(docs_url=None, redoc_url=None, openapi_url=None), made, settings)
