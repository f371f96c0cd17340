"""Strategies for everything a conversation may be told: any keys, any ticket, any ladder, any end of a ring."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from flows.call import EscalationCall, ManagerLineCall, ScreeningCall
from flows.call_screening import screening
from flows.escalation_line import line as escalation_line
from flows.flow import union_members
from flows.heard import (
    AttemptSeen,
    CallerGone,
    CallerOnHold,
    Claimed,
    ClaimRefused,
    CooldownBegan,
    Digits,
    DutiesFound,
    DutyFound,
    ForwardEnded,
    Heard,
    LastTalk,
    MessageRecorded,
    NothingRecorded,
    OpenPromise,
    PinRight,
    PinWrong,
    PromisesFound,
    RestFound,
    RingAccepted,
    RingEnded,
    RingOpen,
    Silence,
    Spared,
    Started,
    StillQuiet,
    TakenByAnother,
    TalkEnded,
    TicketFound,
    TicketMissing,
    TicketSystemDown,
)
from flows.manager_line import manager_line
from flows.prompts.catalogue import LANGUAGES
from flows.routing import Line
from flows.rules.cooldown import CooldownTerms, Outcome, Refused, RefusedBecause, Standing
from flows.rules.eligibility import Terms
from flows.rules.keyed_time import ON_THE_CLOCK
from flows.rules.ladder import Ladder, Level, Member, Order
from flows.rules.passing_on import Passable
from flows.rules.pin import LENGTH
from flows.rules.ring_outcome import PASSED_OVER, RingOutcome
from flows.ticket import Status, Ticket
from flows.turn import (
    ANSWERS,
    AcceptRing,
    AskDuties,
    AskDuty,
    AskPromises,
    AskRest,
    CheckCaller,
    CheckCooldown,
    CheckPin,
    CheckRing,
    Claim,
    FindTicket,
    Forward,
    JoinCaller,
    Listen,
    Record,
    Ring,
    Then,
    Watch,
)
from tests.flows.world import CONTACT, DUTY, HOUR, LEVEL_1, LEVEL_2, LEVEL_3, LINE, MINUTE, NOW

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties: a busy machine is no counter-example."""

ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
NUMBERS = (LEVEL_1, LEVEL_2, LEVEL_3, LEVEL_1, LEVEL_2, LEVEL_3, LINE.number, CONTACT, "")

texts = st.text(st.characters(), max_size=60)
"""Text from outside: any characters, control characters and lone surrogates included."""
spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=40))
past = st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta()).map(lambda ago: NOW + ago)
moments = st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=40)).map(lambda ahead: NOW + ahead)
maybe_moments = st.none() | moments

lines = st.builds(
    Line,
    number=st.just(LINE.number),
    company=texts,
    languages=st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True).map(tuple),
    zone=st.sampled_from(ZONES),
    shift_manager=st.just("priya"),
    duty_number=st.sampled_from(["", DUTY]),
    record_talks=st.booleans(),
)
tickets = st.builds(
    Ticket,
    number=st.just("48213"),
    subject=texts,
    organisation=texts,
    requester=texts,
    program=texts,
    product=texts,
    opened_at=past,
    updated_at=past,
    time_zone=st.sampled_from(["", *ZONES]),
)
KEYS = ("dana", "eve", "frank")
members = st.builds(
    Member,
    person=st.sampled_from(KEYS),
    name=texts,
    number=st.sampled_from(NUMBERS),
    further=st.lists(st.sampled_from(NUMBERS[:3]), max_size=1).map(tuple),
    language=st.sampled_from(LANGUAGES),
    vacant=st.sampled_from([False] * 7 + [True]),
)
SPARED = (*PASSED_OVER - {RingOutcome.NOBODY_ON_SHIFT, RingOutcome.QUIET_HOURS}, RingOutcome.DECLINED)
spared = st.builds(Spared, person=st.sampled_from(KEYS), why=st.sampled_from(sorted(SPARED, key=str)))
terms = st.builds(Terms, escalation_allowed=st.booleans(), guaranteed_response=spans, grace=spans)
willing_terms = st.just(Terms(escalation_allowed=True, guaranteed_response=timedelta(), grace=timedelta()))
cooldowns = st.builds(
    CooldownTerms,
    after_reached=spans,
    after_exhausted=spans,
    after_abandoned=spans,
    max_attempts=st.integers(1, 30),
    window=spans.filter(bool),
)
standings = st.just(Standing()) | st.builds(
    Standing,
    leased_until=maybe_moments,
    quiet_until=maybe_moments,
    window_opens_at=maybe_moments,
    promised_at=maybe_moments,
    promised_until=maybe_moments,
    last_talked=st.integers(0, 4),
    attempt=st.none() | st.just(9),
)


