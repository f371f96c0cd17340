"""The routing: what an admin wrote, as one ticket's ladder."""

from dataclasses import replace

import pytest

from flows.routing import LadderPlan, LevelPlan, Person, Routing
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
