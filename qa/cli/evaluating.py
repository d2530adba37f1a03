"""`evaluate`: a gold set, scored."""

from __future__ import annotations

from collections.abc import Sequence
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
    Found,
    GoldError,
    GoldQuestion,
    Outcome,
    Result,
    Retrieval,
    Setting,
    Summary,
    Tally,
    ask_all,
    compare,
    interval,
    last_outcomes,
    load_gold,
    percent,
    summarise,
    unfounded,
    write_run,
)
from qa.evaluation.run import Narrow, Retrieve

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
    against: Annotated[
        Path | None, typer.Option(help="Compare with the run in this folder. [default: --out]")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Ask a gold set and write the scores: terminal, results.jsonl, summary.json, report.html."""
    console = Console(highlight=False)
    questions = _load(gold, only or [])
    with open_library(store) as library:
        setting = _setting(library, whole_store)
        _warn_of_quotes(library, questions, setting)
        running = ask_all(questions, open_assistant(library), setting)
        told = Console(stderr=True)
        results = list(track(running, "asking", len(questions), console=told, transient=True))
    summary = summarise(results)
    _show(console, results, summary)
    folder = out or chosen(store) / "evaluation"
    _show_changes(console, results, last_outcomes(against or folder))
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


def _setting(library: Library, whole_store: bool) -> Setting:
    narrowing = _narrowing(library)
    formats = {card.id: card.sources[0].format for card in library.reports() if card.sources}
    return Setting(
        narrow=None if whole_store else narrowing,
        locate=narrowing,
        retrieve=_retrieving(library),
        formats=lambda report: formats.get(report, ""),
    )


def _retrieving(library: Library) -> Retrieve:
    """Retrieval by the search alone: the question as it was typed, in the reports in scope."""
    from qa.evaluation.retrieving import searched

    def retrieve(question: GoldQuestion, reports: Sequence[str]) -> list[Found]:
        return searched(library, " ".join((*question.turns, question.question)), reports)

    return retrieve


def _warn_of_quotes(library: Library, questions: Sequence[GoldQuestion], setting: Setting) -> None:
    """Name the quotes that no report prints: such evidence can never be shown."""
    missing: list[str] = []
    for question in questions:
        try:
            held = setting.locate(question.reports) if setting.locate else ()
        except AskingError:
            continue  # the run names the report that is not held
        missing += unfounded((question,), [library.report(report) for report in held])
    for line in missing:
        typer.echo(f"not found in the report: {line}", err=True)


def _narrowing(library: Library) -> Narrow:
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
    change = compare(results, before)
    if change.gained:
        console.print(f"right since the last run: {' '.join(change.gained)}", style="green")
    if change.lost:
        console.print(f"no longer right: {' '.join(change.lost)}", style="red")
    if change.turned_wrong:
        console.print(f"wrong now: {' '.join(change.turned_wrong)}", style="red")
    if change.gained or change.lost:
        console.print(
            f"{len(change.gained)} gained, {len(change.lost)} lost of {change.both} pairs; "
            f"p = {change.chance:.3f} if both runs were equally good"
        )


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
    return "\n".join(
        (
            f"right {interval(summary.right)} · wrong numbers {summary.overall.wrong_numbers}",
            f"right ones citing the evidence {percent(summary.cited)}"
            f" (its very sentence or row {percent(summary.cited_quote)})",
            *_of_citations(summary),
            *_of_retrieval("retrieval", summary.retrieval),
            *_of_retrieval("retrieval of the very cell or sentence", summary.retrieval_cell),
            f"false premises corrected {interval(summary.premise_corrected)}"
            f" · derivations that replay {interval(summary.replayed)},"
            f" {summary.not_replayed} not tried",
            f"refusal recall {percent(summary.refusal_recall)},"
            f" precision {percent(summary.refusal_precision)}"
            f" · clarify recall {percent(summary.clarify_recall)},"
            f" precision {percent(summary.clarify_precision)}",
            f"figures in text that the record does not list {summary.unchecked_figures}"
            f" · answers with broken markers {summary.broken_markers}",
            f"p50 {summary.p50_ms:.0f} ms · p95 {summary.p95_ms:.0f} ms",
        )
    )


def _of_citations(summary: Summary) -> tuple[str, ...]:
    scores = summary.citations
    if scores is None:
        return ()
    parts = (
        f"{name} precision {percent(precision.value)}, recall {percent(recall.value)}"
        for name, precision, recall in (
            ("section", scores.section_precision, scores.section_recall),
            ("cell or sentence", scores.cell_precision, scores.cell_recall),
        )
    )
    return (f"citations: {' · '.join(parts)}",)


def _of_retrieval(name: str, scores: Retrieval | None) -> tuple[str, ...]:
    if scores is None:
        return ()
    hits = " / ".join(f"{s.value:.3f}" for s in (scores.hit1, scores.hit3, scores.hit5))
    mrr = scores.mrr10
    return (f"{name} (n {mrr.n}): hit@1/3/5 {hits} · MRR@10 {mrr.value:.3f}",)
