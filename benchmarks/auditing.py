"""The audit measured: time, false alarms and planted errors found, over reports that never were.

    python benchmarks/auditing.py [--reports 500] [--errors 5] [--times 1000] [--out FILE.json]

Every report is made, written, read as a published file is, and then broken: one to `--errors`
errors (a cell, an amount, a plan, a change, a rate, a share, a completion, a unit, a direction,
a year, a list) are planted in what was read. An error counts as found if the audit cites its
place in something that it did not say of the report as made.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.reports import LAYOUTS, make, write
from corpus import Report, read_report
from qa.audit import audit_report, examine
from tests.qa.test_audit_planted import (
    PLANTERS,
    Place,
    new_findings,
    places_changed,
    points_at,
    reread,
)

_FIRST = 5000  # seeds of the reports measured, apart from those that tests use


@dataclass
class Measured:
    """Counts over all reports; `alarms` are the findings on clean ones."""

    reports: Counter[str] = field(default_factory=Counter)
    alarms: list[str] = field(default_factory=list)
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--errors", type=int, default=5)
    parser.add_argument("--times", type=int, default=0, help="audit so many reports for the time")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    measured = Measured()
    reports = []
    for number in range(options.reports):
        layout = sorted(LAYOUTS)[number % len(LAYOUTS)]
        report = made(_FIRST + number, layout)
        reports.append(report)
        measure(measured, report, layout, random.Random(number), options.errors)
    result = summary(measured)
    if options.times:
        result["seconds_all"] = round(timed(reports, options.times), 1)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    if options.out:
        details = {**result, "alarm_texts": measured.alarms, "missed": measured.missed}
        options.out.write_text(json.dumps(details, ensure_ascii=False, indent=1))


def made(seed: int, layout: str) -> Report:
    """A made-up report as it comes back from its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{layout}-{seed}.{LAYOUTS[layout].formats[0]}"
        write(make(seed, layout), path)
        return reread(read_report(path))


def measure(
    measured: Measured, report: Report, layout: str, chance: random.Random, most: int
) -> None:
    """One report: its alarms as made, then the errors planted in it."""
    began = time.perf_counter()
    alarms = audit_report(report)
    measured.milliseconds.append((time.perf_counter() - began) * 1000)
    measured.reports[layout] += 1
    measured.alarms += [f"{report.id} {f.rule}: {f.message}" for f in alarms]
    changed = report
    errors: list[tuple[str, Place]] = []
    for kind in chance.sample(list(PLANTERS), chance.randint(1, most)):
        next_ = PLANTERS[kind](changed, chance)
        if next_ is not None and next_ != changed:
            errors += [(kind, place) for place in places_changed(changed, next_)]
            changed = next_
    said = new_findings(report, changed)
    for kind, place in errors:
        measured.planted[kind] += 1
        if any(points_at(finding, place) for finding in said):
            measured.found[kind] += 1
        else:
            measured.missed.append(f"{report.id} {kind} {place}: {_shown(changed, place)}")


def _shown(report: Report, place: Place) -> str:
    kind, first, row, column = place
    if kind == "text":
        return report.passages[first].text[:160]
    table = report.tables[first]
    cell = table.cell(row, column)
    label = table.rows[row].label
    return f"{table.title} {label} {table.columns[column].label} {cell.text if cell else ''}"


def summary(measured: Measured) -> dict[str, object]:
    """The measures by name."""
    times = sorted(measured.milliseconds)
    planted, found = measured.planted.total(), measured.found.total()
    return {
        "reports": dict(measured.reports),
        "false_alarms_per_report": round(len(measured.alarms) / len(times), 3),
        "planted": planted,
        "found": found,
        "recall": round(found / planted, 4) if planted else None,
        "by_kind": {k: f"{measured.found[k]}/{n}" for k, n in sorted(measured.planted.items())},
        "ms_median": round(times[len(times) // 2], 1),
        "ms_most": round(times[-1], 1),
    }


def timed(reports: list[Report], count: int) -> float:
    """Seconds to audit `count` reports, those at hand over and over, on one core."""
    began = time.perf_counter()
    for number in range(count):
        examine(reports[number % len(reports)])
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
