"""People with several phones, quiet hours and a zone; restraint at night; ladders for some customers."""

from datetime import time

import pytest

from flows.routing import Person
from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import QuietHours
from flows.rules.restraint import Restraint
from ivr.routing_file.difference import differences
from tests.ivr.routing_file.desk import EXAMPLE, changed, checked, routing, said

NAMED = "    name: Jane Doe\n"
NIGHT = DailyHours(begins=time(22), ends=time(7))


def jane(*lines: str) -> str:
    """The example with more about Jane."""
    return changed(NAMED, NAMED + "".join(f"    {line}\n" for line in lines))


def with_restraint(*lines: str) -> str:
    return EXAMPLE + "restraint:\n" + "".join(f"  {line}\n" for line in lines)


def test_phones_ring_in_the_order_in_which_they_are_written() -> None:
    text = changed('    number: "+12025550101"', '    phones: ["+12025550101", "+12025550111"]')
    assert routing(text).people["jane"].phones == ("+12025550101", "+12025550111")


def test_number_and_language_are_short_for_lists_of_one() -> None:
    assert routing(jane("language: de")).people["jane"] == Person(
        name="Jane Doe", phones=("+12025550101",), languages=("de",)
    )


@pytest.mark.parametrize(
    ("lines", "quiet"),
    [
        (('quiet_hours: "22:00-07:00"',), QuietHours(hours=NIGHT, except_for=1)),
        (('quiet_hours: "22:00-07:00"', "rings_anyway: 2 high"), QuietHours(hours=NIGHT, except_for=2)),
        (('quiet_hours: "22:00-07:00"', "rings_anyway: never"), QuietHours(hours=NIGHT, except_for=0)),
        (
            ('quiet_hours: "12:30-24:00"',),
            QuietHours(hours=DailyHours(begins=time(12, 30), ends=time(0)), except_for=1),
        ),
    ],
)
def test_quiet_hours_may_run_over_midnight_and_have_exceptions(lines: tuple[str, ...], quiet: QuietHours) -> None:
    assert routing(jane(*lines)).people["jane"].quiet == quiet


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ("quiet_hours: 22:00",),
            '12: people.jane.quiet_hours: YAML reads 22:00 as a number; quote it: "22:00"',
        ),
        (
            ('quiet_hours: "22-7"',),
            '12: people.jane.quiet_hours: expected hours such as "22:00-07:00", not 22-7',
        ),
        (
            ('quiet_hours: "07:00-07:00"',),
            "12: people.jane.quiet_hours: daily hours must end at another time than they begin",
        ),
        (
            ("rings_anyway: 1 urgent",),
            "12: people.jane.rings_anyway: says nothing without quiet_hours; add that, or remove this",
        ),
        (
            ('quiet_hours: "22:00-07:00"', "rings_anyway: always"),
            "13: people.jane.rings_anyway: expected 1 urgent or 2 high or 3 normal or 4 low or never, not always",
        ),
    ],
)
def test_a_mistake_about_quiet_hours_is_one_sentence(lines: tuple[str, ...], told: str) -> None:
    assert said(jane(*lines)) == [told]


def test_a_number_twice_is_a_mistake() -> None:
    text = changed('    number: "+12025550101"', '    phones: ["+12025550101", "+12025550101"]')
    assert said(text) == ["12: people.jane.phones.2: +12025550101 is there twice; keep one of the two"]


def test_restraint_has_the_usual_values_where_none_are_given() -> None:
    assert routing().restraint == Restraint()
    assert routing(with_restraint("rings_per_night: 1")).restraint == Restraint(rings_a_night=1)
    later = Restraint(night=DailyHours(begins=time(23, 30), ends=time(6)))
    assert routing(with_restraint('night: "23:30-06:00"')).restraint == later


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("rings_per_night: few", "restraint.rings_per_night: expected a number of rings such as 3, not few"),
        ("rings_per_night: -1", "restraint.rings_per_night: expected a number of rings such as 3, not -1"),
        ("night: dark", 'restraint.night: expected hours such as "22:00-07:00", not dark'),
        ("nights: 3", "restraint.nights: is not a key used here; did you mean night?"),
    ],
)
def test_a_mistake_about_restraint_is_one_sentence(line: str, told: str) -> None:
    (only,) = said(with_restraint(line))
    assert only.partition(": ")[2] == told


@pytest.mark.parametrize(("word", "meant"), [("with", True), ("without", False)])
def test_a_ladder_for_customers_with_an_account_manager_or_without(word: str, meant: bool) -> None:
    text = changed("  - name: default\n", f"  - name: default\n    account_manager: {word}\n")
    assert routing(text).ladders[0].account_manager is meant


def test_another_word_is_a_mistake() -> None:
    text = changed("  - name: default\n", "  - name: default\n    account_manager: maybe\n")
    (only,) = said(text)
    assert only == "20: ladders.1.account_manager: expected with or without, not maybe"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            jane('quiet_hours: "22:00-07:00"'),
            ["person jane: quiet hours added: 22:00-07:00", "person jane: rings anyway added: 1 urgent"],
        ),
        (with_restraint("rings_per_night: 1"), ["restraint: rings per night 3 → 1"]),
        (
            changed("  - name: default\n", "  - name: default\n    account_manager: without\n"),
            ["ladder default: account manager added: without"],
        ),
    ],
)
def test_a_change_is_told_in_sentences(text: str, told: list[str]) -> None:
    assert differences(routing(), checked(text).routing) == told
