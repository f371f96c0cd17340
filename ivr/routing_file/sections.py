"""The sections of a routing document, read into the routing they mean.

What cannot be read is noted and replaced by something blank, so that one run names every mistake.
"""

import re
from collections.abc import Mapping

from flows.prompts.recorded import Recorded
from flows.routing import LadderPlan, LevelPlan, Line, Person, Routing
from flows.rules.access import WRONG_TRIES, AccessTerms
from flows.rules.cooldown import CooldownTerms
from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import Order, QuietHours
from flows.rules.restraint import Restraint
from flows.rules.ticket_number import NumberFormat
from flows.rules.way_forward import CallbackTerms, MessageTerms
from ivr.routing_file.duties import schedules
from ivr.routing_file.kinds import (
    DAILY_HOURS,
    DURATION,
    YES_OR_NO,
    Kind,
    Record,
    by_name,
    list_of,
    one_of,
    parts,
    whole,
    words,
)
from ivr.routing_file.nodes import Unreadable, Value
from ivr.routing_file.terms import BLANK_CALENDAR, CALENDAR, ZONE, calendar, cooldown, programs, restraint
from ivr.routing_file.texts import ACCOUNT_MANAGER, RINGS_ANYWAY
from ivr.routing_file.ways import callback, message

SECTIONS = (
    "lines", "people", "schedules", "ladders", "programs", "calendars", "cooldown", "restraint", "other_paths",
    "words", "mails", "voices", "recordings",
)  # fmt: skip
BLANK_RECORDED = Recorded(says="", sound="")
BLANK_LINE = Line(number="", company="", languages=(), zone="", shift_manager="")
BLANK_PERSON = Person(name="")
BLANK_LEVEL = LevelPlan(title="", members=())
BLANK_LADDER = LadderPlan(name="", levels=())

PHONE = words('a phone number in quotes, such as "+12025550101"')
SOUND = Kind("the 64 hexadecimal digits of an uploaded sound", lambda value: _digest(value.raw))
LANGUAGE = words("a language such as en")
MEMBER = words("the key of a person or a schedule")
QUIET: Kind[DailyHours | None] = Kind(DAILY_HOURS.expected, DAILY_HOURS.read)
MANAGED: Kind[bool | None] = Kind(" or ".join(ACCOUNT_MANAGER), lambda value: ACCOUNT_MANAGER.get(value.raw))


def routing(top: Value) -> Routing:
    """The whole document. Raises Unreadable when it is no mapping at all."""
    record = Record(top, *SECTIONS)
    return Routing(
        lines=record.required("lines", parts("a list of lines", _line, BLANK_LINE), ()),
        people=record.required("people", by_name(Kind("a name and a number", _person), BLANK_PERSON), {}),
        schedules=schedules(record),
        programs=programs(record),
        ladders=record.required("ladders", parts("a list of ladders", _ladder, BLANK_LADDER), ()),
        calendars=record.optional("calendars", by_name(Kind("a time zone and hours", calendar), BLANK_CALENDAR), {}),
        other_paths=record.optional("other_paths", by_name(words("the words that say where"), ""), {}),
        cooldown=record.optional("cooldown", Kind("the lengths of the cooldown", cooldown), CooldownTerms()),
        words=record.optional("words", by_name(Kind("sentences by name", _sentences), {}), {}),
        mails=record.optional("mails", by_name(Kind("texts by name", _sentences), {}), {}),
        voices=record.optional("voices", by_name(words("the name of a voice"), ""), {}),
        recordings=record.optional("recordings", by_name(Kind("recordings by name", _recordings), {}), {}),
        restraint=record.optional("restraint", Kind("rings_per_night and night", restraint), Restraint()),
    )


def _sentences(value: Value) -> Mapping[str, str]:
    return by_name(words("the words to say"), "").of(value)


def _recordings(value: Value) -> Mapping[str, Recorded]:
    return by_name(Kind("says and sound", _recorded), BLANK_RECORDED).of(value)


def _recorded(value: Value) -> Recorded:
    record = Record(value, "says", "sound")
    return Recorded(
        says=record.required("says", words("the words that are heard"), ""), sound=record.required("sound", SOUND, "")
    )


