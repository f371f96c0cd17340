"""Webhooks on the page: made with a secret that is shown once, tried, turned off and on, removed."""

import re
from datetime import timedelta

import pytest

from db.repositories.webhooks import Webhook
from ivr.line.boxes import WEBHOOK_SECRETS, Box
from ivr.line.facts import FactDesk
from ivr.line.webhook_dispatcher import WebhookDispatcher
from tests.ivr.admin.visitor import NOW, Visitor
from tests.ivr.line.test_webhook_dispatcher import Program

PAGE = "/admin/webhooks"
URL = "https://hooks.example/in?key=s3cret"


def makes(owner: Visitor, **given: object) -> tuple[int, str]:
    answer = owner.sends(PAGE, PAGE, **({"name": "bridge", "url": URL, "which": "everything"} | given))
    return answer.status_code, answer.text


def known(owner: Visitor) -> list[Webhook]:
    with owner.parts.store.reading() as work:
        return work.webhooks.all()


def sends(owner: Visitor, program: Program) -> None:
    FactDesk(owner.parts.store, owner.clock).run_once()
    WebhookDispatcher(owner.parts.store, owner.clock, program, Box("s" * 32, WEBHOOK_SECRETS)).run_once()


def test_a_program_is_told_and_the_secret_is_shown_once(owner: Visitor) -> None:
    assert "No program is told anything yet" in owner.sees(PAGE)
    status, page = makes(owner)
    found = re.search(r"whsec_[\w+/=]+", page)
    assert (status, bool(found)) == (200, True)
    assert found is not None

    program = Program()
    assert owner.sends(PAGE, f"{PAGE}/1/test").status_code == 302
    sends(owner, program)

    assert [secret for _, secret, _ in program.heard] == [found.group()]
    page = owner.sees(PAGE)
    assert "bridge" in page
    assert "10:00 EST" in page, "delivered now"
    assert found.group() not in page
    assert found.group() not in known(owner)[0].secret, "locked in the database"
    with owner.parts.store.reading() as work:
        [entry] = work.audit.of("webhook bridge")
    assert (entry.who, entry.action, entry.became) == ("olga", "made the webhook", "hooks.example is told everything")


@pytest.mark.parametrize(("given", "told"), [
    ({"name": ""}, "Say in 1 to 60 characters"), ({"name": "x" * 61}, "Say in 1 to 60 characters"),
    ({"url": "http://hooks.example/in"}, "An address such as https://"), ({"url": "hooks"}, "An address such as"),
    ({"url": "https://"}, "An address such as"), ({"url": "https://me:pw@hooks.example"}, "without a name or password"),
    ({"url": "https://hooks.example:99999"}, "An address such as"), ({"url": "https://[::1"}, "An address such as"),
    ({"url": "https://hooks.example/#x"}, "behind a #"), ({"url": "https://hooks.example/" + "x" * 500}, "An address"),
    ({"which": "some"}, "Choose at least one kind"),
])
def test_what_cannot_be_is_named_and_what_was_typed_stays(
    owner: Visitor, given: dict[str, str], told: str
) -> None:
    status, page = makes(owner, **given)

    assert status == 422
    assert told in page
    assert 'value="bridge"' in page or "name" in given
    assert known(owner) == []


def test_two_of_one_name_are_one_too_many(owner: Visitor) -> None:
    makes(owner)

    assert makes(owner) == (422, makes(owner)[1])
    assert "There is a webhook bridge" in makes(owner)[1]


def test_it_is_told_only_what_was_chosen(owner: Visitor) -> None:
    makes(owner, which="some", kinds=["refused", "promise-broken", "nonsense"])

    assert known(owner)[0].kinds == {"refused", "promise-broken"}
    assert "promise broken, refused" in owner.sees(PAGE)
    makes(owner, name="all", which="everything", kinds=["refused"])
    assert known(owner)[0].kinds == frozenset(), "what was ticked before everything was chosen does not count"


def test_trouble_is_seen_and_mended(owner: Visitor) -> None:
    makes(owner)
    owner.sends(PAGE, f"{PAGE}/1/test")
    program = Program(answers=[503])
    sends(owner, program)
    assert "Its server answers 503" in owner.sees(PAGE)
    assert "tried again" in owner.sees(PAGE)
    assert "The webhook bridge is in trouble" in owner.sees("/admin/")
    owner.clock.advance(timedelta(days=2))
    program.answers = [503]
    sends(owner, program)
    owner.signs_in("olga")
    page = owner.sees(PAGE)
    assert "1 given up" in page
    assert "given up after a day" in page

    owner.sends(PAGE, f"{PAGE}/1/retry")
    sends(owner, program)

    page = owner.sees(PAGE)
    assert "1 given up" not in page
    assert "in trouble" not in page


def test_it_is_turned_off_on_and_removed(owner: Visitor) -> None:
    makes(owner)
    owner.sends(PAGE, f"{PAGE}/1/off")
    assert known(owner)[0].off_at == NOW
    assert "Send a test" not in owner.sees(PAGE)
    owner.sends(PAGE, f"{PAGE}/1/on")
    assert known(owner)[0].off_at is None
    owner.sends(PAGE, f"{PAGE}/1/test")
    owner.sends(PAGE, f"{PAGE}/1/remove")

    assert known(owner) == []
    assert owner.sends(PAGE, f"{PAGE}/1/remove").status_code == 404
    assert owner.sends(PAGE, f"{PAGE}/1/dance").status_code == 404
    with owner.parts.store.reading() as work:
        told = [entry.action for entry in work.audit.of("webhook bridge")]
    assert sorted(told) == ["made the webhook", "removed the webhook", "turned off the webhook",
                            "turned on the webhook"]
