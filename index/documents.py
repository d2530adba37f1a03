"""A report as bytes and back, exactly."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from pydantic import TypeAdapter

from corpus.model import Identity, Placement, Report, Source
from index.model import ReportCard

_REPORT = TypeAdapter(Report)


@dataclass(frozen=True, slots=True)
class _Face:
    identity: Identity
    sources: tuple[Source, ...]


_FACE = TypeAdapter(_Face)


@dataclass(frozen=True, slots=True)
class Document:
    """A report as it is stored: `digest` is of its content, `data` the deflated JSON."""

    digest: str
    data: bytes


def encode(report: Report) -> Document:
    """The stored form of `report`."""
    plain = _REPORT.dump_json(report)
    return Document(hashlib.sha256(plain).hexdigest(), zlib.compress(plain))


def decode(data: bytes) -> Report:
    """The report that `encode` was given."""
    return _REPORT.validate_json(zlib.decompress(data))


def encode_face(report: Report) -> str:
    """Identity and sources as JSON."""
    return _FACE.dump_json(_Face(report.identity, report.sources)).decode()


def decode_face(data: str) -> tuple[Identity, tuple[Source, ...]]:
    """What `encode_face` was given."""
    face = _FACE.validate_json(data)
    return face.identity, face.sources


def card(report: Report) -> ReportCard:
    """The report at a glance, counted."""
    unplaced = sum(len(row.unplaced) for table in report.tables for row in table.rows)
    undecided = sum(
        cell.placed_by is Placement.OPEN for table in report.tables for cell in table.cells
    )
    return ReportCard(
        id=report.id,
        identity=report.identity,
        sources=report.sources,
        sections=len(report.sections),
        passages=len(report.passages),
        tables=len(report.tables),
        facts=sum(len(table.cells) for table in report.tables),
        open_cells=unplaced or undecided,
        reader_version=report.reader_version,
    )
