"""`audit`: what the reports of a store contradict themselves in."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from corpus.model import Outcome
from qa.cli.store import StoreOption, open_library, resolve


def audit(
    report: Annotated[
        list[str] | None, typer.Option(help="Only this report (id or file name).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print findings as JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Print what contradicts itself, one finding a line, and how many trials came out how."""
    from qa.audit import examine

    with open_library(store) as library:
        ids = resolve(library, report) if report else tuple(c.id for c in library.reports())
        verdicts = [verdict for id_ in ids for verdict in examine(library.report(id_))]
    findings = {verdict.finding: None for verdict in verdicts if verdict.finding}
    if as_json:
        print("[" + ",\n".join(finding.model_dump_json() for finding in findings) + "]")
        return
    for finding in findings:
        print(f"{finding.severity:<8} {finding.rule:<24} {finding.message}")
    counts = Counter(verdict.outcome for verdict in verdicts)
    tried = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome)
    typer.echo(f"{len(findings)} findings in {len(ids)} reports; trials: {tried}", err=True)
