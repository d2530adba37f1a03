"""Questions that the report does not answer: other years, other bodies, other subjects."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.reports.asking.wordings import Asker, wordings
from benchmarks.reports.bodies import make_body
from benchmarks.reports.chart import chart
from benchmarks.reports.model import Question


def refusals(asker: Asker) -> Iterator[Question]:
    """Each has no answer in this report; a figure must not be offered."""
    made = asker.made
    for subject in ("基本支出", "项目支出"):
        text, lang = asker.word("other_year", far=made.year + 7, subject=subject)
        yield _refused(text, lang, "another year")
    other = make_body(made.seed + 500_017)
    text, lang = asker.word("other_body", other=other.name, subject="项目支出")
    yield _refused(text, lang, "another body")
    named = "".join(c.label for c in made.cells) + "".join(p.text for p in made.paragraphs)
    absent = [name for name in chart().items.values() if name not in named and len(name) > 4]
    text, lang = asker.word("absent", item=asker.chance.choice(absent))
    yield _refused(text, lang, "no such account")
    for lang, patterns in wordings().patterns["never"].items():
        yield _refused(asker.chance.choice(patterns), lang, "not a matter of reports")


def _refused(text: str, lang: str, why: str) -> Question:
    return Question(text, "unanswerable", lang, answerable=False, note=why)
