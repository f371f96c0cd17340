"""The script of a call: what happens on the carrier, told as who hears, presses and does what."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from ivr.emulator.happenings import (
    Alerted,
    Answered,
    Bridged,
    Dialled,
    Ended,
    MessageSent,
    Pressed,
    Rang,
    Said,
    Silenced,
    Sounded,
    Spoke,
    WebhookMade,
)
from ivr.emulator.softphone.mail import MailArrived
from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.cast import Cast
from ivr.terminal_phone.layout import Entry

NOTHING_HEARD = "–"
"""What the carrier says was heard of a sentence that was cut off at its very beginning."""
MUSIC = re.compile(r"\(plays \S*music\S*\)")
"""Sounds of the line's own that people know as music."""
HOW_UNANSWERED = {"busy": ("is busy", ""), "failed": ("is out", "of reach")}

Beside: TypeAlias = WebhookMade | Alerted | MessageSent | MailArrived
"""What happens on no telephone's call."""
OnTelephone: TypeAlias = Dialled | Rang | Answered | Spoke | Silenced | Sounded | Said | Bridged | Ended
Told: TypeAlias = tuple[str, str]
"""Verb and words; an empty verb is not worth telling."""
NOTHING: Told = ("", "")


class Script:
    """Turns happenings into entries. Keys pressed one after another become one entry, so they wait for what follows."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._began: datetime | None = None
        self._keys: list[Pressed] = []
        self._rang: set[str] = set()
        self._answered: set[str] = set()
        self._listens_to_music: set[str] = set()

    def tell(self, shown: Shown) -> Iterator[Entry]:
        """The entries that ``shown`` adds."""
        if isinstance(shown, Pressed):
            yield from self._pressed(shown)
            return
        if not isinstance(shown, Silenced):
            yield from self.rest()  # a key that cuts a sentence off is the first of several
        if isinstance(shown, WebhookMade | Alerted | MessageSent | MailArrived):
            yield from self._beside(shown)
        elif self._cast.at(shown.handset) is not None:
            yield from self._on_telephone(shown)

    def hangs_up(self, number: str, at: datetime) -> Iterator[Entry]:
        """Somebody puts the telephone down: the carrier tells only that a call is over, not who ended it."""
        yield from self.rest()
        yield self._entry(at, number, "hangs up")

    def rest(self) -> Iterator[Entry]:
        """The keys that wait."""
        keys, self._keys = self._keys, []
        if keys:
            yield self._entry(keys[0].at, keys[0].handset, "presses", " ".join(pressed.key for pressed in keys))

    def _pressed(self, pressed: Pressed) -> Iterator[Entry]:
        if self._keys and self._keys[0].handset != pressed.handset:
            yield from self.rest()
        if self._cast.at(pressed.handset) is not None:
            self._keys.append(pressed)

    def _beside(self, shown: Beside) -> Iterator[Entry]:
        match shown:
            case WebhookMade(at=at, status=status, error=error):
                if not 200 <= status < 300:
                    words = f"the line answers {status or 'nothing'} {error}".rstrip()
                    yield self._entry(at, "carrier", "reports", words)
            case Alerted(at=at, code=code, text=text):
                yield self._entry(at, "carrier", "reports", f"{code} {text}")
            case MailArrived(at=at, receiver=receiver, subject=subject):
                yield self._entry(at, "mail", "to", f"{self._cast.readers.get(receiver, receiver)}: {subject}")
            case MessageSent(at=at, receiver=receiver, text=text):
                yield self._entry(at, receiver, "reads", f'"{text}"')

    def _on_telephone(self, shown: OnTelephone) -> Iterator[Entry]:
        if isinstance(shown, Dialled) and self._began is None:
            self._began = shown.at
        verb, words = self._told(shown)
        if verb:
            yield self._entry(shown.at, shown.handset, verb, words)

    def _told(self, shown: OnTelephone) -> Told:
        match shown:
            case Dialled(number=number):
                return "calls", number
            case Rang(call_sid=sid):
                self._rang.add(sid)
                return "rings", ""
            case Answered(call_sid=sid):
                self._answered.add(sid)
                return ("answers", "") if sid in self._rang else NOTHING  # that the line answers is heard at once
            case Spoke(call_sid=sid, text=text):
                self._listens_to_music.discard(sid)
                return "hears", f'"{text}"'
            case Silenced(text=text):
                return "cuts off", "" if text == NOTHING_HEARD else f'"{text}"'
            case Sounded(call_sid=sid, sound=sound) if MUSIC.fullmatch(sound):
                return self._music(sid)
            case Sounded(sound=sound):
                return "hears", sound
            case Said(text=text):
                return "says", f'"{text}"'
            case Bridged(others=others):
                return self._talks(shown, others)
            case Ended():
                return self._ends(shown)

    def _music(self, sid: str) -> Told:
        """However often it begins anew, until words are heard it is the same music."""
        if sid in self._listens_to_music:
            return NOTHING
        self._listens_to_music.add(sid)
        return "hears", "(hold music)"

    def _talks(self, bridged: Bridged, others: tuple[str, ...]) -> Told:
        """Both sides are told; the script says it once, from the side that called."""
        if bridged.call_sid in self._rang:
            return NOTHING
        parties = (self._cast.at(other) for other in others)
        return "talks to", ", ".join(party.name for party in parties if party is not None)

    def _ends(self, ended: Ended) -> Told:
        if ended.call_sid in self._answered:
            return "is done", f"after {ended.seconds} s"
        if ended.call_sid not in self._rang:
            return HOW_UNANSWERED.get(ended.status, ("is done", ""))
        return ("declines", "") if ended.status == "busy" else ("stops", "ringing")

    def _entry(self, at: datetime, whose: str, verb: str, words: str = "") -> Entry:
        party = self._cast.at(whose)
        seconds = (at - self._began).total_seconds() if self._began else 0.0
        return Entry(seconds=seconds, party=party.name if party else whose, verb=verb, words=words)
