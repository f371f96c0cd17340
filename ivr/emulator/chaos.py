"""Unkindness on request: what networks do to callbacks, requests and legs. Seeded: a bad day can be repeated."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mischief:
    """How unkind to be. Shares are probabilities from 0 to 1; seconds are exchange time unless said otherwise."""

    delay: float = 0.0
    """Every callback waits a random time up to so many seconds."""
    drop: float = 0.0
    """Share of callbacks that never arrive."""
    duplicate: float = 0.0
    """Share of callbacks that arrive twice."""
    reorder: float = 0.0
    """Share of callbacks held back long enough (3 s) for later ones to overtake."""
    rest_failure: float = 0.0
    """Share of REST requests that fail with HTTP 500, code 20500, without effect."""
    rest_delay: float = 0.0
    """REAL seconds that every REST request takes longer."""
    kill_after: float | None = None
    """The leg is lost so many seconds after its answer."""
    refuse_retry: bool = False
    """Webhooks are tried once, whatever the connection overrides say."""


OVERTAKEN = 3.0
KINDNESS = Mischief()


class Chaos:
    """Decides what goes wrong: per call where told, else for all."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(f"chaos {seed}")  # noqa: S311 - repeatable on purpose
        self._general = KINDNESS
        self._by_call: dict[str, Mischief] = {}

    def set(self, mischief: Mischief, call_sid: str = "") -> None:
        """Be so unkind to one call, or to all."""
        if call_sid:
            self._by_call[call_sid] = mischief
        else:
            self._general = mischief

    def towards(self, call_sid: str) -> Mischief:
        """What this call has to expect."""
        return self._by_call.get(call_sid, self._general)

    def deliveries(self, call_sid: str) -> tuple[float, ...]:
        """Delays after which a callback is delivered: none if dropped, two if duplicated."""
        mischief = self.towards(call_sid)
        if mischief == KINDNESS:
            return (0.0,)
        if self._happens(mischief.drop):
            return ()
        delay = self._random.uniform(0, mischief.delay) + (OVERTAKEN if self._happens(mischief.reorder) else 0.0)
        return (delay, delay + self._random.uniform(0, 1)) if self._happens(mischief.duplicate) else (delay,)

    def fails_request(self) -> bool:
        """Whether this REST request is one of those that fail."""
        return self._happens(self._general.rest_failure)

    def _happens(self, share: float) -> bool:
        return share > 0 and self._random.random() < share
