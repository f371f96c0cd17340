"""Whether the carrier sends what happens on our numbers to this site, and how it is made to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from urllib.parse import urldefrag

from db.repositories.audit import Change
from ivr.line.ports import CarrierNumbers, Rejected, RetryLater, Wiring

RETRIES = "ct=1500&rt=4000&rc=3&rp=all&tt=14500"
"""Behind # in the address of the first webhook: the carrier asks again for up to 14.5 s, so that a restart of this site
is not heard (README, Connecting a real Twilio number)."""


class Connection(Enum):
    """How a number stands with the carrier."""

    IN_SYNC = "in-sync"
    DIFFERS = "differs"
    UNKNOWN = "unknown"              # the carrier's account has no such number
    UNREACHABLE = "unreachable"      # the carrier does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One setting of a number at the carrier: what it is called there, what it ``is`` (empty: not set) and what it
    ``should`` be."""

    name: str
    is_now: str
    should: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A number as the carrier has it. ``rescued``: callers are helped even while this whole site is dead, because
    somebody has set a fallback document there. ``trouble`` says why the carrier could not be asked, or be changed;
    ``sid`` is the carrier's name for the number, where it has it."""

    number: str
    state: Connection
    differences: tuple[Difference, ...] = ()
    rescued: bool = False
    trouble: str = ""
    sid: str = ""


class NumberDesk:
    """Compares numbers with what they should be, and sets them so; ``base_url`` is where the carrier reaches us."""

    def __init__(self, numbers: CarrierNumbers, base_url: str) -> None:
        self._numbers = numbers
        base = base_url.rstrip("/")
        self._wanted = Wiring(
            voice_url=f"{base}/voice/incoming#{RETRIES}", voice_method="POST", status_callback=f"{base}/voice/status",
            status_method="POST",
        )

    def look(self, number: str) -> Connected:
        """How the number (E.164) stands; takes as long as the carrier does, two seconds at most."""
        try:
            known = self._numbers.known(number)
        except (RetryLater, Rejected) as error:
            return Connected(number=number, state=Connection.UNREACHABLE, trouble=str(error))
        if known is None:
            return Connected(number=number, state=Connection.UNKNOWN)
        found = tuple(_differences(known.wiring, self._wanted))
        state = Connection.DIFFERS if found else Connection.IN_SYNC
        rescued = bool(known.wiring.fallback_url)
        return Connected(number=number, state=state, differences=found, rescued=rescued, sid=known.sid)

    def fix(self, before: Connected) -> Connected:
        """Set what ``before`` differs in; how the number stands afterwards. A fallback that somebody has set stays."""
        if before.state is not Connection.DIFFERS:
            return before
        try:
            self._numbers.connect(before.sid, self._wanted)
        except (RetryLater, Rejected) as error:
            return Connected(number=before.number, state=Connection.UNREACHABLE, trouble=str(error))
        return self.look(before.number)


def connected(before: Connected, who: str, at: datetime) -> Change:
    """For the audit trail: what was set at the carrier for a number that differed ``before``."""
    was = "; ".join(f"{each.name}: {each.is_now or 'not set'}" for each in before.differences)
    became = "; ".join(f"{each.name}: {each.should}" for each in before.differences)
    action = "connected the number with this site"
    return Change(at=at, who=who, action=action, subject=f"line {before.number}", was=was, became=became)


def _differences(is_now: Wiring, should: Wiring) -> Iterator[Difference]:
    """The retries behind # are advice: without them the number still works."""
    for name, now, wanted in (
        ("A call comes in", urldefrag(is_now.voice_url).url, urldefrag(should.voice_url).url),
        ("A call comes in, method", is_now.voice_method, should.voice_method),
        ("Call status changes", is_now.status_callback, should.status_callback),
        ("Call status changes, method", is_now.status_method, should.status_method),
    ):
        if now != wanted:
            yield Difference(name=name, is_now=now, should=wanted)
