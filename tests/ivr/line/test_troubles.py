"""Owners are mailed about what is wrong with the line itself: once for each new trouble, again after a week."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.headerregistry import Address

import pytest

from db import seed
from db.unit_of_work import Store
from flows.rules.roles import Role
from flows.rules.schedule import Override, Rotation, Schedule
from flows.rules.working_time import Hours
from ivr.line.letters import decode
from ivr.line.number_wiring import NumberDesk
from ivr.line.ports import CarrierNumber, LineTroubles, Wiring
from ivr.line.troubles import LOOK, TroubleWatch
from ivr.notifications.email.message import compose_warning
from tests.ivr.line.outbox_stories import ToldClock

MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Carrier:
    """A carrier that sends calls where ``leads`` says; None: it has no such number."""

    leads: str | None = "https://line.example.com"

    def known(self, number: str) -> CarrierNumber | None:
        if self.leads is None:
            return None
        wiring = Wiring(voice_url=f"{self.leads}/voice/incoming", voice_method="POST",
                        status_callback=f"{self.leads}/voice/status", status_method="POST")
        return CarrierNumber(sid="PN1", wiring=wiring)

    def connect(self, sid: str, wiring: Wiring) -> None:
        raise AssertionError("a watch changes nothing")


class House:
    """A line with its owners, and the watch over it."""

    def __init__(self, store: Store, clock: ToldClock) -> None:
        self.store, self.clock, self.carrier = store, clock, Carrier()
        desk = NumberDesk(self.carrier, "https://line.example.com")
        self.watch = TroubleWatch(store, clock, desk)
        seed.demo(store, clock())
        self.user("olga@northwind.example", Role.OWNER)

    def user(self, name: str, *roles: Role, person: str = "") -> int:
        with self.store.writing() as work:
            return work.users.add(name=name, roles=frozenset(roles), password_hash="x", at=self.clock(), person=person)

    def looks(self, after: timedelta = LOOK) -> int:
        self.clock.advance(after)
        return self.watch.run_once()

    def mails(self) -> list[LineTroubles]:
        """Every mail so far, in the order in which they were put in."""
        with self.store.reading() as work:
            found = [decode(each.kind, each.body) for each in work.outbox.waiting(99) if each.kind == "line-troubles"]
        return [each for each in found if isinstance(each, LineTroubles)]

    def letter_dies(self) -> None:
        with self.store.writing() as work:
            key = f"dead/{self.clock().isoformat()}"
            work.outbox.add("ticket-note", key, {"number": "1", "text": "x"}, self.clock())
            letter = work.outbox.by_key(key)
            assert letter is not None
            work.outbox.bury(letter.id, self.clock(), "no")


@pytest.fixture
def house(store: Store) -> House:
    clock = ToldClock()
    clock.now = MONDAY
    return House(store, clock)


def test_nothing_is_wrong_and_nothing_is_mailed(house: House) -> None:
    assert house.looks() == 0
    assert house.mails() == []


def test_a_trouble_is_told_once_and_again_next_week_while_it_lasts(house: House) -> None:
    house.letter_dies()
    assert house.looks() == 1
    house.letter_dies()
    for _ in range(5):
        assert house.looks(DAY) == 0

    [mail] = house.mails()
    assert mail.troubles == ("1 mail or note could not be delivered. Page Notifications.",)
    assert (mail.recipient.address, mail.company) == ("olga@northwind.example", "Northwind Software")
    assert house.looks(2 * DAY) == 1
    assert house.mails()[1].troubles == ("2 mails or notes could not be delivered. Page Notifications.",)


def test_a_new_trouble_is_told_with_those_that_last(house: House) -> None:
    house.letter_dies()
    house.looks()
    house.carrier.leads = "https://old.example.com"
    assert house.looks() == 2
    house.carrier.leads = None
    assert house.looks() == 0, "it is the same number"
    with house.store.writing() as work:
        webhook = work.webhooks.add(name="bridge", url="https://x.example", secret="s", kinds=frozenset(), by="olga",
                                    at=MONDAY)
        work.webhooks.turn_off(webhook, MONDAY, "its server answers 410")
    assert house.looks() == 3

    assert [len(mail.troubles) for mail in house.mails()] == [1, 2, 3]
    assert "does not lead here" in house.mails()[1].troubles[1]
    assert house.mails()[2].troubles[1].startswith("The webhook bridge is told nothing: its server answers 410")
    assert "has no number +12025550150" in house.mails()[2].troubles[2]


def test_a_trouble_that_is_over_is_no_news(house: House) -> None:
    house.letter_dies()
    house.carrier.leads = "https://old.example.com"
    assert house.looks() == 2
    house.carrier.leads = "https://line.example.com"
    assert house.looks() == 0
    house.carrier.leads = "https://old.example.com"
    assert house.looks() == 0, "they have been told of it this week"

    assert len(house.mails()) == 1


def test_a_gap_that_somebody_has_made_is_told_and_one_that_the_turns_have_is_not(house: House) -> None:
    dana, marcus, _ = seed.ROUTING.people
    turns = Rotation(people=(dana, marcus), start=date(2026, 3, 2), hand_over=time(9))
    weekend = replace(turns, hours=(Hours(weekday=5, opens=time(8), closes=time(20)),))
    schedules = {
        "weeks": Schedule(name="Weeks", zone="America/New_York", rotations=(turns,)),
        "saturdays": Schedule(name="Saturdays", zone="UTC", rotations=(weekend,)),
    }
    with house.store.writing() as work:
        work.routing.publish(replace(seed.ROUTING, schedules=schedules), "olga", "schedules", house.clock())
    assert house.looks() == 0
    nobody = Override(schedule="weeks", person=None, starts_at=MONDAY + 20 * DAY, ends_at=MONDAY + 21 * DAY)
    with house.store.writing() as work:
        work.overrides.add(nobody, MONDAY)
    assert house.looks() == 0, "three weeks ahead"

    assert house.looks(8 * DAY) == 1
    [mail] = house.mails()
    assert mail.troubles == (
        "Nobody is on duty for Weeks from 2026-03-22 11:00 to 2026-03-23 11:00 (America/New_York). Page Schedules.",
    )


def test_only_owners_with_an_address_are_told(house: House) -> None:
    priya = seed.ROUTING.lines[0].shift_manager
    house.user("paul", Role.OWNER, person=priya)
    house.user("nameless", Role.OWNER)
    house.user("adam@northwind.example", Role.ADMIN)
    gone = house.user("gone@northwind.example", Role.OWNER)
    with house.store.writing() as work:
        work.users.set_disabled(gone, MONDAY)
    house.letter_dies()
    house.looks()

    assert sorted(mail.recipient.address for mail in house.mails()) == [
        "olga@northwind.example", seed.ROUTING.people[priya].email
    ]


def test_an_empty_database_has_nobody_to_tell(store: Store) -> None:
    clock = ToldClock()

    assert TroubleWatch(store, clock, NumberDesk(Carrier(), "https://line.example.com")).run_once() == 0


@pytest.mark.parametrize(("language", "subject"), [
    ("en", "The escalation line of Northwind Software needs you"),
    ("de", "Die Eskalations-Hotline von Northwind Software braucht Sie"),
    ("ru", "Линии эскалации Northwind Software нужна ваша помощь"),
])
def test_the_mail_in_the_owners_language(house: House, language: str, subject: str) -> None:
    house.letter_dies()
    house.looks()
    [letter] = house.mails()
    mail = compose_warning(replace(letter, recipient=replace(letter.recipient, language=language)),
                           Address("Line", "line", "example.com"), Address("Olga", "olga", "example.com"))

    assert mail["Subject"] == subject
    assert "- 1 mail or note could not be delivered. Page Notifications." in mail.get_content()
