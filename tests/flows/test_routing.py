"""The routing: what an admin wrote, as one ticket's ladder."""

from dataclasses import replace

import pytest

from flows.routing import LadderPlan, LevelPlan, Person, Routing
from flows.rules.schedule import Schedule
from tests.flows.world import LEVEL_1, LEVEL_2, LINE, TICKET

JANE = Person(name="Jane Doe", phones=(LEVEL_1, LEVEL_2), email="jane@example.com")


def routing(person: Person) -> Routing:
    """A routing with one ladder of one level, and on it one person."""
    level = LevelPlan(title="Operations", members=("jane",))
    return Routing(
        lines=(LINE,), people={"jane": person}, programs={}, ladders=(LadderPlan(name="all", levels=(level,)),)
    )


@pytest.mark.parametrize(
    ("understood", "spoken"), [((), "en"), (("de",), "de"), (("fr", "ru", "de"), "ru"), (("fr",), "en")]
)
def test_a_person_is_spoken_to_in_the_best_language_the_line_has_words_for(
    understood: tuple[str, ...], spoken: str
) -> None:
    (level,) = routing(replace(JANE, languages=understood)).ladder(TICKET, {}).levels
    assert level.members[0].language == spoken


def test_all_phones_stand_on_the_ladder_in_their_order_in_the_persons_own_zone() -> None:
    (level,) = routing(replace(JANE, zone="Asia/Tokyo")).ladder(TICKET, {}, "America/New_York").levels
    (member,) = level.members
    assert (member.person, member.phones, member.zone) == ("jane", (LEVEL_1, LEVEL_2), "Asia/Tokyo")


def test_who_names_no_zone_lives_in_that_of_the_line() -> None:
    (level,) = routing(JANE).ladder(TICKET, {}, "America/New_York").levels
    assert level.members[0].zone == "America/New_York"


@pytest.mark.parametrize(
    ("wanted", "has_one", "serves"),
    [(None, True, True), (None, False, True), (True, True, True), (True, False, False), (False, True, False)],
)
def test_ladders_differ_with_and_without_a_technical_account_manager(
    wanted: bool | None, has_one: bool, serves: bool
) -> None:
    plan = LadderPlan(name="any", levels=(), account_manager=wanted)
    assert plan.serves(replace(TICKET, account_manager=has_one)) is serves


@pytest.mark.parametrize(
    ("on_duty", "person"),
    [({"shift": "jane"}, "jane"), ({"shift": None}, ""), ({}, ""), ({"shift": "somebody who left"}, "")],
)
def test_a_member_may_be_a_shift_which_somebody_has_or_nobody(on_duty: dict[str, str | None], person: str) -> None:
    level = LevelPlan(title="Operations", members=("shift",))
    shifts = {"shift": Schedule(name="Duty managers", zone="UTC")}
    scheduled = replace(routing(JANE), ladders=(LadderPlan(name="all", levels=(level,)),), schedules=shifts)
    ((member,),) = (each.members for each in scheduled.ladder(TICKET, {}, "UTC", on_duty).levels)
    assert member.person == person
    assert member.vacant is not bool(person)
    assert member.name == ("Jane Doe" if person else "Duty managers")


A, B, C = (replace(LINE, number=f"+1202555015{digit}") for digit in (1, 2, 3))


@pytest.mark.parametrize(
    ("products", "called", "serves"),
    [
        (((), (), ()), 0, 0),                                     # every line serves all
        ((("Backup",), ("Mail",), ()), 0, 0),                     # this one by name
        ((("Mail",), ("Backup",), ()), 0, 1),                     # another by name, before the one for all
        ((("Mail",), (), ("Agent",)), 0, 1),                      # the one for all
        (((), ("Backup",), ()), 0, 0),                            # this one serves all, whatever others name
        ((("Mail",), ("Agent",), ("Mail", "Agent")), 2, 2),       # nobody: it does not fall between the lines
    ],
)
def test_a_product_has_a_line(products: tuple[tuple[str, ...], ...], called: int, serves: int) -> None:
    lines = tuple(replace(line, products=each) for line, each in zip((A, B, C), products, strict=True))
    found = replace(routing(JANE), lines=lines).line_for(lines[called], "Backup")
    assert lines.index(found) == serves
