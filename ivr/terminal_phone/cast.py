"""Who is on stage: the caller, a company's managers and the duty phone, each with a telephone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.seed import CONTACT_NUMBER, DUTY_NUMBER, LINE_NUMBER, ROUTING
from flows.prompts.rewording import Rewordings
from flows.routing import Routing


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
    """All parties of one call to the line ``line`` (E.164). ``words`` are sentences that their line says otherwise;
    ``readers`` say whose a mail address is."""

    line: str
    caller: Party
    managers: tuple[Party, ...]
    duty: Party
    words: Rewordings = field(default_factory=dict)
    readers: Mapping[str, str] = field(default_factory=dict)

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
    return Cast(
        line=LINE_NUMBER, caller=Party(name="caller", number=caller), managers=managers, duty=duty,
        readers=readers_of(ROUTING, ROUTING.lines[0].shift_manager),
    )


def readers_of(routing: Routing, shift_manager: str) -> dict[str, str]:
    """Who reads mail at which address: people by name, the shift manager (the key of a person) as such."""
    return {
        person.email: "shift manager" if key == shift_manager else person.name
        for key, person in routing.people.items()
        if person.email
    }