def _line(value: Value) -> Line:
    record = Record(
        value, "number", "company", "languages", "time_zone", "shift_manager", "duty_number", "ticket_number_digits",
        "talk_limit", "wrong_tries_per_hour", "message", "callback", "products",
        "record_talks",
    )  # fmt: skip
    return Line(
        number=record.required("number", PHONE, ""),
        company=record.required("company", words("the company's name as it is spoken"), ""),
        languages=record.required("languages", list_of(LANGUAGE), ()),
        zone=record.required("time_zone", ZONE, ""),
        shift_manager=record.required("shift_manager", MEMBER, ""),
        duty_number=record.optional("duty_number", PHONE, ""),
        number_format=record.optional("ticket_number_digits", Kind("shortest and longest", _digits), NumberFormat()),
        talk_limit=record.optional("talk_limit", DURATION, BLANK_LINE.talk_limit),
        access=record.optional("wrong_tries_per_hour", ACCESS, AccessTerms()),
        message=record.optional("message", Kind("how messages are taken", message), MessageTerms()),
        callback=record.optional("callback", Kind("how customers are called back", callback), CallbackTerms()),
        products=record.optional("products", list_of(words("a product")), ()),
        record_talks=record.optional("record_talks", YES_OR_NO, False),
    )


def _digest(text: str) -> str | None:
    return text if re.fullmatch("[0-9a-f]{64}", text) else None


def _access(value: Value) -> AccessTerms | None:
    tries = whole("a number of tries").attempt(value, 0)
    return AccessTerms(wrong_tries=tries) if tries in WRONG_TRIES else None


ACCESS = Kind(f"a whole number from {WRONG_TRIES.start} to {WRONG_TRIES.stop - 1}", _access)


def _digits(value: Value) -> NumberFormat:
    record = Record(value, "shortest", "longest")
    count = whole("a number of digits")
    usual = NumberFormat()
    try:
        return NumberFormat(
            shortest=record.optional("shortest", count, usual.shortest),
            longest=record.optional("longest", count, usual.longest),
        )
    except ValueError as trouble:
        raise Unreadable(str(trouble)) from trouble


def _person(value: Value) -> Person:
    record = Record(
        value, "name", "phones", "number", "email", "languages", "language", "time_zone", "quiet_hours", "rings_anyway"
    )
    return Person(
        name=record.required("name", words("the person's name as it is spoken"), ""),
        phones=record.one_or_more("phones", "number", PHONE),
        email=record.optional("email", words("a mail address"), ""),
        languages=record.one_or_more("languages", "language", LANGUAGE),
        zone=record.optional("time_zone", ZONE, ""),
        quiet=_quiet(record),
    )


def _quiet(person: Record) -> QuietHours | None:
    hours = person.optional("quiet_hours", QUIET, None)
    if hours is None:
        person.needs("rings_anyway", "quiet_hours")
        return None
    usual = QuietHours(hours=hours).except_for
    return QuietHours(hours=hours, except_for=person.optional("rings_anyway", one_of(RINGS_ANYWAY), usual))


def _ladder(value: Value) -> LadderPlan:
    record = Record(value, "name", "products", "programs", "regions", "account_manager", "levels")
    return LadderPlan(
        name=record.required("name", words("a name for the ladder"), ""),
        products=record.optional("products", list_of(words("a product")), ()),
        programs=record.optional("programs", list_of(words("a program")), ()),
        regions=record.optional("regions", list_of(words("a region")), ()),
        account_manager=record.optional("account_manager", MANAGED, None),
        levels=record.required("levels", parts("a list of levels", _level, BLANK_LEVEL), ()),
    )


def _level(value: Value) -> LevelPlan:
    record = Record(value, "title", "titles", "members", "order", "ring_seconds", "calendar", "email_only")
    return LevelPlan(
        title=record.required("title", words("the title as it is spoken"), ""),
        titles=record.optional("titles", by_name(words("the title in that language"), ""), {}),
        members=record.required("members", list_of(MEMBER), ()),
        order=record.optional("order", one_of({order.value: order for order in Order}), Order.IN_TURN),
        ring_seconds=record.optional("ring_seconds", whole("a number of seconds such as 25"), BLANK_LEVEL.ring_seconds),
        calendar=record.optional("calendar", CALENDAR, ""),
        email_only=record.optional("email_only", YES_OR_NO, False),
    )
