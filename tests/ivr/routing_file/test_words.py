"""Words and voices in a routing file: every mistake by line, in the words of whoever reads the file."""

import pytest

from flows.prompts.recorded import Recorded
from ivr.routing_file.document import read
from ivr.routing_file.writing import write
from tests.ivr.routing_file.desk import EXAMPLE, POLICY, routing, said

SOUND = "ab" * 32


def with_words(section: str) -> str:
    return f"{EXAMPLE}\n{section}"


def recording(name: str, says: str = "Hello.", sound: str = SOUND) -> str:
    return f'recordings:\n  en:\n    {name}:\n      says: "{says}"\n      sound: "{sound}"\n'


def last_lines(text: str) -> list[str]:
    """The remarks without their line numbers."""
    return [remark.partition(": ")[2] for remark in said(text)]


def test_sentences_and_voices_come_back_as_they_were_written() -> None:
    text = with_words(
        'words:\n  en:\n    greeting.welcome: "Welcome: {company}, escalations."\n'
        '    refused.too_many.one: "Once within {window}. Again from {opens}."\n'
        'mails:\n  de:\n    opening.test: Nur ein Test.\nvoices:\n  en: Polly.Amy\n'
        f'recordings:\n  en:\n    ticket.ask:\n      says: Number, please.\n      sound: "{SOUND}"\n'
    )
    read = routing(text)

    assert read.words == {"en": {
        "greeting.welcome": "Welcome: {company}, escalations.",
        "refused.too_many.one": "Once within {window}. Again from {opens}.",
    }}
    assert read.mails == {"de": {"opening.test": "Nur ein Test."}}
    assert read.recordings == {"en": {"ticket.ask": Recorded(says="Number, please.", sound=SOUND)}}
    assert read.voices == {"en": "Polly.Amy"}
    assert routing(write(read)) == read


@pytest.mark.parametrize(("section", "told"), [
    ('words:\n  fr:\n    greeting.welcome: "Bonjour."', "words.fr: there are no sentences in this language"),
    ('words:\n  en:\n    greeting.welcom: "Hi."', "is no sentence of the line; did you mean greeting.welcome?"),
    ('words:\n  en:\n    units.today: "now"', "units.today: is no sentence of the line; there are after_talk,"),
    ('words:\n  en:\n    confirm.escalate: "Press a key."', "must say {key}, or nobody knows what to press"),
    ('words:\n  en: "hello"', "words.en: expected indented keys"),
    ('words:\n  en:\n    greeting.welcome: [a]', "words.en.greeting.welcome: expected one value"),
    ("mails:\n  fr:\n    opening.test: Bonjour", "mails.fr: there are no sentences in this language"),
    ("mails:\n  en:\n    opening.tset: x", "is no text of the mails; did you mean opening.test?"),
    ('mails:\n  en:\n    opening.test: "{nobody}"', "has {nobody}, which nothing fills; there is no placeholder here"),
    (recording("ticket.asc"), "is no sentence of the line"),
    (recording("refused.grace"), "says something else in every call, so no recording can say it"),
    (recording("refused.too_many.one"), "says something else in every call"),
    (recording("severity.urgent"), "says something else in every call"),
    (recording("ticket.ask", sound="abc"), "sound: expected the 64 hexadecimal digits of an uploaded sound, not abc"),
    (recording("ticket.ask"), "warning: is not played: it says “Hello.”, and the line says something else now"),
    ("voices:\n  en: Polly.Amie", "Polly.Amie is no voice of this language; there are Polly.Joanna, "),
    ("voices:\n  de: Polly.Amy", "Polly.Amy is no voice of this language; there are Polly.Vicki, "),
    ("voices:\n  xx: Polly.Amy", "voices.xx: there are no sentences in this language"),
])
def test_what_cannot_be_said_is_told_with_its_place(section: str, told: str) -> None:
    (remark,) = last_lines(with_words(section))

    assert told in remark


def test_a_second_try_may_not_repeat_the_first() -> None:
    (remark,) = last_lines(with_words(
        'words:\n  en:\n    ticket.nonsense.first: "Once more."\n    ticket.nonsense.second: "Once more."'
    ))

    assert "ticket.nonsense.second asks again in the very words of ticket.nonsense.first" in remark


def test_a_sentence_that_tells_less_is_only_doubted() -> None:
    (remark,) = last_lines(with_words('words:\n  en:\n    greeting.welcome: "Hello."'))

    assert remark == "words.en.greeting.welcome: warning: no longer says {company}"


@pytest.mark.parametrize(("name", "says"), [
    ("confirm.escalate", "To escalate now, press 1."), ("greeting.welcome", "Hello. This is the Acme escalation line."),
])
def test_a_recording_that_fills_the_gap_its_way_is_fine(name: str, says: str) -> None:
    assert last_lines(with_words(recording(name, says))) == []


def test_a_sound_that_is_not_there_is_a_mistake_where_that_is_known() -> None:
    text = with_words(recording("confirm.escalate", "To escalate now, press 1.")).encode()

    assert read(text, POLICY, sounds=[SOUND]).remarks == ()
    [remark] = read(text, POLICY, sounds=[]).remarks
    assert "there is no sound abababababab… here; upload it on the page Words" in str(remark.finding)
