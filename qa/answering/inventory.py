"""What the store holds."""

from __future__ import annotations

from collections.abc import Sequence

from index import ReportCard
from qa.answer import Answer
from qa.answering.context import Context, answered

_SHOWN = 12


def inventory(context: Context, cards: Sequence[ReportCard]) -> Answer:
    """The reports that can be asked about, by title."""
    writer = context.writer()
    writer.say("目前收录", "Reports held: ").counted(len(cards), "份" if context.zh else "reports")
    writer.say("报告：", ": ")
    for position, card in enumerate(cards[:_SHOWN]):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(card.identity.title or card.id)
    if len(cards) > _SHOWN:
        writer.say("等", " and others")
    return answered(writer.say("。", "."))
