"""Whatever is filled into whichever sentence, a voice can read it and XML can carry it."""

from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from flows.prompts.catalogue import LANGUAGES, catalogue
from flows.prompts.spoken import Count, Moment, Named, Prompt, Span, Spelled, Value, Words
from ivr.line.speech import LONGEST_TEXT, Spoken, speak
from ivr.line.zone_names import zone_or_utc

PLAIN = sorted(key for key in catalogue("en").sentences if key.startswith("severity."))
WHOLE = sorted(key for key in catalogue("en").sentences if key.partition(".")[0] not in {"units", "key", "severity"})

languages = st.sampled_from(LANGUAGES)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.timezone_keys() | st.text(max_size=20)
counts = st.builds(Count, st.integers(0, 10**6))
words = st.builds(
    Words,
    st.text(max_size=300),
    st.dictionaries(languages, st.text(max_size=100), max_size=2),
    st.integers(1, 400),
)
values: st.SearchStrategy[Value] = st.one_of(
    st.builds(Spelled, st.text("0123456789*#", max_size=30)),
    st.builds(Moment, instants, instants, zones, st.booleans()),
    st.builds(Span, st.timedeltas(timedelta(-3), timedelta(4000)), st.booleans()),
    counts,
    words,
    st.builds(Named, st.sampled_from(PLAIN)),
)


@st.composite
def prompts(draw: st.DrawFn) -> Prompt:
    key = draw(st.sampled_from(WHOLE))
    gaps = sorted(catalogue("en").sentence(key).placeholders())
    return Prompt(key, {gap: draw(counts if gap == "count" else values) for gap in gaps})


@given(prompts(), languages)
def test_every_sentence_can_be_spoken(prompt: Prompt, language: str) -> None:
    spoken = speak(prompt, language)

    assert spoken.language == language
    assert spoken.text
    assert len(spoken.text) <= LONGEST_TEXT
    assert not set("{}") & set(spoken.text)
    assert spoken.text == " ".join(spoken.text.split())


@given(prompts(), languages)
def test_every_sentence_survives_a_journey_as_xml(prompt: Prompt, language: str) -> None:
    say = Element("Say")
    say.text = speak(prompt, language).text

    assert fromstring(tostring(say, encoding="unicode")).text == say.text


@given(prompts(), languages)
def test_the_same_prompt_is_always_the_same_sentence(prompt: Prompt, language: str) -> None:
    assert speak(prompt, language) == speak(prompt, language)


@given(instants, instants, zones)
def test_a_spoken_clock_is_never_earlier_than_the_instant_and_less_than_a_minute_later(
    at: datetime, now: datetime, zone: str
) -> None:
    spoken = speak(Prompt("exhausted.again", {"opens": Moment(at, now, zone)}), "de")

    local = at.astimezone(zone_or_utc(zone)[0])
    assert timedelta() <= _clock(spoken, local) < timedelta(minutes=1)


def _clock(spoken: Spoken, local: datetime) -> timedelta:
    """From the local time to the spoken clock, over midnight where necessary."""
    hour, _, minute = spoken.text.partition(" Uhr")[0].rpartition(" ")[2].partition(":")
    said = timedelta(hours=int(hour), minutes=int(minute))
    since_midnight = timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    return (said - since_midnight) % timedelta(days=1)
