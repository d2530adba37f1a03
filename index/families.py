"""Which held report a file belongs to: another state of it, a part of it, a copy of it, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from corpus import Kinship, Report, kinship, merged, same_subject
from corpus.model import Source
from index import catalog
from index.documents import decode
from index.model import Change


@dataclass(frozen=True, slots=True)
class Family:
    """A report as it is to be held: what its files say together, and the files one by one.

    `parts` are what was read from each file; files that only repeat it are `copies`. `held` is
    the id of the report in whose place it comes, None for a new one.
    """

    id: str
    parts: tuple[Report, ...]
    copies: tuple[Source, ...] = ()
    held: str | None = None
    change: Change = Change.ADDED
    cast_out: Report | None = None  # a file that belonged here and does not any more

    @property
    def report(self) -> Report:
        """The whole report."""
        whole = merged(self.id, self.parts) if len(self.parts) > 1 else self.parts[0]
        return replace(whole, id=self.id, sources=(*whole.sources, *self.copies))


def family_of(connection: Connection, report: Report) -> Family:
    """Where a report that was read from one file belongs."""
    held = list(_candidates(connection, report))
    for family in held:
        if (own := _own_place(family, report)) is not None:
            return _renewed(family, own, report)
    for family in held:
        related = _related(family, report)
        if related:
            return related
    return Family(_free_id(connection, report), (report,))


def _candidates(connection: Connection, report: Report) -> Iterator[Family]:
    """The held reports that share the file, its id or its subject."""
    digests = {source.digest for source in report.sources}
    for card in catalog.kindred(connection, report):
        shared = digests & {source.digest for source in card.sources}
        if shared or card.id == report.id or same_subject(card.identity, report.identity):
            yield _held(connection, card.id)


def _held(connection: Connection, id_: str) -> Family:
    whole = decode(catalog.document(connection, id_) or b"")
    copies = tuple(source for source in whole.sources if source.copy)
    parts = tuple(map(decode, catalog.parts(connection, id_)))
    alone = replace(whole, sources=tuple(s for s in whole.sources if not s.copy))
    return Family(id_, parts or (alone,), copies, id_)


def _own_place(family: Family, report: Report) -> int | None:
    """Which of the family's files this is: the same bytes, or the same name and subject."""
    new = report.sources
    for i, part in enumerate(family.parts):
        if {s.digest for s in part.sources} & {s.digest for s in new}:
            same_name = {s.name for s in part.sources} & {s.name for s in new}
            return i if same_name or not new else None
    for i, part in enumerate(family.parts):
        if {s.name for s in part.sources} & {s.name for s in new} or not new:
            held, now = part.identity, report.identity
            same = (held.body, held.year, held.kind) == (now.body, now.year, now.kind)
            if same and (new or part.id == report.id):
                return i
    return None


def _renewed(family: Family, own: int, report: Report) -> Family:
    """The family with the new state of one of its files; a file that no longer fits is cast out."""
    others = (*family.parts[:own], *family.parts[own + 1 :])
    if others and not _fits(others, report):
        return replace(family, parts=others, change=Change.REPLACED, cast_out=report)
    parts = (*family.parts[:own], report, *family.parts[own + 1 :])
    return replace(family, parts=parts, change=Change.REPLACED)


def _fits(others: Sequence[Report], report: Report) -> bool:
    whole = merged("", others) if len(others) > 1 else others[0]
    return kinship(whole, report) is Kinship.PART


def _related(family: Family, report: Report) -> Family | None:
    """The family with `report` as its copy or its part, None if they are strangers."""
    sources = tuple(replace(source, copy=True) for source in report.sources)
    if not sources:
        return None
    known = {(source.name, source.digest) for source in family.copies}
    twins = {source.digest for part in family.parts for source in part.sources}
    if twins & {source.digest for source in sources}:
        return _with_copy(family, sources, known)
    match kinship(family.report, report):
        case Kinship.COPY:
            return _with_copy(family, sources, known)
        case Kinship.FULLER:
            former = tuple(replace(s, copy=True) for part in family.parts for s in part.sources)
            copies = (*family.copies, *former)
            return replace(family, parts=(report,), copies=copies, change=Change.REPLACED)
        case Kinship.PART:
            return replace(family, parts=(*family.parts, report), change=Change.MERGED)
        case _:
            return None


def _with_copy(family: Family, sources: tuple[Source, ...], known: set[tuple[str, str]]) -> Family:
    """The family with one copy more; a later state of a known copy takes its place."""
    names = {source.name for source in sources}
    if all((source.name, source.digest) in known for source in sources):
        return replace(family, change=Change.UNCHANGED)
    kept = tuple(source for source in family.copies if source.name not in names)
    return replace(family, copies=(*kept, *sources), change=Change.COPY)


def _free_id(connection: Connection, report: Report) -> str:
    """The report's id, numbered if another body's, year's or format's report holds it.

    Two files may share a stem (a PDF and a sheet of remarks on it, the same file name in two
    folders): neither may push the other out.
    """
    wanted, number = report.id, 1
    id_ = wanted
    while catalog.find_key(connection, id_) is not None:
        number += 1
        id_ = f"{wanted}~{number}"
    return id_
