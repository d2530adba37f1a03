"""What goes wrong when a file cannot be read. Each message names the file and the remedy."""

from __future__ import annotations


class UnreadableFile(Exception):
    """A file that holds no readable report; `remedy` says what its owner can do about it."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {problem}. {remedy}")
        self.name = name
        self.problem = problem
        self.remedy = remedy
