"""Why: the reason that the report gives, after the premise of the question has been checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import Claim, Kind, Measure, Reason, Report
from qa.answering.asked import Question
from qa.gather import basis_kind
from qa.ledger import CellPlace, Place, SpanPlace
from qa.names import core
from qa.plan import LOOSE, Mention
from qa.sentences import spans
from qa.vocabulary import by_key, key_of, roles
from qa.wording import wording

_ENOUGH = 2.0  # the score of a reason that is surely about the account that was named
_NAMED = 1.2  # the least for a reason without other words of the question: it names the item
_ABOUT = 0.6  # the share of the needs that a reason without a named account must cover
_WINDOW = 160
_REASON_ROW = re.compile(r"原因|偏差")
_REMARK = re.compile(r"备注|说明")
_ON = re.compile(r"^(?:同时|此外|另外|二是|三是|其次|较上|并且?|也|以及|另|相应|从而)")
_MOVES = re.compile(r"增加|减少|下降|增长|上升|压减|节约|降低|提高|新增|取消")
_MARKS = re.compile(r"[“”\s]")
# What stands behind a name that is the subject of its sentence, and not one of several in it.
_SUBJECT = re.compile(
    r"^(?:[（(]\d*[类款项][）)]|[”。])*(?:预算|支出|收入|决算|经费|资金|总额|总计|金额|费用|合计|执行)*"
    r"(?:数|额)?(?:未|没|较|比|为|是|共|约|[，,：:。]|的(?:主要)?原因|\d|减少|增加|下降|增长|小于|大于|低于|高于|$)"
)
_TOTALS = (
    "grand.total",
    "expenditure.total",
    "income.total",
    "fiscal.grand.total",
    "expenditure.fiscal",
    "income.fiscal",
    "fund.general.expenditure",
    "fund.general",
)
_OTHER_SIDE = {"income": "expenditure", "expenditure": "income"}
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?=\s*(?:万|亿|%|元|人|个|辆))")


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason with what it explains: `window` are the words before it, `keys` their items.

    `own` is its subject as the report names it, `basis` and `direction` what it compares with and
    which way that went.
    """

    place: Place
    text: str
    window: str
    heading: str
    keys: frozenset[str]
    own: str
    basis: str
    direction: str

    @property
    def said(self) -> str:
        """All that is said around and in the reason, without quotation marks."""
        return _MARKS.sub("", self.heading + self.own + self.window + self.text)


# --- the reasons of a report ----------------------------------------------------------------------


def causes_of(report: Report) -> list[Cause]:
    """Every marked reason of the report, in the text and in tables that have room for reasons."""
    claims: dict[int, list[Claim]] = {}
    for claim in report.claims:
        claims.setdefault(claim.passage, []).append(claim)
    return [*_of_text(report, claims), *_of_cells(report)]


def _of_text(report: Report, claims: dict[int, list[Claim]]) -> Iterable[Cause]:
    earlier: dict[int, int] = {}
    for given in report.reasons:
        start = max(earlier.get(given.passage, 0), given.start - _WINDOW)
        before = [c for c in claims.get(given.passage, ()) if start <= c.start < given.start]
        yield _cause(report, given, start, before)
        earlier[given.passage] = given.end


def _of_cells(report: Report) -> Iterable[Cause]:
    for table in report.tables:
        for cell in table.cells:
            if cell.value is not None or len(cell.text) < 6:
                continue
            row, column = table.rows[cell.row].label, table.columns[cell.column].label
            remark = _REMARK.search(row + column) and wording().causes.search(cell.text)
            if _REASON_ROW.search(row + column) or remark:
                place = CellPlace(table.id, cell.row, cell.column)
                keys = frozenset({key_of(row)})
                yield Cause(place, cell.text, row, table.title, keys, row, "", "")


def _cause(report: Report, given: Reason, start: int, before: Sequence[Claim]) -> Cause:
    text = report.passages[given.passage].text
    end = _continued(text, given.end)
    moved = [c for c in before if c.measure in (Measure.CHANGE, Measure.RATE, Measure.COMPLETION)]
    subjects = [given.subject, *(c.subject for c in (moved[-1:] or before[-1:]))]
    window = text[start : given.start]
    heading = "".join(report.path(report.passages[given.passage].section)[-2:])
    return Cause(
        SpanPlace(given.passage, given.start, end),
        text[given.start : end],
        window,
        heading,
        frozenset(key_of(s) for s in subjects if s),
        given.subject,
        _basis(report, window, moved),
        _direction(window, moved),
    )


