"""What publishing would change, told so that a reviewer need not read the file."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.routing import Routing
from ivr.routing_file.difference import differences
from ivr.routing_file.document import NOTHING
from tests.ivr.routing_file.desk import changed, checked, routing
from tests.ivr.routing_file.routings import ROUTINGS

EDITS = {
    "a ring time": (
        "members: [jane]",
        "members: [jane]\n        ring_seconds: 30",
        ["ladder default, level 1 Support Operations Manager: ring seconds 25 → 30"],
    ),
    "somebody else on a level": (
        "members: [jane]",
        "members: [sam, jane]",
        [
            "ladder default, level 1 Support Operations Manager: members jane → sam, jane",
            "ladder default, level 1 Support Operations Manager: order added: in-turn",
        ],
    ),
    "a fact more": (
        'number: "+12025550101"',
        'number: "+12025550101"\n    email: jane@example.com',
        ["person jane: email added: jane@example.com"],
    ),
    "a fact less": (
        '\n    number: "+12025550102"',
        "",
        ["person sam: phones removed (was +12025550102)"],
    ),
    "a person more": (
        "people:\n",
        'people:\n  kim:\n    name: Kim Ito\n    number: "+12025550103"\n',
        ["person kim: added (name Kim Ito, phones +12025550103)"],
    ),
    "a person less": ('  jane:\n    name: Jane Doe\n    number: "+12025550101"\n', "", ["person jane: removed"]),
    "a level in between": (
        "      - title: Director of Support",
        "      - title: Duty Manager\n        members: [sam]\n      - title: Director of Support",
        [
            "ladder default, level 3 Director of Support: position 2 → 3",
            "ladder default, level 2 Duty Manager: added (members sam, ring seconds 25)",
        ],
    ),
    "a guaranteed response": (
        "guaranteed_response: 4h",
        "guaranteed_response: 90m",
        ["program Standard, severity 2 high: guaranteed response 4h → 1h 30m"],
    ),
    "a severity that may be escalated now": (
        "4 low: {escalation: refused}",
        "4 low: {escalation: allowed, guaranteed_response: 2d}",
        [
            "program Standard, severity 4 low: escalation refused → allowed",
            "program Standard, severity 4 low: guaranteed response added: 2d",
        ],
    ),
    "shorter days": (
        'monday: "08:00-18:00"',
        'monday: "08:00-12:00, 13:00-17:00"',
        ["calendar office: hours monday 08:00-18:00 → 08:00-12:00, 13:00-17:00"],
    ),
    "a cooldown": (
        "calendars:\n",
        "cooldown: {after_reached: 30m}\n\ncalendars:\n",
        ["cooldown: after reached 1h → 30m"],
    ),
    "another path": (
        "calendars:\n",
        "other_paths: {Managed Cloud: the cloud desk}\n\ncalendars:\n",
        ["other paths Managed Cloud added: the cloud desk"],
    ),
    "only the order in which a week is written": (
        'monday: "08:00-18:00", tuesday: "08:00-18:00"',
        'tuesday: "08:00-18:00", monday: "08:00-18:00"',
        [],
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), EDITS.values(), ids=EDITS)
def test_an_edit_is_told_in_sentences(old: str, new: str, told: list[str]) -> None:
    assert differences(routing(), checked(changed(old, new)).routing) == told


def test_the_first_version_is_all_new() -> None:
    assert differences(NOTHING, routing())[:2] == [
        "line +12025550150: added (company Example Software, languages en, time zone America/New_York, "
        "shift manager sam, ticket number digits shortest 4, ticket number digits longest 10, talk limit 1h)",
        "person jane: added (name Jane Doe, phones +12025550101)",
    ]


def test_names_with_commas_are_told_apart_from_two_names() -> None:
    one = changed("  - name: default\n", "  - name: default\n    products: ['Mail, Gateway']\n")
    two = changed("  - name: default\n", "  - name: default\n    products: [Mail, Gateway]\n")
    assert differences(routing(one), routing(two)) == ['ladder default: products "Mail, Gateway" → Mail, Gateway']


@settings(deadline=None)
@given(ROUTINGS, ROUTINGS, st.sampled_from([field.name for field in fields(Routing)]))
def test_no_difference_is_ever_left_untold(old: Routing, other: Routing, section: str) -> None:
    new = replace(old, **{section: getattr(other, section)})
    if not differences(old, new):
        assert replace(old, lines=()) == replace(new, lines=())
        assert sorted(map(repr, old.lines)) == sorted(map(repr, new.lines))
