"""`audit`: what the reports of a store contradict themselves and each other in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from corpus.model import Outcome
from qa.cli.progress import bar
from qa.cli.store import StoreOption, open_library, resolve

if TYPE_CHECKING:
    from index import Library
    from qa.audit import Survey


def audit(
    report: Annotated[
        list[str] | None, typer.Option(help="Only this report (id or file name).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print findings as JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write a printable page with every trial to this file.")
    ] = None,
    untried: Annotated[
        bool, typer.Option("--untried", help="Also print what could not be checked, and why.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Print what contradicts itself, one finding a line, and how many trials came out how.

    Reports of consecutive years of one body are held against each other too.
    """
    with open_library(store) as library:
        surveys = _surveys(library, resolve(library, report) if report else None)
    if html is not None:
        from qa.audit import MAXIMS
        from qa.audit.page import render

        html.write_text(render(surveys, MAXIMS), encoding="utf-8")
    if as_json:
        findings = [f.model_dump(mode="json") for one in surveys for f in one.findings]
        print(json.dumps(findings, ensure_ascii=False, indent=1))
    else:
        _print(surveys, untried)
    typer.echo(_sum(surveys), err=True)


def _surveys(library: Library, ids: Sequence[str] | None) -> list[Survey]:
    from qa.audit import examine, survey_all

    held = [(card.id, card.identity) for card in library.reports()]
    wanted = frozenset(ids) if ids is not None else None
    found = []
    with bar(Console(stderr=True, highlight=False)) as progress:
        task = progress.add_task("audit", total=len(held) if wanted is None else len(wanted))
        for one in survey_all(held, library.report, examine, wanted):
            found.append(one)
            progress.update(task, advance=1, description=one.report[:24])
    return found


def _print(surveys: Sequence[Survey], untried: bool) -> None:
    for one in surveys:
        for finding in one.findings:
            name = f"{one.report}  " if len(surveys) > 1 else ""
            print(f"{finding.severity:<8} {finding.rule:<20} {name}{finding.message}")
        if untried:
            for tally in one.tallies:
                for reason, _, count in tally.reasons:
                    print(f"untried  {tally.rule:<20} {one.report}  {reason} ({count})")


def _sum(surveys: Sequence[Survey]) -> str:
    tried = ", ".join(
        f"{sum(one.count(outcome) for one in surveys)} {outcome}" for outcome in Outcome
    )
    findings = sum(len(one.findings) for one in surveys)
    seconds = sum(one.milliseconds for one in surveys) / 1000
    return f"{findings} findings in {len(surveys)} reports; trials: {tried}; {seconds:.1f} s"
