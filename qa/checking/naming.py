"""Which account, table and side a clause names, when every word of it has to be known.

The vocabulary is closed: names of the report, names of the field, and words that add nothing.
What is left over is named as unknown, so that no figure is borne out by half of its description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from qa.checking.stated import Stated
from qa.checking.wording import draft_words
from qa.ledger import CellPlace, Entry, Ledger
from qa.names import bare, core
from qa.vocabulary import key_of, surfaces

_WEAK = frozenset({"支出", "收入", "开支", "花费", "总支出", "总收入", "财政拨款", "项目", "服务"})
_RANK = re.compile(r"[（(](?:类|款|项)[）)]")
_CODE = re.compile(r"[（(]?\d{3,7}[）)]?")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a clause names: (word, item) pairs, tables, a side; `unknown` is what is left over."""

    mentions: tuple[tuple[str, str], ...]
    tables: frozenset[tuple[str, int]]
    side: str
    economic: bool | None
    unknown: str
    weak: bool = False  # nothing but 支出 or 收入 is named

    @property
    def items(self) -> frozenset[str]:
        """The items that are named."""
        return frozenset(item for _, item in self.mentions)


def name_all(stated: Stated, ledger: Ledger) -> Naming:
    """Everything that a statement's words name in the report."""
    text = " ".join(filter(None, (stated.table, stated.account, stated.column)))
    return name_in(text, ledger, stated.measure)


def name_in(text: str, ledger: Ledger, measure: str) -> Naming:
    """Everything that a clause names in the report; cues of the measure are passed over."""
    words = draft_words()
    tables, rest = _take_tables(_RANK.sub("", text), ledger)
    economic = True if words.economic.search(rest) else None
    economic = False if words.functional.search(rest) else economic
    rest = words.functional.sub("□", words.economic.sub("□", rest))
    cue = words.cues.get(measure)
    found, rest = _take_names(rest, ledger, cue)
    strong = [m for m in found if m[0] not in _WEAK] or found
    side = _side(text)
    rest = cue.sub("□", rest) if cue else rest
    rest = words.filler.sub("□", _CODE.sub("□", rest))
    unknown = max(re.split(r"[□，,。；;！!？?]+", rest), key=len, default="")
    return Naming(
        tuple(strong), tables, side, economic, unknown, all(word in _WEAK for word, _ in strong)
    )


def _side(text: str) -> str:
    if "收入" in text and "支出" not in text:
        return "income"
    return "expenditure" if "支出" in text and "收入" not in text else ""


def _take_tables(text: str, ledger: Ledger) -> tuple[frozenset[tuple[str, int]], str]:
    """The tables named by number or title, and the text without them."""
    found = set()
    for table in sorted(ledger.report.tables, key=lambda t: -len(t.title)):
        for name in filter(None, (table.number, bare(table.title))):
            if len(name) > 3 and name in text and name not in ("情况说明",):
                found.add((ledger.report.id, table.id))
                text = text.replace(name, "□")
    return frozenset(found), text


def _take_names(
    text: str, ledger: Ledger, cue: re.Pattern[str] | None
) -> tuple[list[tuple[str, str]], str]:
    """The accounts and columns named, longest first, and the text without them.

    A word that only introduces the figure (实际支出 before an amount) names nothing.
    """
    plain, found = text.replace("“", "").replace("”", ""), []
    for word, item in _names(ledger):
        if word in plain and not (cue is not None and cue.fullmatch(word)):
            found.append((plain.find(word), word, item))
            plain = plain.replace(word, "□" * len(word))
    return [(word, item) for _, word, item in sorted(found)], plain


_NAMES: WeakKeyDictionary[Ledger, tuple[tuple[str, str], ...]] = WeakKeyDictionary()


def _names(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """(name, item) of all that a report prints and the vocabulary knows, longest first."""
    if ledger not in _NAMES:
        known = {word: item for word, item, kind in surfaces() if kind != "english"}
        for entry in ledger.entries:
            for label in (bare(entry.label), core(entry.label)):
                if entry.item and len(label) > 1:
                    known.setdefault(label, entry.item)
        for table in ledger.report.tables:
            for row in table.rows:
                if row.label and len(bare(row.label)) > 1:
                    known.setdefault(bare(row.label), key_of(row.label))
        ordered = sorted(known.items(), key=lambda pair: -len(pair[0]))
        _NAMES[ledger] = tuple(pair for pair in ordered if pair[1])
    return _NAMES[ledger]


def words_of(entry: Entry, ledger: Ledger) -> str:
    """The words that surround a figure: its table, rows above and columns, or its sentence."""
    report = ledger.report
    if not isinstance(entry.place, CellPlace):
        text = report.passages[entry.place.passage].text
        begin = max(text.rfind(mark, 0, entry.place.start) for mark in "。；") + 1
        return bare("".join((*entry.path, entry.label, text[begin : entry.place.start])))
    table = report.tables[entry.place.table]
    row, column = table.rows[entry.place.row], table.columns[entry.place.column]
    above, parent = [row.label], row.parent
    while parent is not None:
        above.append(table.rows[parent].label)
        parent = table.rows[parent].parent
    return bare("".join((table.title, *row.path, *above, *column.path)))
