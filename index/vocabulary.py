"""The field's own words, derived from the statements' definitions that corpus keeps as data."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from index.words import Terms

_COMMENT = re.compile(r"(?:^|\s)#.*")


@cache
def field_terms() -> tuple[str, ...]:
    """Every run of Chinese in the statements' definitions: titles, labels, headers.

    The files are not parsed: parsing them takes longer than answering a question does.
    """
    found: set[str] = set()
    for file in files("corpus").joinpath("statements").iterdir():
        if file.name.endswith(".yaml"):
            found.update(_COMMENT.sub("", line) for line in file.read_text("utf-8").splitlines())
    return tuple(sorted(Terms(found).names))
