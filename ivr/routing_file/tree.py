"""A routing as the tree of keys and values that its file shows: the one list of what is in it.

The file is written from this tree and differences are told over it: nothing can be in one and missing from the other.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeAlias, TypeVar

from flows.prompts.recorded import Recorded
from flows.routing import Calendar, Grant, LadderPlan, LevelPlan, Line, Person, Program, Routing
from flows.rules.access import AccessTerms
from flows.rules.cooldown import CooldownTerms
from flows.rules.ladder import Order, QuietHours
from flows.rules.restraint import Restraint
from flows.rules.schedule import DAY, WEEK, Rotation, Schedule
from flows.rules.way_forward import CallbackTerms, MessageTerms
from flows.rules.working_time import Hours
from ivr.routing_file.texts import (
    ACCOUNT_MANAGER,
    RINGS_ANYWAY,
    SEVERITIES,
    WEEKDAYS,
    hours_to_text,
    length_to_text,
    openings_to_text,
)

T = TypeVar("T")

USUAL_REFRESH = Schedule(name="", zone="").refresh


class Quoted(str):
    """A text that YAML would read as something else, or that people would fear it might."""

    __slots__ = ()


Leaf: TypeAlias = "str | int | date"
Tree: TypeAlias = "Leaf | list[Tree] | dict[str, Tree]"
Branch: TypeAlias = dict[str, Tree]


def tree(routing: Routing) -> Branch:
    """The document, in the order in which a person would write it."""
    return {
        "lines": [_line(line) for line in routing.lines],
        "people": {key: _person(person) for key, person in routing.people.items()},
        **_given("schedules", {key: _schedule(key, schedule) for key, schedule in routing.schedules.items()}),
        "ladders": [_ladder(ladder) for ladder in routing.ladders],
        "programs": {key: _program(key, program) for key, program in routing.programs.items()},
        **_given("calendars", {name: _calendar(each) for name, each in routing.calendars.items()}),
        **_given("other_paths", dict(routing.other_paths)),
        "cooldown": _cooldown(routing.cooldown),
        "restraint": _restraint(routing.restraint),
        **_given("words", {language: dict(texts) for language, texts in routing.words.items() if texts}),
        **_given("mails", {language: dict(texts) for language, texts in routing.mails.items() if texts}),
        **_given("voices", dict(routing.voices)),
        **_given("recordings", {language: _recordings(each) for language, each in routing.recordings.items() if each}),
    }


def _recordings(recordings: Mapping[str, Recorded]) -> Branch:
    return {name: {"says": each.says, "sound": Quoted(each.sound)} for name, each in recordings.items()}


def _line(line: Line) -> Branch:
    digits = line.number_format
    return {
        "number": Quoted(line.number),
        "company": line.company,
        "languages": _list(line.languages),
        "time_zone": line.zone,
        "shift_manager": line.shift_manager,
        **_given("products", _list(line.products)),
        **_given("duty_number", Quoted(line.duty_number)),
        "ticket_number_digits": {"shortest": digits.shortest, "longest": digits.longest},
        "talk_limit": length_to_text(line.talk_limit),
        **_given("wrong_tries_per_hour", line.access.wrong_tries if line.access != AccessTerms() else 0),
        **_given("record_talks", line.record_talks),
        **_given("message", _unusual(_message(line.message), _message(MessageTerms()))),
        **_given("callback", _unusual(_callback(line.callback), _callback(CallbackTerms()))),
    }


def _message(terms: MessageTerms) -> Branch:
    return {
        "offered": terms.offered,
        "longest": length_to_text(terms.longest),
        "silence": length_to_text(terms.silence),
        "transcribe": terms.transcribe,
    }


def _callback(terms: CallbackTerms) -> Branch:
    return {
        "offered": terms.offered,
        "tries": terms.tries,
        "interval": length_to_text(terms.interval),
        "within": length_to_text(terms.within),
        "hours": Quoted(hours_to_text(terms.hours)),
    }


def _person(person: Person) -> Branch:
    return {
        "name": person.name,
        **_given("phones", [Quoted(number) for number in person.phones]),
        **_given("email", person.email),
        **_given("languages", _list(person.languages)),
        **_given("time_zone", person.zone),
        **(_quiet(person.quiet) if person.quiet else {}),
    }


def _quiet(quiet: QuietHours) -> Branch:
    return {"quiet_hours": Quoted(hours_to_text(quiet.hours)), "rings_anyway": _word(RINGS_ANYWAY, quiet.except_for)}


def _schedule(key: str, schedule: Schedule) -> Branch:
    return {
        **_given("name", "" if schedule.name == key else schedule.name),
        "time_zone": schedule.zone,
        **_given("rotations", [_rotation(rotation) for rotation in schedule.rotations]),
        **_given("calendar_url", schedule.calendar_url),
        **_given("refresh", "" if schedule.refresh == USUAL_REFRESH else length_to_text(schedule.refresh)),
        **_given("otherwise", schedule.otherwise),
    }


def _rotation(rotation: Rotation) -> Branch:
    turns = {DAY: "daily", WEEK: "weekly"}
    return {
        "people": _list(rotation.people),
        "every": turns.get(rotation.every) or length_to_text(rotation.every),
        "start": rotation.start,
        "hand_over": Quoted(f"{rotation.hand_over:%H:%M}"),
        **_given("hours", _week(rotation.hours)),
    }


def _ladder(ladder: LadderPlan) -> Branch:
    return {
        "name": ladder.name,
        **_given("products", _list(ladder.products)),
        **_given("programs", _list(ladder.programs)),
        **_given("regions", _list(ladder.regions)),
        **_given("account_manager", _word(ACCOUNT_MANAGER, ladder.account_manager)),
        "levels": [_level(level) for level in ladder.levels],
    }


def _level(level: LevelPlan) -> Branch:
    alone = len(level.members) < 2 and level.order is Order.IN_TURN
    return {
        "title": level.title,
        **_given("titles", dict(level.titles)),
        "members": _list(level.members),
        **_given("order", "" if alone else level.order.value),
        "ring_seconds": level.ring_seconds,
        **_given("calendar", level.calendar),
        **_given("email_only", level.email_only),
    }


def _program(key: str, program: Program) -> Branch:
    granted = {name: program.grants[number] for name, number in SEVERITIES.items() if number in program.grants}
    return {
        **_given("name", "" if program.name == key else program.name),
        "grace": length_to_text(program.grace),
        "severities": {name: _grant(grant) for name, grant in granted.items()},
    }


def _grant(grant: Grant) -> Branch:
    response = grant.guaranteed_response
    silent = not response and not grant.escalation_allowed
    return {
        "escalation": "allowed" if grant.escalation_allowed else "refused",
        **({} if silent else {"guaranteed_response": length_to_text(response, working=bool(grant.calendar))}),
        **_given("calendar", grant.calendar),
    }


def _calendar(calendar: Calendar) -> Branch:
    return {
        "time_zone": calendar.zone,
        "hours": _week(calendar.hours),
        **_given("holidays", calendar.holiday_region),
        **_given("closed_on", _list(sorted(calendar.closed_on))),
    }


def _week(hours: tuple[Hours, ...]) -> Branch:
    by_day = {name: [each for each in hours if each.weekday == day] for day, name in enumerate(WEEKDAYS)}
    return {name: Quoted(openings_to_text(openings)) for name, openings in by_day.items() if openings}


def _cooldown(terms: CooldownTerms) -> Branch:
    lengths: Mapping[str, timedelta] = {
        "after_reached": terms.after_reached,
        "after_exhausted": terms.after_exhausted,
        "after_abandoned": terms.after_abandoned,
    }
    return {
        **{name: length_to_text(length) for name, length in lengths.items()},
        "max_attempts": terms.max_attempts,
        "window": length_to_text(terms.window),
    }


def _restraint(restraint: Restraint) -> Branch:
    return {"rings_per_night": restraint.rings_a_night, "night": Quoted(hours_to_text(restraint.night))}


def _word(words: Mapping[str, T], meant: T | None) -> str:
    return next((word for word, value in words.items() if value == meant), "")


def _list(values: Iterable[Leaf]) -> list[Tree]:
    return list(values)


def _unusual(branch: Branch, usual: Branch) -> Branch:
    """What differs from how things are where nothing is said."""
    return {key: value for key, value in branch.items() if value != usual[key]}


def _given(key: str, value: Tree) -> Branch:
    """A key that is written only when there is something to say."""
    return {key: value} if value else {}
