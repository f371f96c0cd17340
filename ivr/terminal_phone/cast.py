"""Who is on stage: the caller, the demo company's managers and the duty phone, each with a telephone."""

from dataclasses import dataclass

from db.seed import CONTACT_NUMBER, DUTY_NUMBER, LINE_NUMBER, ROUTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody with a telephone. ``key`` is what one types to speak of it; ``level`` is 0 for all but managers."""

    name: str
    number: str
    key: str = ""
    level: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """All parties of one call to the line ``line`` (E.164)."""

    line: str
    caller: Party
    managers: tuple[Party, ...]
    duty: Party

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody, the caller first."""
        return (self.caller, *self.managers, self.duty)

    @property
    def levels(self) -> dict[int, str]:
        """The ladder's levels and their titles."""
        return {manager.level: manager.title for manager in self.managers}

    def at(self, number: str) -> Party | None:
        """Whose telephone this is."""
        return next((party for party in self.parties if party.number == number), None)


def demo_cast(caller: str = CONTACT_NUMBER) -> Cast:
    """The demo company's people, with ``caller`` (E.164) calling. ValueError: that number is one of theirs."""
    people = ROUTING.people
    managers = tuple(
        Party(name=f"Level {level}", number=people[member].phones[0], key=str(level), level=level, title=plan.title)
        for level, plan in enumerate(ROUTING.ladders[0].levels, start=1)
        for member in plan.members
    )
    duty = Party(name="duty phone", number=DUTY_NUMBER, key="duty")
    taken = {LINE_NUMBER: "the line", **{party.number: party.name for party in (*managers, duty)}}
    if caller in taken:
        raise ValueError(f"{caller} is the number of {taken[caller]}")
    return Cast(line=LINE_NUMBER, caller=Party(name="caller", number=caller), managers=managers, duty=duty)


def reader_of(address: str) -> str:
    """Who reads mail at ``address``: the shift manager, a manager of the ladder by name, else the address."""
    if address == ROUTING.people[ROUTING.lines[0].shift_manager].email:
        return "shift manager"
    return next((person.name for person in ROUTING.people.values() if person.email == address), address)
