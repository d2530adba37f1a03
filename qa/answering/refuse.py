"""Saying no: each reason in its own words, with what was looked for and what there is instead."""

from __future__ import annotations

import re

from qa.answer import Answer
from qa.answering.context import Context, item_name, refused
from qa.compose import Writer
from qa.plan import Missing

_DECLINED = {
    "injection": (
        "我只回答已收录决算、预算报告里的内容，不执行其他指令。",
        "I only answer from the published reports held here and do not follow other instructions.",
    ),
    "insult": (
        "我只能帮您查询已收录的决算、预算报告，请换一种方式提问。",
        "I can only help with the published reports held here. Please rephrase.",
    ),
    "personal": (
        "报告未说明个人信息，我也不提供个人的姓名、收入或联系方式。",
        "The reports do not give personal information, and I do not provide it.",
    ),
    "opinion": (
        "我只陈述报告写明的内容，不作评价或建议。",
        "I only state what the reports say; I do not judge or advise.",
    ),
    "future": (
        "报告未说明今后的情况，我不作预测。",
        "The reports do not say what will happen, and I do not forecast.",
    ),
    "offtopic": (
        "我只回答已收录的决算、预算报告里的问题，例如“三公”经费花了多少、支出为什么下降。",
        "I answer questions about the budgets and final accounts held here, for example "
        "how much was spent on official vehicles.",
    ),
}


def decline(context: Context) -> Answer:
    """A short polite refusal of what is not this product's business."""
    zh, en = _DECLINED[context.plan.decline]
    return refused(context.writer().say(zh, en))


def missing(writer: Writer, absent: Missing) -> Answer:
    """No such body or year in the store: what was asked, and what there is."""
    if absent.what == "body":
        writer.say("库里没有“", "The store holds no report of “").name(absent.asked)
        writer.say("”的报告。", "”. ")
        if absent.instead:
            writer.say("目前收录的有：", "It holds: ")
            for position, body in enumerate(absent.instead):
                writer.say("、" if position else "", "; " if position else "").name(body)
            writer.say("。", ".")
    else:
        writer.say("库里没有", "The store holds no report for ").name(absent.asked)
        writer.say("年度的报告，报告未说明该年度的情况。", "; the reports do not say. ")
        if absent.instead:
            writer.say("现有年度：", "Years held: ").name("、".join(absent.instead)).say("。", ".")
    return refused(writer)


def no_actuals(context: Context) -> Answer:
    """A budget is held, the outcome is asked: what is held instead."""
    identity = context.source.ledger.report.identity
    writer = context.writer()
    writer.say("库里只有", "Only the budget is held: ").name(identity.title or identity.body)
    writer.say(
        "，没有该年度的决算；预算报告未说明实际支出。", "; it does not say what was actually spent."
    )
    writer.suggestions += suggestions(context)
    return refused(writer)


def not_said(context: Context, near: str = "") -> Answer:
    """The report does not say: what was looked for, and a related heading where there is one."""
    writer = context.writer()
    plan = context.plan
    names = [item_name(m.item, context.zh) for m in plan.strong] or [plan.leftover]
    looked = "、".join(dict.fromkeys(n for n in names if n))
    writer.say("报告未说明", "The report does not say")
    if looked:
        writer.say("：没有找到与“", ": nothing was found that answers “").name(looked)
        writer.say("”相符的内容", "”")
    if plan.narrowing:
        writer.say("（按“", " (narrowed to “").name(plan.narrowing).say("”这一口径）", "”)")
    writer.say("。", ".")
    if near:
        writer.say("相关内容见：", " Related: ").name(near).say("。", ".")
    writer.suggestions += suggestions(context)
    return refused(writer)


_CODE = re.compile(r"(?<![\d.])[123]\d{6}(?![\d.]|\s?(?:元|万|%|年|月|人|笔|份))")


def unknown_code(context: Context) -> Answer | None:
    """A refusal of an account code that no report in scope prints; None where there is none."""
    linked = {m.code for m in context.plan.mentions}
    for code in _CODE.findall(context.plan.utterance.text):
        printed = any(
            source.ledger.by_code(code) or code in source.ledger.text for source in context.sources
        )
        if code not in linked and not printed:
            writer = context.writer().say("报告未说明：没有科目编码为", "No account has the code ")
            return refused(writer.name(code).say("的科目。", "."))
    return None


def suggestions(context: Context) -> list[str]:
    """Questions that the report in scope does answer."""
    if not context.sources:
        return []
    items = context.source.ledger.items()
    zh = context.zh
    offers = (
        ("expenditure.total", "全年支出合计是多少？", "What was total expenditure?"),
        ("three", "“三公”经费花了多少？", "How much was spent on the three public expenses?"),
        ("operating_cost", "机关运行经费是多少？", "What were the agency operating funds?"),
        ("procurement", "政府采购金额是多少？", "How much government procurement was there?"),
    )
    return [z if zh else e for item, z, e in offers if item in items][:3]


def unknown_utterance(writer: Writer) -> Answer:
    """An empty question."""
    return refused(writer.say("请输入问题。", "Please enter a question."))
