"""Lengths of time as people say them: rounded to what is worth saying, in the right plural and case."""

from datetime import timedelta

import pytest

from flows.prompts.spoken import Count, Moment, Prompt, Span, Value, Words, say
from ivr.line.speech import speak
from ivr.line.spoken_times import span
from tests.ivr.line.clock import NOW


def length(language: str, **units: float) -> str:
    return span(language, Span(timedelta(**units)))


def promise(language: str, **units: float) -> str:
    return span(language, Span(timedelta(**units), at_most=True))


@pytest.mark.parametrize(
    ("units", "en", "de", "ru"),
    [
        ({"seconds": 0}, "0 seconds", "0 Sekunden", "0 секунд"),
        ({"seconds": 1}, "1 second", "1 Sekunde", "1 секунда"),
        ({"seconds": 40}, "40 seconds", "40 Sekunden", "40 секунд"),
        ({"seconds": 60}, "1 minute", "1 Minute", "1 минута"),
        ({"seconds": 81}, "81 seconds", "81 Sekunden", "81 секунда"),
        ({"minutes": 2}, "2 minutes", "2 Minuten", "2 минуты"),
        ({"minutes": 5}, "5 minutes", "5 Minuten", "5 минут"),
        ({"minutes": 21}, "21 minutes", "21 Minuten", "21 минута"),
        ({"hours": 1}, "1 hour", "1 Stunde", "1 час"),
        ({"hours": 3, "minutes": 20}, "3 hours and 20 minutes", "3 Stunden und 20 Minuten", "3 часа и 20 минут"),
        ({"hours": 21, "minutes": 1}, "21 hours and 1 minute", "21 Stunden und 1 Minute", "21 час и 1 минута"),
        ({"hours": 24}, "24 hours", "24 Stunden", "24 часа"),
        ({"hours": 47, "minutes": 59}, "47 hours", "47 Stunden", "47 часов"),
        ({"days": 2}, "2 days", "2 Tage", "2 дня"),
        ({"days": 3, "hours": 4}, "3 days and 4 hours", "3 Tage und 4 Stunden", "3 дня и 4 часа"),
        ({"days": 6, "hours": 1, "minutes": 9}, "6 days and 1 hour", "6 Tage und 1 Stunde", "6 дней и 1 час"),
        ({"days": 1500}, "1500 days", "1500 Tage", "1500 дней"),
        ({"days": 21, "hours": 5}, "21 days", "21 Tage", "21 день"),
    ],
)
def test_lengths(units: dict[str, float], en: str, de: str, ru: str) -> None:
    assert [length(language, **units) for language in ("en", "de", "ru")] == [en, de, ru]


@pytest.mark.parametrize(
    ("seconds", "age", "at_most"),
    [
        (40, "40 seconds", "40 seconds"),
        (40.2, "40 seconds", "41 seconds"),
        (59.5, "59 seconds", "1 minute"),
        (90, "90 seconds", "90 seconds"),
        (90.5, "1 minute", "2 minutes"),
        (150, "2 minutes", "3 minutes"),
        (3599, "59 minutes", "1 hour"),
        (7199, "1 hour and 59 minutes", "2 hours"),
        (86399, "23 hours and 59 minutes", "24 hours"),
        (86401, "24 hours", "25 hours"),
    ],
)
def test_an_age_is_never_exaggerated_and_a_promise_always_holds(seconds: float, age: str, at_most: str) -> None:
    assert length("en", seconds=seconds) == age
    assert promise("en", seconds=seconds) == at_most


def test_a_ticket_from_the_future_is_zero_seconds_old() -> None:
    assert length("en", minutes=-5) == "0 seconds"


SPANS: dict[str, Value] = {
    "age": Span(timedelta(minutes=21)),
    "wait": Span(timedelta(minutes=21), at_most=True),
    "overdue": Span(timedelta(minutes=1)),
    "window": Span(timedelta(days=21)),
}


@pytest.mark.parametrize(
    ("language", "key", "sentence"),
    [
        ("ru", "refused.grace", "С тех пор прошло: 21 минута."),
        ("ru", "ring.ringing", "Максимальное ожидание: 21 минута."),
        ("ru", "confirm.one_level", "Максимальное ожидание: 21 минута."),
        ("ru", "confirm.more_levels", "максимальное ожидание: 21 минута."),
        ("ru", "screening.clock", "Возраст: 21 минута. Просрочка ответа: 1 минута."),
        ("ru", "refused.too_many", "за такой срок: 21 день."),
        ("de", "refused.grace", "erst 21 Minuten alt."),
        ("de", "ring.ringing", "höchstens 21 Minuten."),
        ("de", "confirm.one_level", "höchstens 21 Minuten."),
        ("de", "confirm.more_levels", "höchstens 21 Minuten."),
        ("de", "screening.clock", "21 Minuten offen, Antwort 1 Minute überfällig."),
        ("de", "refused.too_many", "Mehr ist pro 21 Tage nicht möglich."),
    ],
)
def test_sentences_take_a_length_without_inflecting_it(language: str, key: str, sentence: str) -> None:
    opens = Moment(NOW, NOW, "UTC")
    others: dict[str, Value] = {
        "opens": opens,
        "title": Words("X"),
        "first": Words("X"),
        "last": Words("Y"),
        "count": Count(4),
    }

    assert sentence in speak(Prompt(key, {**SPANS, **others}), language).text


def test_the_limit_of_a_day_is_spoken_in_hours() -> None:
    window, opens = Span(timedelta(hours=24)), Moment(NOW, NOW, "UTC")

    spoken = speak(say("refused.too_many", count=Count(4), window=window, opens=opens), "en").text

    assert spoken.startswith("This ticket has been escalated 4 times within 24 hours, which is the limit.")
