"""Mistakes of form: what was written is not what can be read. Each is one sentence, at its line."""

import pytest

from tests.ivr.routing_file.desk import EXAMPLE, changed, checked, said

RESPONSE = "programs.Standard.severities.2 high.guaranteed_response"
LENGTH = "expected a length such as 45m, 2h, 1h 30m or 1d"
HOURS = 'expected hours such as "08:00-12:00, 13:00-18:00"'

TRAPS = {
    "a phone number without quotes": (
        'number: "+12025550101"',
        "number: +12025550101",
        'people.jane.number: YAML reads +12025550101 as a number; quote it: "+12025550101"',
    ),
    "a number with a leading zero": (
        'number: "+12025550101"',
        "number: 0123",
        'people.jane.number: YAML reads 0123 as a number; quote it: "0123"',
    ),
    "a language that is a no": (
        "languages: [en]",
        "languages: [en, no]",
        'lines.1.languages.2: YAML reads no as true or false; quote it: "no"',
    ),
    "a time that is a number": (
        '{monday: "08:00-18:00"',
        "{monday: 12:30",
        'calendars.office.hours.monday: YAML reads 12:30 as a number; quote it: "12:30"',
    ),
    "a name that is a date": (
        "name: Jane Doe",
        "name: 2026-12-24",
        'people.jane.name: YAML reads 2026-12-24 as a date; quote it: "2026-12-24"',
    ),
    "a name that is a fraction": (
        "name: Jane Doe",
        "name: 1.5",
        'people.jane.name: YAML reads 1.5 as a number; quote it: "1.5"',
    ),
    "a key that is a no": (
        "  jane:\n",
        "  no:\n    name: Bo\n  jane:\n",
        'people.no: the key cannot be used: YAML reads no as true or false; quote it: "no"',
    ),
    "a tag": (
        "name: Jane Doe",
        "name: !!python/name:os.system x",
        "people.jane.name: remove the tag tag:yaml.org,2002:python/name:os.system",
    ),
}
WRONG = {
    "nothing after a key": (
        "name: Jane Doe",
        "name:",
        "people.jane.name: has no value; expected the person's name as it is spoken, or remove the key",
    ),
    "a list for a name": (
        "name: Jane Doe",
        "name: [Jane]",
        "people.jane.name: expected one value, not a list or indented keys",
    ),
    "a name for a list": ("languages: [en]", "languages: en", "lines.1.languages: expected a list"),
    "a list for keys": ("cooldown: {}", "cooldown: []", "cooldown: expected indented keys, each with a value"),
    "a name for a person": (
        '\n    name: Jane Doe\n    number: "+12025550101"\n    language: en',
        " Jane Doe",
        "people.jane: expected indented keys, each with a value",
    ),
    "a key misspelt": (
        "language: en",
        "langauge: en",
        "people.jane.langauge: is not a key used here; did you mean language?",
    ),
    "a key nobody knows": (
        "language: en",
        "badge: 44",
        "people.jane.badge: is not a key used here; there are name, phones, number, email, "
        "languages, language, time_zone, quiet_hours, rings_anyway",
    ),
    "a number beside the list of phones": (
        "    language: en",
        '    phones: ["+12025550102"]',
        "people.jane.number: is there beside phones; write it as the first of them",
    ),
    "a key too few": (
        "    company: Example Software\n",
        "",
        "lines.1.company: is missing; expected the company's name as it is spoken",
    ),
    "a key twice": ("language: en", "name: Jill", "people.jane.name: is there twice; keep one of the two"),
    "an empty text": ("name: Jane Doe", 'name: ""', "people.jane.name: expected a text without spaces around it"),
    "spaces around a text": (
        "name: Jane Doe",
        'name: "Jane "',
        "people.jane.name: expected a text without spaces around it",
    ),
    "two lines of text": (
        "name: Jane Doe",
        'name: "Jane\\nDoe"',
        "people.jane.name: expected a text on one line, without control characters",
    ),
    "spaces around a key": (
        "  jane:\n",
        '  " jo":\n    name: Jo\n  jane:\n',
        "people. jo: the key cannot be used: expected a text without spaces around it",
    ),
    "a key that is a list": (
        "  jane:\n",
        "  ? [jo]\n  : {name: Jo}\n  jane:\n",
        "people.?: the key cannot be used: expected one value, not a list or indented keys",
    ),
    "a length without unit": (
        "guaranteed_response: 4h",
        "guaranteed_response: 4",
        f"{RESPONSE}: {LENGTH}, not 4",
    ),
    "a length in words": (
        "guaranteed_response: 4h",
        "guaranteed_response: four hours",
        f"{RESPONSE}: {LENGTH}, not four hours",
    ),
    "a negative length": (
        "guaranteed_response: 4h",
        "guaranteed_response: -4h",
        f"{RESPONSE}: {LENGTH}, not -4h",
    ),
    "units in the wrong order": (
        "guaranteed_response: 4h",
        "guaranteed_response: 30m 4h",
        f"{RESPONSE}: {LENGTH}, not 30m 4h",
    ),
    "a length that is none": (
        "guaranteed_response: 4h",
        "guaranteed_response: ' '",
        f"{RESPONSE}: {LENGTH}, not  ",
    ),
    "a length no computer holds": (
        "guaranteed_response: 4h",
        "guaranteed_response: 99999999999d",
        f"{RESPONSE}: {LENGTH}, not 99999999999d",
    ),
    "days of working time": (
        "guaranteed_response: 10h",
        "guaranteed_response: 1d",
        "programs.Standard.severities.3 normal.guaranteed_response: write it in hours: "
        "with a calendar only working hours count, so 1d would be 24 of them",
    ),
    "a promise without a length": (
        "allowed, guaranteed_response: 4h",
        "allowed",
        f"{RESPONSE}: is missing; {LENGTH}",
    ),
    "escalation by yes": (
        "{escalation: refused}",
        "{escalation: no}",
        "programs.Standard.severities.4 low.escalation: expected allowed or refused, not no",
    ),
    "a severity by number": (
        "4 low:",
        "4:",
        "programs.Standard.severities.4: is not a key used here; there are 1 urgent, 2 high, 3 normal, 4 low",
    ),
    "a severity that is none": (
        "4 low:",
        "5 none:",
        "programs.Standard.severities.5 none: is not a key used here; there are 1 urgent, 2 high, 3 normal, 4 low",
    ),
    "half a second": (
        "ring_seconds: 20",
        "ring_seconds: 0.5",
        "ladders.1.levels.1.ring_seconds: expected a number of seconds such as 25, not 0.5",
    ),
    "seconds with unit": (
        "ring_seconds: 20",
        "ring_seconds: 25s",
        "ladders.1.levels.1.ring_seconds: expected a number of seconds such as 25, not 25s",
    ),
    "seconds in base 60": (
        "ring_seconds: 20",
        "ring_seconds: 1:30",
        "ladders.1.levels.1.ring_seconds: expected a number of seconds such as 25, not 1:30",
    ),
    "an order nobody knows": (
        "ring_seconds: 20",
        "order: random",
        "ladders.1.levels.1.order: expected in-turn or together, not random",
    ),
    "a truth that is none": (
        "ring_seconds: 20",
        "email_only: maybe",
        "ladders.1.levels.1.email_only: expected true or false, not maybe",
    ),
    "hours with dots": (
        '{monday: "08:00-18:00"',
        '{monday: "08.00-18.00"',
        f"calendars.office.hours.monday: {HOURS}, not 08.00-18.00",
    ),
    "hours past the day": (
        '{monday: "08:00-18:00"',
        '{monday: "08:00-25:00"',
        f"calendars.office.hours.monday: {HOURS}, not 08:00-25:00",
    ),
    "a comma too many": (
        '{monday: "08:00-18:00"',
        '{monday: "08:00-18:00,"',
        f"calendars.office.hours.monday: {HOURS}, not 08:00-18:00,",
    ),
    "hours that run backwards": (
        '{monday: "08:00-18:00"',
        '{monday: "18:00-08:00"',
        "calendars.office.hours.monday: hours must close after they open; split hours over midnight into two days",
    ),
    "a day nobody knows": (
        "{monday:",
        "{mondy:",
        "calendars.office.hours.mondy: is not a key used here; did you mean monday?",
    ),
    "a date that does not exist": (
        "holidays: US",
        "closed_on: [2026-02-30]",
        "calendars.office.closed_on.1: expected a date such as 2026-12-24, not 2026-02-30",
    ),
    "digits that fit no number": (
        "languages: [en]",
        "ticket_number_digits: {shortest: 9, longest: 4}\n    languages: [en]",
        "lines.1.ticket_number_digits: ticket numbers need at least 1 digit, and 'shortest' must not exceed 'longest'",
    ),
    "no attempt at all": (
        "cooldown: {}",
        "cooldown: {max_attempts: 0}",
        "cooldown: a ticket needs at least 1 attempt in a window longer than 0",
    ),
    "a section nobody knows": (
        "cooldown: {}",
        "laddders: []",
        "laddders: is not a key used here; did you mean ladders?",
    ),
}
NO_DOCUMENT = {
    "empty": (b"", "1: the file is empty; `ivr config export` prints one to begin with"),
    "only remarks": (b"# soon\n", "1: the file is empty; `ivr config export` prints one to begin with"),
    "a list": (b"- lines\n", "1: expected indented keys, each with a value"),
    "a word": (b"lines\n", "1: expected indented keys, each with a value"),
    "an open bracket": (
        b"people: {}\nlines: [\n",
        "3: this is not YAML: expected the node content, but found '<stream end>'; look also at the lines above it",
    ),
    "a tab": (
        b"lines:\n\t- number: x\n",
        "2: this is not YAML: found character '\\t' that cannot start any token; look also at the lines above it",
    ),
    "two documents": (
        b"a: b\n---\nc: d\n",
        "2: this is not YAML: but found another document; look also at the lines above it",
    ),
    "an alias to nothing": (
        b"a: *b\n",
        "1: this is not YAML: found undefined alias 'b'; look also at the lines above it",
    ),
    "Latin letters": ("a: b\nc: Köln\n".encode("latin-1"), "2: this is not UTF-8 text; save the file as UTF-8"),
    "a control character": (b"a: b\nc: \x07\n", "2: there is a control character here; remove it"),
    "ten thousand brackets": (b"[" * 10_000, "1: the file is nested too deeply"),
}


