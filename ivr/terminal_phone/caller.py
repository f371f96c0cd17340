"""The caller by script: listens to each question to its end, then answers it by the keys it has named."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from flows.prompts.rewording import NONE, Rewordings
from ivr.emulator.happenings import Bridged, Rang, Silenced, Spoke
from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.acts import Act, Attention, HangUp, Press, earliest
from ivr.terminal_phone.ear import Ear

QUESTIONS = (
    "language.choice",
    "ticket.ask",
    "ticket.nonsense.",
    "ticket.silence.",
    "confirm.escalate",
    "consent.agree",
    "refused.other_ticket",
    "after_talk.resolved",
    "after_talk.next_level",
    "ways.goodbye",
)
PATIENCE = {"ringing": timedelta(seconds=4), "talking": timedelta(seconds=5)}
"""How long a caller who means to leave waits first."""


class AfterTalk(Enum):
    """What the caller does when a talk with a manager is over."""

    RESOLVED = "resolved"
    NEXT = "next"
    HANG_UP = "hang-up"


class HangUpWhen(Enum):
    """When a caller gives up: asked for the ticket, asked to confirm, while a phone rings, in the talk."""

    TICKET = "ticket"
    CONFIRM = "confirm"
    RINGING = "ringing"
    TALKING = "talking"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerPlan:
    """What the caller has in mind. ``ticket`` is keyed as it is, followed by the pound key."""

    ticket: str
    language: str = "en"
    after_talk: AfterTalk = AfterTalk.RESOLVED
    hang_up_when: HangUpWhen | None = None


class ScriptedCaller:
    """Understands only the language he has chosen; what he does not understand he does not answer."""

    def __init__(self, plan: CallerPlan, words: Rewordings = NONE) -> None:
        """``words`` are sentences that the line says otherwise."""
        self._plan = plan
        self._ear = Ear((plan.language,), QUESTIONS, words)
        self._attention = Attention()
        self._asked: dict[str, str] = {}
        self._leaves_at: datetime | None = None

    def follow(self, shown: Shown) -> None:
        """Something happened on the caller's telephone, or a manager's rang."""
        match shown:
            case Spoke(text=text):
                self._attention.follow(shown)
                self._asked |= self._ear.understands(text)
            case Silenced():
                self._attention.follow(shown)
            case Rang(at=at):
                self._means_to_leave(HangUpWhen.RINGING, at)
            case Bridged(at=at):
                self._means_to_leave(HangUpWhen.TALKING, at)
            case _:
                pass

    @property
    def due(self) -> datetime | None:
        """When he will act, if nothing happens before."""
        return earliest(self._leaves_at, self._attention.polite_from if self._asked else None)

    def acts(self, now: datetime) -> Act | None:
        """What he does now, if anything."""
        if self.due is None or now < self.due:
            return None
        if self._leaves_at is not None and now >= self._leaves_at:
            return HangUp()
        asked, self._asked = self._asked, {}
        return self._answer(asked)

    def _means_to_leave(self, moment: HangUpWhen, at: datetime) -> None:
        if self._plan.hang_up_when is moment and self._leaves_at is None:
            self._leaves_at = at + PATIENCE[moment.value]

    def _answer(self, asked: dict[str, str]) -> Act:
        if "confirm.escalate" in asked:
            return self._unless(HangUpWhen.CONFIRM, asked["confirm.escalate"])
        if "consent.agree" in asked:
            return Press(asked["consent.agree"])
        if "after_talk.resolved" in asked:
            return self._after_talk(asked)
        if "ways.goodbye" in asked:
            return Press(asked["ways.goodbye"])
        if "language.choice" in asked:
            return Press(asked["language.choice"])
        if "refused.other_ticket" in asked:
            return HangUp()
        return self._unless(HangUpWhen.TICKET, f"{self._plan.ticket}#")

    def _unless(self, moment: HangUpWhen, keys: str) -> Act:
        return HangUp() if self._plan.hang_up_when is moment else Press(keys)

    def _after_talk(self, asked: dict[str, str]) -> Act:
        """The next level is not offered at the top of the ladder; there even the most patient caller is done."""
        match self._plan.after_talk:
            case AfterTalk.HANG_UP:
                return HangUp()
            case AfterTalk.NEXT if "after_talk.next_level" in asked:
                return Press(asked["after_talk.next_level"])
            case AfterTalk.NEXT | AfterTalk.RESOLVED:
                return Press(asked["after_talk.resolved"])