def _continued(text: str, end: int) -> int:
    """The end of a reason that goes on in the next sentence (同时…，较上年减少了…支出等)."""
    rest = text[end:]
    skip = len(rest) - len(rest.lstrip("。；，"))
    following = next(iter(spans(rest[skip:])), (0, 0))
    ahead = rest[skip:][: following[1]]
    goes_on = _ON.match(ahead) and _MOVES.search(ahead) and not re.search(r"\d", ahead)
    return end + skip + len(ahead.rstrip("。；")) if goes_on else end


def _basis(report: Report, window: str, moved: Sequence[Claim]) -> str:
    if report.identity.kind is Kind.BUDGET:
        return "prior"
    last = moved[-1] if moved else None
    if last is not None and last.measure is Measure.COMPLETION:
        return "budget"
    if last is not None and last.basis:
        return basis_kind(last.basis, report.identity.year)
    said = window[-50:]
    if re.search(r"上年|上一年|去年|同期|同比", said):
        return "prior"
    return "budget" if "预算" in said else ""


def _direction(window: str, moved: Sequence[Claim]) -> str:
    last = moved[-1].quantity if moved else None
    if last is not None and moved[-1].measure is Measure.COMPLETION:
        return "down" if last.value < 100 else "up" if last.value > 100 else "flat"
    if last is not None and last.value != 0:
        return "down" if last.value < 0 else "up"
    said = window[-30:]
    fell, rose = (
        re.search(p, said) for p in (r"减少|下降|小于|低于|不足", r"增加|增长|大于|高于|超")
    )
    if fell and not rose:
        return "down"
    flat = "flat" if "持平" in said or "一致" in said else ""
    return "up" if rose and not fell else flat


# --- choosing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A reason with the question that it answers; `part` where it explains only a part of it."""

    question: Question
    cause: Cause
    part: bool = False


def best_cause(questions: Sequence[Question]) -> Reasoned | None:
    """The reason that fits best: of the item itself, else of nothing named, else of a part."""
    for choose in (_own_score, _part_score):
        best: tuple[float, Reasoned] | None = None
        for question in questions:
            for cause in causes_of(question.source.ledger.report):
                score = choose(question, cause)
                if score > (best[0] if best else 0.0):
                    best = (score, Reasoned(question, cause, choose is _part_score))
        if best is not None:
            return best[1]
    return None


def sure_mentions(question: Question) -> list[Mention]:
    """The items that the question names outright; else those of loose links and weak words."""
    plan = question.context.plan
    totals = [m for m in plan.mentions if m.item in _TOTALS]
    named = plan.strong or (totals if question.beyond else plan.mentions)
    return [m for m in named if m.via not in LOOSE] or list(named)


def _own_score(question: Question, cause: Cause) -> float:
    """How well a reason fits; 0 where it is about something else."""
    mentions = sure_mentions(question)
    if not question.beyond and all(m.item == _TOTALS[0] for m in mentions):
        return _total_score(question, cause)
    weak = all(m.weak for m in mentions)
    about = 0.0 if weak and question.beyond else _most_about(mentions, cause)
    beyond = question.sentences.coverage(cause.said, question.beyond)
    if about < _ENOUGH and question.beyond:
        if about and beyond < _ABOUT * 0.75:
            return 0.0
        if not about and question.sentences.coverage(cause.said, question.needs) < _ABOUT:
            return 0.0
    if about < _NAMED and not question.beyond:
        return 0.0
    return about + _fit(question, cause) + beyond


def _most_about(mentions: Sequence[Mention], cause: Cause) -> float:
    return max((_about(m, cause) for m in mentions), default=0.0)


def _total_score(question: Question, cause: Cause) -> float:
    """为什么减少, of nothing in particular: the reason of the total, the broadest first."""
    plan = question.context.plan
    if not (plan.direction or plan.measure):
        return 0.0
    rank = next((i for i, total in enumerate(_TOTALS) if total in cause.keys), None)
    if rank is None:
        return 0.0
    return max(0.0, 2.0 - 0.1 * rank + _fit(question, cause))


