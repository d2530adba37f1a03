"""Why: the reason that the report gives, after the premise of the question has been checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus import Claim, Kind, Measure, Reason, Report
from qa.answer import Answer
from qa.answering import refuse
from qa.answering.asked import Question
from qa.answering.context import Context, answered, refused, subject_words
from qa.answering.quoting import quote_place, quote_span
from qa.compose import Writer
from qa.figures import Figure, Source, of_entry
from qa.gather import Want, basis_kind, candidates
from qa.ledger import PLAIN, CellPlace, Place, SpanPlace
from qa.names import core
from qa.plan import LOOSE, Mention
from qa.sentences import Sentence, says, spans
from qa.vocabulary import by_key, key_of
from qa.wording import wording

_ENOUGH = 2.0  # the score of a reason that is surely about the account that was named
_ABOUT = 0.6  # the share of the needs that a reason without a named account must cover
_ACTION = 0.62  # and a sentence that says what something is done for
_WINDOW = 160
_REASON_ROW = re.compile(r"原因|偏差|说明")
_ON = re.compile(r"^(?:同时|此外|另外|二是|三是|其次|较上|并且?|也|以及|另|相应|从而)")
_MOVES = re.compile(r"增加|减少|下降|增长|上升|压减|节约|降低|提高|新增|取消")
_CHAINED = re.compile(r"[（(][类款][）)](?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason with what it explains: `window` are the words before it, `keys` their items."""

    place: Place
    text: str
    window: str
    heading: str
    keys: frozenset[str]
    own: str
    basis: str
    direction: str


def reason(context: Context) -> Answer | None:
    """Why something changed or is done; a refusal that says so where no reason is given."""
    found = _best_of(context)
    if found is not None:
        return _answer(context, *found)
    wrong = _contradicted(context)
    if wrong is not None:
        return wrong
    for source in context.sources:
        action = _action(Question(context, source))
        if action is not None:
            return action
    return _unexplained(context)


# --- the reasons of a report ----------------------------------------------------------------------


def causes_of(report: Report) -> tuple[Cause, ...]:
    """Every marked reason of the report, in the text and in tables that have a row for reasons."""
    claims: dict[int, list[Claim]] = {}
    for claim in report.claims:
        claims.setdefault(claim.passage, []).append(claim)
    found = list(_of_text(report, claims))
    for table in report.tables:
        for cell in table.cells:
            label = table.rows[cell.row].label + table.columns[cell.column].label
            if cell.value is None and len(cell.text) >= 6 and _REASON_ROW.search(label):
                row = table.rows[cell.row].label
                place = CellPlace(table.id, cell.row, cell.column)
                keys = frozenset({key_of(row)})
                found.append(Cause(place, cell.text, row, table.title, keys, row, "", ""))
    return tuple(found)


def _of_text(report: Report, claims: dict[int, list[Claim]]) -> Iterable[Cause]:
    earlier: dict[int, int] = {}
    for given in report.reasons:
        text = report.passages[given.passage].text
        start = max(earlier.get(given.passage, 0), given.start - _WINDOW)
        before = [c for c in claims.get(given.passage, ()) if start <= c.start < given.start]
        yield _cause(report, given, text, start, before)
        earlier[given.passage] = given.end


def _cause(report: Report, given: Reason, text: str, start: int, before: Sequence[Claim]) -> Cause:
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
    return "up" if rose and not fell else "flat" if "持平" in said or "一致" in said else ""


# --- choosing -------------------------------------------------------------------------------------


def _best_of(context: Context) -> tuple[Question, Cause] | None:
    best: tuple[float, Question, Cause] | None = None
    for source in context.sources:
        question = Question(context, source)
        for cause in causes_of(source.ledger.report):
            score = _score(question, cause)
            if score > (best[0] if best else 0.0):
                best = (score, question, cause)
    return best[1:] if best else None


def _score(question: Question, cause: Cause) -> float:
    """How well a reason fits; 0 where it is about something else."""
    plan = question.context.plan
    surroundings = cause.heading + cause.window + cause.own + cause.text
    mentions = [m for m in plan.strong or plan.mentions if m.via not in LOOSE or not plan.strong]
    about = max((_about(m, cause) for m in mentions), default=0.0)
    beyond = question.sentences.coverage(surroundings, question.beyond)
    if about < _ENOUGH:
        if not question.beyond or (about and beyond < _ABOUT * 0.75):
            return about if about >= 1.0 and not question.beyond else 0.0
        if not about and question.sentences.coverage(surroundings, question.needs) < _ABOUT:
            return 0.0
    return about + _fit(question, cause) + beyond


