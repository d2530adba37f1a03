"""Hand-made reports of bodies that do not exist, and an embedder that costs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from corpus.model import (
    Cell,
    Column,
    Identity,
    Kind,
    Level,
    Passage,
    Placement,
    Report,
    Row,
    Section,
    Source,
    Table,
)

SECTIONS = (
    Section(0, "第一部分", "青禾市水务中心概况", 1, page=1),
    Section(1, "一、", "主要职能", 2, parent=0, page=1),
    Section(2, "第二部分", "决算情况说明", 1, page=3),
    Section(3, "一、", "机关运行经费支出说明", 2, parent=2, page=3),
    Section(4, "二、", "“三公”经费支出说明", 2, parent=2, page=4),
)
PASSAGES = (
    Passage(0, 1, "负责全市河道、水库的日常管护和防汛调度工作。", 1),
    Passage(
        1, 3, "本年度机关运行经费支出88.40万元，比上年减少12.60万元，主要原因是压减办公费。", 3
    ),
    Passage(2, 4, "公务接待费支出1.20万元，全部用于国内接待，共计15批次。", 4),
    Passage(3, 4, "公务用车运行维护费支出6.50万元，主要用于巡查车辆的燃料和维修。", 4),
)


def make_table(year: int = 2031, scale: Decimal = Decimal(1)) -> Table:
    columns = (
        Column(0, ("本年支出合计",), line="1", role="total"),
        Column(1, ("基本支出",), line="2", role="basic"),
        Column(2, ("项目支出",), line="3", role="project"),
    )
    rows = (
        Row(0, "合计", band=0, page=5),
        Row(1, "农林水支出", code="213", level=1, parent=0, band=1, page=5),
        Row(2, "水利工程运行与维护", code="2130305", level=2, parent=1, band=2, page=5),
    )
    values = (("300.50", "200.50", "100"), ("300.50", "200.50", "100.00"), ("100", "", "100"))
    cells = tuple(
        Cell(
            row,
            column,
            text,
            Decimal(text) * scale if text else None,
            "万元",
            Placement.CELL if text else Placement.ORDER,
        )
        for row, texts in enumerate(values)
        for column, text in enumerate(texts)
    )
    return Table(
        0,
        f"{year}年度支出决算表",
        2,
        columns,
        rows,
        cells,
        number="公开03表",
        statement="final.spending",
        unit="万元",
        page=5,
    )


def make_report(
    id_: str = "qinghe-2031-final", body: str = "青禾市水务中心", year: int = 2031, version: int = 1
) -> Report:
    digest = hashlib.sha256(f"{id_}{body}{year}".encode()).hexdigest()
    return Report(
        id=id_,
        identity=Identity(
            body,
            ("水务中心",),
            year,
            Kind.FINAL,
            Level.UNIT,
            title=f"{body}{year}年度单位决算",
        ),
        sources=(Source(f"{id_}.txt", digest, "text", 6),),
        sections=SECTIONS,
        passages=PASSAGES,
        tables=(make_table(year),),
        reader_version=version,
    )


def reworded(report: Report, passage: int, text: str) -> Report:
    """The report as its owner republished it: one passage and the file's digest differ."""
    passages = tuple(
        replace(held, text=text) if held.id == passage else held for held in report.passages
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(report, passages=passages, sources=(replace(report.sources[0], digest=digest),))


class HashEmbedder:
    """Vectors from character bigrams: near texts get near vectors, and it costs nothing."""

    name = "hash"

    def __init__(self, name: str = "hash", size: int = 64) -> None:
        self.name = name
        self.size = size
        self.embedded: list[str] = []

    def query(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def passages(self, texts: Sequence[str], progress: object = None) -> NDArray[np.float32]:
        self.embedded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.size, 0.01, dtype=np.float32)
        for i in range(len(text) - 1):
            place = int.from_bytes(hashlib.md5(text[i : i + 2].encode()).digest()[:4], "big")
            vector[place % self.size] += 1
        return vector / np.linalg.norm(vector)
