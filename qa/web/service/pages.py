"""Pages of a longer list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

MOST = 100
DEEPEST = 10_000
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many to return.")]
Offset = Annotated[int, Query(ge=0, le=DEEPEST, description="How many to skip.")]


class Page(BaseModel, Generic[T]):
    """Some of a list. `next` is the offset of the next page, null on the last one."""

    model_config = ConfigDict(frozen=True)

    items: tuple[T, ...]
    total: int | None = Field(default=None, description="All there are, null where not counted.")
    next: int | None = None


def page_of(items: Sequence[T], limit: int, offset: int) -> Page[T]:
    """One page of a list that is held whole."""
    end = offset + limit
    following = end if end < len(items) and end <= DEEPEST else None
    return Page(items=tuple(items[offset:end]), total=len(items), next=following)


def page_from(fetched: Sequence[T], limit: int, offset: int) -> Page[T]:
    """One page from at least one item more than it shows, where there are more."""
    end = offset + limit
    following = end if len(fetched) > limit and end <= DEEPEST else None
    return Page(items=tuple(fetched[:limit]), next=following)