@st.composite
def ladders(draw: st.DrawFn, min_levels: int = 0) -> Ladder:
    """Up to three levels of up to two phones, rung in turn or together, some of them by mail only."""
    by_mail_only = st.sampled_from([False, False, False, True])
    on_a_level = st.lists(members, min_size=min(min_levels, 1), max_size=2)
    plans = st.tuples(texts, on_a_level, by_mail_only, st.sampled_from(Order))
    levels = draw(st.lists(plans, min_size=min_levels, max_size=3))
    return Ladder(
        name="any",
        levels=tuple(
            Level(
                rank=rank,
                title=title,
                members=tuple(on_it),
                titles={"de": title[::-1]},
                order=order,
                email_only=by_mail,
            )
            for rank, (title, on_it, by_mail, order) in enumerate(levels, start=1)
        ),
    )


now = st.just(NOW)
meant = st.sampled_from(["1", "2", "9", "1", "2", "9", "3", "3", "4", "*", "48213", "0800", "730418"])
nonsense = st.text("0123456789*#", max_size=12)
OTHERWISE = PASSED_OVER | {RingOutcome.TAKEN, RingOutcome.NOT_PLACED}
dialled = st.sampled_from([each for each in RingOutcome if each not in OTHERWISE])
"""How a phone dialled from the caller's leg can end: it is neither rung together with others nor placed by us."""

PASSABLE = Passable(schedule="first-line", title="First line", until=NOW + HOUR, to="marcus", name="Marcus")
passables = st.builds(
    Passable,
    schedule=st.sampled_from(["first-line", "nights"]),
    title=texts,
    until=moments.filter(lambda at: at > NOW),
    to=st.sampled_from(["", "marcus"]),
    name=texts,
)

HEARD: Mapping[type, st.SearchStrategy[Any]] = {
    Digits: st.builds(Digits, at=now, keys=meant | nonsense),
    Silence: st.builds(Silence, at=now),
    TicketFound: st.builds(
        TicketFound,
        at=now,
        ticket=tickets,
        terms=willing_terms | terms | st.none(),
        other_path=st.none() | texts,
        ladder=ladders(),
        cooldown=cooldowns,
        standing=standings,
        owed=st.none() | past,
        call_back=st.sampled_from(["", CONTACT]),
        texts=st.booleans(),
    ),
    TicketMissing: st.builds(TicketMissing, at=now),
    TicketSystemDown: st.builds(TicketSystemDown, at=now),
    Claimed: st.builds(Claimed, at=now, attempt=st.just(7), earlier=st.integers(0, 30)),
    ClaimRefused: st.builds(
        ClaimRefused, at=now, refused=st.builds(Refused, until=moments), attempt=st.none() | st.just(9)
    ),
    AttemptSeen: st.builds(
        AttemptSeen,
        at=now,
        over=st.booleans(),
        outcome=st.none() | st.sampled_from(Outcome),
        level=st.integers(0, 4),
        title=texts,
        accepted=st.booleans(),
    ),
    StillQuiet: st.builds(StillQuiet, at=now, spared=st.lists(spared, max_size=2).map(tuple)),
    CooldownBegan: st.builds(CooldownBegan, at=now, until=moments),
    RingEnded: st.builds(RingEnded, at=now, outcome=dialled, caller_left=st.sampled_from([False, False, False, True])),
    ForwardEnded: st.builds(ForwardEnded, at=now, talked=st.booleans()),
    MessageRecorded: st.builds(MessageRecorded, at=now, message=st.just(1)),
    NothingRecorded: st.builds(NothingRecorded, at=now),
    RingOpen: st.builds(RingOpen, at=now),
    RingAccepted: st.builds(RingAccepted, at=now),
    CallerGone: st.builds(CallerGone, at=now),
    CallerOnHold: st.builds(CallerOnHold, at=now),
    TakenByAnother: st.builds(TakenByAnother, at=now),
    TalkEnded: st.builds(TalkEnded, at=now, talked=st.sampled_from([True, True, False]), caller_waits=st.booleans()),
    PinRight: st.builds(
        PinRight,
        at=now,
        person=st.just("dana"),
        name=texts,
        language=st.sampled_from(LANGUAGES),
        zone=st.sampled_from(ZONES),
    ),
    PinWrong: st.builds(PinWrong, at=now),
    DutyFound: st.builds(DutyFound, at=now, off_until=st.none() | moments.filter(lambda at: at > NOW)),
    DutiesFound: st.builds(
        DutiesFound, at=now, planned=st.booleans(), duties=st.lists(passables, max_size=2).map(tuple)
    ),
    PromisesFound: st.builds(
        PromisesFound,
        at=now,
        promises=st.lists(st.builds(OpenPromise, number=st.just("48213"), until=moments), max_size=9).map(tuple),
    ),
    RestFound: st.builds(
        RestFound, at=now, standing=standings, last_talk=st.none() | st.builds(LastTalk, name=texts, at=past)
    ),
}
"""For each thing that can be heard, all the ways in which it can be; for a caller on hold see ``Beside``."""


def answers_to(then: Then) -> st.SearchStrategy[Heard]:
    """Anything that may follow ``then``."""
    kinds = sorted(union_members(ANSWERS[type(then)]), key=lambda kind: kind.__name__)
    return st.one_of([HEARD[kind] for kind in kinds])


