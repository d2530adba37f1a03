"""From a seed, a layout and a year to a report that never was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from benchmarks.reports.asking import ask
from benchmarks.reports.layouts import LAYOUTS, Order, body_of
from benchmarks.reports.ledger import Book
from benchmarks.reports.model import Block, Difficulty, Made, Plant
from benchmarks.reports.planting import plant
from benchmarks.reports.troubles import troubled
from corpus.model import Kind, Level

CLEAN = Difficulty()
FIRST_YEAR = 2018
OTHER = 7_001  # the distance to the body whose name is planted


def make(seed: int, layout: str, year: int | None = None, difficulty: Difficulty = CLEAN) -> Made:
    """One report, always the same for the same arguments; the seed is the body.

    Years of one seed belong together: what one year carries forward, the next one opens with.
    Raises `KeyError` for a layout that does not exist.
    """
    plan = LAYOUTS[layout]
    year = year or FIRST_YEAR + seed % 9
    body = body_of(seed, plan)
    book = Book(seed, body, 1 if difficulty.rounding else 100)
    order = Order(seed, year, body, book, not body.kind.public, difficulty)
    word = "决算" if plan.kind is Kind.FINAL else "预算"
    blocks: list[Block] = troubled(plan.build(order), difficulty, order.chance("troubles"))
    plants: tuple[Plant, ...] = ()
    if difficulty.planted:
        other = body_of(seed + OTHER, plan).name
        blocks, plants = plant(blocks, difficulty.planted, order.chance("plants"), body.name, other)
    made = Made(
        seed=seed, layout=layout, body=body.name, short_names=body.short_names,
        region=body.region, year=year, kind=plan.kind,
        level=Level.UNIT if order.unit else Level.DEPARTMENT,
        title=f"{body.name}{year}年度{order.part}{word}", difficulty=difficulty,
        blocks=tuple(blocks), plants=plants,
    )  # fmt: skip
    return made if plants else replace(made, questions=ask(made))


def make_years(
    seed: int, layout: str, years: Iterable[int], difficulty: Difficulty = CLEAN
) -> tuple[Made, ...]:
    """Reports of one body for several years."""
    return tuple(make(seed, layout, year, difficulty) for year in years)
