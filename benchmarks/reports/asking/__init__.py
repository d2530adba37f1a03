"""Questions with answers, computed from the truth and from nothing that reads reports."""

from __future__ import annotations

from benchmarks.reports.asking.derived import derived
from benchmarks.reports.asking.facts import facts, index
from benchmarks.reports.asking.lookups import blanks, lookups
from benchmarks.reports.asking.refusals import refusals
from benchmarks.reports.asking.told import told
from benchmarks.reports.asking.wordings import Asker
from benchmarks.reports.model import Made, Question


def ask(made: Made) -> tuple[Question, ...]:
    """Everything that can be asked of a report, no wording twice."""
    asker, found = Asker(made), facts(made)
    known = index(found)
    asked = (
        *lookups(asker, found, known),
        *blanks(asker, found, known),
        *derived(asker, found, known),
        *told(asker),
        *refusals(asker),
    )
    return tuple({question.question: question for question in asked}.values())
