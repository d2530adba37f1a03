"""`audit`: what the reports of a store contradict themselves in."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.store import StoreOption, open_library, resolve


def audit(
    report: Annotated[
        list[str] | None, typer.Option(help="Only this report (id or file name).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print findings as JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Print what contradicts itself, one finding a line."""
    from qa.audit import audit_report

    library = open_library(store)
    ids = resolve(library, report) if report else tuple(c.id for c in library.reports())
    findings = [finding for id_ in ids for finding in audit_report(library.report(id_))]
    if as_json:
        print("[" + ",\n".join(finding.model_dump_json() for finding in findings) + "]")
        return
    for finding in findings:
        print(f"{finding.severity} {finding.rule}: {finding.message}")
