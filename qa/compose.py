"""The only place that turns findings into words: a figure is a slot, nothing else prints a digit.

`Writer.say` refuses text with a digit in it; names, years, quotations and figures have doors of
their own, each tied to the place in a report that it comes from. A citation number is assigned
here, from the evidence, once per place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus import Report, convert, find_quantities
from qa.answer import Answer, CheckedBy, Citation, Derivation, Number, Operand, Status
from qa.check import agreeing, confirm
from qa.figures import Figure, Step, rounded
from qa.language import Language, Utterance
from qa.ledger import CellPlace, Ledger, Place, SpanPlace

_DIGIT = re.compile(r"\d")
_MANY_CITATIONS = 6  # an answer with so many sources needs no further ones
_READABLE = 10_000  # from here on an amount in 元 is also said in 万元
_SENTENCE_END = re.compile(r"[。；！？]")


class StrayDigitError(ValueError):
    """Composed text held a digit that is not in a slot; the answer must not be shown."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports that an answer may cite, and their ledgers, by id."""

    get: Callable[[str], Report]
    ledger: Callable[[str], Ledger]


class Writer:
    """Builds one answer, keeping numbers and citations in step with the text."""

    def __init__(self, utterance: Utterance, reports: Reports) -> None:
        self.utterance = utterance
        self.language: Language = utterance.language
        self._reports = reports
        self._parts: list[str] = []
        self._numbers: list[Number] = []
        self._citations: list[Citation] = []
        self._places: dict[tuple[str, Place], int] = {}
        self._derivation: Derivation | None = None
        self.suggestions: list[str] = []

    # --- text -------------------------------------------------------------------------------

    def say(self, zh: str, en: str | None = None) -> Writer:
        """Plain words in the asker's language. Raises StrayDigitError if they hold a digit."""
        text = zh if self.language == "zh" or en is None else en
        if _DIGIT.search(text):
            raise StrayDigitError(text)
        self._parts.append(text)
        return self

    def name(self, label: str) -> Writer:
        """A name as a report prints it (公开06表, 基本支出)."""
        self._parts.append(label)
        return self

    def year(self, year: int | None) -> Writer:
        """A fiscal year; nothing where it is unknown."""
        if year:
            self._parts.append(f"{year}年" if self.language == "zh" else f"{year}")
        return self

    def counted(self, count: int, unit: str) -> Writer:
        """A number of things that the code itself counted."""
        self._parts.append(f"{count}{unit}" if self.language == "zh" else f"{count} ({unit})")
        self._numbers.append(
            Number(value=Decimal(count), unit=unit, check=CheckedBy.COMPUTED, citation=None)
        )
        return self

    # --- figures ----------------------------------------------------------------------------

    def figure(self, figure: Figure, *, signed: bool = False, cite: bool = True) -> Writer:
        """A figure's value and unit with its citation; a blank says so."""
        if figure.value is None:
            return self.blank(figure)
        value = abs(figure.value) if not signed and _told_by_words(figure) else figure.value
        mark = self._cite_figure(figure) if cite else None
        self._parts.append(self._amount(value, figure))
        check = self._checked(figure)
        self._numbers.append(Number(value=value, unit=figure.unit, check=check, citation=mark))
        if mark is not None:
            self._mark(mark)
            self._corroborate(figure)
        if figure.step is not None and self._derivation is None:
            self._derivation = self._derive(figure, figure.step)
        return self

    def _checked(self, figure: Figure) -> CheckedBy:
        entry = figure.entry
        if figure.check is not CheckedBy.PROSE or entry is None:
            return figure.check
        return confirm(self._reports.ledger(entry.report), entry)

    def stated(self, text: str, place: tuple[str, Place] | None, check: CheckedBy) -> Writer:
        """Record the figures of a sentence that code composed elsewhere (the audit)."""
        mark = self.cite(*place) if place else None
        known = {(n.value, n.unit) for n in self._numbers}
        for found in find_quantities(text):
            value, unit = abs(found.quantity.value), found.quantity.unit
            if (value, unit) not in known:
                self._numbers.append(Number(value=value, unit=unit, check=check, citation=mark))
        return self

    def told(self, figures: Sequence[Figure]) -> Writer:
        """Record figures that a verbatim sentence just stated, with their citations."""
        for figure in figures:
            if figure.value is not None:
                mark = self._cite_figure(figure)
                self._numbers.append(
                    Number(
                        value=abs(figure.value), unit=figure.unit, check=figure.check, citation=mark
                    )
                )
        return self

    def blank(self, figure: Figure) -> Writer:
        """What a blank cell says: nothing is printed there."""
        self.say(
            "无（表中该项为空）" if figure.check is CheckedBy.TABLE else "无",
            "none (the table shows nothing there)" if figure.check is CheckedBy.TABLE else "none",
        )
        mark = self._cite_figure(figure)
        if mark is not None:
            self._mark(mark)
            self._corroborate(figure)
        return self

    def _amount(self, value: Decimal, figure: Figure) -> str:
        if figure.unit == "%" and figure.step is not None and figure.entry is None:
            return self._percentage(value)
        self._record_conversion(value, figure)
        text = f"{as_printed(value, figure)}{figure.unit}"
        return text + self._conversion(value, figure.unit)

    def _percentage(self, value: Decimal) -> str:
        """Two places, and one where that reads better; both are the same quotient."""
        fine, coarse = rounded(value, 2), rounded(value, 1)
        if fine == coarse:
            return f"{written(plain(coarse))}%"
        return (
            f"{written(fine)}%（约{coarse}%）"
            if self.language == "zh"
            else f"{written(fine)}% (about {coarse}%)"
        )

    def _record_conversion(self, value: Decimal, figure: Figure) -> None:
        """The readable rounding of an amount in 元 is printed too, so it is listed too."""
        if figure.unit == "元" and abs(value) >= _READABLE:
            small = rounded(convert(value, "元", "万元"), 2)
            mark = self._cite_figure(figure)
            check = CheckedBy.COMPUTED if figure.entry is None else figure.check
            self._numbers.append(Number(value=small, unit="万元", check=check, citation=mark))

    def _conversion(self, value: Decimal, unit: str) -> str:
        if self.language == "en" and unit in ("万元", "亿元"):
            return f" ({plain(convert(value, unit, '元')):,f} yuan)"
        if unit == "元" and abs(value) >= _READABLE:
            small = rounded(convert(value, unit, "万元"), 2)
            return f"（约{small:,f}万元）" if self.language == "zh" else f" (about {small:,f}万元)"
        return ""

    def _derive(self, figure: Figure, step: Step) -> Derivation:
        operands = tuple(
            Operand(
                label=o.label or "—",
                value=o.value if o.value is not None else Decimal(0),
                unit=o.unit,
                citation=self._cite_figure(o),
            )
            for o in step.operands
        )
        names = {letter: o.label for letter, o in zip("abcdefghij", operands, strict=False)}
        formula = re.sub(r"\b[a-j]\b", lambda m: names.get(m.group(0), m.group(0)), step.formula)
        return Derivation(formula=formula, operands=operands, result=figure.value or Decimal(0))

    def working(self, figure: Figure) -> Writer:
        """The calculation with its values: （450.20 ÷ 500.00）."""
        if figure.step is None:
            return self
        operands = figure.step.operands
        parts = dict(zip("abcdefghij", operands, strict=False))
        shown = re.sub(
            r"\b[a-j]\b",
            lambda m: _operand(parts[m.group(0)]),
            figure.step.formula,
        )
        self._parts.append(f"（{shown}）" if self.language == "zh" else f" ({shown})")
        for operand in _printed(operands):
            mark = self._cite_figure(operand)
            if mark is not None:
                self._mark(mark)
                self._corroborate(operand)
        return self

    # --- citations --------------------------------------------------------------------------

    def quote(self, report: str, place: SpanPlace, zh_quotes: bool = True) -> Writer:
        """A stretch of a report, verbatim, in quotation marks, with its citation."""
        text = self._reports.get(report).passages[place.passage].text[place.start : place.end]
        self._parts.append(f"“{text.strip()}”" if zh_quotes else text.strip())
        self._mark(self.cite(report, place))
        self._check_quoted(report, place)
        return self

    def _check_quoted(self, report: str, place: SpanPlace) -> None:
        """The figures inside a quotation are checked and recorded like any other."""
        for entry in self._reports.ledger(report).within(place):
            if entry.value is not None:
                check = confirm(self._reports.ledger(report), entry)
                mark = self.cite(report, place)
                self._numbers.append(
                    Number(value=abs(entry.value), unit=entry.unit, check=check, citation=mark)
                )

    def note(self, report: str, table: int, text: str) -> Writer:
        """A note under a table, verbatim, with its citation."""
        self._parts.append(f"“{text}”")
        notes = self._reports.get(report).tables[table].notes
        key = (report, note_place(table, notes.index(text) if text in notes else 0))
        if key not in self._places:
            self._citations.append(self._note_citation(report, table, text))
            self._places[key] = len(self._citations) - 1
        self._mark(self._places[key])
        return self

    def cite(self, report: str, place: Place) -> int:
        """The index of the citation for a place; the same place keeps its number."""
        key = (report, self._sentence_of(report, place))
        if key not in self._places:
            self._citations.append(self._citation(*key))
            self._places[key] = len(self._citations) - 1
        return self._places[key]

    def mark(self, report: str, place: Place) -> Writer:
        """Cite a place at this point of the text."""
        self._mark(self.cite(report, place))
        return self

    def _mark(self, index: int) -> None:
        marker = f"[{index + 1}]"
        if not self._parts or not self._parts[-1].endswith(marker):
            self._parts.append(marker)

    def _corroborate(self, figure: Figure) -> None:
        """Cite where else the report says the same: another statement, a sentence."""
        entry = figure.entry
        if entry is None or len(self._citations) > _MANY_CITATIONS:
            return
        for other in agreeing(self._reports.ledger(entry.report), entry):
            self._mark(self.cite(other.report, other.place))

    def _cite_figure(self, figure: Figure) -> int | None:
        entry = figure.entry
        return self.cite(entry.report, entry.place) if entry is not None else None

    def _sentence_of(self, report: str, place: Place) -> Place:
        """A figure inside a sentence is cited by its sentence."""
        if isinstance(place, CellPlace):
            return place
        text = self._reports.get(report).passages[place.passage].text
        return SpanPlace(place.passage, *sentence_bounds(text, place.start, place.end))

    def _citation(self, report_id: str, place: Place) -> Citation:
        report = self._reports.get(report_id)
        if isinstance(place, SpanPlace):
            return span_citation(report, place)
        return cell_citation(report, place)

    def _note_citation(self, report_id: str, table_id: int, text: str) -> Citation:
        report = self._reports.get(report_id)
        table = report.tables[table_id]
        return Citation(
            report=report.id,
            title=report.identity.title or report.id,
            year=report.identity.year,
            section=" › ".join(report.path(table.section)),
            table=table.name,
            page=table.page,
            quote=text,
        )

    # --- result -----------------------------------------------------------------------------

    def answer(self, status: Status) -> Answer:
        """The finished record."""
        refused = status is Status.REFUSED
        return Answer(
            question=self.utterance.raw,
            status=status,
            answer="".join(self._parts).strip(),
            language=self.language,
            numbers=() if refused else tuple(self._numbers),
            citations=tuple(self._citations),
            derivation=None if refused else self._derivation,
            suggestions=tuple(dict.fromkeys(self.suggestions))[:4],
        )

    @property
    def empty(self) -> bool:
        """Whether nothing has been said yet."""
        return not self._parts

    def lines(self, count: int = 1) -> Writer:
        """Line breaks between the parts of an answer."""
        self._parts.append("\n" * count)
        return self


