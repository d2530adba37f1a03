"""The verbs, gathered under one name."""

from __future__ import annotations

import sys

import typer

from qa.cli import asking, auditing, checking, evaluating, facts, ingest, reviewing, serving, upkeep
from qa.cli.store import StoreOption, remember

app = typer.Typer(
    name="juewen",
    help="决问 Juewen: questions about public final accounts and budgets, every number checked.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def common(store: StoreOption = None) -> None:
    """决问 Juewen: questions about public final accounts and budgets, every number checked."""
    remember(store)


app.command()(ingest.ingest)
app.command()(upkeep.reports)
app.command()(asking.ask)
app.command()(asking.chat)
app.command()(asking.batch)
app.command()(facts.facts)
app.command()(auditing.audit)
app.command()(checking.check)
app.command()(evaluating.evaluate)
app.command()(serving.serve)
app.command()(serving.mcp)
app.command()(reviewing.feedback)
app.command()(upkeep.doctor)
app.command()(upkeep.rebuild)


def run() -> None:
    """Run one verb; what its user can mend is said in one line, without a traceback."""
    from index import StoreError

    try:
        app()
    except StoreError as error:
        print(f"juewen: {error}", file=sys.stderr)
        raise SystemExit(1) from error
