"""Answering why: the premise denied where the figures contradict it, then the reason given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answer import Answer
from qa.answering import refuse
from qa.answering.asked import Question
from qa.answering.context import Context, answered, clean, refused, subject_words
from qa.answering.quoting import quote_place, quote_span
from qa.answering.reasons import Cause, Reasoned, best_cause, repeats, sure_mentions
from qa.answering.remarks import remarked
from qa.compose import Writer
from qa.figures import Figure, Source, of_entry
from qa.gather import Want
from qa.ledger import PLAIN, Entry, SpanPlace
from qa.plan import LOOSE, Mention
from qa.sentences import Sentence, says
from qa.vocabulary import roles
from qa.wording import wording

_ACTION = 0.62  # the share of the needs that a sentence about what is done must cover
_OWN = 0.37  # and the share that it must say itself
_MOVED_BY = re.compile(r"(?:少|多|降|涨|增|减|升|砍|压|跌|加|下降|增加|减少|增长)了?\s*\d")
_OPEN = re.compile(r"哪|怎么|什么|啥|咋|\b(?:where|how|what)\b")
_COUNTS = re.compile(r"多少|几|百分之")
_BASES = {"prior": ("上年", "the year before"), "budget": ("预算", "the budget")}


def reason(context: Context) -> Answer | None:
    """Why something changed or is done; a refusal that says so where no reason is given."""
    questions = [Question(context, source) for source in context.sources]
    if not questions:
        return refuse.not_said(context)
    beside = remarked(context)
    if beside is not None:
        return beside
    found = best_cause(questions)
    sure = found is not None and _explains(found)
    if found is not None and sure and not _false(found.question, found.cause):
        return _answer(found)
    denied = _denied(questions[0], found)
    if denied is not None:
        return denied
    if found is not None:
        return _answer(found)
    for question in questions:
        action = _action(question)
        if action is not None:
            return action
    return _unexplained(context)


def premised(context: Context) -> Answer | None:
    """少了30万，都去哪了: a movement taken for granted, with its figure, asks for the reason."""
    plan = context.plan
    text = plan.utterance.text
    if plan.yesno or not _MOVED_BY.search(text) or not _OPEN.search(text) or _COUNTS.search(text):
        return None
    beside = remarked(context)
    if beside is not None:
        return beside
    found = best_cause([Question(context, source) for source in context.sources])
    return _answer(found) if found is not None and repeats(found) else None


# --- the premise ----------------------------------------------------------------------------------


def _explains(found: Reasoned) -> bool:
    """Whether the reason is given for the very item, not only in passing."""
    mentions = sure_mentions(found.question)
    return not mentions or bool({m.item for m in mentions} & found.cause.keys)


def _false(question: Question, cause: Cause) -> bool:
    """Whether the reason explains the opposite of what the question takes for granted."""
    asked = question.context.plan.direction
    return bool(asked and cause.direction and cause.direction != asked)


@dataclass(frozen=True, slots=True)
class Movement:
    """How an item moved against a basis: the figures, and which way (up, down, flat)."""

    mention: Mention
    amount: Figure
    change: Figure
    basis: str
    direction: str


def _denied(question: Question, found: Reasoned | None) -> Answer | None:
    """The figures where they show that what the question takes for granted did not happen."""
    asked = question.context.plan.direction
    if not asked:
        return None
    nothing = _nothing_there(question) if asked == "up" else None
    if nothing is not None:
        return nothing
    basis = question.context.plan.basis
    bases = (basis,) if basis in _BASES else tuple(_BASES)
    moves = [m for b in bases if (m := _movement(question, b)) is not None]
    unsure = basis not in _BASES and all(m.basis == "budget" for m in moves)
    if (
        not moves
        or (unsure and found is not None and not question.source.is_budget)
        or any(m.direction == asked for m in moves)
        or _printed_so(question, asked)
    ):
        return None
    writer = question.context.writer()
    _write_denial(question.context, question.source, writer, moves[0])
    if found is not None and found.cause.basis in ("", moves[0].basis):
        _write_cause(found, writer)
    return answered(writer)


def _nothing_there(question: Question) -> Answer | None:
    """An item that the table leaves empty did not grow."""
    context, source = question.context, question.source
    mention = next((m for m in sure_mentions(question) if m.via not in LOOSE), None)
    if mention is None or mention.weak:
        return None
    want = replace(context.want(mention).measuring(PLAIN), units=frozenset(), side="")
    figure = context.figure(source, mention.item, want)
    if figure is None or figure.entry is None or not figure.entry.blank:
        return None
    writer = subject_words(context.writer(), source, named=False)
    writer.name(context.called(figure.label, mention.item)).say("：", ": ").figure(figure)
    return answered(writer.say("，并没有增加。", "; it did not rise."))


def _movement(question: Question, basis: str) -> Movement | None:
    """The change of the first item that is named outright, printed or worked out."""
    context, source = question.context, question.source
    mention = next((m for m in sure_mentions(question) if m.via not in LOOSE), None)
    if mention is None:
        return None
    want = replace(context.want(mention), units=frozenset(), side="", basis="")
    change = context.figure(source, mention.item, want.measuring("change", basis))
    amount = context.figure(source, mention.item, want.measuring(PLAIN))
    if change is None or change.value is None or amount is None or amount.value is None:
        return None
    direction = "flat" if change.value == 0 else "up" if change.value > 0 else "down"
    return Movement(mention, amount, change, basis, direction)


def _printed_so(question: Question, asked: str) -> bool:
    """Whether some change or rate that the report prints of the item goes the way that is asked."""
    ledger = question.source.ledger
    entries = [e for m in sure_mentions(question) for e in ledger.of(m.item)]
    moved = [e.value for e in entries if e.measure in ("change", "rate") and e.value]
    return any((value > 0) == (asked == "up") for value in moved)


def _write_denial(context: Context, source: Source, writer: Writer, moved: Movement) -> None:
    """What happened instead, from the figures."""
    subject_words(writer, source, context.plan.scope.named_body)
    writer.name(context.called(moved.amount.label, moved.mention.item))
    writer.say("为", ": ").figure(moved.amount).say("，", ", ")
    _correct(context, writer, moved)
    if moved.basis == "budget":
        _write_budget(context, source, writer, moved)
    printed = moved.change.entry.basis if moved.change.entry else ""
    writer.say("较", "against ").name(printed or _BASES[moved.basis][0 if context.zh else 1])
    writer.say("", " ")
    if moved.direction == "flat":
        writer.say("没有变化", "unchanged").say("。", ". ")
        return
    fell = moved.direction == "down"
    writer.say("减少" if fell else "增加", "down by " if fell else "up by ").figure(moved.change)
    writer.say("。", ". ")


def _write_budget(context: Context, source: Source, writer: Writer, moved: Movement) -> None:
    want = _wanted(context, moved.mention)
    for measure, zh, en in (
        ("budget", "预算数为", "budget: "),
        ("completion", "完成率为", "completion: "),
    ):
        figure = context.figure(source, moved.mention.item, want.measuring(measure))
        if figure is not None and figure.value is not None:
            writer.say(zh, en).figure(figure).say("，", ", ")


def _wanted(context: Context, mention: Mention) -> Want:
    return replace(context.want(mention), units=frozenset(), side="", basis="")


def _correct(context: Context, writer: Writer, moved: Movement) -> None:
    asked = context.plan.direction
    if asked == "up" and moved.basis == "budget":
        writer.say("没有超预算：", "it did not exceed the budget: ")
    elif asked == "up":
        writer.say("并没有增加：", "it did not rise: ")
    elif moved.basis == "budget":
        writer.say("并没有低于预算：", "it did not fall short of the budget: ")
    else:
        writer.say("并没有减少：", "it did not fall: ")


# --- writing --------------------------------------------------------------------------------------


def _answer(found: Reasoned) -> Answer:
    context, cause = found.question.context, found.cause
    writer = context.writer()
    asked = context.plan.basis
    other = asked in _BASES and cause.basis in _BASES and cause.basis != asked
    if other and not found.question.source.is_budget:
        _write_other_basis(writer, asked)
    else:
        if _false(found.question, cause) and not found.part:
            fell = cause.direction == "down"
            writer.say(
                "并没有增加：" if fell else "并没有减少：",
                "it did not rise: " if fell else "it did not fall: ",
            )
        _write_premise(found, writer)
    _write_cause(found, writer)
    return answered(writer)


def _write_cause(found: Reasoned, writer: Writer) -> None:
    if found.part:
        writer.say("报告没有单独说明其原因，其中", "Not explained as a whole; of its parts, ")
        writer.name(clean(found.cause.own)).say("的原因：", ": ")
    else:
        writer.say("报告给出的原因：", "The reason that the report gives: ")
    quote_place(writer, found.question.source.ledger.report, found.cause.place)
    writer.say("。", ".")


def _write_other_basis(writer: Writer, asked: str) -> None:
    """The report explains the other comparison only: said so before its reason."""
    other = "budget" if asked == "prior" else "prior"
    zh, other_zh = _BASES[asked][0], _BASES[other][0]
    en, other_en = _BASES[asked][1], _BASES[other][1]
    writer.say(
        f"报告只说明了与{other_zh}相比的原因，未说明与{zh}相比的原因。",
        f"The report explains the change against {other_en} only, not against {en}. ",
    )


def _write_premise(found: Reasoned, writer: Writer) -> None:
    """What happened, in the figures that stand in the reason's own sentence."""
    cause, source = found.cause, found.question.source
    if not isinstance(cause.place, SpanPlace):
        return
    start = max(0, cause.place.start - len(cause.window))
    near = source.ledger.within(SpanPlace(cause.place.passage, start, cause.place.start))
    asked = {m.item for m in sure_mentions(found.question)} or cause.keys
    asked |= {i for m in asked for i in roles().fallbacks.get(m, ())}
    own = [e for e in near if e.item in cause.keys & asked and e.value is not None]
    moves = [e for e in own if e.measure in ("change", "rate", "completion")]
    if not moves:
        return
    amount = next((e for e in own if e.measure == PLAIN), None)
    writer.name(found.question.context.called(moves[0].label, moves[0].item))
    if amount is not None:
        writer.say("为", ": ").figure(of_entry(amount))
    basis = ""
    for entry in _each_measure(moves):
        writer.say("，", ", ")
        basis = _write_move(writer, entry, basis)
    writer.say("。", ". ")


