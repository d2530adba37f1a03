"""What every panel of the desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gradio as gr

from index import ReportCard
from qa.web.desk.settings import DeskSettings
from qa.web.desk.words import DeskWords
from qa.web.naming import report_names
from qa.web.service import Desk
from qa.web.words import Words

_HERE = Path(__file__).parent
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


Choices = list[tuple[str, str]]  # (as shown, as given to events)


@dataclass(frozen=True)
class Bench:
    """The shared desk and the words; `pickers` are boxes whose choices follow the store."""

    desk: Desk
    settings: DeskSettings
    words: DeskWords
    page_words: Words
    pickers: list[tuple[Any, Callable[[], Choices]]] = field(default_factory=list)

    def cards(self) -> tuple[ReportCard, ...]:
        """The held reports by body and year."""
        held = self.desk.library.reports()
        return tuple(sorted(held, key=lambda c: (c.identity.body, c.identity.year or 0, c.id)))

    def picker(self, label: str, choices: Callable[[], Choices], info: str | None = None) -> Any:
        """A box to choose from what the store holds; the first choice stands in it."""
        offered = choices()
        picked = gr.Dropdown(offered, value=_first(offered), label=label, info=info)
        self.pickers.append((picked, choices))
        return picked

    def report_picker(self, label: str, none: str = "", info: str | None = None) -> Any:
        """A box to choose a report with; `none` is the choice of no report, where there is one."""
        first = [(none, "")] if none else []
        return self.picker(
            label, lambda: [*first, *((name, id_) for id_, name in self.names().items())], info
        )

    def names(self) -> dict[str, str]:
        """Report id -> what the desk calls it, by body and year."""
        named = report_names(self.cards(), self.page_words)
        return {id_: " ".join(part for part in parts if part) for id_, parts in named.items()}

    def refreshed(self) -> list[Any]:
        """An update for each picker, after reports came or went."""
        offered = [choices() for _, choices in self.pickers]
        return [gr.update(choices=choices, value=_first(choices)) for choices in offered]


def _first(choices: Choices) -> str | None:
    return choices[0][1] if choices else None


def html(name: str, value: str = "", script: str = "desk.js") -> Any:
    """A panel of our own markup whose buttons reach Python through `script`."""
    folder = _HERE if script == "desk.js" else _HERE.parent
    return gr.HTML(
        value,
        elem_id=name,
        js_on_load=(folder / script).read_text(encoding="utf-8"),
        apply_default_css=False,
    )


def whole(event: gr.EventData, name: str) -> int | None:
    """A small number that the browser sent along with an event; None if it is none."""
    given = str(getattr(event, name, ""))
    return int(given) if given.isdecimal() and len(given) < 10 else None
