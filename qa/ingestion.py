"""Reading files into the library: each in a worker process that can be killed."""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableFile
from corpus.model import READER_VERSION, Kind, Placement, Report

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from index import Library

_MEBIBYTE = 1024 * 1024


class State(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    MERGED = "merged"  # a further part of a report that is held
    COPY = "copy"  # it shows what a held report shows
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost: seconds of wall time and MiB of address space."""

    seconds: float = 120.0
    memory: int = 4096


@dataclass(frozen=True, slots=True)
class Ingested:
    """One file's result. Counts are zero unless it was read; `problem` is set if it failed."""

    path: Path
    state: State
    report: str = ""
    title: str = ""
    year: int | None = None
    kind: Kind = Kind.OTHER
    sections: int = 0
    tables: int = 0
    facts: int = 0
    unsolved: int = 0
    notices: tuple[str, ...] = ()
    seconds: float = 0.0
    problem: str = ""
    remedy: str = ""


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named or found under the folders, sorted; hidden and lock files are left out."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in inside:
            parts = file.relative_to(path).parts if path.is_dir() else ()
            if not any(part.startswith((".", "~$")) for part in parts):
                found[file] = None
    return tuple(found)


def ingest_files(
    library: Library, files: Sequence[Path], limits: Limits = Limits()
) -> Iterator[Ingested]:
    """Read each file into the library, yielding its result as soon as it is known.

    Unchanged files are skipped. A file that cannot be read yields a FAILED result; nothing of
    it enters the library.
    """
    with Reader(limits) as reader:
        for file in files:
            started = time.perf_counter()
            try:
                yield _ingest(library, reader, file, started)
            except UnreadableFile as error:
                yield Ingested(
                    file,
                    State.FAILED,
                    seconds=time.perf_counter() - started,
                    problem=error.problem,
                    remedy=error.remedy,
                )


def _ingest(library: Library, reader: Reader, file: Path, started: float) -> Ingested:
    if library.is_current(_digest(file), READER_VERSION, file.name):
        return Ingested(file, State.UNCHANGED)
    report = reader.read(file)
    outcome = library.add(report)
    state = State(outcome.change.value)
    return _described(file, state, outcome.report, report, time.perf_counter() - started)


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        problem = f"cannot be opened ({error.strerror})"
        raise UnreadableFile(file.name, problem, "Check the path and its permissions") from error


def _described(file: Path, state: State, id_: str, report: Report, seconds: float) -> Ingested:
    cells = [cell for table in report.tables for cell in table.cells]
    loose = sum(len(row.unplaced) for table in report.tables for row in table.rows)
    return Ingested(
        path=file,
        state=state,
        report=id_,
        title=report.identity.title or report.identity.body,
        year=report.identity.year,
        kind=report.identity.kind,
        sections=len(report.sections),
        tables=len(report.tables),
        facts=sum(bool(cell.text) for cell in cells),
        unsolved=sum(cell.placed_by is Placement.OPEN for cell in cells) + loose,
        notices=report.notices,
        seconds=seconds,
    )


class Reader:
    """A worker process that reads one file at a time; it is replaced when it dies or hangs."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, file: Path) -> Report:
        """The report in `file`. Raises UnreadableFile, also when a limit is exceeded."""
        pipe = self._pipe or self._start()
        pipe.send(file)
        if not pipe.poll(self._limits.seconds):
            self._stop()
            problem = f"reading took longer than {self._limits.seconds:g} s"
            raise UnreadableFile(file.name, problem, "Split the file or raise --timeout")
        try:
            answer = pipe.recv()
        except EOFError:
            self._stop()
            problem = "the reader died, most likely out of memory or on a damaged file"
            remedy = "Open and save the file again in its own program, or raise --memory"
            raise UnreadableFile(file.name, problem, remedy) from None
        if isinstance(answer, Report):
            return answer
        raise UnreadableFile(*answer)

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_read_forever, args=(theirs, self._limits.memory), daemon=True
        )
        self._process.start()
        theirs.close()
        return self._pipe

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _read_forever(pipe: Connection, memory: int) -> None:
    """The worker: answers each path with a Report or with what was wrong with the file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, which ends us
    resource.setrlimit(resource.RLIMIT_AS, (memory * _MEBIBYTE, memory * _MEBIBYTE))
    from corpus import read_report

    while True:
        try:
            file = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(read_report(file))
        except UnreadableFile as error:
            pipe.send((error.name, error.problem, error.remedy))
        except MemoryError:
            return
