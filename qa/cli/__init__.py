"""The command line: one verb a function, nothing heavy imported before a verb needs it."""

from qa.cli.main import app, run

__all__ = ["app", "run"]
