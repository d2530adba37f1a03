"""The web faces: the chat page, the JSON API and the health endpoints behind one server."""

from qa.web.server import create_app, serve
from qa.web.settings import WebSettings

__all__ = ["WebSettings", "create_app", "serve"]
