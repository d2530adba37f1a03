"""`reports`, `doctor`, `rebuild`: what the store holds and whether it is sound."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.store import StoreOption, open_library

if TYPE_CHECKING:
    from index import ReportCard

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def reports(as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List what the store holds."""
    with open_library(store) as library:
        cards = library.reports()
    if as_json:
        print(json.dumps([_record(card) for card in cards], ensure_ascii=False, indent=1))
        return
    for card in cards:
        _print_card(card)
    print(f"{len(cards)} reports")


def doctor(as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Try the store's invariants one by one; exits with 1 if one does not hold."""
    with open_library(store, adopt=True) as library:
        checks = library.doctor()
    if as_json:
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        for check in checks:
            remedy = f" {check.remedy}" if check.remedy else ""
            print(f"{'✓' if check.ok else '✗'} {check.name}: {check.message}{remedy}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def rebuild(store: StoreOption = None) -> None:
    """Make the vector and lexical indexes anew from SQL."""
    with open_library(store, adopt=True) as library:
        library.rebuild()
    print("rebuilt")


def _print_card(card: ReportCard) -> None:
    identity = card.identity
    print(f"{identity.title or identity.body}  [{identity.year} {identity.kind} {identity.level}]")
    print(f"  id {card.id}")
    print(f"  {card.tables} tables, {card.facts} facts, {card.open_cells} open cells")
    print(f"  from {', '.join(s.name for s in card.sources if not s.copy)}")
    for source in card.sources:
        if source.copy:
            print(f"  copy {source.name}")


def _record(card: ReportCard) -> dict[str, object]:
    return {
        "id": card.id,
        **asdict(card.identity),
        "sections": card.sections,
        "passages": card.passages,
        "tables": card.tables,
        "facts": card.facts,
        "open_cells": card.open_cells,
        "files": [source.name for source in card.sources if not source.copy],
        "copies": [source.name for source in card.sources if source.copy],
    }
