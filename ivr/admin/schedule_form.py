"""The rotations of a schedule as a form: what was typed, whatever it is, and the schedule it means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import count

from werkzeug.datastructures import MultiDict

from flows.rules.schedule import LONGEST_TURN, SHORTEST_TURN, Rotation, Schedule
from flows.rules.working_time import Hours
from ivr.admin.ladder_form import LEVEL_MOVES, MEMBER_MOVES, tidy
from ivr.admin.person_form import key_of
from ivr.routing_file.duties import TURNS
from ivr.routing_file.texts import (
    WEEKDAYS,
    length_from_text,
    length_to_text,
    openings_from_text,
    openings_to_text,
    time_of_day_from_text,
)

WRONG_TURN = "daily, weekly, or a length such as 12h or 3d; from 1h to 366d"


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationForm:
    """One rotation; ``id`` tells its fields from those of the others. ``hours`` are texts by weekday."""

    id: str
    people: tuple[str, ...] = ()
    every: str = "weekly"
    start: str = ""
    hand_over: str = "09:00"
    hours: Mapping[str, str]

    @property
    def wrong(self) -> str:
        """Why no rotation can be made of it; empty when one can."""
        told = {
            "nobody takes turns; add at least one person": not self.people,
            WRONG_TURN: _turn(self.every) is None,
            "the first turn needs a date": _date(self.start) is None,
            "the hand-over needs a time such as 09:00": time_of_day_from_text(self.hand_over) is None,
            'hours are written as "08:00-12:00, 13:00-18:00"': any(
                text and _openings(number, text) is None for number, text in enumerate(self.hours.values())),
        }  # fmt: skip
        return "; ".join(sentence for sentence, true in told.items() if true)

    @property
    def rotation(self) -> Rotation:
        """The rotation it means, when nothing is ``wrong``."""
        hours = (_openings(number, text) or () for number, text in enumerate(self.hours.values()) if text)
        return Rotation(
            people=self.people, every=_turn(self.every) or SHORTEST_TURN, start=_date(self.start) or date.min,
            hand_over=time_of_day_from_text(self.hand_over) or time(0),
            hours=tuple(each for day in hours for each in sorted(day, key=lambda hour: hour.opens)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleForm:
    """``was`` is the key when the form was opened, empty for a new schedule."""

    was: str = ""
    key: str = ""
    name: str = ""
    zone: str = ""
    otherwise: str = ""
    calendar_url: str = ""
    refresh: str = "15m"
    rotations: tuple[RotationForm, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether no schedule can be made of it."""
        return any(each.wrong for each in self.rotations) or bool(self.wrong_refresh)

    @property
    def wrong_refresh(self) -> str:
        """What is wrong with how often a calendar is fetched."""
        return "A length such as 15m or 1h." if length_from_text(self.refresh) is None else ""

    @property
    def schedule(self) -> Schedule:
        """The schedule it means, when nothing is ``wrong``."""
        return Schedule(
            name=self.name or self.key, zone=self.zone, otherwise=self.otherwise, calendar_url=self.calendar_url,
            refresh=length_from_text(self.refresh) or Schedule(name="", zone="").refresh,
            rotations=tuple(each.rotation for each in self.rotations),
        )  # fmt: skip


def blank_rotation(id: str, today: date) -> RotationForm:
    """A rotation with nobody on it yet."""
    return RotationForm(id=id, start=today.isoformat(), hours=dict.fromkeys(WEEKDAYS, ""))


def shown(key: str, schedule: Schedule) -> ScheduleForm:
    """The form of a schedule that is there."""
    return ScheduleForm(
        was=key, key=key, name=schedule.name, zone=schedule.zone, otherwise=schedule.otherwise,
        calendar_url=schedule.calendar_url, refresh=length_to_text(schedule.refresh),
        rotations=tuple(_shown(str(number), each) for number, each in enumerate(schedule.rotations)),
    )  # fmt: skip


def sent(form: MultiDict[str, str], today: date) -> ScheduleForm:
    """The form as it was sent, with what the pressed button asks for done."""
    name, was = tidy(form.get("name", "")), form.get("was", "")
    rotations = tuple(_sent(form, each) for each in dict.fromkeys(form.getlist("rotation")))
    what, _, about = form.get("do", "save").partition(" ")
    return ScheduleForm(
        was=was, key=was or tidy(form.get("key", "")) or key_of(name), name=name, zone=tidy(form.get("zone", "")),
        otherwise=form.get("otherwise", ""), calendar_url=form.get("calendar_url", "").strip(),
        refresh=tidy(form.get("refresh", "")) or "15m", rotations=_moved(rotations, what, about, today),
    )  # fmt: skip


def _shown(id: str, rotation: Rotation) -> RotationForm:
    words = {length: word for word, length in TURNS.items()}
    return RotationForm(
        id=id, people=rotation.people, every=words.get(rotation.every) or length_to_text(rotation.every),
        start=rotation.start.isoformat(), hand_over=f"{rotation.hand_over:%H:%M}",
        hours={name: openings_to_text(each for each in rotation.hours if each.weekday == day)
               for day, name in enumerate(WEEKDAYS)},
    )  # fmt: skip


def _sent(form: MultiDict[str, str], id: str) -> RotationForm:
    people = [key for key in [*form.getlist(f"member.{id}"), form.get(f"add.{id}", "")] if key]
    return RotationForm(
        id=id, people=tuple(people), every=tidy(form.get(f"every.{id}", "")),
        start=form.get(f"start.{id}", "").strip(), hand_over=form.get(f"hand_over.{id}", "").strip(),
        hours={name: tidy(form.get(f"{name}.{id}", "")) for name in WEEKDAYS},
    )  # fmt: skip


def _moved(
    rotations: tuple[RotationForm, ...], what: str, about: str, today: date
) -> tuple[RotationForm, ...]:
    id, _, person = about.partition(" ")
    ids = [each.id for each in rotations]
    if what == "add-rotation":
        return (*rotations, blank_rotation(next(str(each) for each in count() if str(each) not in ids), today))
    if what in LEVEL_MOVES:
        by_id = {each.id: each for each in rotations}
        return tuple(by_id[each] for each in LEVEL_MOVES[what](ids, id))
    if what in MEMBER_MOVES:
        move = MEMBER_MOVES[what]
        return tuple(replace(each, people=tuple(move(each.people, person))) if each.id == id else each
                     for each in rotations)  # fmt: skip
    return rotations


def _turn(text: str) -> timedelta | None:
    length = TURNS.get(text) or length_from_text(text)
    return length if length is not None and SHORTEST_TURN <= length <= LONGEST_TURN else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _openings(weekday: int, text: str) -> tuple[Hours, ...] | None:
    try:
        return openings_from_text(weekday, text)
    except ValueError:
        return None
