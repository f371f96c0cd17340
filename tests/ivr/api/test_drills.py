"""A whole call, played for a program."""

from typing import Any

import pytest

from ivr.drill.process import DrillFailed
from tests.ivr.api.conftest import Program, refused
from tests.ivr.api.test_tickets import TICKET
from tests.ivr.drill.theatre import Theatre

ASKED: dict[str, Any] = {
    "ticket": TICKET | {"number": "50001"}, "levels": [{"rank": 1, "does": "accept"}], "language": "de",
}  # fmt: skip


def test_a_call_is_played_and_read_word_for_word(anything: Program, theatre: Theatre) -> None:
    begun = anything.sends("POST", "/drills", ASKED)
    assert begun.status_code == 202
    assert begun.json is not None
    assert (begun.json["id"], begun.json["state"], begun.json["moments"]) == (1, "running", [])
    refused(anything.sends("POST", "/drills", ASKED), 409, "conflict")

    theatre.goes_on()
    told = anything.reads("/drills/1")

    assert (told["state"], told["ending"], told["failure"]) == ("played", "Exhausted: nobody took the call.", None)
    assert told["moments"] == [{"seconds": 61.5, "who": "Dana Whitfield", "verb": "hears", "words": '"<b>1</b>"'}]
    [plan] = theatre.plans
    assert (plan.ticket.number, plan.language, plan.levels) == ("50001", "de", {1: "accept"})
    assert told["asked_by"] == "token everything"


def test_what_could_not_be_played_says_why(anything: Program, theatre: Theatre) -> None:
    theatre.trouble = DrillFailed("It broke off: out of memory.")
    anything.sends("POST", "/drills", ASKED)
    theatre.goes_on()

    told = anything.reads("/drills/1")
    assert (told["state"], told["failure"]) == ("failed", "It broke off: out of memory.")
    refused(anything.asks("/drills/2"), 404, "not-found")


@pytest.mark.parametrize("wrong", [
    {"language": "fr"}, {"line": "+12025550199"}, {"levels": [{"rank": 0, "does": "accept"}]},
    {"levels": [{"rank": 1, "does": "sings"}]}, {"after_talk": "sleep"},
])
def test_what_cannot_be_is_refused(anything: Program, theatre: Theatre, wrong: dict[str, object]) -> None:
    refused(anything.sends("POST", "/drills", ASKED | wrong), 422, "invalid")

    assert theatre.waiting == []
