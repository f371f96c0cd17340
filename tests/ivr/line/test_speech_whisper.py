"""The whisper: a manager who answers the phone knows in twelve seconds what it is about."""

from datetime import timedelta

import pytest

from flows.call import ScreeningCall
from flows.manager_questions import SCREENING_KEYS, story
from flows.prompts.catalogue import LANGUAGES
from flows.prompts.spoken import Prompt
from flows.ticket import Severity, Status, Ticket
from ivr.line.speaking_time import speaking_seconds
from ivr.line.speech import speak
from tests.ivr.line.clock import NOW


def whisper(earlier: int, age: timedelta, overdue: timedelta) -> tuple[Prompt, ...]:
    ticket = Ticket(
        number="48213",
        subject="Router restarts",
        organisation="Acme Industries",
        requester="Dana Reyes",
        program="Gold",
        severity=Severity.HIGH,
        product="Orion Router",
        status=Status.OPEN,
        opened_at=NOW - age,
        updated_at=NOW - age,
    )
    return story(
        ScreeningCall(
            step="answered",
            language="en",
            ticket=ticket,
            response_due=NOW - overdue,
            earlier=earlier,
            answered_at=NOW,
        )
    )


def seconds(prompts: tuple[Prompt, ...], language: str) -> float:
    return speaking_seconds(" ".join(speak(prompt, language).text for prompt in prompts), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_of_the_demo_ticket_takes_less_than_twelve_seconds(language: str) -> None:
    told = whisper(2, age=timedelta(hours=5), overdue=timedelta(hours=3, minutes=20))

    assert seconds(told, language) < 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_story_takes_less_than_twelve_seconds_too(language: str) -> None:
    told = whisper(21, age=timedelta(days=6, hours=21, minutes=5), overdue=timedelta(days=5, hours=23))

    assert seconds(told, language) < 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_takes_less_than_seven_seconds(language: str) -> None:
    assert seconds(SCREENING_KEYS.spoken(), language) < 7
