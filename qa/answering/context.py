"""What every handler works with: the plan, the reports in scope, and the way to write an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus import Kind
from index import Hit
from qa.answer import Answer, Status
from qa.audit import Verdict
from qa.compose import Writer
from qa.figures import Figure, Source, of_entry, resolve
from qa.gather import Want, want_of
from qa.names import core
from qa.plan import Mention, Plan
from qa.sentences import Sentences
from qa.vocabulary import by_key, display, roles


@dataclass(frozen=True)
class Context:
    """One question being answered. `sources` are the reports in scope, best first."""

    plan: Plan
    sources: tuple[Source, ...]
    writer: Callable[[], Writer]
    sentences: Callable[[str], Sentences]
    verdicts: Callable[[Source], tuple[Verdict, ...]]
    search: Callable[[Sequence[str], int], tuple[Hit, ...]]

    @property
    def agreeing(self) -> bool:
        """Whether the reports in scope are of one body and year: 部门 and 单位, text and tables."""
        identities = {
            (s.ledger.report.identity.body, s.ledger.report.identity.year) for s in self.sources
        }
        return len(identities) == 1

    @property
    def zh(self) -> bool:
        """Whether the asker is answered in Chinese."""
        return self.plan.utterance.language == "zh"

    @property
    def source(self) -> Source:
        """The report in scope where there is one; the first of several."""
        return self.sources[0]

    def want(self, mention: Mention | None = None) -> Want:
        """What the plan wants of an item."""
        return want_of(self.plan, mention)

    def called(self, figure_label: str, item: str) -> str:
        """An item's name in the asker's language, as the report labels it where it does."""
        label = clean(figure_label)
        unnamed = label in ("合计", "总计", "小计") or "/" in label or re.match(r"20\d\d", label)
        if unnamed and known(item):
            label = display(item)
        if self.zh:
            return label or display(item)
        english = display(item, "en")
        return f"{english} ({label})" if label and english != label else english or label

    def figure(self, source: Source, item: str, want: Want) -> Figure | None:
        """The figure of an item, or of the item that stands for it (roles.yaml, fallbacks)."""
        figure = resolve(source, item, want) or _inside(source, item, want)
        if figure is not None:
            return figure
        for name in roles().fallbacks.get(item, ()):
            figure = resolve(source, name, want)
            if figure is not None:
                return figure
        return _of_its_item(source, item, want)


def _inside(source: Source, item: str, want: Want) -> Figure | None:
    """The total of the statement that is of the item's money alone (roles.yaml, inside)."""
    total, money = roles().inside.get(item, ("", ""))
    if not total:
        return None
    figure = resolve(source, total, replace(want, keys=want.keys - {item} | {total, money}))
    own = figure is not None and figure.entry is not None and money in figure.entry.context
    return replace(figure, label=item_name(item, True)) if own and figure is not None else None


_OF_ITEMS = ("change", "rate", "prior", "executed")


def _of_its_item(source: Source, item: str, want: Want) -> Figure | None:
    """宣传事务（款）一般行政管理事务（项）: the only item below an account speaks for it."""
    if want.measure not in _OF_ITEMS or not source.is_budget:
        return None
    above = re.compile(rf"{re.escape(item)}(?:支出|事务)?[（(]\d*款[）)]")
    passages = [p.id for p in source.ledger.report.passages if above.search(p.text)]
    if len(passages) != 1:
        return None
    measure = "prior" if want.measure == "executed" else want.measure
    told = [e for e in source.ledger.of_passage(passages[0]) if e.value is not None]
    found = next((e for e in told if e.measure == measure), None)
    if found is None and measure == "change":
        found = next((e for e in told if e.measure == "rate"), None)
    return of_entry(found) if found is not None else None


def clean(label: str) -> str:
    """A label without its numbering: 八、社会保障和就业支出 -> 社会保障和就业支出."""
    stripped = core(label)
    at = label.replace(" ", "").find(stripped)
    return label.replace(" ", "")[at:] if at >= 0 else label


def subject_words(writer: Writer, source: Source, named: bool, year: int | None = None) -> Writer:
    """Who and when: the opening of an answer, with the body only where the question names it.

    `year` is given where the figure is not of the report's own year.
    """
    identity = source.ledger.report.identity
    if named:
        writer.name(identity.body)
        writer.say("", " ")
    if identity.year:
        if writer.language == "zh":
            writer.year(year or identity.year).say("度" if identity.kind is Kind.FINAL else "")
        else:
            writer.say("", "In ").year(year or identity.year).say("", ", ")
    return writer


def answered(writer: Writer) -> Answer:
    """The finished answer."""
    return writer.answer(Status.ANSWERED)


def refused(writer: Writer) -> Answer:
    """A finished refusal: no figure is offered."""
    return writer.answer(Status.REFUSED)


def item_name(item: str, zh: bool) -> str:
    """How an item is called in the asker's language."""
    return display(item, "zh" if zh else "en")


def known(item: str) -> bool:
    """Whether the vocabulary knows the item."""
    return item in by_key()
