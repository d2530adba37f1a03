"""Members of a set: what each is called, what it measures, and how a list of them is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus import Row, Table
from qa.answering.context import Context, clean
from qa.compose import Writer
from qa.figures import Figure, Source, of_entry
from qa.gather import MONEY, PEOPLE
from qa.ledger import PLAIN, CellPlace, Entry

MAX_LISTED = 40
# A body's long name before what a performance table is about.
_BODY = re.compile(
    r"^[\u3400-\u9fff（）()]{4,}?(?:局|处|委员会|院|中心|厅|街道|办事处|大学|队)(?=整体|部门|单位|项目)"
)


@dataclass(frozen=True, slots=True)
class Member:
    """One element: `figure` is what the question measures it by, `others` what else it has."""

    label: str
    item: str
    figure: Figure
    others: tuple[tuple[str, Figure], ...] = ()
    sense: str = ""  # gap | moved | lost, where the figure is no plain amount

    def by(self, measure: str) -> Figure | None:
        """The figure of another measure (score, weight, target, budget …)."""
        return next((f for name, f in self.others if name == measure), None)


@dataclass(frozen=True, slots=True)
class Group:
    """A set: `name` is what it belongs to, `whole` the figure that its members add up to."""

    name: str
    members: tuple[Member, ...]
    source: Source
    kind: str = "accounts"  # accounts | parts | indicators | outturn | listed | names
    whole: Figure | None = None


def rows_as_members(
    source: Source, table: Table, rows: Sequence[Row], columns: frozenset[int] = frozenset()
) -> tuple[Member, ...]:
    """The rows with their main amounts, or the amounts of `columns`; homonyms told apart."""
    repeated = {label for label, n in Counter(clean(r.label) for r in rows).items() if n > 1}
    found = []
    for row in rows:
        entry = main_entry(source, table, row, columns)
        if entry is None:
            continue
        label = clean(row.label)
        if label in repeated and row.parent is not None:
            label = f"{label}（{clean(table.rows[row.parent].label)}）"
        found.append(Member(label, entry.item, replace(of_entry(entry), label=label)))
    return tuple(found)


def main_entry(
    source: Source, table: Table, row: Row, columns: frozenset[int] = frozenset()
) -> Entry | None:
    """A row's plain amount: the cell of `columns`, or the one that needs no column to be named."""
    for cell in table.row_cells(row.id):
        if columns and cell.column not in columns:
            continue
        entry = source.ledger.at(CellPlace(table.id, row.id, cell.column))
        if entry is None or entry.measure != PLAIN or (entry.required and not columns):
            continue
        if entry.region and not columns:
            continue  # a county's share of it
        if entry.value is not None or entry.blank:
            return entry
    return None


def filled(members: Iterable[Member]) -> tuple[Member, ...]:
    """The members that have something: neither blank nor nought."""
    return tuple(m for m in members if m.figure.value)


def same_kind(a: str, b: str) -> bool:
    """Whether two units measure the same kind of thing."""
    return a == b or (a in MONEY and b in MONEY) or (a in PEOPLE and b in PEOPLE)


def clean_title(title: str) -> str:
    """A table's title without the body's name and the year."""
    tail = re.split(r"20\d\d年?度?", title)[-1]
    return _BODY.sub("", tail) or tail or title


# --- writing ------------------------------------------------------------------------------------


def write_opening(writer: Writer, group: Group) -> Writer:
    """What the set belongs to."""
    return writer.name(group.name).say("中，", ": ") if group.name else writer


def write_members(context: Context, writer: Writer, members: Sequence[Member]) -> None:
    """Each member with its figure."""
    for position, member in enumerate(members[:MAX_LISTED]):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(context.called(member.label, member.item))
        write_value(writer, member.figure, member.sense)


def write_value(writer: Writer, figure: Figure, sense: str = "") -> None:
    """为1.23万元; a movement, a gap, lost points and a blank in words of their own."""
    sense = sense or _sense(figure)
    if figure.value is None:
        writer.say("：", ": ").figure(figure)
    elif figure.value == 0 and sense in ("moved", "gap"):
        writer.say("没有差别，即" if sense == "gap" else "没有变化，即", ": no change, ")
        writer.figure(figure)
    else:
        writer.say(*_verb(figure, sense)).figure(figure)
    if figure.entry is None:
        writer.working(figure)


def _sense(figure: Figure) -> str:
    printed = figure.entry is not None and figure.entry.measure in ("change", "rate")
    return "moved" if printed else ""


def _verb(figure: Figure, sense: str) -> tuple[str, str]:
    """The word before a value, by what the value says and its sign."""
    fell = figure.value is not None and figure.value < 0
    if sense == "lost":
        return "扣", " lost "
    if sense == "gap":
        return ("比预算少", " below budget by ") if fell else ("比预算多", " above budget by ")
    if sense == "moved" and figure.unit == "%":
        return ("下降", " down ") if fell else ("增长", " up ")
    if sense == "moved":
        return ("减少", " down ") if fell else ("增加", " up ")
    return "为", ": "


def moves(member: Member) -> bool:
    """Whether a member's figure says how far something moved, not how much there is."""
    return (member.sense or _sense(member.figure)) in ("moved", "gap")


def write_names(context: Context, writer: Writer, members: Sequence[Member]) -> None:
    """The members by name only, each with its place."""
    for position, member in enumerate(members[:MAX_LISTED]):
        writer.say("、" if position else "", ", " if position else "")
        writer.name(context.called(member.label, member.item))
        entry = member.figure.entry
        if entry is not None:
            writer.mark(entry.report, entry.place)
