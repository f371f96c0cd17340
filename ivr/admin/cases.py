"""Cases: what is tried, as the address of the page says it: which ticket, when, on which line, by which routing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import request

from db.unit_of_work import Work
from flows.routing import Line, Routing
from flows.rules.ladder import Ladder
from flows.ticket import Severity, Status, Ticket
from ivr.admin.parts import AdminParts
from ivr.admin.times import read_local
from ivr.line.drafts import Draft, read_draft
from ivr.line.holiday_dates import holiday_dates
from ivr.line.shifts import on_shift
from ivr.routing_file.texts import length_from_text

MADE_UP = "10000"
LENGTH = "A length such as 45m, 2h or 1d 6h."


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is tried. ``wrong`` says by field what cannot be; ``ticket`` is None when there is no such one. ``on_duty``:
    who has the shift in each schedule then."""

    draft: Draft
    routing: Routing
    ticket: Ticket | None
    at: datetime
    on_duty: Mapping[str, str | None]
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether it can be tried at all."""
        return not self.wrong and self.ticket is not None and bool(self.routing.lines)

    @property
    def line(self) -> Line:
        """The line that is called; the first one unless another was chosen."""
        return self.routing.line(request.args.get("line", "")) or self.routing.lines[0]

    @property
    def language(self) -> str:
        """What the caller speaks: the line's first language unless another one of it was chosen."""
        chosen = request.args.get("language", "")
        return chosen if chosen in self.line.languages else self.line.languages[0]

    @property
    def ladder(self) -> Ladder:
        """Whom the ticket would climb to then, people filled in."""
        assert self.ticket is not None
        return self.routing.ladder(self.ticket, holiday_dates(self.routing, self.at), self.line.zone, self.on_duty)


def read_case(parts: AdminParts, work: Work, zone: str) -> Case:
    """The case in the address; times in it are of the IANA ``zone``."""
    wrong: dict[str, str] = {}
    at = _moment(request.args.get("at", ""), zone, parts.clock(), wrong)
    draft = read_draft(parts, work)
    routing = _routing(draft, request.args.get("version", ""), wrong)
    ticket = _ticket(work, routing, at, wrong)
    return Case(draft=draft, routing=routing, ticket=ticket, at=at, on_duty=on_shift(work, routing, at), wrong=wrong)


def _moment(text: str, zone: str, now: datetime, wrong: dict[str, str]) -> datetime:
    at = read_local(text, zone) if text.strip() else now
    if at is None:
        wrong["at"] = "Choose a date and time, such as 2026-11-23 03:00."
    return at or now


def _routing(draft: Draft, version: str, wrong: dict[str, str]) -> Routing:
    if version != "draft":
        return draft.before
    if draft.document.mistakes:
        wrong["version"] = "The draft has mistakes; mend them before trying it."
        return draft.before
    return draft.document.routing


def _ticket(work: Work, routing: Routing, at: datetime, wrong: dict[str, str]) -> Ticket | None:
    number = request.args.get("ticket", "").strip()
    if not number:
        return _made_up(routing, at, wrong)
    found = work.tickets.find(number)
    if found is None:
        wrong["ticket"] = f"There is no ticket {number} here. Leave the field empty to make one up."
    return found


def _made_up(routing: Routing, at: datetime, wrong: dict[str, str]) -> Ticket:
    """A ticket as the form describes it; ages count back from the moment that is tried."""
    programs = list(routing.programs) or ["Premium"]
    return Ticket(
        number=MADE_UP,
        subject="Made up",
        organisation="Made up",
        requester="",
        program=request.args.get("program") or programs[0],
        severity=Severity(request.args.get("severity", 2, type=int)) if _known_severity() else Severity.HIGH,
        product=request.args.get("product", ""),
        status=_status(),
        opened_at=at - _age("opened", "1d", wrong),
        updated_at=at - _age("updated", "1d", wrong),
        region=request.args.get("region", ""),
    )


def _known_severity() -> bool:
    return request.args.get("severity", 2, type=int) in {int(each) for each in Severity}


def _status() -> Status:
    wanted = request.args.get("status", "")
    return next((status for status in Status if status.value == wanted), Status.OPEN)


def _age(name: str, usual: str, wrong: dict[str, str]) -> timedelta:
    age = length_from_text(request.args.get(name) or usual)
    if age is None or age > timedelta(days=3650):
        wrong[name] = LENGTH
        return timedelta()
    return age