def _about(mention: Mention, cause: Cause) -> float:
    """3 for the reason's own subject, less for names in its sentence, its heading, its words."""
    if mention.item in cause.keys:
        return 3.0 if key_of(cause.own) == mention.item else 2.8
    names = names_of(mention)
    last = _CHAINED.split(cause.window)[-1]
    if any(name in last for name in names):
        return 2.2
    if any(cause.heading.endswith(n) or f"{n}（" in cause.heading[-24:] for n in names):
        return 2.0
    return 1.2 if any(name in cause.text for name in names) else 0.0


def names_of(mention: Mention) -> list[str]:
    """The names by which an item may stand in a sentence."""
    concept = by_key().get(mention.item)
    names = [core(n) for n in concept.names] if concept else [core(mention.item)]
    if not mention.surface.isascii():
        names.append(mention.surface)
    return list(dict.fromkeys(n for n in names if len(n) >= 2))


def _fit(question: Question, cause: Cause) -> float:
    plan = question.context.plan
    budget = question.source.is_budget
    score = 0.0
    if plan.basis in ("budget", "prior") and cause.basis and not budget:
        score += 0.6 if cause.basis == plan.basis else -0.9
    if plan.direction and cause.direction:
        score += 0.3 if cause.direction == plan.direction else -0.5
    return score


# --- the premise ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Movement:
    """How an item moved: its figures and which way (up, down, flat)."""

    mention: Mention
    amount: Figure | None
    change: Figure | None
    rate: Figure | None
    basis: str
    direction: str


def _movement(context: Context, source: Source, basis: str) -> Movement | None:
    mention = next(
        (m for m in context.plan.strong or context.plan.mentions if m.via not in LOOSE), None
    )
    if mention is None:
        return None
    want = replace(context.want(mention), units=frozenset(), side="", basis="")
    change = context.figure(source, mention.item, want.measuring("change", basis))
    rate = _printed(source, mention.item, want.measuring("rate", basis))
    moved = change if change is not None and change.value is not None else rate
    if moved is None or moved.value is None:
        return None
    amount = context.figure(source, mention.item, want.measuring(PLAIN))
    direction = "flat" if moved.value == 0 else "up" if moved.value > 0 else "down"
    return Movement(mention, amount, change, rate, basis, direction)


def _printed(source: Source, item: str, want: Want) -> Figure | None:
    found = candidates(source.ledger, item, want)
    return of_entry(found[0].entry) if found else None


def _contradicted(context: Context) -> Answer | None:
    """The figures where they show that what the question takes for granted did not happen."""
    asked = context.plan.direction
    if not asked or not context.sources:
        return None
    bases = (context.plan.basis,) if context.plan.basis else ("prior", "budget")
    moves = [m for b in bases if (m := _movement(context, context.source, b)) is not None]
    if not moves or any(m.direction == asked for m in moves):
        return None
    writer = context.writer()
    _write_movement(context, context.source, writer, moves[0])
    return answered(writer)


def _write_movement(context: Context, source: Source, writer: Writer, moved: Movement) -> None:
    """What happened, from the figures; a wrong direction in the question is corrected."""
    change = moved.change or moved.rate
    if change is None or change.value is None:
        return
    subject_words(writer, source, context.plan.scope.named_body)
    label = moved.amount.label if moved.amount is not None else ""
    writer.name(context.called(label, moved.mention.item))
    if moved.amount is not None and moved.amount.value is not None:
        writer.say("为", ": ").figure(moved.amount)
    writer.say("，", ", ")
    _correct(context, writer, moved)
    base = change.entry.basis if change.entry else ""
    writer.say("较", "against ").name(base or _base_name(moved.basis, context.zh)).say("", " ")
    if change.value == 0:
        writer.say("没有变化", "unchanged").figure(change)
    else:
        fell = change.value < 0
        if moved.change is not None:
            writer.say("减少" if fell else "增加", "down by " if fell else "up by ")
            writer.figure(moved.change)
        if moved.rate is not None and moved.rate.value:
            writer.say("，" if moved.change else "", ", " if moved.change else "")
            writer.say("下降" if fell else "增长", "down " if fell else "up ").figure(moved.rate)
    writer.say("。", ". ")


