"""What can be wrong with a store. Each message says what to do next."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be used as asked; `remedy` says what its owner can do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. {remedy}")
        self.problem = problem
        self.remedy = remedy


class StoreDrift(StoreError):
    """The store was made with another model, tokenizer or schema than the one in use."""


class StoreBusy(StoreError):
    """Another process is writing to the store and did not finish in time."""


class UnknownReport(StoreError):
    """No report of that id is held."""

    def __init__(self, report: str) -> None:
        super().__init__(
            f"the store holds no report {report!r}", "`juewen reports` lists what it holds"
        )
