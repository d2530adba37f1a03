"""`ask`, `chat`, `batch`: questions from the command line, a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console

from qa.answer import Answer, Status
from qa.asking import AskingError, attempt
from qa.cli.display import show, show_plan
from qa.cli.store import StoreOption, open_assistant, open_library, resolve

if TYPE_CHECKING:
    from index import Library
    from qa import Assistant

ReportOption = Annotated[
    list[str] | None, typer.Option("--report", help="Only this report (id or file name).")
]


def ask(
    question: Annotated[str, typer.Argument(help="The question, in Chinese or English.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer record.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also show the plan and the time of each step.")
    ] = False,
    report: ReportOption = None,
    store: StoreOption = None,
) -> None:
    """Answer one question."""
    with open_library(store) as library:
        scope = resolve(library, report or ())
        explained = open_assistant(library).explain(question, reports=scope)
    if as_json:
        print(explained.answer.model_dump_json())
    else:
        show(explained.answer, Console(highlight=False))
    if explain:
        show_plan(explained, Console(stderr=as_json))


def chat(report: ReportOption = None, store: StoreOption = None) -> None:
    """Talk in the terminal; an empty line or Ctrl-D ends it."""
    console = Console(highlight=False)
    history: list[str] = []
    with open_library(store) as library:
        assistant, scope = open_assistant(library), resolve(library, report or ())
        while question := _prompt(console):
            show(assistant.ask(question, history=history, reports=scope), console)
            console.print()
            history.append(question)


def _prompt(console: Console) -> str:
    try:
        return console.input("[cyan]›[/cyan] ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


class BatchQuestion(BaseModel):
    """One line of a batch file. `turns` are earlier questions of the same conversation."""

    model_config = ConfigDict(frozen=True)

    id: str = ""
    question: str = Field(min_length=1)
    turns: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


def batch(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="Questions, one a line.")],
    target: Annotated[
        Path, typer.Argument(metavar="OUT.jsonl", help="Answer records, one a line.")
    ],
    store: StoreOption = None,
) -> None:
    """Answer a file of questions, one record a line, written as they come.

    A line that cannot be answered gets a refused record with a plain message, and the exit
    status is 1 at the end.
    """
    failures = 0
    with (
        open_library(store) as library,
        source.open(encoding="utf-8") as lines,
        target.open("w", encoding="utf-8") as out,
    ):
        assistant = open_assistant(library)
        for number, line in _numbered(lines):
            answer, failed = _answer_line(library, assistant, number, line)
            failures += failed
            out.write(answer.model_dump_json() + "\n")
            out.flush()
    if failures:
        typer.echo(f"{failures} questions could not be asked; see {target}", err=True)
        raise typer.Exit(1)


def _numbered(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    return ((n, line) for n, line in enumerate(lines, start=1) if line.strip())


def _answer_line(
    library: Library, assistant: Assistant, number: int, line: str
) -> tuple[Answer, bool]:
    from index import UnknownReport

    try:
        asked = BatchQuestion.model_validate_json(line)
    except ValidationError as error:
        problem = f"line {number} is not a question: {error.errors()[0]['msg']}"
        return _refusal(f"line-{number}", line.strip()[:200], problem), True
    try:
        scope = resolve(library, asked.reports)
        answer = attempt(assistant, asked.question, asked.turns, scope)
    except (AskingError, UnknownReport) as error:
        return _refusal(asked.id, asked.question, f"could not be asked: {error}"), True
    return answer.model_copy(update={"id": asked.id}), False


def _refusal(id_: str, question: str, problem: str) -> Answer:
    return Answer(id=id_, question=question, status=Status.REFUSED, answer=problem, language="en")
