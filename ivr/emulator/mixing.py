"""Who hears whom."""

from typing import TYPE_CHECKING

from ivr.emulator.happenings import Bridged

if TYPE_CHECKING:
    from ivr.emulator.legs import Leg


class Mix:
    """A set of legs that hear each other: two in a dialled call, many in a conference."""

    def __init__(self) -> None:
        self.members: list[Leg] = []

    def join(self, leg: "Leg") -> None:
        """Add a leg; every member learns who is there."""
        self.members.append(leg)
        leg.mix = self
        for member in self.members:
            self.tell(member)

    def leave(self, leg: "Leg") -> None:
        """Take a leg out; leaving twice is harmless."""
        if leg in self.members:
            self.members.remove(leg)
            leg.mix = None

    def tell(self, member: "Leg") -> None:
        """Announce to the log whom this member hears."""
        others = tuple(leg.address for leg in self.members if self.hears(member, leg))
        if others:
            member.office.tell(Bridged(**member.tag(), others=others))

    def hears(self, listener: "Leg", speaker: "Leg") -> bool:
        """Muted legs are not heard, legs on hold neither hear nor are heard, a coach is heard by the one he coaches."""
        if listener is speaker or listener not in self.members or speaker not in self.members:
            return False
        if speaker.muted or speaker.on_hold or listener.on_hold:
            return False
        return speaker.coaching in ("", listener.sid)

    def listeners(self, speaker: "Leg") -> list["Leg"]:
        """Who hears this leg speak."""
        return [leg for leg in self.members if self.hears(leg, speaker)]