def written(value: Decimal) -> str:
    """A value with thousands separators, its places as they are."""
    return f"{value:,f}"


def _printed(operands: Sequence[Figure]) -> list[Figure]:
    """The printed figures behind operands: a sum among them stands for its summands."""
    found: list[Figure] = []
    for operand in operands:
        if operand.entry is None and operand.step is not None:
            found += _printed(operand.step.operands)
        elif all(operand.entry != other.entry for other in found):
            found.append(operand)
    return found


def _operand(figure: Figure) -> str:
    """An operand as a calculation shows it; a negative one stands in brackets."""
    value = figure.value or Decimal(0)
    text = f"{written(value)}{figure.unit}"
    return f"（{text}）" if value < 0 else text


def as_printed(value: Decimal, figure: Figure) -> str:
    """The value as the report prints it where that is the same number, else with separators."""
    text = figure.entry.text if figure.entry is not None else ""
    digits = re.match(r"[\d,]+(?:\.\d+)?", text)
    if digits and Decimal(digits.group(0).replace(",", "")) == value:
        return digits.group(0)
    return written(value)


def plain(value: Decimal) -> Decimal:
    """Without trailing zeros after the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence (ended by 。；！？) around a stretch of `text`."""
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    after = _SENTENCE_END.search(text, max(end - 1, 0))
    return begin, after.end() if after else len(text)


