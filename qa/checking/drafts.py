"""A free text held against the reports: every figure read, judged, and nothing else let through.

Sentences are read by the same reader as a report's own; the words of a figure's clause must all
be known. A text with one figure that is not borne out is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Claim, Measure, Passage
from corpus.claims import Setting, find_claims
from index import ReportCard
from qa.bodies import named_bodies
from qa.checking.confirming import confirm
from qa.checking.judge import judge
from qa.checking.naming import name_in
from qa.checking.numerals import numbers, ranges, spelt_out
from qa.checking.stated import Judgement, Precision, Ruling, Stated
from qa.checking.stated import Measure as Stating
from qa.checking.wording import draft_words
from qa.ledger import Ledger, SpanPlace
from qa.scope import resolve
from qa.vocabulary import by_key

_MARKER = re.compile(r"\[\d{1,2}\]|［\d{1,2}］|【\d{1,2}】")
_LISTED = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.、)）]|[#>]+)\s*")
_EMPHASIS = re.compile(r"\*\*|__|`")
_QUOTED = re.compile(r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”|「([^」]*)」")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年度?|财年|(?=决算|预算))")
_STOPS = "，,；;：:。！!？?"
_FAR = 6  # characters within which a word of precision belongs to a figure
_ADDRESS = re.compile(
    r"(?:中|里|的|，)*“(?P<row>[^“”]+)”(?:一?行|项)(?:的|，)?“(?P<column>[^“”]+)”(?:一?栏|列)(?:为|是|的?数?为|，)?\s*$"
)
_BEFORE_TABLE = "在的，,：: 根据按照"
_PLAIN = (Measure.AMOUNT, Measure.COUNT, Measure.BUDGET)
_MEASURES: dict[Measure, Stating] = {
    Measure.AMOUNT: "amount",
    Measure.COUNT: "amount",
    Measure.BUDGET: "budget",
    Measure.PRIOR: "prior",
    Measure.CHANGE: "change",
    Measure.RATE: "rate",
    Measure.COMPLETION: "completion",
    Measure.SHARE: "share",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure of a draft, where it stands in `Draft.text`, and what became of it."""

    start: int
    end: int
    written: str
    judgement: Judgement
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text after the check. `text` has its numerals in ASCII digits; offsets refer to it."""

    text: str
    figures: tuple[Judged, ...]

    @property
    def may_be_shown(self) -> bool:
        """Whether every figure may be repeated as true."""
        return all(one.judgement.may_be_shown for one in self.figures)


def check_draft(text: str, ledgers: Sequence[Ledger]) -> Draft:
    """Hold a text against the reports of `ledgers`, which it may name or leave out.

    A body or year that is named holds until another one is.
    """
    plain, offset, judged = spelt_out(text), 0, []
    reader = _Reader(ledgers)
    for line in plain.split("\n"):
        judged += [_moved(one, offset) for one in reader.line(line)]
        offset += len(line) + 1
    return Draft(plain, tuple(judged))


def _moved(one: Judged, by: int) -> Judged:
    return Judged(one.start + by, one.end + by, one.written, one.judgement, one.stated)


class _Reader:
    """Reads a draft line by line; keeps the body, year and account that later lines leave out."""

    def __init__(self, ledgers: Sequence[Ledger]) -> None:
        self._ledgers = ledgers
        self._cards = tuple(_card(ledger) for ledger in ledgers)
        self._labels = frozenset(
            row.label
            for x in ledgers
            for table in x.report.tables
            for row in table.rows
            if re.search(r"\d", row.label)
        )
        self._texts = tuple(p.text for x in ledgers for p in x.report.passages)
        self._body = ""
        self._year: int | None = None
        self._subject = ""
        self._whole = ""
        self._foreign = ""

    def line(self, line: str) -> Iterator[Judged]:
        """The figures of a line, judged."""
        blank = _blanked(line, (_MARKER, _LISTED, _EMPHASIS))
        quoted, rest = self._quotations(blank)
        yield from quoted
        taken = [(one.start, one.end) for one in quoted]
        spans = ranges(rest)
        for start, end in spans:
            yield _refused(rest, start, end, "范围不是报告中的数", "a range is no figure")
        taken += spans
        last = 0
        for claim in self._claims(self._without_labels(rest)):
            if _within(claim.start, taken):
                continue
            yield self._figure(rest, claim, last)
            taken.append((claim.start, claim.end))
            last = claim.end
        yield from self._strays(self._without_labels(rest), taken)

    def _without_labels(self, line: str) -> str:
        """The line with the digits of quoted row labels (“打印机（20万以下）”) masked."""
        return _QUOTED.sub(
            lambda m: re.sub(r"\d", "□", m[0]) if m[1] in self._labels else m[0], line
        )

    # --- quotations -----------------------------------------------------------------------------

    def _quotations(self, line: str) -> tuple[list[Judged], str]:
        """Verbatim sentences of a report: their figures are checked like any other."""
        found: list[Judged] = []
        for match in _QUOTED.finditer(line):
            said = match[1] or match[2] or ""
            if not numbers(said):
                continue
            place = self._verbatim(said)
            if place is None:
                continue
            found += self._quoted(match.start(1) if match[1] else match.start(2), *place)
            line = line[: match.start()] + "□" * len(match[0]) + line[match.end() :]
        return found, line

    def _verbatim(self, said: str) -> tuple[Ledger, SpanPlace] | None:
        wanted = "".join(said.split())
        for ledger in self._ledgers:
            for passage in ledger.report.passages:
                text = spelt_out(passage.text)
                at = text.find(wanted)
                if at >= 0 and text == passage.text:
                    return ledger, SpanPlace(passage.id, at, at + len(wanted))
        return None

    def _quoted(self, start: int, ledger: Ledger, place: SpanPlace) -> Iterator[Judged]:
        for entry in ledger.within(place):
            if entry.value is None or not isinstance(entry.place, SpanPlace):
                continue
            ruling = Ruling(confirm(ledger, entry).value)
            judgement = Judgement(
                ruling,
                _QUOTED_REASONS[ruling][0],
                _QUOTED_REASONS[ruling][1],
                ((entry.report, entry.place),),
            )
            at = start + entry.place.start - place.start
            yield Judged(at, at + len(entry.text), entry.text, judgement)

    # --- figures --------------------------------------------------------------------------------

    def _claims(self, line: str) -> tuple[Claim, ...]:
        bodies = tuple(n for c in self._cards for n in (c.identity.body, *c.identity.short_names))
        year = self._year or _only(c.identity.year for c in self._cards)
        found = find_claims(Passage(0, 0, line), "", Setting(year, bodies))
        return tuple(c for c in found if c.quantity is not None)

    def _figure(self, line: str, claim: Claim, last: int) -> Judged:
        judgement, stated = self._judgement(line, claim, last)
        return Judged(claim.start, claim.end, _text(line, claim), judgement, stated)

    def _judgement(self, line: str, claim: Claim, last: int) -> tuple[Judgement, Stated | None]:
        begin = max(line.rfind(mark, 0, claim.start) for mark in "。！!？?；;") + 1
        sentence, lead = line[begin : claim.start], line[max(begin, last) : claim.start]
        self._turn_to(sentence)
        if self._foreign:
            return _no(f"没有“{self._foreign}”的报告", f"no report of {self._foreign}"), None
        negated = draft_words().negation.search(sentence)
        if negated:
            return _no(f"“{negated[0]}”之后的数不是报告的数", "not stated as a fact"), None
        measure = _MEASURES.get(claim.measure)
        if measure is None or claim.quantity is None:
            return _no("看不出这个数说的是什么", "what it measures is not said"), None
        if "其中" in lead:
            self._whole = self._subject
        elif begin >= last:
            self._whole = ""
        at = self._addressed(lead, claim)
        if at is not None:
            return judge(at, self._ledgers), at
        stated = self._stated(lead, claim, measure, line, begin >= last)
        if not stated.account:
            return _no("没有写明是哪个科目的数", "the account is not named"), None
        if self._whole and not self._is_a_total(self._whole) and self._whole != stated.account:
            stated = stated.model_copy(update={"account": f"{self._whole}的{stated.account}"})
        return judge(stated, self._ledgers), stated

    def _is_a_total(self, subject: str) -> bool:
        """Whether a whole is one of the statements' totals, whose parts have names of their own."""
        items = {i for x in self._ledgers for i in name_in(subject, x, "amount").items}
        return all(item in by_key() and by_key()[item].id for item in items)

    def _addressed(self, lead: str, claim: Claim) -> Stated | None:
        """A statement that gives its address in full: 某表“某行”行“某栏”栏为…"""
        match = _ADDRESS.search(lead)
        if match is None or claim.quantity is None or claim.measure not in _PLAIN:
            return None
        table = self._without_scope(lead[: match.start()]).strip(_BEFORE_TABLE)
        return Stated(
            value=claim.quantity.value,
            unit=claim.quantity.unit,
            account=match["row"],
            column=match["column"],
            table=table,
            body=self._body,
            year=self._year,
            precision=_precision(lead, ""),
        )

    def _stated(self, lead: str, claim: Claim, measure: Stating, line: str, begins: bool) -> Stated:
        assert claim.quantity is not None
        subject = self._subject_of(lead, claim, measure, begins)
        self._subject = draft_words().cues[measure].sub("", subject)
        code = re.search(r"(?<!\d)[235]\d{2,6}(?!\d)", _YEAR.sub("", subject))
        return Stated(
            value=claim.quantity.value,
            unit=claim.quantity.unit or "万元",  # 持平 is a change of nothing
            account=subject,
            measure=measure,
            basis=claim.basis,
            code=code[0] if code else "",
            body=self._body,
            year=self._year if measure != "prior" else None,
            kind="",
            precision=_precision(lead, line[claim.end : claim.end + 3]),
            direction=_direction(lead) if measure == "amount" else 0,
        )

    def _subject_of(self, lead: str, claim: Claim, measure: Stating, begins: bool) -> str:
        """The words of the last clause that name an account, without what only says how much.

        实际支出 after 某项经费年初预算 names nothing new; the account is carried on.
        """
        clauses = [c for c in re.split(f"[{_STOPS}]", self._without_scope(lead)) if c.strip()]
        for clause in reversed(clauses):
            said = _without(clause, claim, measure)
            namings = [name_in(said, x, measure) for x in self._ledgers]
            if any(n.mentions and not (n.weak and self._subject and not begins) for n in namings):
                return said
            if clause is clauses[-1] and all(n.unknown for n in namings):
                return said
        return self._subject

    def _without_scope(self, lead: str) -> str:
        text = _YEAR.sub("", lead)
        for name in sorted((n for c in self._cards for n in _names(c)), key=len, reverse=True):
            text = text.replace(name, "")
        return text

    # --- who and when ---------------------------------------------------------------------------

    def _turn_to(self, sentence: str) -> None:
        """The body and year that a sentence names; the earlier ones where it names none."""
        named = named_bodies(sentence.lower(), self._cards)
        if named:
            self._body = named[0].body if len({n.body for n in named}) == 1 else ""
        scope = resolve(sentence.lower(), sentence, self._cards, self._texts).scope
        missing = scope.missing
        self._foreign = missing.asked if missing is not None and missing.what == "body" else ""
        years = [int(m[1]) for m in _YEAR.finditer(_BASIS.sub("", sentence))]
        if years:
            self._year = years[-1]

    def _strays(self, line: str, taken: Sequence[tuple[int, int]]) -> Iterator[Judged]:
        """Numbers that belong to no figure, year, table or code of the reports."""
        known = self._known_spans(line)
        for start, end in numbers(line):
            if not _within(start, taken) and not _within(start, known):
                yield _refused(
                    line, start, end, "这个数不在核对过的位置上", "a number that belongs to nothing"
                )

    def _known_spans(self, line: str) -> list[tuple[int, int]]:
        found = [m.span() for m in _YEAR.finditer(line) if self._is_year(int(m[1]))]
        names = [n for c in self._cards for n in _names(c)]
        for ledger in self._ledgers:
            for table in ledger.report.tables:
                names += [n for n in (table.number, table.title) if n]
                names += [f"（{r.code}）" for r in table.rows if r.code]
                names += [f"({r.code})" for r in table.rows if r.code]
        for name in set(names):
            found += [m.span() for m in re.finditer(re.escape(name), line)]
        return found

    def _is_year(self, year: int) -> bool:
        held = {c.identity.year for c in self._cards if c.identity.year}
        return bool(held & {year, year + 1})


