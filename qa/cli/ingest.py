"""`ingest`: files and folders into the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from qa.cli.store import StoreOption, open_library
from qa.ingestion import Ingested, Limits, State, find_files, ingest_files


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders with published reports.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds to spend on one file.")] = 120.0,
    memory: Annotated[int, typer.Option(help="MiB of memory for reading one file.")] = 4096,
    store: StoreOption = None,
) -> None:
    """Read reports into the store; unchanged files are skipped, bad ones named.

    Exits with 1 if a file could not be read.
    """
    console = Console(stderr=as_json, highlight=False)
    files = find_files(paths)
    results: list[Ingested] = []
    with open_library(store) as library, _progress(console) as progress:
        task = progress.add_task("", total=len(files))
        for result in ingest_files(library, files, Limits(timeout, memory)):
            results.append(result)
            progress.console.print(_line(result), markup=False, soft_wrap=True)
            progress.update(task, advance=1, description=result.path.name[:24])
    if as_json:
        print(json.dumps([_record(r) for r in results], ensure_ascii=False, indent=1))
    else:
        console.print(_summary(results))
    if any(r.state is State.FAILED for r in results):
        raise typer.Exit(1)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _line(result: Ingested) -> str:
    if result.state is State.FAILED:
        return f"✗ {result.path}: {result.problem}. {result.remedy}"
    if result.state is State.UNCHANGED:
        return f"= {result.path.name}: already held"
    if result.state is State.COPY:
        return f"= {result.path.name}: shows what {result.report} shows, noted as its copy"
    joined = f" · part of {result.report}" if result.state is State.MERGED else ""
    return (
        f"✓ {result.title} · {result.year or '?'} · {result.kind} · {result.sections} sections · "
        f"{result.tables} tables · {result.facts} facts · {result.unsolved} unsolved cells · "
        f"{result.seconds:.1f} s{joined}"
    )


def _summary(results: list[Ingested]) -> Table:
    table = Table(title=f"{len(results)} files")
    for name in (*State, "tables", "facts", "unsolved", "seconds"):
        table.add_column(name, justify="right")
    counts = [str(sum(r.state is state for r in results)) for state in State]
    sums = [sum(getattr(r, name) for r in results) for name in ("tables", "facts", "unsolved")]
    table.add_row(*counts, *map(str, sums), f"{sum(r.seconds for r in results):.1f}")
    return table


def _record(result: Ingested) -> dict[str, object]:
    return {
        "path": str(result.path),
        "state": result.state,
        "report": result.report,
        "title": result.title,
        "year": result.year,
        "kind": result.kind,
        "sections": result.sections,
        "tables": result.tables,
        "facts": result.facts,
        "unsolved": result.unsolved,
        "notices": result.notices,
        "seconds": round(result.seconds, 3),
        "problem": result.problem,
        "remedy": result.remedy,
    }
