"""The queue before the engine: so many questions at once, so many waiting, nobody for ever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from qa.web.settings import WebSettings

T = TypeVar("T")


class Busy(Exception):
    """The queue is full, or the caller's turn did not come in time."""


class Slow(Exception):
    """The work began but did not end in time; its result is dropped."""


class Line:
    """Runs work for threads (`run`) and for coroutines (`wait_for`) under the same limits.

    Work that is queued when its caller gives up is never begun.
    """

    def __init__(self, settings: WebSettings) -> None:
        self._pool = ThreadPoolExecutor(settings.concurrency, thread_name_prefix="answer")
        self._most = settings.concurrency + settings.queue
        self._patience = settings.wait_seconds
        self._allowed = settings.answer_seconds
        self._lock = threading.Lock()
        self._inside = 0

    @property
    def inside(self) -> int:
        """How many are being answered or waiting."""
        return self._inside

    def run(self, work: Callable[[], T]) -> T:
        """The result of `work`; raises Busy, Slow, or what the work raises."""
        future = self._enter(work)
        try:
            return future.result(self._patience)
        except TimeoutError:
            if future.cancel():
                raise Busy from None
        try:
            return future.result(self._allowed)
        except TimeoutError:
            raise Slow from None

    async def wait_for(self, work: Callable[[], T]) -> T:
        """The same without blocking the event loop."""
        future = self._enter(work)
        awaited = asyncio.wrap_future(future)
        done, _ = await asyncio.wait([awaited], timeout=self._patience)
        if not done and future.cancel():
            raise Busy
        done, _ = await asyncio.wait([awaited], timeout=self._allowed)
        if not done:
            raise Slow
        return awaited.result()

    def close(self) -> None:
        """Finish what has begun, drop what waits."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _enter(self, work: Callable[[], T]) -> Future[T]:
        with self._lock:
            if self._inside >= self._most:
                raise Busy
            self._inside += 1
        future = self._pool.submit(work)
        future.add_done_callback(self._leave)
        return future

    def _leave(self, _: Future[T]) -> None:
        with self._lock:
            self._inside -= 1
