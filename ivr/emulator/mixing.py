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
        others = tuple(leg.address for leg in self.heard_by(member))
        if others:
            member.office.tell(Bridged(**member.tag(), others=others))

    def heard_by(self, leg: "Leg") -> list["Leg"]:
        """The other members this leg hears."""
        return [member for member in self.members if member is not leg and not member.muted and not leg.on_hold]