def note_place(table: int, position: int) -> CellPlace:
    """The place of a note under a table, by its position among them."""
    return CellPlace(table, -1, -1 - position)


def span_citation(report: Report, place: SpanPlace) -> Citation:
    """The citation of a stretch of a passage."""
    passage = report.passages[place.passage]
    return Citation(
        report=report.id,
        title=report.identity.title or report.id,
        year=report.identity.year,
        section=" › ".join(report.path(passage.section)),
        page=passage.page,
        quote=passage.text[place.start : place.end].strip(),
    )


def cell_citation(report: Report, place: CellPlace) -> Citation:
    """The citation of a cell; its quote is the row as the table has it."""
    table = report.tables[place.table]
    row = table.rows[place.row]
    shown = [row.code, row.label, *(c.text for c in table.row_cells(place.row)), *row.unplaced]
    return Citation(
        report=report.id,
        title=report.identity.title or report.id,
        year=report.identity.year,
        section=" › ".join((*report.path(table.section), table.title)),
        table=" ".join(dict.fromkeys(t for t in (table.number, table.title) if t)),
        row=row.label,
        column=table.columns[place.column].label,
        page=row.page or table.page,
        quote=" ".join(t for t in shown if t),
    )


def joined(words: Sequence[str], language: Language) -> str:
    """A list of names as the language joins them."""
    return "、".join(words) if language == "zh" else ", ".join(words)


def _told_by_words(figure: Figure) -> bool:
    """Whether 减少 or 增加 says the sign: of a movement, printed or computed, not of an amount."""
    if figure.step is not None:
        inner = (o.step.formula for o in figure.step.operands if o.step is not None)
        return any("−" in formula for formula in (figure.step.formula, *inner))
    return figure.entry is None or figure.entry.measure in ("change", "rate")
