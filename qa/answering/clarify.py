"""Which of several reports is meant: chosen where it can be, asked back where it matters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Kind, Level
from qa.answer import Answer, Status
from qa.answering.context import Context
from qa.compose import Writer
from qa.ledger import Ledger
from qa.plan import Operation, Plan

_WHOLE = {Operation.INVENTORY, Operation.DECLINE}
_ACROSS = {
    Operation.TREND,
    Operation.COMPARE,
    Operation.RANK,
    Operation.CHANGES,
    Operation.DIFFERENCE,
    Operation.SUM,
    Operation.AVERAGE,
}
_EVERY_YEAR = re.compile(
    r"[两二三四五几各每历这]些?(?:个)?年(?:度)?(?!级)|逐年|"
    r"\b(?:each|every|all|three|two|both) (?:the )?(?:\w+ )?years?\b"
)
_EVERY_BODY = re.compile(
    r"(?:[两二三四五几各每]|这些)个?(?:家|个)?(?:单位|部门|机构|街道|局|院|报告)|两家|三家|各家|两者|"
    r"\bboth\b|\b(?:each|all|two|three) (?:of the )?(?:bodies|departments|units|agencies|reports)\b"
)
_CHOICES = 6
AT_ONCE = 64  # reports that one question may compare


def choose_reports(plan: Plan, ledgers: Sequence[Ledger]) -> list[Ledger]:
    """The reports to answer from: those of the named years, and of the kind the words fit."""
    chosen = _without_copies(ledgers)
    if len(chosen) < 2:
        return chosen
    chosen = _of_kind(plan, chosen)
    if plan.operation in _ACROSS or len(plan.scope.years) > 1:
        return chosen
    return chosen


def _without_copies(ledgers: Sequence[Ledger]) -> list[Ledger]:
    """One of each report that is held in several formats: the one with most figures."""
    best: dict[tuple[object, ...], Ledger] = {}
    for ledger in ledgers:
        own = ledger.report.identity
        key = (own.body, own.year, own.kind, own.level, own.title)
        held = best.get(key)
        if held is None or len(ledger.entries) > len(held.entries):
            best[key] = ledger
    return list(best.values())


def _of_kind(plan: Plan, ledgers: list[Ledger]) -> list[Ledger]:
    """决算 or 预算 where one body and year has both and the question says which."""
    kinds = {led.report.identity.kind for led in ledgers}
    if len(kinds) < 2:
        return ledgers
    text = plan.utterance.text
    for mention in plan.strong:  # the 预算 of 一般公共预算收入 names no kind of report
        text = text.replace(mention.surface, "")
    if "决算" in text and "预算" not in text:
        return [led for led in ledgers if led.report.identity.kind is Kind.FINAL] or ledgers
    if "预算" in text and "决算" not in text and "完成" not in text:
        return [led for led in ledgers if led.report.identity.kind is Kind.BUDGET] or ledgers
    return ledgers


def clarify(context: Context) -> Answer | None:
    """A question back where the reports in scope would answer differently; None to go on."""
    plan = context.plan
    reports = [s.ledger.report for s in context.sources]
    if len(reports) < 2 or plan.operation in _WHOLE:
        return None
    if plan.operation in _ACROSS:
        return _too_many(context) if len(plan.scope.reports) > AT_ONCE else None
    bodies = {r.identity.body for r in reports}
    if len(plan.scope.reports) > AT_ONCE:
        return _which(context)
    years = {r.identity.year for r in reports}
    if len(bodies) > 1 and (plan.scope.named_body or _EVERY_BODY.search(plan.utterance.text)):
        return None
    if len(plan.scope.years) > 1 and len(bodies) == 1:
        return None
    if len(bodies) == 1 and len(years) > 1 and _EVERY_YEAR.search(plan.utterance.text):
        return None
    if len(bodies) == 1 and len(years) == 1 and _agree(context):
        return None
    return _which(context)


def _which(context: Context) -> Answer:
    writer = context.writer()
    writer.say(
        "库里有多份报告，请问您指的是哪一份？", "Several reports are held. Which one do you mean? "
    )
    _write_choices(writer, context)
    return writer.answer(Status.CLARIFY)


def _too_many(context: Context) -> Answer:
    """The most of some reports is not the most of all: more are held than are compared."""
    writer = context.writer()
    writer.say(
        "符合的报告太多，不能一次全部比较。请说明年度、地区或单位，例如：",
        "Too many reports fit to compare them all. Please name a year, a place or a body, such as ",
    )
    _write_choices(writer, context)
    return writer.answer(Status.CLARIFY)


def _write_choices(writer: Writer, context: Context) -> None:
    for position, source in enumerate(context.sources[:_CHOICES]):
        identity = source.ledger.report.identity
        title = identity.title or source.ledger.report.id
        writer.say("；" if position else "", "; " if position else "").name(title)
        writer.suggestions.append(title)
    writer.say("？", "?")


def _agree(context: Context) -> bool:
    """Whether the candidates (部门 and 单位 of one body) give the same figure."""
    mention = next(iter(context.plan.strong or context.plan.mentions), None)
    if mention is None:
        return True
    figures = [context.figure(s, mention.item, context.want(mention)) for s in context.sources]
    values = {(f.value, f.unit) for f in figures if f is not None}
    return len(values) <= 1


__all__ = ["Level", "choose_reports", "clarify"]