def _each_measure(entries: Sequence[Entry]) -> list[Entry]:
    """The first of each measure, in order."""
    return list({e.measure: e for e in reversed(entries)}.values())[::-1]


def _write_move(writer: Writer, entry: Entry, said: str) -> str:
    """One movement with what it is against, unless that was said; returns what was said."""
    figure, value = of_entry(entry), entry.value or 0
    if entry.measure == "completion":
        writer.say("完成预算的", "completion ").figure(figure)
        return said
    if entry.basis and entry.basis != said:
        writer.say("较", "against ").name(entry.basis).say("", " ")
    words = ("减少", "down by ") if entry.measure == "change" else ("下降", "down ")
    rising = ("增加", "up by ") if entry.measure == "change" else ("增长", "up ")
    writer.say(*(words if value < 0 else rising)).figure(figure)
    return entry.basis or said


def _unexplained(context: Context) -> Answer:
    """No reason is given: said so."""
    mention = next((m for m in context.plan.strong if m.via not in LOOSE), None)
    if mention is None:
        return refuse.not_said(context)
    writer = context.writer().say("报告未说明", "The report does not say why ")
    writer.name(context.called("", mention.item)).say("变动的原因。", " changed.")
    return refused(writer)


# --- what something is done for -------------------------------------------------------------------


def _action(question: Question) -> Answer | None:
    """Where something is done rather than changed: the sentence about it that says what for."""
    if not question.beyond:
        return None
    for match in question.matches[:4]:
        if match.coverage < _ACTION or match.own < _OWN:
            break
        chosen = _with_purpose(question, match.sentence)
        if chosen is not None:
            writer = question.context.writer().say("报告写道：", "The report says: ")
            return answered(quote_span(writer, question.source.ledger.report, chosen))
    return None


def _with_purpose(question: Question, sentence: Sentence) -> tuple[Sentence, ...] | None:
    """The sentence if it says what for or why, with the next one where only that does."""
    book = wording()
    clauses = [c for c in re.split(r"[，；。：]", sentence.plain) if book.purposes.search(c)]
    new = [c for c in clauses if not any(says(c, n) for n in question.beyond)]
    alone = (sentence,) if clauses or book.causes.search(sentence.plain) else None
    if sentence.passage is None or new:
        return alone
    siblings = question.sentences.of_passage(sentence.passage)
    at = siblings.index(sentence)
    following = siblings[at + 1] if at + 1 < len(siblings) else None
    if following is None or book.ordinals.match(following.text):
        return alone
    return (sentence, following) if book.purposes.search(following.plain) else alone
