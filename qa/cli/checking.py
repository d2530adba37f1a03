"""`check`: a text held against the reports, figure by figure."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.store import StoreOption, open_library, resolve

if TYPE_CHECKING:
    from index import Library
    from qa.check import Draft

_MOST = 12  # reports that a text is held against without naming them


def check(
    text: Annotated[str, typer.Argument(help="The text, or - to read it from standard input.")],
    report: Annotated[
        list[str] | None, typer.Option(help="Only this report (id or file name).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    store: StoreOption = None,
) -> None:
    """Say of every figure of a text whether the reports bear it out.

    Exits with 1 if the text may not be shown: a figure is wrong, unknown or contradicted.
    """
    from qa.check import check_draft
    from qa.ledger import Ledger

    said = sys.stdin.read() if text == "-" else text
    with open_library(store) as library:
        ids = resolve(library, report) if report else _named(library, said)
        draft = check_draft(said, [Ledger(library.report(id_)) for id_ in ids])
    if as_json:
        print(json.dumps(_record(draft), ensure_ascii=False, indent=1))
    else:
        for one in draft.figures:
            print(f"{one.judgement.ruling.value:<9} {one.written}  {one.judgement.reason}")
    if not draft.may_be_shown:
        raise typer.Exit(1)


def _named(library: Library, text: str) -> tuple[str, ...]:
    """The reports of the bodies that a text names, else all of them where they are few."""
    from qa.bodies import named_bodies

    cards = library.reports()
    bodies = {one.body for one in named_bodies(text.lower(), cards)}
    ids = tuple(c.id for c in cards if not bodies or c.identity.body in bodies)
    if len(ids) > _MOST:
        raise typer.BadParameter("the text names no body; say which report with --report")
    return ids


def _record(draft: Draft) -> dict[str, object]:
    figures = [
        {
            "written": one.written,
            "start": one.start,
            "end": one.end,
            "check": one.judgement.ruling.value,
            "reason": one.judgement.reason,
            "reason_en": one.judgement.reason_en,
        }
        for one in draft.figures
    ]
    return {"may_be_shown": draft.may_be_shown, "text": draft.text, "figures": figures}