def _part_score(question: Question, cause: Cause) -> float:
    """The reason of a part (公车购置) where its whole (三公) has none and both moved alike."""
    parts = {p for m in sure_mentions(question) for p in _parts(m.item)}
    asked = question.context.plan.direction
    if not parts & cause.keys or (asked and cause.direction != asked):
        return 0.0
    return 1.0 + _fit(question, cause) + question.sentences.coverage(cause.said, question.beyond)


def _parts(item: str) -> set[str]:
    direct = set(roles().parts.get(item, ()))
    return direct | {p for d in direct for p in roles().parts.get(d, ())}


def _about(mention: Mention, cause: Cause) -> float:
    """3 for the reason's own subject, less for names in its sentence, its heading, its words."""
    if mention.item in cause.keys:
        return 3.0 if key_of(cause.own) == mention.item else 2.8
    if set(roles().fallbacks.get(mention.item, ())) & cause.keys and mention.item not in _TOTALS:
        return 2.6
    names = names_of(mention)
    window, heading = _MARKS.sub("", cause.window), _MARKS.sub("", cause.heading)
    if any(_is_subject(window, name) for name in names):
        return 2.4
    if any(
        re.search(rf"{re.escape(n)}(?:支出|预算|费用?|[（(]项[）)]|情况|说明)*$", heading)
        for n in names
    ):
        return 2.0
    if any(_MARKS.sub("", cause.text).startswith(n) for n in names):
        return 2.0  # X发放量不足，主要是…: in a form the reason names its subject itself
    if any(n in window for n in names):
        return 1.0
    return 1.2 if _follows(_MARKS.sub("", cause.text), names) else 0.0


def _follows(text: str, names: Sequence[str]) -> bool:
    """Whether the reason's own words first say what happened and then name the item."""
    for sentence in re.split(r"[。；;]", text):
        at = min((sentence.find(n) for n in names if n in sentence), default=-1)
        if at >= 0 and len(sentence[:at].rpartition("，")[0]) >= 4:
            return True
    return False


def headed(heading: str, names: Sequence[str]) -> bool:
    """Whether a heading ends in one of the names: 住房公积金（项）支出."""
    ending = r"(?:支出|预算|费用?|[（(]\d*[类款项][）)]|情况|说明)*$"
    return any(re.search(re.escape(n) + ending, heading) for n in names)


def _is_subject(window: str, name: str) -> bool:
    return any(_SUBJECT.match(window[m.end() :]) for m in re.finditer(re.escape(name), window))


def names_of(mention: Mention) -> list[str]:
    """The names by which an item may stand in a sentence, without quotation marks."""
    concept = by_key().get(mention.item)
    names = [core(n) for n in concept.names] if concept else [core(mention.item)]
    if not mention.surface.isascii() and not mention.weak:
        names.append(mention.surface)
    return list(dict.fromkeys(_MARKS.sub("", n) for n in names if len(n) >= 2))


def _fit(question: Question, cause: Cause) -> float:
    """Whether basis, direction and the figures that the question repeats are the reason's."""
    plan = question.context.plan
    score = 0.0
    if plan.basis in ("budget", "prior") and cause.basis and not question.source.is_budget:
        score += 0.6 if cause.basis == plan.basis else -0.9
    if plan.direction and cause.direction:
        score += 0.3 if cause.direction == plan.direction else -0.5
    sides = {"income": "收入", "expenditure": "支出"}
    own, other = sides.get(plan.side, ""), sides.get(_OTHER_SIDE.get(plan.side, ""), "")
    if plan.side and (own in cause.own) != (other in cause.own):
        score += 0.4 if own in cause.own else -0.8
    return score + 0.8 * _repeated(question, cause)


def _repeated(question: Question, cause: Cause) -> int:
    """How many of the question's figures stand in the words that the reason explains."""
    said = cause.window.replace(",", "")
    figures = _FIGURE.findall(question.context.plan.utterance.text)
    return sum(_states(said, f.replace(",", "")) for f in figures)


def repeats(found: Reasoned) -> bool:
    """Whether the question repeats a figure of what the reason explains."""
    return _repeated(found.question, found.cause) > 0


def _states(text: str, figure: str) -> bool:
    return bool(re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d]|\.\d)", text))
