"""How a call ended, from what the carrier saw and the caller heard."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flows.prompts.catalogue import LANGUAGES
from ivr.emulator.happenings import Alerted, Bridged, Dialled, Ended, Rang, Silenced, Spoke, WebhookMade
from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.cast import Cast, Party
from ivr.terminal_phone.ear import Ear
from ivr.terminal_phone.script import NOTHING_HEARD

VOICE = frozenset({"voice", "action", "redirect", "fallback"})
"""The webhooks that are turns of the conversation; the others report or screen."""
ESCALATED, TROUBLE = "claimed.notified", "trouble.sorry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """``outcome`` is reached, exhausted, abandoned or not-escalated; ``reached`` the last manager who talked."""

    outcome: str
    reached: Party | None
    turns: int
    heard: tuple[str, ...]
    reasons: tuple[str, ...] | None

    def as_json(self) -> str:
        """One line; ``reasons`` is left out where they cannot be known (another process keeps the database)."""
        facts = {
            "outcome": self.outcome,
            "level": self.reached.level if self.reached else None,
            "title": self.reached.title if self.reached else None,
            "turns": self.turns,
            "heard": list(self.heard),
        }
        known = {} if self.reasons is None else {"reasons": list(self.reasons)}
        return json.dumps(facts | known, ensure_ascii=False)

    def as_sentence(self) -> str:
        """The same for people."""
        because = f" ({', '.join(self.reasons)})" if self.reasons else ""
        match self.outcome:
            case "reached" if self.reached is not None:
                return f"Reached: the caller talked to {self.reached.name}, the {self.reached.title}."
            case "exhausted":
                return "Exhausted: everybody was rung and nobody took the call."
            case "abandoned":
                return "Abandoned: the caller left before anybody took the call."
            case _:
                return f"Not escalated{because}."


class Record:
    """Follows one call from its dialling to the end of its last leg."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._ear = Ear(LANGUAGES, (ESCALATED, TROUBLE), cast.words)
        self._live: set[str] = set()
        self._legs: set[str] = set()
        self._heard: list[str] = []
        self._escalated, self._left = False, False
        self._reached: Party | None = None
        self._turns = 0
        self._on_hold = False
        self.sid = ""
        self.failures: list[str] = []

    @property
    def is_over(self) -> bool:
        """Whether the call has begun and no leg of it lives any more."""
        return bool(self.sid) and not self._live

    def hangs_up(self, party: Party) -> None:
        """Somebody puts the telephone down: the carrier does not say which side ended a call."""
        self._left = self._left or party == self._cast.caller

    def ending(self, reasons: Sequence[str] | None) -> Ending:
        """How it ended. ``reasons`` are those of refusals, None where they are unknown."""
        return Ending(
            outcome=self._outcome(),
            reached=self._reached,
            turns=self._turns,
            heard=tuple(self._heard),
            reasons=None if reasons is None else tuple(reasons),
        )

    def tell(self, shown: Shown) -> None:
        """Something happened."""
        match shown:
            case Dialled(call_sid=sid, handset=number) if number == self._cast.caller.number:
                self.sid = sid
                self._begins(sid)
            case Rang(call_sid=sid, handset=number) if self._cast.at(number) is not None:
                self._begins(sid)
            case Ended(call_sid=sid):
                self._live.discard(sid)
            case Spoke(call_sid=self.sid, text=text):
                self._hears(text)
            case Silenced(call_sid=self.sid, text=text):
                self._heard[-1:] = [] if text == NOTHING_HEARD else [text]
            case Bridged(call_sid=self.sid, others=others):
                self._reached = next((one for one in self._cast.managers if one.number in others), self._reached)
            case WebhookMade() | Alerted() if shown.call_sid in self._legs:
                self._carrier_asked(shown)
            case _:
                pass

    def _begins(self, sid: str) -> None:
        self._live.add(sid)
        self._legs.add(sid)

    def _hears(self, text: str) -> None:
        self._heard.append(text)
        told = self._ear.understands(text)
        self._escalated = self._escalated or ESCALATED in told
        if TROUBLE in told:
            self.failures.append(f'the line said: "{text}"')

    def _carrier_asked(self, shown: WebhookMade | Alerted) -> None:
        match shown:
            case Alerted(level="error", code=code, text=text):
                self.failures.append(f"the carrier raised {code}: {text}")
            case WebhookMade(status=status, kind=kind) if not 200 <= status < 300:
                self.failures.append(f"a webhook ({kind}) was answered with {status or 'nothing'}")
            case WebhookMade() if shown.call_sid == self.sid:
                self._takes_a_turn(shown)
            case _:
                pass

    def _takes_a_turn(self, asked: WebhookMade) -> None:
        """While the music plays the carrier comes back again and again: nobody has said or keyed anything."""
        if asked.kind == "wait" or "QueueResult" in asked.parameters:
            self._on_hold = asked.kind == "wait"
        if asked.kind in VOICE and not (self._on_hold and asked.kind == "redirect"):
            self._turns += 1

    def _outcome(self) -> str:
        if self._reached is not None:
            return "reached"
        if not self._escalated:
            return "not-escalated"
        return "abandoned" if self._left else "exhausted"
