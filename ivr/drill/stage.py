"""Where a drill is played: a private line on simulated time, with a telephone for everybody on the ticket's ladder."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from db.unit_of_work import Store
from flows.routing import Line
from flows.rules.ladder import Ladder
from ivr.drill.plan import DrillPlan, Moment, Played
from ivr.emulator.softphone.mail import arrived, receivers_of
from ivr.emulator.softphone.wire import Shown
from ivr.line.dispatcher import Worker
from ivr.line.holiday_dates import holiday_dates
from ivr.line.shifts import on_shift
from ivr.private_line import PrivateLine, an_exchange, private_line
from ivr.terminal_phone.caller import AfterTalk, CallerPlan, HangUpWhen
from ivr.terminal_phone.cast import Cast, Party, readers_of
from ivr.terminal_phone.company import Company
from ivr.terminal_phone.layout import Entry
from ivr.terminal_phone.manager import ManagerBehaviour
from ivr.terminal_phone.record import Record
from ivr.terminal_phone.script import Script
from ivr.terminal_phone.scripted import ScriptedCall

CALLERS = ("+12025550123", "+12025550124", "+12025550125")
"""Numbers that nobody has (555-01xx); the caller has the first one that is nobody's in the routing either."""
NOBODYS_DUTY = "+12025550199"


class Pad:
    """Writes down what happens, for people to read afterwards."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.moments: list[Moment] = []

    def show(self, shown: Shown) -> None:
        """Something has happened."""
        self._write(self._script.tell(shown))

    def hangs_up(self, number: str, at: datetime) -> None:
        """Somebody puts the telephone down."""
        self._write(self._script.hangs_up(number, at))

    def rest(self) -> None:
        """Nothing more will happen."""
        self._write(self._script.rest())

    def _write(self, entries: Iterable[Entry]) -> None:
        self.moments += [
            Moment(seconds=round(each.seconds, 1), who=each.party, verb=each.verb, words=each.words)
            for each in entries
        ]


def play(plan: DrillPlan) -> Played:
    """The whole call, from dialling to the last mail. Raises OSError and db.errors.StoreError."""
    with (
        TemporaryDirectory(prefix="escalation-drill-") as folder,
        an_exchange(plan.at) as exchange,
        private_line(
            f"sqlite:///{Path(folder) / 'drill.db'}", exchange, seeded=partial(_seed, plan),
            others={"DIAL_REGIONS": ",".join(plan.regions)},
        ) as line,
    ):  # fmt: skip
        return _played(plan, line)


def _played(plan: DrillPlan, line: PrivateLine) -> Played:
    cast = _cast(plan, line.parts.store)
    pad, worker = Pad(Script(cast)), Worker(line.parts.tasks, line.parts.store, line.parts.clock)
    run = ScriptedCall(line.exchange, cast, pad, after_webhooks=lambda: _work_off(worker))

    def mailed(mail: EmailMessage) -> None:
        for receiver in receivers_of(mail):
            run.tell(arrived(mail, receiver, "", line.exchange.now()))

    line.mail.subscribers.append(mailed)
    caller = CallerPlan(
        ticket=plan.ticket.number, language=plan.language, after_talk=AfterTalk(plan.after_talk),
        hang_up_when=HangUpWhen(plan.hang_up_when) if plan.hang_up_when else None,
    )
    run.run(Company(cast, caller, {level: ManagerBehaviour(each) for level, each in plan.levels.items()}))
    with line.parts.store.reading() as work:
        reasons = [reason for refusal in work.refusals.of(run.record.sid) for reason in refusal.reasons]
    return Played(
        moments=tuple(pad.moments), ending=_ending(run.record, reasons), failures=tuple(run.record.failures)
    )


def _ending(record: Record, reasons: list[str]) -> str:
    return record.ending(list(dict.fromkeys(reasons))).as_sentence()


def _seed(plan: DrillPlan, store: Store, now: datetime) -> None:
    with store.writing() as work:
        # A drill is read, not heard, and its telephones understand words: nothing is played instead of them.
        work.routing.publish(replace(plan.routing, recordings={}), by="drill", note="drill", at=now)
        work.tickets.put(plan.ticket)
        for override in plan.overrides:
            work.overrides.add(override, now)
        for person, until in plan.absences.items():
            work.absences.set(person, until, now, person)


def _cast(plan: DrillPlan, store: Store) -> Cast:
    line = plan.routing.line(plan.line)
    if line is None:
        raise ValueError(f"the routing has no line {plan.line}")
    with store.reading() as work:
        duties = on_shift(work, plan.routing, plan.at)
    ladder = plan.routing.ladder(plan.ticket, holiday_dates(plan.routing, plan.at), line.zone, duties)
    managers = _managers(ladder)
    taken = {plan.line, *(party.number for party in managers), *_everybodys(plan)}
    return Cast(
        line=plan.line,
        caller=Party(name="caller", number=next(each for each in CALLERS if each not in taken)),
        managers=managers,
        duty=Party(name="duty phone", number=line.duty_number or NOBODYS_DUTY, key="duty"),
        words=plan.routing.words,
        readers=readers_of(plan.routing, _shift_manager(line, duties)),
    )


def _managers(ladder: Ladder) -> tuple[Party, ...]:
    """Everybody's every telephone; whoever stands on two levels has one telephone, and behaves as on the lower one."""
    found: dict[str, Party] = {}
    for level in ladder.levels:
        for member in level.members:
            for place, number in enumerate(member.phones, start=1):
                name = member.name if place == 1 else f"{member.name} ({place})"
                found.setdefault(number, Party(name=name, number=number, level=level.rank, title=level.title))
    return tuple(found.values())


def _everybodys(plan: DrillPlan) -> Iterable[str]:
    return (number for person in plan.routing.people.values() for number in person.phones)


def _shift_manager(line: Line, duties: Mapping[str, str | None]) -> str:
    return duties.get(line.shift_manager) or line.shift_manager


def _work_off(worker: Worker) -> None:
    while worker.run_once():
        pass
