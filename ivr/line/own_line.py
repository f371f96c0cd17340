"""The manager's line and our memory: who may come in, and what a manager asks."""

from datetime import datetime
from typing import assert_never

import structlog

from db.repositories.acts import Act
from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import ManagerLineCall
from flows.heard import (
    DutyFound,
    Heard,
    LastTalk,
    OpenPromise,
    PinAnswer,
    PinRight,
    PinWrong,
    PromisesFound,
    RestFound,
)
from flows.rules.pin import PinTerms
from flows.turn import AskDuties, AskDuty, AskPromises, AskRest, CheckPin, OwnLineLookup
from ivr.line.dialling import DialPolicy
from ivr.line.duties import duties_of
from ivr.line.manager_acts import record
from ivr.line.pins import PinChecked

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
        record(work, stored, Act.CAME_IN, now, person=pin.person)
        return _right(work, stored, pin.person, now)
    for each in pins.values():
        if not each.is_locked(now):
            wrong = each.wrong_tries + 1
            work.pins.tried(each.person, wrong, TERMS.locked_until(wrong, now))
    record(work, stored, Act.WRONG_PIN, now, about=f"on the phone of {', '.join(asked.people)}")
    log.warning("wrong PIN", call=stored.sid, shut=shut)
    return PinWrong(at=now)


def _right(work: Work, stored: StoredCall, person: str, now: datetime) -> PinRight:
    known = work.routing.read(stored.routing_version).people[person]
    assert isinstance(stored.state, ManagerLineCall)
    zone = known.zone or stored.state.line.zone
    return PinRight(at=now, person=person, name=known.name, language=known.language, zone=zone)


def answer(
    work: Work, stored: StoredCall, call: ManagerLineCall, asked: OwnLineLookup, policy: DialPolicy, now: datetime
) -> Heard:
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
        case AskDuties():
            return duties_of(work, work.routing.read(stored.routing_version), call.person, policy, now)
        case _:
            assert_never(asked)