def with_room(text: str) -> str:
    """The example with a few keys more that the table can change."""
    text = changed('number: "+12025550101"\n', 'number: "+12025550101"\n    language: en\n', text)
    text = changed("members: [jane]\n", "members: [jane]\n        ring_seconds: 20\n", text)
    return changed("\npeople:", "cooldown: {}\npeople:", text)


def sentences(text: str) -> list[str]:
    """The remarks without their lines."""
    return [str(remark.finding) for remark in checked(text).remarks]


@pytest.mark.parametrize(("old", "new", "sentence"), (TRAPS | WRONG).values(), ids=TRAPS | WRONG)
def test_a_mistake_is_one_sentence(old: str, new: str, sentence: str) -> None:
    assert sentences(changed(old, new, with_room(EXAMPLE))) == [sentence]


@pytest.mark.parametrize(("old", "new", "sentence"), TRAPS.values(), ids=TRAPS)
def test_what_yaml_reads_differently_is_not_read_at_all(old: str, new: str, sentence: str) -> None:
    (remark,) = sentences(changed(old, new, with_room(EXAMPLE)))
    assert "quote it" in remark or "remove the tag" in remark


@pytest.mark.parametrize(("text", "sentence"), NO_DOCUMENT.values(), ids=NO_DOCUMENT)
def test_a_file_that_is_no_document_says_where_it_stops_being_one(text: bytes, sentence: str) -> None:
    assert sentence in said(text)