def _base_name(basis: str, zh: bool) -> str:
    names = {"budget": ("预算", "the budget"), "prior": ("上年", "the year before")}
    return names.get(basis, ("", ""))[0 if zh else 1]


def _correct(context: Context, writer: Writer, moved: Movement) -> None:
    asked = context.plan.direction
    if not asked or asked == moved.direction:
        return
    if moved.basis == "budget" and asked == "up":
        writer.say("并没有超预算：", "it did not exceed the budget: ")
    elif asked == "up":
        writer.say("并没有增加：", "it did not rise: ")
    else:
        writer.say("并没有减少：", "it did not fall: ")


# --- writing --------------------------------------------------------------------------------------


def _answer(context: Context, question: Question, cause: Cause) -> Answer:
    plan = context.plan
    writer = context.writer()
    source = question.source
    other = plan.basis in ("budget", "prior") and cause.basis and cause.basis != plan.basis
    if other and not source.is_budget and not _same_way(context, source):
        return _other_basis(context, cause)
    moved = _movement(context, source, cause.basis or plan.basis or "prior")
    if moved is not None and moved.mention.item in cause.keys:
        _write_movement(context, source, writer, moved)
    writer.say("报告给出的原因：", "The reason that the report gives: ")
    quote_place(writer, source.ledger.report, cause.place)
    return answered(writer.say("。", "."))


def _same_way(context: Context, source: Source) -> bool:
    """Whether the item moved as the question says on the basis that it names."""
    moved = _movement(context, source, context.plan.basis)
    return moved is None


def _other_basis(context: Context, cause: Cause) -> Answer:
    """The report explains the other comparison only: said so, with the reason that it gives."""
    writer = context.writer()
    asked, given = ("上年", "年初预算") if context.plan.basis == "prior" else ("年初预算", "上年")
    writer.say(f"报告未说明与{asked}相比的原因；", "The report does not explain that comparison; ")
    writer.say(f"它只说明了与{given}相比的原因：", "it only explains the other one: ")
    quote_place(writer, context.source.ledger.report, cause.place)
    return answered(writer.say("。", "."))


def _unexplained(context: Context) -> Answer | None:
    """No reason is given: said so, after what the figures show."""
    if not context.sources:
        return None
    if not any(m.via not in LOOSE for m in context.plan.strong):
        return refuse.not_said(context)
    writer = context.writer()
    writer.say("报告未说明", "The report does not say why ")
    mention = next(m for m in context.plan.strong if m.via not in LOOSE)
    writer.name(context.called("", mention.item))
    writer.say("变动的原因。", " changed.")
    return refused(writer)


# --- what something is done for -------------------------------------------------------------------


def _action(question: Question) -> Answer | None:
    """Where something is done rather than changed: the sentence about it that says what for."""
    if not question.beyond:
        return None
    book = wording()
    for match in question.matches[:4]:
        if match.coverage < _ACTION or match.own < _ACTION * 0.6:
            break
        sentence = match.sentence
        chosen = _with_purpose(question, sentence)
        if chosen is not None:
            writer = question.context.writer().say("报告写道：", "The report says: ")
            quote_span(writer, question.source.ledger.report, chosen)
            return answered(writer)
        if book.causes.search(sentence.text):
            writer = question.context.writer().say("报告写道：", "The report says: ")
            quote_span(writer, question.source.ledger.report, (sentence,))
            return answered(writer)
    return None


def _with_purpose(question: Question, sentence: Sentence) -> tuple[Sentence, ...] | None:
    """The sentence if it says what for, with the next one where only that does."""
    purposes = wording().purposes
    clauses = re.split(r"[，；。：]", sentence.text)
    apart = [c for c in clauses if purposes.search(c)]
    new = [c for c in apart if not any(says(c, n) for n in question.beyond)]
    if sentence.passage is None:
        return (sentence,) if apart else None
    siblings = question.sentences.of_passage(sentence.passage)
    at = siblings.index(sentence)
    following = siblings[at + 1] if at + 1 < len(siblings) else None
    goes_on = following is not None and not wording().ordinals.match(following.text)
    if not new and goes_on and following is not None and purposes.search(following.text):
        return (sentence, following)
    return (sentence,) if apart else None
