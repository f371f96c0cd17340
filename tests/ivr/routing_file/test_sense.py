"""Mistakes of sense: what can be read would fail at a call. And doubts, which do not forbid publishing."""

import pytest

from tests.ivr.routing_file.desk import EXAMPLE, changed, checked, said

JANE = '  jane:\n    name: Jane Doe\n    number: "+12025550101"\n'
SECOND_LINE = """\
  - number: "+12025550151"
    company: Example Software
    languages: [en]
    time_zone: America/New_York
    shift_manager: sam

people:
"""
SECOND_LADDER = """\
  - name: special
    products: [Gateway]
    levels:
      - title: Support Operations Manager
        members: [jane]

programs:
"""
OUTSIDE = (
    "may not be dialled: it belongs to United Kingdom (GB), and only DE, US may be dialled; "
    "see DIAL_REGIONS in the settings"
)
PREMIUM = "may not be dialled: it is a premium-rate number; see DIAL_REGIONS in the settings"

MISTAKES = {
    "an unknown person on a level": (
        "members: [jane]",
        "members: [jane, jan]",
        ["22: ladders.1.levels.1.members: jan is not among the people; did you mean jane?"],
    ),
    "an unknown shift manager": (
        "shift_manager: sam",
        "shift_manager: tom",
        ["7: lines.1.shift_manager: tom is not among the people; there are jane, sam"],
    ),
    "a shift manager without e-mail": (
        "shift_manager: sam",
        "shift_manager: jane",
        ["7: lines.1.shift_manager: jane is mailed about every escalation and has no email; add one to that person"],
    ),
    "a mail address that is none": (
        "email: sam@example.com",
        "email: sam at example",
        ["16: people.sam.email: sam at example is not one mail address such as dana@example.com"],
    ),
    "an unknown calendar of a program": (
        "calendar: office",
        "calendar: ofice",
        ["31: programs.Standard.severities.3 normal.calendar: ofice is not among the calendars; did you mean office?"],
    ),
    "an unknown calendar of a level": (
        "members: [jane]",
        "members: [jane]\n        calendar: nights",
        ["23: ladders.1.levels.1.calendar: nights is not among the calendars; there are office"],
    ),
    "an unknown program of a ladder": (
        "  - name: default\n",
        "  - name: default\n    programs: [standard]\n",
        ["20: ladders.1.programs: standard is not among the programs; did you mean Standard?"],
    ),
    "a level without members": (
        "members: [jane]",
        "members: []",
        [
            "10: people.jane: warning: is on no level and is no shift manager; put them on a level or remove them",
            "22: ladders.1.levels.1.members: nobody is on this level; add a person or remove it",
        ],
    ),
    "a ladder on which nobody has a phone": (
        'name: Jane Doe\n    number: "+12025550101"\n  sam:\n    name: Sam Keller\n    number: "+12025550102"\n',
        "name: Jane Doe\n  sam:\n    name: Sam Keller\n",
        [
            "17: ladders.1: nobody on this ladder can be rung; it needs a level with a person who has a phone",
            "20: ladders.1.levels.1.members: warning: jane has no phone and is passed over on this level; add one to "
            "that person",
            "22: ladders.1.levels.2.members: warning: sam has no phone and is passed over on this level; add one to "
            "that person",
        ],
    ),
    "two levels with the same number": (
        'number: "+12025550102"',
        'number: "+12025550101"',
        [
            "24: ladders.1.levels.2.members: sam has the number of jane on level 1, and no phone rings twice; "
            "name another"
        ],
    ),
    "two ladders with one name": (
        "\nprograms:\n",
        SECOND_LADDER.replace("special", "default"),
        [
            "25: ladders.2.name: two ladders are called default; rename one",
            "25: ladders.2: warning: is never climbed: default (ladder 1) comes first and serves all of its tickets; "
            "put the special ladder first",
        ],
    ),
    "no ladder": (
        EXAMPLE[EXAMPLE.index("ladders:") : EXAMPLE.index("programs:")],
        "ladders: []\n",
        [
            "10: people.jane: warning: is on no level and is no shift manager; put them on a level or remove them",
            "18: ladders: has no ladder; add one with at least one level",
        ],
    ),
    "no line": (
        EXAMPLE[EXAMPLE.index("lines:") : EXAMPLE.index("people:")],
        "lines: []\n",
        ["2: lines: has no line; add the phone number that customers call"],
    ),
    "no program": (
        EXAMPLE[EXAMPLE.index("programs:") : EXAMPLE.index("calendars:")],
        "programs: {}\n",
        ["26: programs: has no program; every ticket would be refused, so add one"],
    ),
    "no language": (
        "languages: [en]",
        "languages: []",
        ["5: lines.1.languages: has no language; name at least one, such as [en]"],
    ),
    "a language twice": (
        "languages: [en]",
        "languages: [en, de, en]",
        ["5: lines.1.languages: names en twice; keep one of the two"],
    ),
    "a language of the line without catalogue": (
        "languages: [en]",
        "languages: [en, fr]",
        ["5: lines.1.languages.2: the line cannot speak fr; it speaks en, de, ru"],
    ),
    "a language of a person without catalogue": (
        "name: Jane Doe",
        "name: Jane Doe\n    language: English",
        ["12: people.jane.language: the line cannot speak English; it speaks en, de, ru"],
    ),
    "a person none of whose languages has a catalogue": (
        "name: Jane Doe",
        "name: Jane Doe\n    languages: [fr, it]",
        ["12: people.jane.languages: the line cannot speak fr or it; it speaks en, de, ru"],
    ),
    "a person's time zone misspelt": (
        "name: Jane Doe",
        "name: Jane Doe\n    time_zone: Europe/Berln",
        ["12: people.jane.time_zone: there is no time zone Europe/Berln; did you mean Europe/Berlin?"],
    ),
    "a second phone in another country": (
        '    number: "+12025550101"',
        '    phones: ["+12025550101", "+442079460101"]',
        [f"12: people.jane.phones.2: +442079460101 {OUTSIDE}"],
    ),
    "a second phone that is another level's": (
        '    number: "+12025550102"',
        '    phones: ["+12025550104", "+12025550101"]',
        [
            "24: ladders.1.levels.2.members: sam has the number of jane on level 1, and no phone rings twice; "
            "name another"
        ],
    ),
    "a title in a language without catalogue": (
        "members: [jane]",
        "members: [jane]\n        titles: {fr: Chef}",
        ["23: ladders.1.levels.1.titles.fr: the line cannot speak fr; it speaks en, de, ru"],
    ),
    "an unknown time zone of the line": (
        "time_zone: America/New_York\n    shift",
        "time_zone: America/NewYork\n    shift",
        ["6: lines.1.time_zone: there is no time zone America/NewYork; did you mean America/New_York?"],
    ),
    "an unknown time zone of a calendar": (
        "time_zone: America/New_York\n    hours",
        "time_zone: here\n    hours",
        ["36: calendars.office.time_zone: there is no time zone here; use a name such as Europe/Berlin"],
    ),
    "an unknown holiday region": (
        "holidays: US",
        "holidays: Bavaria",
        ["38: calendars.office.holidays: no holidays are known for Bavaria; name a country (US) or a state (DE-BY)"],
    ),
    "an unknown state": (
        "holidays: US",
        "holidays: DE-XX",
        ["38: calendars.office.holidays: no holidays are known for DE-XX; name a country (US) or a state (DE-BY)"],
    ),
    "overlapping hours": (
        'monday: "08:00-18:00"',
        'monday: "12:00-18:00, 08:00-13:00"',
        ["37: calendars.office.hours.monday: 08:00-13:00, 12:00-18:00 overlap; merge them into one"],
    ),
    "hours after the end of the day": (
        'monday: "08:00-18:00"',
        'monday: "08:00-24:00, 09:00-10:00"',
        ["37: calendars.office.hours.monday: 08:00-24:00, 09:00-10:00 overlap; merge them into one"],
    ),
    "a calendar without hours": (
        '{monday: "08:00-18:00", tuesday: "08:00-18:00", wednesday: "08:00-18:00"}',
        "{}",
        ["37: calendars.office.hours: has no hours; open at least one weekday"],
    ),
    "a number nobody can have": (
        '"+12025550101"',
        '"+120255501"',
        ["12: people.jane.number: no such phone number can exist: +120255501; check its digits"],
    ),
    "a number without country": (
        '"+12025550101"',
        '"202-555-0101"',
        [
            "12: people.jane.number: 202-555-0101 is not a phone number; write it with plus sign and country code, "
            'such as "+12025550101"'
        ],
    ),
    "a number with spaces": (
        '"+12025550101"',
        '"+1 202 555 0101"',
        ['12: people.jane.number: write +1 202 555 0101 without spaces, as "+12025550101"'],
    ),
    "a number in another country": (
        '"+12025550101"',
        '"+442079460101"',
        [f"12: people.jane.number: +442079460101 {OUTSIDE}"],
    ),
    "a premium number": (
        '"+12025550101"',
        '"+499001234567"',
        [f"12: people.jane.number: +499001234567 {PREMIUM}"],
    ),
    "the line's own number on the ladder": (
        '"+12025550101"',
        '"+12025550150"',
        ["12: people.jane.number: +12025550150 is a line's own number and would call itself; name another"],
    ),
    "a duty number nobody can have": (
        "    shift_manager: sam",
        '    shift_manager: sam\n    duty_number: "+1202555019"',
        ["8: lines.1.duty_number: no such phone number can exist: +1202555019; check its digits"],
    ),
    "a duty number in another country": (
        "    shift_manager: sam",
        '    shift_manager: sam\n    duty_number: "+442079460101"',
        [f"8: lines.1.duty_number: +442079460101 {OUTSIDE}"],
    ),
    "the line's own number on duty": (
        "    shift_manager: sam",
        '    shift_manager: sam\n    duty_number: "+12025550150"',
        ["8: lines.1.duty_number: +12025550150 is a line's own number and would call itself; name another"],
    ),
    "a line's number nobody can have": (
        '"+12025550150"',
        '"+1202555"',
        ["3: lines.1.number: no such phone number can exist: +1202555; check its digits"],
    ),
    "two lines with one number": (
        "\npeople:\n",
        SECOND_LINE.replace("+12025550151", "+12025550150"),
        ["8: lines.2.number: line 1 has the number +12025550150 too; give each line its own"],
    ),
    "a ring too short": (
        "members: [jane]",
        "members: [jane]\n        ring_seconds: 4",
        ["23: ladders.1.levels.1.ring_seconds: expected 5 to 600 seconds, not 4"],
    ),
    "a ring too long": (
        "members: [jane]",
        "members: [jane]\n        ring_seconds: 601",
        ["23: ladders.1.levels.1.ring_seconds: expected 5 to 600 seconds, not 601"],
    ),
    "a talk too long": (
        "    shift_manager: sam",
        "    shift_manager: sam\n    talk_limit: 4h 1s",
        ["8: lines.1.talk_limit: expected a length from 1m to 4h"],
    ),
}
DOUBTS = {
    "people nobody names": (
        JANE,
        JANE + "  kim:\n    name: Kim Ito\n",
        ["13: people.kim: warning: is on no level and is no shift manager; put them on a level or remove them"],
    ),
    "a person on two levels": (
        "members: [sam]",
        "members: [sam, jane]",
        ["24: ladders.1.levels.2.members: warning: jane is on level 1 too and is not rung again here"],
    ),
    "a language of a person beside one that the line speaks": (
        "name: Jane Doe",
        "name: Jane Doe\n    languages: [fr, de]",
        ["12: people.jane.languages: warning: the line cannot speak fr; it speaks en, de, ru"],
    ),
    "a person twice on a level": (
        "members: [jane]",
        "members: [jane, jane]",
        ["22: ladders.1.levels.1.members: warning: jane is on this level twice; once is enough"],
    ),
    "a ladder for customers with an account manager behind one for all": (
        "\nprograms:\n",
        SECOND_LADDER.replace("    levels:", "    account_manager: with\n    levels:"),
        [
            "25: ladders.2: warning: is never climbed: default (ladder 1) comes first and serves all of its tickets; "
            "put the special ladder first"
        ],
    ),
    "a person without phone on a level that rings": (
        '\n    number: "+12025550101"',
        "",
        [
            "21: ladders.1.levels.1.members: warning: jane has no phone and is passed over on this level; add one to "
            "that person"
        ],
    ),
    "a person without e-mail on a level that is mailed": (
        "members: [jane]",
        "members: [jane]\n        email_only: true",
        [
            "22: ladders.1.levels.1.members: warning: jane has no email and is passed over on this level; add one to "
            "that person"
        ],
    ),
    "a program that leaves severities out": (
        "      4 low: {escalation: refused}\n",
        "",
        [
            "28: programs.Standard.severities: warning: says nothing about 4 low: such tickets are refused; add them, "
            "if only to say so"
        ],
    ),
    "a ladder that is never climbed": (
        "\nprograms:\n",
        SECOND_LADDER,
        [
            "25: ladders.2: warning: is never climbed: default (ladder 1) comes first and serves all of its tickets; "
            "put the special ladder first"
        ],
    ),
}
FINE = {
    "a toll-free line": ('"+12025550150"', '"+18005550199"'),
    "another country's line": ('"+12025550150"', '"+442079460150"'),
    "a second line": ("\npeople:\n", SECOND_LINE),
    "hours that touch": ('monday: "08:00-18:00"', 'monday: "08:00-12:00, 12:00-24:00"'),
    "a state's holidays": ("holidays: US", "holidays: DE-BY"),
    "the shortest ring": ("members: [jane]", "members: [jane]\n        ring_seconds: 5"),
    "the longest ring": ("members: [jane]", "members: [jane]\n        ring_seconds: 600"),
    "the longest talk": ("    shift_manager: sam", "    shift_manager: sam\n    talk_limit: 4h"),
    "a duty number": ("    shift_manager: sam", '    shift_manager: sam\n    duty_number: "+12025550199"'),
}


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_forbids_publishing(old: str, new: str, told: list[str]) -> None:
    text = changed(old, new)
    assert said(text) == told
    assert checked(text).mistakes == 1


