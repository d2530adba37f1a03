"""Which store a verb works on, and opening it."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index import Library
    from qa import Assistant

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", help="Where reports are kept. [default: $JUEWEN_STORE, else ./var]"),
]


_BEFORE_VERB: ContextVar[Path | None] = ContextVar("store", default=None)


def remember(store: Path | None) -> None:
    """Keep the --store given before the verb for the verb."""
    _BEFORE_VERB.set(store)


def chosen(store: Path | None) -> Path:
    """The store: --store after the verb, --store before it, $JUEWEN_STORE, ./var."""
    return store or _BEFORE_VERB.get() or Path(os.environ.get("JUEWEN_STORE") or "var")


def open_library(store: Path | None, *, adopt: bool = False) -> Library:
    """The library of the chosen store; `adopt` opens one that another model or schema made."""
    from index import Library

    return Library.open(chosen(store), adopt=adopt)


def open_assistant(library: Library) -> Assistant:
    """An assistant over the library."""
    from qa import Assistant

    return Assistant(library)


def resolve(library: Library, names: Sequence[str]) -> tuple[str, ...]:
    """Report ids for ids or file stems, in order and without doubles.

    Raises UnknownReport for a name that is neither.
    """
    ids: dict[str, None] = {}
    for name in names:
        ids[_resolve(library, name)] = None
    return tuple(ids)


def _resolve(library: Library, name: str) -> str:
    from index import UnknownReport

    wanted = _folded(name)
    for card in library.reports():
        files = [_folded(source.name) for source in card.sources]
        if wanted in (_folded(card.id), *files, *(PurePath(file).stem for file in files)):
            return card.id
    raise UnknownReport(name)


def _folded(name: str) -> str:
    """Width, spaces and composed forms differ between file systems; names do not."""
    return "".join(unicodedata.normalize("NFKC", name).split())
