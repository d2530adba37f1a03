"""Which kinds of vehicles a body holds, as the fixed sentence on state assets splits them up."""

from __future__ import annotations

import re

from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.figures import Source, of_entry
from qa.ledger import Entry, SpanPlace

_KIND = re.compile(
    r"哪一?(类|种)|什么(车|类型|类别|用途|样的车)|都是些?(什么|哪些)(车|用途)?|"
    r"(kind|type)s? of (vehicle|car)|which (?:official )?(?:vehicle|car)s"
)
_HELD = "vehicles.owned"
_VEHICLES = frozenset({"vehicles", _HELD, "vehicles.running"})


def kinds(context: Context) -> Answer | None:
    """The kinds of vehicles held, with their numbers; None where that is not asked or not said."""
    asked = _KIND.search(context.plan.text)
    if not asked or not any(m.item in _VEHICLES for m in context.plan.mentions):
        return None
    for source in context.sources:
        found = _split(source)
        if found:
            writer = context.writer().say("现有车辆为：", "The vehicles held are: ")
            for position, entry in enumerate(found):
                writer.say("、" if position else "", ", " if position else "")
                writer.name(entry.label).figure(of_entry(entry))
            return answered(writer.say("。", "."))
    return None


def _split(source: Source) -> list[Entry]:
    """The kinds named in the passage that counts the vehicles, those with none left out."""
    places = {e.place.passage for e in source.ledger.of(_HELD) if isinstance(e.place, SpanPlace)}
    return [
        e
        for e in source.ledger.entries
        if isinstance(e.place, SpanPlace)
        and e.place.passage in places
        and e.unit == "辆"
        and e.item != _HELD
        and e.label.endswith("用车")
        and e.value
    ]
