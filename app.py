"""Puts the web faces together and starts them; `uvicorn app:create --factory` works too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from qa.quiet import silence

if TYPE_CHECKING:
    from fastapi import FastAPI


def create() -> FastAPI:
    """The web app over $JUEWEN_STORE, else ./var."""
    silence()
    from qa.web import create_app

    return create_app(_store())


def main() -> None:
    """Serve on 127.0.0.1:7860 until Ctrl-C."""
    silence()
    from qa.web import serve

    serve(_store(), "127.0.0.1", 7860)


def _store() -> Path:
    return Path(os.environ.get("JUEWEN_STORE") or "var")


if __name__ == "__main__":
    main()
