"""How often one caller may ask: leaky buckets by address and by session, bounded in memory."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from qa.web.settings import WebSettings

_MINUTE = 60.0
_BURST = 0.5  # this share of a minute's allowance may come at once
_CALLERS = 50_000  # remembered at the same time; the longest silent are forgotten first
_NETWORK = 64  # bits of an IPv6 address that name a household


class TooMany(Exception):
    """A caller came too often; `retry_after` says in how many seconds to come again."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"too many requests; again in {retry_after:.0f} s")
        self.retry_after = retry_after


class Bucket:
    """So many calls a minute for each key, half of them at once (the GCRA form of a bucket)."""

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic, keys: int = _CALLERS
    ) -> None:
        self._interval = _MINUTE / per_minute
        self._slack = self._interval * max(0.0, per_minute * _BURST - 1)
        self._clock = clock
        self._keys = keys
        self._lock = threading.Lock()
        self._due: OrderedDict[str, float] = OrderedDict()

    def take(self, key: str) -> None:
        """Count one call; raises TooMany, and counts nothing, where the key had its share."""
        now = self._clock()
        with self._lock:
            due = max(self._due.get(key, now), now)
            if due - now > self._slack + 1e-9:
                raise TooMany(due - now - self._slack)
            self._due[key] = due + self._interval
            self._due.move_to_end(key)
            while len(self._due) > self._keys:
                self._due.popitem(last=False)


class Limits:
    """The three allowances of the web faces. Addresses live here only, never in a log."""

    def __init__(self, settings: WebSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._requests = Bucket(settings.requests_per_address, clock)
        self._by_address = Bucket(settings.questions_per_address, clock)
        self._by_session = Bucket(settings.questions_per_session, clock)

    def request(self, address: str) -> None:
        """Count a request of any kind; raises TooMany."""
        self._requests.take(network(address))

    def question(self, address: str = "", session: str = "") -> None:
        """Count a question for its session and its address, where known; raises TooMany."""
        if session:
            self._by_session.take(session)
        if address:
            self._by_address.take(network(address))


def network(address: str) -> str:
    """What counts as one caller: an IPv4 address, or the network of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, _NETWORK), strict=False))
