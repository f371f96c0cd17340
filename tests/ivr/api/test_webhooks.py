"""Webhooks made by a program, which brings its own secret."""

import pytest

from ivr.app import Parts
from ivr.line.webhooks import new_secret
from tests.ivr.admin.visitor import NOW
from tests.ivr.api.conftest import Program, refused

SECRET = new_secret()
BRIDGE = {"name": "bridge", "url": "https://hooks.example/in?key=s3cret", "secret": SECRET}


def test_a_program_has_itself_told_what_happens(anything: Program, parts: Parts) -> None:
    made = anything.sends("POST", "/webhooks", {**BRIDGE, "facts": ["refused"]})
    assert made.json is not None
    assert (made.json["server"], made.json["facts"], made.json["waiting"]) == ("hooks.example", ["refused"], 0)
    assert "s3cret" not in made.text
    assert SECRET not in made.text
    with parts.store.writing() as work:
        work.refusals.record("CA1", "48213", ("grace",), None, NOW)
    parts.facts.run_once()

    tested = anything.sends("POST", "/webhooks/1/test", None)
    assert tested.json is not None
    assert tested.json["waiting"] == 2
    waiting = anything.reads("/webhooks/1/deliveries?state=waiting")["deliveries"]
    assert [each["ticket_number"] for each in waiting] == ["48213", ""]
    assert [each["name"] for each in anything.reads("/webhooks")["webhooks"]] == ["bridge"]

    with parts.store.writing() as work:
        work.webhook_deliveries.bury(waiting[0]["id"], NOW, "given up")
    dead = anything.reads("/webhooks/1/deliveries")["deliveries"]
    assert [(each["ticket_number"], each["last_error"]) for each in dead] == [("48213", "given up")]
    assert anything.sends("POST", "/webhooks/1/retry", None).json == {"revived": 1}
    assert anything.sends("DELETE", "/webhooks/1", None).json == {"id": 1}
    assert anything.reads("/webhooks") == {"webhooks": []}
    refused(anything.asks("/webhooks/1/deliveries"), 404, "not-found")


@pytest.mark.parametrize(("given", "field"), [
    ({"url": "http://hooks.example"}, "url"), ({"url": "ftp://x"}, "url"), ({"secret": "whsec_!"}, "secret"),
    ({"secret": "c2hvcnQ="}, "secret"), ({"secret": "whsec_c2hvcnQ="}, "secret"), ({"facts": ["letter-sent"]}, "facts"),
    ({"name": ""}, "name"),
])
def test_what_cannot_be_is_named(anything: Program, given: dict[str, object], field: str) -> None:
    problem = refused(anything.sends("POST", "/webhooks", BRIDGE | given), 422, "invalid")

    assert [error["field"].split(".")[:2] for error in problem["errors"]] == [["body", field]]
    assert anything.reads("/webhooks") == {"webhooks": []}


def test_one_name_is_one_program(anything: Program) -> None:
    anything.sends("POST", "/webhooks", BRIDGE)

    refused(anything.sends("POST", "/webhooks", BRIDGE), 409, "conflict")
