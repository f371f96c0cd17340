"""A change made by a form: what the form does not touch stands as its writer wrote it."""

from collections.abc import Callable
from dataclasses import replace
from difflib import ndiff

import pytest
from hypothesis import given

from db.seed import ROUTING
from flows.routing import Routing
from ivr.routing_file.document import routing_said
from ivr.routing_file.editing import edited
from ivr.routing_file.writing import write
from tests.ivr.routing_file.routings import ROUTINGS

REMARK = "# Dana is on parental leave from May on; ask Ines"
DANA, MARCUS = "dana-whitfield", "marcus-oyelaran"
WRITTEN = (
    write(ROUTING)
    .replace(f"  {DANA}:\n", f"  {REMARK}\n  {DANA}:\n")
    .replace("cooldown:\n", "cooldown:    # agreed with Priya\n")
    .replace('phones: ["+12025550102"]', "phones:\n      - '+12025550102'   # mobile")
)


def changed(new: Routing, text: str = WRITTEN) -> tuple[list[str], list[str]]:
    """The lines that are gone, and the new ones."""
    lines = list(ndiff(text.splitlines(), edited(text, ROUTING, new).splitlines()))
    assert routing_said(edited(text, ROUTING, new)) == new
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def with_person(key: str, **facts: object) -> Routing:
    person = replace(ROUTING.people[key], **facts)  # type: ignore[arg-type]
    return replace(ROUTING, people={**ROUTING.people, key: person})


def test_a_person_is_changed_and_nobody_else_and_the_remark_above_stays() -> None:
    assert changed(with_person(DANA, zone="Europe/Berlin")) == ([], ["    time_zone: Europe/Berlin"])


def test_a_person_is_added_below_the_others() -> None:
    people = {**ROUTING.people, "ines": replace(ROUTING.people[DANA], name="Ines", email="")}

    assert changed(replace(ROUTING, people=people)) == (
        [], ["  ines:", "    name: Ines", '    phones: ["+12025550101"]', "    languages: [en]"])


def test_a_person_is_removed_with_the_remarks_about_them() -> None:
    people = {key: person for key, person in ROUTING.people.items() if key != DANA}
    removed, added = changed(replace(ROUTING, people=people))

    assert (removed[:2], added) == ([f"  {REMARK}", f"  {DANA}:"], [])


def test_ladders_change_places_as_they_are_written() -> None:
    other = replace(ROUTING.ladders[0], name="Second", products=("Managed Cloud",))
    two = replace(ROUTING, ladders=(*ROUTING.ladders, other))
    text = edited(WRITTEN, ROUTING, two).replace("name: Second", "name: Second    # for the cloud")

    back = edited(text, two, replace(ROUTING, ladders=(other, *ROUTING.ladders)))

    assert back.index("name: Second    # for the cloud") < back.index("name: Northwind Support")
    assert REMARK in back


@pytest.mark.parametrize("form", [
    lambda text: text.replace("people:\n", "people: {}\nother:\n"),
    lambda text: "{lines: [], people: {}, ladders: [], programs: {}}",
    lambda text: "",
    lambda text: "- a list",
], ids=["an unknown section", "all on one line", "nothing", "a list"])  # fmt: skip
def test_a_text_that_says_something_else_is_written_anew(form: Callable[[str], str]) -> None:
    new = with_person(DANA, zone="Europe/Berlin")

    assert edited(form(WRITTEN), ROUTING, new) == write(new)


def test_a_section_that_was_not_there_is_added_at_the_end() -> None:
    bare = replace(ROUTING, other_paths={})

    assert edited(write(bare), bare, ROUTING).endswith("Managed Cloud: Northwind Cloud Operations, +1 202 555 0160\n")


@given(ROUTINGS, ROUTINGS)
def test_whatever_it_said_it_says_then_what_is_wanted(old: Routing, new: Routing) -> None:
    assert routing_said(edited(write(old), old, new)) == new
