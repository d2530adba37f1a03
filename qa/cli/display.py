"""An answer on a terminal: its text, its checked numbers, its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.pretty import Pretty
from rich.text import Text

from qa.answer import Answer, CheckedBy, Citation, Derivation, Number, Status

if TYPE_CHECKING:
    from qa import Explained

_BADGES = {
    "zh": {
        CheckedBy.TABLE: "表",
        CheckedBy.COMPUTED: "算",
        CheckedBy.PROSE: "文",
        CheckedBy.CONFLICT: "矛盾",
    },
    "en": {
        CheckedBy.TABLE: "table",
        CheckedBy.COMPUTED: "computed",
        CheckedBy.PROSE: "prose",
        CheckedBy.CONFLICT: "conflict",
    },
}
_COLOURS = {
    CheckedBy.TABLE: "green",
    CheckedBy.COMPUTED: "cyan",
    CheckedBy.PROSE: "yellow",
    CheckedBy.CONFLICT: "red",
}
_HEADINGS = {
    "zh": {"numbers": "数字核对", "sources": "出处", "sum": "怎么算的", "more": "还可以问"},
    "en": {
        "numbers": "Numbers checked",
        "sources": "Sources",
        "sum": "How it was computed",
        "more": "You could also ask",
    },
}
_TONES = {Status.ANSWERED: "bold", Status.CLARIFY: "bold yellow", Status.REFUSED: "yellow"}


def show(answer: Answer, console: Console) -> None:
    """Print the answer in its own language; report text is printed as text, never as markup."""
    console.print(Text(answer.answer, style=_TONES[answer.status]))
    words = _HEADINGS[answer.language]
    _block(console, words["numbers"], [_number(n, answer.language) for n in answer.numbers])
    if answer.derivation:
        _block(console, words["sum"], list(_derivation(answer.derivation)))
    sources = [_citation(i, c) for i, c in enumerate(answer.citations, start=1)]
    _block(console, words["sources"], sources)
    _block(console, words["more"], [Text(f"· {s}") for s in answer.suggestions])


def show_plan(explained: Explained, console: Console) -> None:
    """Print what the question was understood as, and the milliseconds of each step."""
    console.print()
    console.print(Pretty(explained.plan))
    for step, spent in explained.steps:
        console.print(Text(f"{step:<10} {spent:8.2f} ms", style="dim"))


def _block(console: Console, heading: str, lines: list[Text]) -> None:
    if not lines:
        return
    console.print()
    console.print(Text(heading, style="dim"))
    for line in lines:
        console.print(Text("  ") + line, soft_wrap=True)


def _number(number: Number, language: str) -> Text:
    badge = _BADGES[language][number.check]
    source = f" [{number.citation + 1}]" if number.citation is not None else ""
    return Text.assemble(
        (f"{badge} ", _COLOURS[number.check]), f"{number.value:f}{number.unit}{source}"
    )


def _derivation(derivation: Derivation) -> Iterator[Text]:
    yield Text(f"{derivation.formula} = {derivation.result:f}")
    for operand in derivation.operands:
        source = f" [{operand.citation + 1}]" if operand.citation is not None else ""
        yield Text(f"{operand.label}: {operand.value:f}{operand.unit}{source}")


def _citation(number: int, citation: Citation) -> Text:
    parts = (citation.title, citation.section, citation.table, citation.row, citation.column)
    page = f" · p. {citation.page}" if citation.page else ""
    address = " · ".join(part for part in parts if part) + page
    return Text.assemble((f"[{number}] ", "cyan"), address, (f"\n      {citation.quote}", "italic"))
