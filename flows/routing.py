"""Routing: everything an admin decides, as one immutable document. A call pins the version it began with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.recorded import Recordings
from flows.prompts.rewording import Rewordings
from flows.rules.access import AccessTerms
from flows.rules.cooldown import CooldownTerms
from flows.rules.eligibility import Terms
from flows.rules.ladder import Ladder, Level, Member, Order, QuietHours
from flows.rules.restraint import Restraint
from flows.rules.schedule import Schedule
from flows.rules.ticket_number import NumberFormat
from flows.rules.way_forward import CallbackTerms, MessageTerms
from flows.rules.working_time import Hours, WorkingTime
from flows.ticket import Severity, Ticket

NOBODY: Mapping[str, str | None] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can be rung or mailed.

    ``phones`` are E.164 in the order in which they are rung, none for e-mail only; ``languages`` what this person
    understands, the best first; ``zone`` is the IANA zone of this person's day, empty for the line's. In
    ``quiet`` hours none of the phones rings.
    """

    name: str
    phones: tuple[str, ...] = ()
    email: str = ""
    languages: tuple[str, ...] = ()
    zone: str = ""
    quiet: QuietHours | None = None

    @property
    def language(self) -> str:
        """What this person is spoken and written to in: the best one that the line has words for."""
        return next((language for language in self.languages if language in LANGUAGES), LANGUAGES[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One phone number that customers call.

    ``languages`` are offered in this order, the first is the default; ``zone`` is the IANA zone in which times are
    spoken; ``duty_number`` (E.164 or empty) is dialled when the line itself cannot work; ``shift_manager`` names the
    person or schedule that is mailed about every accepted escalation; ``products`` are those whose tickets are
    escalated here, none: all. ``record_talks``: talks are recorded where the caller agrees.
    """

    number: str
    company: str
    languages: tuple[str, ...]
    zone: str
    shift_manager: str
    duty_number: str = ""
    number_format: NumberFormat = field(default_factory=NumberFormat)
    talk_limit: timedelta = timedelta(minutes=60)
    access: AccessTerms = field(default_factory=AccessTerms)
    message: MessageTerms = field(default_factory=MessageTerms)
    callback: CallbackTerms = field(default_factory=CallbackTerms)
    products: tuple[str, ...] = ()
    record_talks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Working hours as an admin writes them. ``holiday_region`` is a country, or country and subdivision ("DE-BY")."""

    zone: str
    hours: tuple[Hours, ...]
    holiday_region: str = ""
    closed_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a program grants at one severity. ``calendar`` names a calendar; empty means around the clock."""

    escalation_allowed: bool
    guaranteed_response: timedelta
    calendar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A support program. ``grace`` is the time after opening during which nobody may escalate (article 5850: 2 h)."""

    name: str
    grants: Mapping[int, Grant]
    grace: timedelta = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPlan:
    """One level as an admin writes it; ``members`` and ``calendar`` are names in the same document."""

    title: str
    members: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.IN_TURN
    ring_seconds: int = 25
    calendar: str = ""
    email_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPlan:
    """A ladder and the tickets it serves; an empty tuple in ``products``, ``programs`` or ``regions`` means all.
    ``account_manager``: only customers with a technical account manager, or only those without; None: both."""

    name: str
    levels: tuple[LevelPlan, ...]
    products: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    account_manager: bool | None = None

    def serves(self, ticket: Ticket) -> bool:
        """Whether tickets like this one climb this ladder."""
        wanted = ((self.products, ticket.product), (self.programs, ticket.program), (self.regions, ticket.region))
        managed = self.account_manager in {None, ticket.account_manager}
        return managed and all(not allowed or asked in allowed for allowed, asked in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """One published version of everything that can be set. The first ladder that serves a ticket is climbed.

    ``schedules`` share one name space with ``people``: a level's member and a line's shift manager may be either.
    ``other_paths`` maps products that are escalated elsewhere to the words that say where. ``words`` are said instead
    of the shipped sentences, ``mails`` written instead of the shipped mails' texts, and ``voices`` (the carrier's names
    by language) speak instead of the usual ones, unless one of the ``recordings`` says just what is to be said.
    """

    lines: tuple[Line, ...]
    people: Mapping[str, Person]
    programs: Mapping[str, Program]
    ladders: tuple[LadderPlan, ...]
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    other_paths: Mapping[str, str] = field(default_factory=dict)
    cooldown: CooldownTerms = field(default_factory=CooldownTerms)
    restraint: Restraint = field(default_factory=Restraint)
    words: Rewordings = field(default_factory=dict)
    mails: Rewordings = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)
    recordings: Recordings = field(default_factory=dict)

    def line(self, number: str) -> Line | None:
        """The line with this number (E.164), if it is one of ours."""
        return next((line for line in self.lines if line.number == number), None)

    def line_for(self, line: Line, product: str) -> Line:
        """The line on which tickets about ``product`` are escalated: ``line``, unless it serves other products only and
        another line serves this one, by name before those that serve all. A ticket never falls between the lines."""
        if not line.products or product in line.products:
            return line
        naming = (each for each in self.lines if product in each.products)
        serving_all = (each for each in self.lines if not each.products)
        return next(naming, None) or next(serving_all, line)

    def people_at(self, number: str) -> tuple[str, ...]:
        """The keys of those whose phone ``number`` (E.164) is; a phone may be shared. None for a withheld number."""
        return tuple(key for key, person in self.people.items() if number and number in person.phones)

    def working_time(self, calendar: str, holidays: Mapping[str, frozenset[date]]) -> WorkingTime | None:
        """The named calendar with its region's ``holidays`` filled in; None (around the clock) for the empty name."""
        if not calendar:
            return None
        plan = self.calendars[calendar]
        days = plan.closed_on | holidays.get(plan.holiday_region, frozenset())
        return WorkingTime(zone=plan.zone, hours=plan.hours, holidays=days)

    def terms(self, program: str, severity: Severity, holidays: Mapping[str, frozenset[date]]) -> Terms | None:
        """What ``program`` grants at ``severity``; None when the program is unknown or says nothing about it."""
        known = self.programs.get(program)
        grant = known.grants.get(int(severity)) if known else None
        if known is None or grant is None:
            return None
        return Terms(
            escalation_allowed=grant.escalation_allowed,
            guaranteed_response=grant.guaranteed_response,
            grace=known.grace,
            clock=self.working_time(grant.calendar, holidays),
        )

    def ladder(
        self,
        ticket: Ticket,
        holidays: Mapping[str, frozenset[date]],
        zone: str = "UTC",
        on_duty: Mapping[str, str | None] = NOBODY,
    ) -> Ladder:
        """The ladder this ticket climbs, people filled in; without a matching plan a ladder with no levels.

        ``zone`` (IANA) is that of the line, which counts for people who name none of their own. ``on_duty`` says who
        has the shift in each schedule (the key of a person); where nobody is known to have it, the place is vacant.
        """
        plan = next((plan for plan in self.ladders if plan.serves(ticket)), None)
        if plan is None:
            return Ladder(name="", levels=())
        levels = (
            self._level(rank, level, tuple(self._member(key, zone, on_duty) for key in level.members), holidays)
            for rank, level in enumerate(plan.levels, start=1)
        )
        return Ladder(name=plan.name, levels=tuple(levels))

    def _level(
        self, rank: int, plan: LevelPlan, members: tuple[Member, ...], holidays: Mapping[str, frozenset[date]]
    ) -> Level:
        return Level(
            rank=rank,
            title=plan.title,
            titles=plan.titles,
            members=members,
            order=plan.order,
            ring_seconds=plan.ring_seconds,
            active=self.working_time(plan.calendar, holidays),
            email_only=plan.email_only,
        )

    def _member(self, key: str, zone: str, on_duty: Mapping[str, str | None]) -> Member:
        meant = key if key in self.people else on_duty.get(key)
        person = self.people.get(meant or "")
        if meant is None or person is None:
            return Member(name=self.schedules[key].name, vacant=True)
        return Member(
            person=meant,
            name=person.name,
            number=person.phones[0] if person.phones else "",
            further=person.phones[1:],
            email=person.email,
            language=person.language,
            zone=person.zone or zone,
            quiet=person.quiet,
        )
