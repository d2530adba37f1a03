"""What the server counts and times, in the form that Prometheus reads."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from qa.answer import Answer

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """The figures of one server; every app has its own registry."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "juewen_requests",
            "Requests by route, method and status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self.seconds = Histogram(
            "juewen_request_seconds",
            "Time to the end of a response.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.answers = Counter(
            "juewen_answers",
            "Answers by outcome and language.",
            ("status", "language"),
            registry=self._registry,
        )
        self.engine = Histogram(
            "juewen_answer_seconds",
            "Time the engine took.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.failures = Counter(
            "juewen_failures",
            "Questions not answered: busy, slow, broken.",
            ("why",),
            registry=self._registry,
        )
        self.feedback = Counter(
            "juewen_feedback", "Feedback by rating.", ("rating",), registry=self._registry
        )

    def watch(self, name: str, what: str, read: Callable[[], float]) -> None:
        """Add a gauge whose value is read when asked for."""
        Gauge(name, what, registry=self._registry).set_function(read)

    def answered(self, answer: Answer) -> None:
        """Count one answer."""
        self.answers.labels(answer.status.value, answer.language).inc()
        self.engine.observe(answer.elapsed_ms / 1000)

    def text(self) -> bytes:
        """All figures in the text exposition format."""
        return generate_latest(self._registry)
