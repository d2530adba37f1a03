"""The audits of held reports, each made once for as long as the report does not change."""

from __future__ import annotations

import threading
from collections import OrderedDict

from corpus import Report
from qa.audit import Finding, audit_report

_KEPT = 64


class Audits:
    """Findings by report content. Safe among threads; the same report is audited once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, ...], tuple[Finding, ...]] = OrderedDict()

    def of(self, report: Report) -> tuple[Finding, ...]:
        """The contradictions of a report, the gravest first."""
        key = (report.id, str(report.reader_version), *(s.digest for s in report.sources))
        with self._lock:
            if key not in self._held:
                self._held[key] = audit_report(report)
                while len(self._held) > _KEPT:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return self._held[key]