_PRECISION = re.compile(
    r"(?:大约|约为|约|近|将近|接近|不到|不足|低于|少于|超过|超|逾|多于|高于|突破|大概|大致)+\s*$"
)
_BASIS = re.compile(r"(?:与|同|和|比|较)20\d\d年度?[^，。；]{0,12}")
_QUOTED_REASONS = {
    Ruling.TABLE: ("原文照录，与表相符", "quoted; a table has the same"),
    Ruling.COMPUTED: ("原文照录，重新计算相符", "quoted; worked out again, the same"),
    Ruling.PROSE: ("原文照录，只有正文这样写", "quoted; only the text says so"),
    Ruling.CONFLICT: ("原文如此，但报告另有不同的数", "quoted, but contradicted elsewhere"),
    Ruling.REJECTED: ("", ""),
}


def _without(clause: str, claim: Claim, measure: Stating) -> str:
    """A clause without what a change or share is compared with."""
    text = _PRECISION.sub("", clause)
    if measure in ("change", "rate", "completion", "share"):
        text = re.sub(r"(?:与|同|和|比|较|占)[^，。；]*$", "", text) if claim.basis else text
        text = re.sub(r"完成[^，。；]*$", "", text) if measure == "completion" else text
    return text.strip()


_ROSE = re.compile(r"(?:增加|增长|上升|提高|上涨|升|增)了?(?:到|至|为)[^，。；]*$")
_FELL = re.compile(r"(?:减少|下降|降低|压减|压缩|降|减)了?(?:到|至|为)[^，。；]*$")