@pytest.mark.parametrize(("old", "new", "told"), DOUBTS.values(), ids=DOUBTS)
def test_a_doubt_does_not(old: str, new: str, told: list[str]) -> None:
    text = changed(old, new)
    assert said(text) == told
    assert checked(text).mistakes == 0


@pytest.mark.parametrize(("old", "new"), FINE.values(), ids=FINE)
def test_nothing_is_said_about_what_is_fine(old: str, new: str) -> None:
    assert said(changed(old, new)) == []


def test_the_smallest_example_is_fine() -> None:
    assert said(EXAMPLE) == []


def test_a_special_ladder_before_the_one_for_all_is_fine() -> None:
    special = changed("  - name: default\n", "  - name: default\n    products: [Gateway]\n    regions: [Americas]\n")
    assert said(changed("\nprograms:\n", SECOND_LADDER, special)) == []


def test_a_ladder_whose_products_another_one_serves_is_never_climbed() -> None:
    first = changed("  - name: default\n", "  - name: default\n    products: [Gateway, Server]\n")
    (doubt,) = said(changed("\nprograms:\n", SECOND_LADDER, first))
    assert "ladders.2: warning: is never climbed" in doubt


def test_a_product_that_is_escalated_elsewhere_climbs_no_ladder() -> None:
    text = changed("  - name: default\n", "  - name: default\n    products: [Cloud, Gateway]\n")
    assert said(changed("\ncalendars:", "other_paths: {Cloud: the cloud desk}\ncalendars:", text)) == [
        "20: ladders.1.products: warning: tickets about Cloud are refused, because it is among other_paths; "
        "remove one of the two"
    ]


def test_a_person_who_cannot_be_read_is_one_mistake_and_not_also_an_empty_ladder() -> None:
    unread = changed('    number: "+12025550101"', "    number: +12025550101")
    unread = changed('    number: "+12025550102"', "    number: 0123", unread)
    unread = changed("    email: sam@example.com", "    email: [sam@example.com]", unread)
    assert [each.partition(":")[0] for each in said(unread)] == ["12", "15", "16"]


def test_two_members_of_a_level_may_share_a_phone_but_it_rings_once() -> None:
    text = changed("members: [jane]", "members: [jane, kim]")
    text = changed("  sam:\n    name", '  kim:\n    name: Kim Ito\n    number: "+12025550101"\n  sam:\n    name', text)
    assert said(text) == ["25: ladders.1.levels.1.members: warning: jane and kim share a phone, which rings once"]
