"""Conferences: rooms of legs, their callbacks and how they end (https://www.twilio.com/docs/voice/twiml/conference)."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Literal
from xml.etree.ElementTree import Element

from ivr.emulator.audio import BEEP
from ivr.emulator.documents import Page, method_of, truth
from ivr.emulator.legs import Leg
from ivr.emulator.mixing import Mix
from ivr.emulator.office import Office
from ivr.emulator.trunks import ears

PARTICIPANTS_AT_MOST = 250
HOLD_MUSIC = "(hold music)"
KINDS = frozenset({"start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"})
FAMILY = {
    "conference-start": "start", "conference-end": "end", "participant-join": "join", "participant-leave": "leave",
    "participant-mute": "mute", "participant-unmute": "mute", "participant-hold": "hold", "participant-unhold": "hold",
    "participant-modify": "modify", "announcement-end": "announcement", "announcement-fail": "announcement",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Who hears about a conference. Assumed: without a list of events, start and end."""

    url: str
    method: str = "POST"
    kinds: frozenset[str] = frozenset({"start", "end"})

    @classmethod
    def from_noun(cls, noun: Element, page: Page) -> "Notices | None":
        """Read statusCallback, statusCallbackMethod, statusCallbackEvent."""
        url = noun.get("statusCallback", "")
        if not url:
            return None
        kinds = frozenset(re.split(r"[\s,]+", noun.get("statusCallbackEvent", "start end"))) & KINDS
        return cls(url=page.absolute(url), method=method_of(noun, "statusCallbackMethod"), kinds=kinds)


@dataclass(slots=True, eq=False, kw_only=True)
class Participant:
    """One leg's seat in a conference."""

    leg: Leg
    label: str = ""
    starts: bool = True
    ends: bool = False
    beep: str = "true"
    joined: datetime
    left: asyncio.Event = field(default_factory=asyncio.Event)
    hold_url: str = ""

    @classmethod
    def from_noun(cls, leg: Leg, noun: Element) -> "Participant":
        """Read the noun's attributes with their documented defaults."""
        leg.muted, leg.coaching = truth(noun, "muted", False), noun.get("coach", "")
        return cls(
            leg=leg, label=noun.get("participantLabel", "")[:128], beep=noun.get("beep", "true"),
            starts=truth(noun, "startConferenceOnEnter", True), ends=truth(noun, "endConferenceOnExit", False),
            joined=leg.office.clock.now(),
        )  # fmt: skip


class Conference:
    """A room. Begins with two participants of whom one starts it; ends when the last, or one who ends it, leaves."""

    def __init__(self, office: Office, name: str) -> None:
        self.office, self.name, self.sid = office, name, office.sids.new("CF")
        self.status: Literal["init", "in-progress", "completed"] = "init"
        self.seats: dict[str, Participant] = {}
        self.mix = Mix()
        self.created = self.updated = office.clock.now()
        self.started = asyncio.Event()
        self.notices: Notices | None = None
        self.ended_by = ""
        self.reason = ""
        self._number = 0
        office.conferences[self.sid] = self

    def find(self, key: str) -> Participant | None:
        """A participant by call or label."""
        return self.seats.get(key) or next((seat for seat in self.seats.values() if key and seat.label == key), None)

    def join(self, seat: Participant, notices: Notices | None) -> None:
        """Take a seat. The first participant's wish for callbacks is everybody's."""
        if not self.seats and self.notices is None:
            self.notices = notices
        self.seats[seat.leg.sid] = seat
        self.tell("participant-join", seat)
        if self.status == "in-progress":
            self._enter(seat)
        elif len(self.seats) > 1 and any(one.starts for one in self.seats.values()):
            self._start()

    def _start(self) -> None:
        self.status, self.updated = "in-progress", self.office.clock.now()
        self.started.set()
        self.tell("conference-start", None)
        for seat in self.seats.values():
            self.mix.join(seat.leg)

    def _enter(self, seat: Participant) -> None:
        if seat.beep in ("true", "onEnter"):
            self._beep()
        self.mix.join(seat.leg)

    def _beep(self) -> None:
        for member in self.mix.members:
            for phone in ears(member):
                phone.sounds(BEEP)

    def leave(self, seat: Participant, reason: str = "participant-left") -> None:
        """Give up a seat; leaving twice is harmless."""
        if self.seats.pop(seat.leg.sid, None) is None:
            return
        self.mix.leave(seat.leg)
        seat.left.set()
        seat.leg.muted, seat.leg.on_hold, seat.leg.coaching = False, False, ""
        self.tell("participant-leave", seat)
        if self.status == "in-progress" and seat.beep in ("true", "onExit"):
            self._beep()
        if seat.ends and self.seats:
            self.end("participant-with-end-conference-on-exit-left", seat.leg.sid)
        elif not self.seats:
            self.end("last-participant-left" if reason == "participant-left" else reason, seat.leg.sid)

    def end(self, reason: str, call_sid: str = "") -> None:
        """The conference is over: everybody goes on with his next verb or action."""
        if self.status == "completed":
            return
        self.status, self.updated, self.reason, self.ended_by = "completed", self.office.clock.now(), reason, call_sid
        for seat in list(self.seats.values()):
            self.leave(seat, reason)
        self.tell("conference-end", None)
        self.office.stir()

    def hold(self, seat: Participant, *, on: bool) -> None:
        """Put a participant on hold or take him back."""
        if seat.leg.on_hold != on:
            seat.leg.on_hold = on
            self.tell("participant-hold" if on else "participant-unhold", seat)
            for phone in ears(seat.leg) if on else ():
                phone.sounds(HOLD_MUSIC)

    def mute(self, seat: Participant, *, on: bool) -> None:
        """Mute a participant or let him be heard."""
        if seat.leg.muted != on:
            seat.leg.muted = on
            self.tell("participant-mute" if on else "participant-unmute", seat)

    def tell(self, kind: str, seat: Participant | None) -> None:
        """Send a callback, if the first participant asked for its family."""
        self.updated = self.office.clock.now()
        self.office.stir()
        if self.notices is None or FAMILY[kind] not in self.notices.kinds:
            return
        form = self._form(kind) | (seat_form(seat) if seat is not None else {})
        self._number += 1
        self.office.spawn(self.office.deliver("conference", self.sid, self.notices.url, self.notices.method, form))

    def _form(self, kind: str) -> dict[str, str]:
        form = {
            "ConferenceSid": self.sid, "FriendlyName": self.name, "AccountSid": self.office.account_sid,
            "SequenceNumber": str(self._number), "Timestamp": format_datetime(self.office.clock.now()),
            "StatusCallbackEvent": kind,
        }  # fmt: skip
        if kind == "conference-end":
            form |= {"CallSidEndingConference": self.ended_by, "ReasonConferenceEnded": self.reason}
        return form


def seat_form(seat: Participant) -> dict[str, str]:
    """What a callback says about a participant."""

    def word(fact: bool) -> str:
        return str(fact).lower()

    return {
        "CallSid": seat.leg.sid, "Muted": word(seat.leg.muted), "Hold": word(seat.leg.on_hold),
        "Coaching": word(bool(seat.leg.coaching)), "EndConferenceOnExit": word(seat.ends),
        "StartConferenceOnEnter": word(seat.starts),
    } | ({"ParticipantLabel": seat.label} if seat.label else {})  # fmt: skip


def room(office: Office, name: str) -> Conference:
    """The live conference of this name (or SID), opened if there is none."""
    live = (one for one in office.conferences.values() if one.status != "completed" and name in (one.name, one.sid))
    return next(live, None) or Conference(office, name)