def _direction(lead: str) -> Literal[-1, 0, 1]:
    """Whether an amount is said to have risen or fallen to what it is."""
    return 1 if _ROSE.search(lead) else -1 if _FELL.search(lead) else 0


def _precision(lead: str, tail: str) -> Precision:
    words, near = draft_words(), lead[-_FAR:]
    if words.about.search(near) or words.about.match(tail):
        return Precision.ABOUT
    if words.below.search(near) or words.below.match(tail):
        return Precision.BELOW
    if re.search(r"(?:超过|超|逾|多于|高于|突破)$", near) or words.above.match(tail):
        return Precision.ABOVE
    return Precision.EXACT


def _blanked(line: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        line = pattern.sub(lambda m: " " * len(m[0]), line)
    return line


def _refused(line: str, start: int, end: int, zh: str, en: str) -> Judged:
    return Judged(start, end, line[start:end], _no(zh, en))


def _no(zh: str, en: str) -> Judgement:
    return Judgement(Ruling.REJECTED, zh, en)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _text(line: str, claim: Claim) -> str:
    return line[claim.start : claim.end]


def _only(years: Iterator[int | None]) -> int | None:
    found = {year for year in years if year}
    return found.pop() if len(found) == 1 else None


def _names(card: ReportCard) -> tuple[str, ...]:
    identity = card.identity
    return tuple(filter(None, (identity.title, identity.body, *identity.short_names)))


def _card(ledger: Ledger) -> ReportCard:
    report = ledger.report
    return ReportCard(report.id, report.identity, report.sources, 0, 0, 0, 0, 0)
