"""Local times as people say them, over midnight, over DST changes, and in zones with and without a name."""

from datetime import datetime, timedelta

import pytest

from flows.prompts.spoken import Moment, say
from ivr.line.speech import speak
from ivr.line.spoken_times import moment
from tests.ivr.line.clock import NOW, utc

NEW_YORK, BERLIN, MOSCOW = "America/New_York", "Europe/Berlin", "Europe/Moscow"


def at(text: str, zone: str, *, named: bool = False, now: datetime = NOW, language: str = "en") -> str:
    return moment(language, Moment(utc(text), now, zone, named=named))


@pytest.mark.parametrize(
    ("instant", "en", "de", "ru"),
    [
        ("2026-03-10 14:30", "today at 3:30 PM", "heute um 15:30 Uhr", "сегодня в 15:30"),
        ("2026-03-11 08:05", "tomorrow at 9:05 AM", "morgen um 9:05 Uhr", "завтра в 9:05"),
        (
            "2026-03-17 11:00",
            "Tuesday, March 17, at 12:00 PM",
            "Dienstag, dem 17. März, um 12:00 Uhr",
            "во вторник, 17 марта, в 12:00",
        ),
        (
            "2026-03-11 23:00",
            "Thursday, March 12, at 12:00 AM",
            "Donnerstag, dem 12. März, um 0:00 Uhr",
            "в четверг, 12 марта, в 0:00",
        ),
    ],
)
def test_times_in_berlin(instant: str, en: str, de: str, ru: str) -> None:
    assert [at(instant, BERLIN, language=language) for language in ("en", "de", "ru")] == [en, de, ru]


def test_today_is_a_matter_of_the_zone() -> None:
    late = utc("2026-03-10 23:30")

    assert at("2026-03-11 03:00", NEW_YORK, now=late) == "today at 11:00 PM"
    assert at("2026-03-11 03:00", MOSCOW, now=late) == "today at 6:00 AM"
    assert at("2026-03-11 03:00", "America/Los_Angeles", now=utc("2026-03-10 06:30")) == "tomorrow at 8:00 PM"


@pytest.mark.parametrize(
    ("instant", "spoken"),
    [
        ("2026-03-10 14:00:00", "today at 3:00 PM"),
        ("2026-03-10 14:00:00.000001", "today at 3:01 PM"),
        ("2026-03-10 14:00:59", "today at 3:01 PM"),
        ("2026-03-10 22:59:01", "tomorrow at 12:00 AM"),
    ],
)
def test_nobody_is_invited_before_the_time(instant: str, spoken: str) -> None:
    assert at(instant, BERLIN) == spoken


@pytest.mark.parametrize(
    ("instant", "spoken"),
    [
        ("2026-03-08 06:59", "tomorrow at 1:59 AM, Eastern Standard Time"),
        ("2026-03-08 07:00", "tomorrow at 3:00 AM, Eastern Daylight Time"),
        ("2026-03-08 06:59:30", "tomorrow at 3:00 AM, Eastern Daylight Time"),
    ],
)
def test_the_night_the_clocks_go_forward_in_new_york(instant: str, spoken: str) -> None:
    assert at(instant, NEW_YORK, named=True, now=utc("2026-03-07 20:00")) == spoken


@pytest.mark.parametrize(
    ("instant", "spoken"),
    [
        ("2026-11-01 04:59", "today at 12:59 AM"),
        ("2026-11-01 05:30", "today at 1:30 AM, Eastern Daylight Time"),
        ("2026-11-01 06:30", "today at 1:30 AM, Eastern Standard Time"),
        ("2026-11-01 07:00", "today at 2:00 AM"),
    ],
)
def test_an_hour_that_comes_twice_is_told_apart_by_the_name_of_its_zone(instant: str, spoken: str) -> None:
    assert at(instant, NEW_YORK, now=utc("2026-11-01 04:30")) == spoken


def test_the_day_is_counted_on_the_calendar_and_not_in_hours() -> None:
    """23 hours lie between noon and noon when the clocks go forward."""
    assert at("2026-03-29 10:00", BERLIN, now=utc("2026-03-28 11:00")) == "tomorrow at 12:00 PM"


@pytest.mark.parametrize(
    ("zone", "january", "july"),
    [
        ("Europe/Berlin", "Central European Standard Time", "Central European Summer Time"),
        ("Europe/London", "Greenwich Mean Time", "British Summer Time"),
        ("Europe/Dublin", "Greenwich Mean Time", "Irish Standard Time"),
        ("Australia/Sydney", "Australian Eastern Daylight Time", "Australian Eastern Standard Time"),
        ("Asia/Kolkata", "India Standard Time", "India Standard Time"),
        ("Europe/Kyiv", "Eastern European Standard Time", "Eastern European Summer Time"),
        ("Europe/Istanbul", "Istanbul time", "Istanbul time"),
        ("America/Indiana/Indianapolis", "Eastern Standard Time", "Eastern Daylight Time"),
        ("UTC", "Coordinated Universal Time", "Coordinated Universal Time"),
        ("Etc/GMT+5", "UTC minus 5 hours", "UTC minus 5 hours"),
        ("Etc/GMT-14", "UTC plus 14 hours", "UTC plus 14 hours"),
    ],
)
def test_zones_have_the_names_people_use(zone: str, january: str, july: str) -> None:
    winter, summer = utc("2026-01-15 12:00"), utc("2026-07-15 12:00")

    assert at("2026-01-15 12:00", zone, named=True, now=winter).partition("M, ")[2] == january
    assert at("2026-07-15 12:00", zone, named=True, now=summer).partition("M, ")[2] == july


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "You can call again from tomorrow at 8:30 AM, Eastern Daylight Time."),
        (
            "de",
            "Wieder anrufen können Sie ab morgen um 8:30 Uhr, Nordamerikanische Ostküsten-Sommerzeit.",
        ),
        (
            "ru",
            "Эскалация снова откроется завтра в 8:30, часовой пояс: Восточная Америка, летнее время.",
        ),
    ],
)
def test_a_named_zone_inside_its_sentence(language: str, sentence: str) -> None:
    opens = Moment(utc("2026-03-11 12:30"), NOW, NEW_YORK, named=True)

    assert speak(say("exhausted.again", opens=opens), language).text == sentence


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe", "\x00"])
def test_a_zone_that_does_not_exist_is_spoken_as_utc_and_says_so(zone: str) -> None:
    assert at("2026-03-10 15:00", zone) == "today at 3:00 PM, Coordinated Universal Time"


def test_a_time_that_has_passed_is_still_a_time() -> None:
    assert at("2026-03-09 15:00", BERLIN) == "Monday, March 9, at 4:00 PM"
    assert moment("en", Moment(NOW - timedelta(hours=1), NOW, BERLIN)) == "today at 2:00 PM"
