"""The manager's line and our memory: who may come in, what a manager asks, and who changed what."""

from datetime import datetime
from typing import assert_never

import structlog

from db.repositories.acts import Act, StoredAct
from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import ManagerLineCall
from flows.effects import CameOnDuty, CooldownLifted, CooldownSet, ManagersAct, WentOffDuty
from flows.heard import (
    DutyFound,
    LastTalk,
    OpenPromise,
    PinAnswer,
    PinRight,
    PinWrong,
    PromisesFound,
    RestFound,
)
from flows.rules.pin import PinTerms
from flows.turn import AskDuty, AskPromises, AskRest, CheckPin
from ivr.line.notes import act_note
from ivr.line.pins import PinChecked

Asked = AskDuty | AskPromises | AskRest
TERMS = PinTerms()

log = structlog.get_logger()


def pin_answer(work: Work, stored: StoredCall, asked: CheckPin, checked: PinChecked, now: datetime) -> PinAnswer:
    """Decide about a PIN that was compared outside the transaction: locks and limits count before what was keyed.

    While a PIN is locked, tries are not counted against it: nobody can keep a manager out for longer by guessing on.
    """
    pins = work.pins.lock(asked.people)
    shut = work.acts.on_line(stored.line, Act.WRONG_PIN, now - TERMS.window) >= TERMS.on_the_line
    pin = pins.get(checked.person or "")
    if pin is not None and pin.hash == checked.hash:
        if shut or pin.is_locked(now):
            return PinWrong(at=now)
        work.pins.tried(pin.person, 0, None)
        _record(work, stored, Act.CAME_IN, now, person=pin.person)
        return _right(work, stored, pin.person, now)
    for each in pins.values():
        if not each.is_locked(now):
            wrong = each.wrong_tries + 1
            work.pins.tried(each.person, wrong, TERMS.locked_until(wrong, now))
    _record(work, stored, Act.WRONG_PIN, now, about=f"on the phone of {', '.join(asked.people)}")
    log.warning("wrong PIN", call=stored.sid, shut=shut)
    return PinWrong(at=now)


def _right(work: Work, stored: StoredCall, person: str, now: datetime) -> PinRight:
    known = work.routing.read(stored.routing_version).people[person]
    assert isinstance(stored.state, ManagerLineCall)
    zone = known.zone or stored.state.line.zone
    return PinRight(at=now, person=person, name=known.name, language=known.language, zone=zone)


def answer(work: Work, call: ManagerLineCall, asked: Asked, now: datetime) -> DutyFound | RestFound | PromisesFound:
    """What we remember about the person on the line, or about the ticket that was keyed."""
    match asked:
        case AskDuty():
            return DutyFound(at=now, off_until=work.absences.off(now).get(call.person))
        case AskPromises():
            return PromisesFound(
                at=now,
                promises=tuple(
                    OpenPromise(number=each.ticket_number, until=each.until)
                    for each in work.promises.open_of(call.person)
                ),
            )
        case AskRest():
            talk = work.rings.last_talk(call.number)
            last = LastTalk(name=talk.member, at=talk.ended_at or talk.started_at) if talk else None
            return RestFound(at=now, standing=work.claims.standing(call.number), last_talk=last)
        case _:
            assert_never(asked)


def enter(work: Work, stored: StoredCall, call: ManagerLineCall, act: ManagersAct, now: datetime) -> None:
    """Do what the manager confirmed, and write down who did it."""
    match act:
        case WentOffDuty(until=until):
            work.absences.set(call.person, until, now, call.person)
            _record(work, stored, Act.OFF_DUTY, now, person=call.person, until=until)
        case CameOnDuty():
            work.absences.clear(call.person)
            _record(work, stored, Act.ON_DUTY, now, person=call.person)
        case CooldownLifted(number=number):
            work.claims.lift(number)
            _about_ticket(work, stored, call, Act.COOLDOWN_LIFTED, number, None, now)
        case CooldownSet(number=number, until=until):
            work.claims.set_rest(number, until, now)
            _about_ticket(work, stored, call, Act.COOLDOWN_SET, number, until, now)
        case _:
            assert_never(act)


def _about_ticket(
    work: Work, stored: StoredCall, call: ManagerLineCall, act: Act, number: str, until: datetime | None, now: datetime
) -> None:
    """Whoever reads the ticket sees it too."""
    _record(work, stored, act, now, person=call.person, ticket=number, until=until)
    name = work.routing.read(stored.routing_version).people[call.person].name
    body = {"number": number, "text": act_note(name, until, now)}
    work.outbox.add("ticket-note", f"{stored.sid}/{stored.turn}/{act.value}", body, now)


def _record(
    work: Work,
    stored: StoredCall,
    act: Act,
    now: datetime,
    *,
    person: str = "",
    ticket: str | None = None,
    until: datetime | None = None,
    about: str = "",
) -> None:
    work.acts.record(
        StoredAct(
            at=now, call_sid=stored.sid, line=stored.line, person=person, act=act, ticket_number=ticket, until=until,
            about=about,
        )
    )  # fmt: skip
