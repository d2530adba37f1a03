"""Searching passages and rows by words, and cells by their address and amount."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from qa.web.api.callers import Known
from qa.web.service.finding import Fact, Filters, Found, find_facts, find_texts
from qa.web.service.pages import DEEPEST, MOST, Page

router = APIRouter(tags=["search"])

_DEEPEST_HIT = 1_000


class FactsAsked(Filters):
    """Which cells."""

    limit: int = Field(default=50, ge=1, le=MOST)
    offset: int = Field(default=0, ge=0, le=DEEPEST)


class SearchAsked(Filters):
    """Which passages and rows."""

    q: str = Field(min_length=1, max_length=200, description="Words to look for.")
    limit: int = Field(default=20, ge=1, le=MOST)
    offset: int = Field(default=0, ge=0, le=_DEEPEST_HIT)


@router.get("/search")
async def search(asked: Annotated[SearchAsked, Query()], caller: Known) -> Page[Found]:
    """Passages and table rows that suit the words, best first.

    A filter on statement, account or amount leaves table rows only.
    """
    library = caller.desk.library
    return await caller.desk.work(
        lambda: find_texts(library, asked.q, asked, asked.limit, asked.offset)
    )


@router.get("/facts")
async def facts(asked: Annotated[FactsAsked, Query()], caller: Known) -> Page[Fact]:
    """Table cells under the filters, report by report in reading order."""
    library = caller.desk.library
    return await caller.desk.work(lambda: find_facts(library, asked, asked.limit, asked.offset))
