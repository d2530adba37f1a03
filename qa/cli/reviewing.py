"""`feedback`: what readers said of answers, as gold questions in the making."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.store import StoreOption, chosen


def feedback(
    kept: Annotated[
        bool, typer.Option("--kept", help="Only what the staff marked as worth keeping.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Print gold candidates, one a line, for somebody to confirm or complete."""
    from qa.web.feedback import FeedbackStore, State
    from qa.web.service.desk import FEEDBACK_FILE

    path = chosen(store) / FEEDBACK_FILE
    if not path.exists():
        typer.echo("no feedback yet", err=True)
        return
    for candidate in FeedbackStore(path).export(state=State.KEPT if kept else None):
        print(candidate.model_dump_json())