def test_every_mistake_is_named_at_once() -> None:
    text = with_room(EXAMPLE)
    for old, new, _ in (
        TRAPS["a phone number without quotes"],
        WRONG["a length without unit"],
        WRONG["seconds with unit"],
    ):
        text = changed(old, new, text)
    assert said(changed("shift_manager: sam", "shift_manager: tom", text)) == [
        "7: lines.1.shift_manager: tom is not among the people; there are jane, sam",
        '12: people.jane.number: YAML reads +12025550101 as a number; quote it: "+12025550101"',
        "24: ladders.1.levels.1.ring_seconds: expected a number of seconds such as 25, not 25s",
        f"32: programs.Standard.severities.2 high.guaranteed_response: {LENGTH}, not 4",
    ]


def test_a_mark_at_the_beginning_and_other_line_ends_do_no_harm() -> None:
    assert said(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode()) == []


def test_what_is_written_once_may_be_named_again() -> None:
    shared = changed("1h}", "1h}", EXAMPLE).replace("1 urgent: {", "1 urgent: &promise {")
    shared = changed("2 high: {escalation: allowed, guaranteed_response: 4h}", "2 high: *promise", shared)
    assert said(shared) == []


def test_a_document_that_contains_itself_ends() -> None:
    assert "1: lines.1: expected indented keys, each with a value" in said("lines: &all [*all]\n")
