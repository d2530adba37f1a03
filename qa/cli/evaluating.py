"""`evaluate`: a gold set, scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from qa.asking import AskingError
from qa.cli.store import StoreOption, chosen, open_assistant, open_library, resolve
from qa.evaluation import (
    GoldError,
    GoldQuestion,
    Outcome,
    Result,
    Summary,
    Tally,
    ask_all,
    last_outcomes,
    load_gold,
    percent,
    summarise,
    write_run,
)

if TYPE_CHECKING:
    from index import Library


def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Gold files, one JSON object a line.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder for the records. [default: STORE/evaluation]")
    ] = None,
    fail_under: Annotated[
        float, typer.Option(min=0, max=100, help="Exit with 1 below this percentage of right.")
    ] = 0,
    only: Annotated[
        list[str] | None, typer.Option(help="Only questions whose id or kind is this.")
    ] = None,
    whole_store: Annotated[
        bool, typer.Option("--whole-store", help="Do not narrow to the gold's reports.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Ask a gold set and write the scores: terminal, results.jsonl, summary.json, report.html."""
    console = Console(highlight=False)
    questions = _load(gold, only or [])
    with open_library(store) as library:
        narrow = None if whole_store else _narrowing(library)
        running = ask_all(questions, open_assistant(library), narrow)
        told = Console(stderr=True)
        results = list(track(running, "asking", len(questions), console=told, transient=True))
    summary = summarise(results)
    _show(console, results, summary)
    folder = out or chosen(store) / "evaluation"
    _show_changes(console, results, last_outcomes(folder))
    write_run(folder, results, summary)
    console.print(f"written to {folder}/report.html", style="dim")
    if summary.overall.right_share * 100 < fail_under:
        raise typer.Exit(1)


def _load(paths: list[Path], only: list[str]) -> tuple[GoldQuestion, ...]:
    try:
        questions = load_gold(paths)
    except GoldError as error:
        raise typer.BadParameter(str(error)) from error
    chosen_ones = tuple(q for q in questions if not only or {q.id, q.kind} & set(only))
    if not chosen_ones:
        raise typer.BadParameter("no question has that id or kind")
    return chosen_ones


def _narrowing(library: Library) -> Callable[[Sequence[str]], tuple[str, ...]]:
    from index import UnknownReport

    def narrow(stems: Sequence[str]) -> tuple[str, ...]:
        try:
            return resolve(library, stems)
        except UnknownReport as error:
            raise AskingError(str(error)) from error

    return narrow


def _show(console: Console, results: Sequence[Result], summary: Summary) -> None:
    for result in results:
        if result.verdict.outcome is not Outcome.RIGHT:
            _show_failure(console, result)
    table = Table()
    for name in ("", "asked", "right", "wrong", "decl.", "failed", "bad no.", "right %"):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for tally in (*summary.by_kind, *summary.by_language):
        table.add_row(*_cells(tally))
    table.add_section()
    table.add_row(*_cells(summary.overall), style="bold")
    console.print(table)
    console.print(_facts(summary))


def _show_changes(console: Console, results: Sequence[Result], before: dict[str, Outcome]) -> None:
    """Name the questions, asked in both runs, that became right or stopped being right."""
    now = {r.gold.id: r.verdict.outcome for r in results if r.gold.id in before}
    gained = [i for i, o in now.items() if o is Outcome.RIGHT is not before[i]]
    lost = [i for i, o in now.items() if before[i] is Outcome.RIGHT is not o]
    if gained:
        console.print(f"right since the last run: {' '.join(gained)}", style="green")
    if lost:
        console.print(f"no longer right: {' '.join(lost)}", style="red")


def _show_failure(console: Console, result: Result) -> None:
    gold, verdict = result.gold, result.verdict
    turns = " → ".join((*gold.turns, gold.question))
    said = result.answer.answer if result.answer else ""
    console.print(
        Text.assemble(
            (f"{verdict.outcome} ", "red" if verdict.outcome is Outcome.WRONG else "yellow"),
            (f"{gold.id} {gold.kind} ", "bold"),
            turns,
            (f"\n    {'; '.join(verdict.reasons)}", "red"),
            (f"\n    {said}", "dim"),
        ),
        soft_wrap=True,
    )


def _cells(tally: Tally) -> tuple[str, ...]:
    counts = (tally.asked, tally.right, tally.wrong, tally.declined, tally.failed)
    share = f"{tally.right_share:.1%}"
    return tally.name, *map(str, counts), str(tally.wrong_numbers), share


def _facts(summary: Summary) -> str:
    low, high = summary.interval
    return "\n".join(
        (
            f"right {percent(summary.overall.right_share)} (95 % interval {low:.1%} to {high:.1%})"
            f" · wrong numbers {summary.overall.wrong_numbers}",
            f"right ones citing the evidence {percent(summary.cited)}"
            f" (its very sentence or row {percent(summary.cited_quote)})",
            f"refusal recall {percent(summary.refusal_recall)},"
            f" precision {percent(summary.refusal_precision)}"
            f" · clarify recall {percent(summary.clarify_recall)},"
            f" precision {percent(summary.clarify_precision)}",
            f"figures in text that the record does not list {summary.unchecked_figures}"
            f" · answers with broken markers {summary.broken_markers}",
            f"p50 {summary.p50_ms:.0f} ms · p95 {summary.p95_ms:.0f} ms",
        )
    )
