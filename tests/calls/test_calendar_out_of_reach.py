"""A calendar that cannot be had: the shift manager reads so in a mail, in his language, and the ladder rings on."""

from dataclasses import replace

import pytest

from flows.rules.schedule import Schedule
from ivr.calendars.events import CalendarTrouble
from ivr.calendars.imports import CalendarRefresh
from tests.calls.stage import LEVEL_1, Stage
from tests.ivr.calendars.ics import a_calendar, an_event

ROTA = Schedule(name="First line", zone="America/New_York", calendar_url="https://calendar.example/rota.ics?key=secret")
DANA = an_event("Dana Whitfield", "DTSTART:20260301T130000Z", "DTEND:20260401T130000Z")


class Rota:
    """The calendar's server, and the worker who asks it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.up = True
        self.refresh = CalendarRefresh(stage.line.parts.store, stage.exchange.now, self.fetch)

    def fetch(self, _: str) -> bytes:
        if not self.up:
            raise CalendarTrouble("its server cannot be reached (timed out)")
        return a_calendar(DANA)

    def is_asked(self, times: int) -> None:
        for _ in range(times):
            while self.refresh.run_once():
                pass
            self.stage.exchange.pass_time(ROTA.refresh.total_seconds())


def publishes(stage: Stage, language: str) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        [ladder] = routing.ladders
        levels = (replace(ladder.levels[0], members=("rota",)), *ladder.levels[1:])
        reader = routing.people["priya-raman"]
        people = {**routing.people, "priya-raman": replace(reader, languages=(language,))}
        changed = replace(routing, ladders=(replace(ladder, levels=levels),), people=people, schedules={"rota": ROTA})
        work.routing.publish(changed, by="test", note="", at=stage.exchange.now())


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("en", "Duty calendar out of reach: First line", "stays in force."),
        ("de", "Dienstkalender", "First line"),
        ("ru", "алендар", "First line"),
    ],
)
def test_the_shift_manager_is_mailed_and_the_last_good_copy_rings(
    stage: Stage, language: str, subject: str, sentence: str
) -> None:
    publishes(stage, language)
    rota = Rota(stage)
    rota.is_asked(1)
    rota.up = False
    rota.is_asked(2)
    assert stage.mails() == [], "a network's bad moment is no news"
    rota.is_asked(4)

    [mail] = stage.mails()
    text = str(mail.get_content())
    assert str(mail["To"].addresses[0].addr_spec) == "shift.manager@northwind-support.example"
    assert subject in str(mail["Subject"])
    assert sentence in text
    assert "calendar.example" in text
    assert "secret" not in mail.as_string() + text

    stage.escalates()
    stage.level_1.rings()
    assert stage.level_1.number == LEVEL_1
    stage.caller.hang_up()
    stage.ends(mails=2)