may_be_escalated = st.builds(
    TicketFound,
    at=now,
    ticket=tickets.map(lambda ticket: replace(ticket, status=Status.OPEN)),
    terms=willing_terms,
    other_path=st.none(),
    ladder=ladders(min_levels=1),
    cooldown=cooldowns,
    standing=st.builds(Standing, last_talked=st.integers(0, 1)),
    owed=st.none() | past,
)
down = HEARD[TicketSystemDown]
being_rung = st.just(
    ClaimRefused(at=NOW, refused=Refused(because=RefusedBecause.BEING_RUNG, until=NOW + MINUTE), attempt=9)
)

HELPFUL: Mapping[type, st.SearchStrategy[Any]] = {
    FindTicket: st.sampled_from([*[True] * 9, False]).flatmap(lambda is_up: may_be_escalated if is_up else down),
    Claim: st.sampled_from([*[True] * 7, False]).flatmap(lambda is_won: HEARD[Claimed] if is_won else being_rung),
    Watch: HEARD[AttemptSeen],
    CheckCooldown: HEARD[StillQuiet],
    CheckRing: HEARD[RingOpen],
    AcceptRing: HEARD[RingAccepted],
    CheckCaller: HEARD[CallerOnHold],
    Ring: HEARD[RingEnded],
    Forward: HEARD[ForwardEnded],
    Record: HEARD[MessageRecorded],
    JoinCaller: st.just(TalkEnded(at=NOW, talked=True, caller_waits=True)),
    CheckPin: HEARD[PinRight],
    AskDuty: HEARD[DutyFound],
    AskDuties: st.builds(DutiesFound, at=now, planned=st.booleans(), duties=st.just((PASSABLE,))),
    AskPromises: HEARD[PromisesFound],
    AskRest: st.builds(RestFound, at=now, standing=st.just(Standing(quiet_until=NOW + MINUTE)), last_talk=st.none()),
}


USEFUL_KEYS: Mapping[int | None, list[str]] = {1: ["1"], LENGTH: ["730418"], ON_THE_CLOCK: ["0800", "12"]}
"""By how many keys are waited for: a menu, a PIN, a time."""
CROSSROADS: Mapping[str, list[str]] = {
    "key": ["1", "1", "2"], "menu": [*"1123444"], "duty": ["1", "2"], "rest": ["1", "2", "3"],
}  # fmt: skip
"""Menus of which every key leads somewhere else."""


def helpful_answers_to(then: Then, step: str = "") -> st.SearchStrategy[Heard]:
    """What may follow ``then`` at ``step`` when the conversation is to get somewhere."""
    if isinstance(then, Listen):
        keys = CROSSROADS.get(step) or USEFUL_KEYS.get(then.digits, ["48213"])
        return st.sampled_from(keys).map(lambda pressed: Digits(at=NOW, keys=pressed))
    return HELPFUL[type(then)]


escalations = st.builds(
    EscalationCall,
    step=st.just(escalation_line.start),
    language=st.sampled_from(LANGUAGES),
    line=lines,
    caller=st.sampled_from([CONTACT, ""]),
    tries=st.just(0),
    keyed=st.just(""),
    news=st.just(()),
    ticket=st.none(),
    response_due=st.none(),
    ladder=st.none(),
    last_talked=st.just(0),
    owed=st.none(),
    attempt=st.none(),
    earlier=st.just(0),
    position=st.none(),
    rung=st.just(()),
    talked=st.just(0),
    gone=st.just(False),
    hold=st.booleans(),
    ringing=st.just(()),
    ring_until=st.none(),
    told_at=st.none(),
    wrap_until=st.none(),
    stated=st.none(),
    leaving=st.none(),
    unsaid=st.just(()),
    on_hold=st.just(False),
    message=st.just(0),
    recorded=st.just(False),
)
screenings = st.builds(
    ScreeningCall,
    step=st.just(screening.start),
    language=st.sampled_from(LANGUAGES),
    tries=st.just(0),
    ticket=tickets,
    response_due=past,
    earlier=st.integers(0, 30),
    answered_at=now,
    hold=st.sampled_from([True, True, True, False]),
    talk_limit=st.just(LINE.talk_limit),
    higher_level=st.sampled_from([True, True, True, False]),
    zone=st.sampled_from(ZONES),
    caller_waits=st.just(False),
    talked=st.just(False),
    owed=st.none() | past,
    texts=st.booleans(),
    recorded=st.booleans(),
)
own_lines = st.builds(
    ManagerLineCall,
    step=st.just(manager_line.start),
    language=st.sampled_from(LANGUAGES),
    tries=st.just(0),
    line=lines,
    caller=st.just(LEVEL_1),
    people=st.sampled_from([("dana",), ("dana", "marcus")]),
    has_pin=st.sampled_from([True] * 9 + [False]),
    hold=st.booleans(),
    wrong_pins=st.just(0),
    person=st.just(""),
    zone=st.just("UTC"),
    off_until=st.none(),
    number=st.just(""),
    updated_at=st.none(),
    rests=st.just(False),
    news=st.just(()),
    until=st.none(),
    duties=st.just(()),
)
begun: Started = Started(at=NOW)
