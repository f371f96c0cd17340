"""A manager by script: what happens when the telephone rings."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import NONE, Rewordings
from ivr.emulator.happenings import Bridged, Ended, Rang, Silenced, Spoke
from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.acts import Act, Answer, Attention, HangUp, Press, earliest
from ivr.terminal_phone.ear import Ear

PICKS_UP = timedelta(seconds=3)
TALKS = timedelta(seconds=10)
"""The manager ends the talk."""


RESOLVED = "wrap_up.resolved"
"""Asked where the caller was the one who ended the talk; a manager who ends it by hanging up is asked nothing."""


class ManagerBehaviour(Enum):
    """What a level does when it is rung."""

    ACCEPT = "accept"
    DECLINE = "decline"
    SILENT = "silent"
    HANG_UP = "hang-up"
    MAILBOX = "mailbox"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    UNREACHABLE = "unreachable"


BY_HAND = frozenset(
    {ManagerBehaviour.ACCEPT, ManagerBehaviour.DECLINE, ManagerBehaviour.SILENT, ManagerBehaviour.HANG_UP}
)
"""Those in which a person picks up; the others are the telephone's own doing."""


@dataclass(slots=True, kw_only=True)
class OneRing:
    """What a manager knows from the first ring to the end of the call."""

    attention: Attention = field(default_factory=Attention)
    asked: dict[str, str] = field(default_factory=dict)
    picks_up_at: datetime | None = None
    leaves_at: datetime | None = None


class ScriptedManager:
    """Picks up, hears the story to its end, and presses one of the keys it named; or does not."""

    def __init__(self, behaviour: ManagerBehaviour, words: Rewordings = NONE) -> None:
        """``words`` are sentences that the line says otherwise."""
        self._behaviour = behaviour
        self._ear = Ear(LANGUAGES, ("screening.accept", "screening.decline", RESOLVED), words)
        self._ring = OneRing()

    def follow(self, shown: Shown) -> None:
        """Something happened on this manager's telephone."""
        ring = self._ring
        match shown:
            case Rang(at=at):
                ring.picks_up_at = at + PICKS_UP
            case Spoke(text=text):
                ring.attention.follow(shown)
                ring.asked |= self._ear.understands(text)
                if RESOLVED in ring.asked:
                    ring.leaves_at = None
            case Silenced():
                ring.attention.follow(shown)
            case Bridged(at=at):
                ring.leaves_at = at + TALKS
            case Ended():
                self._ring = OneRing()
            case _:
                pass

    @property
    def due(self) -> datetime | None:
        """When he will act, if nothing happens before."""
        ring = self._ring
        if self._behaviour not in BY_HAND:
            return None
        return earliest(ring.picks_up_at, ring.leaves_at, ring.attention.polite_from if ring.asked else None)

    def acts(self, now: datetime) -> Act | None:
        """What happens at this telephone now, if anything."""
        ring = self._ring
        if self.due is None or now < self.due:
            return None
        if ring.picks_up_at is not None:
            ring.picks_up_at = None
            return Answer()
        if ring.leaves_at is not None and now >= ring.leaves_at:
            return HangUp()
        asked, ring.asked = ring.asked, {}
        return self._reply(asked)

    def _reply(self, asked: dict[str, str]) -> Act | None:
        match self._behaviour:
            case ManagerBehaviour.ACCEPT if RESOLVED in asked:
                return Press(asked[RESOLVED])
            case ManagerBehaviour.ACCEPT if "screening.accept" in asked:
                return Press(asked["screening.accept"])
            case ManagerBehaviour.DECLINE if "screening.decline" in asked:
                return Press(asked["screening.decline"])
            case ManagerBehaviour.HANG_UP:
                return HangUp()
            case _:
                return None
