"""Privacy in the admin: looked up, taken along, forgotten with a reason; no number in an address or in the audit."""

from flows.rules.roles import Role
from tests.ivr.admin.test_pages import called
from tests.ivr.admin.visitor import Visitor

PAGE, NUMBER = "/admin/privacy", "+12025550123"


def test_what_is_kept_is_counted_taken_along_and_forgotten(owner: Visitor) -> None:
    called(owner.parts, "CA1", "48213", caller=NUMBER, ended=True)

    assert "<dt>Calls</dt><dd>1" in owner.sends(PAGE, PAGE, number=NUMBER).text
    taken = owner.sends(PAGE, f"{PAGE}/export", number=NUMBER)
    assert taken.json is not None
    assert [call["sid"] for call in taken.json["calls"]] == ["CA1"]
    assert owner.sends(PAGE, f"{PAGE}/erase", number=NUMBER, why="request 17").status_code == 302

    assert "Forgotten: calls 1, callbacks 0" in owner.sees(PAGE)
    assert "Nothing." in owner.sends(PAGE, PAGE, number=NUMBER).text
    with owner.parts.store.reading() as work:
        entries = work.audit.latest(10)
    assert [(entry.action, entry.why) for entry in entries[:2]] == [
        ("erased a caller's data", "request 17"), ("exported a caller's data", "")]
    assert all(NUMBER not in entry.subject for entry in entries)


def test_what_cannot_be_is_named_and_kept(owner: Visitor) -> None:
    called(owner.parts, "CA1", "48213", caller=NUMBER, ended=True)

    wrong = owner.sends(PAGE, PAGE, number="0123")
    assert wrong.status_code == 422
    assert "With plus sign and country code" in wrong.text
    assert 'value="0123"' in wrong.text
    assert "Say why" in owner.sends(PAGE, f"{PAGE}/erase", number=NUMBER, why=" ").text
    assert "<dt>Calls</dt><dd>1" in owner.sends(PAGE, PAGE, number=NUMBER).text, "nothing was forgotten"


def test_a_managers_phone_is_not_forgotten_here(owner: Visitor) -> None:
    answer = owner.sends(PAGE, f"{PAGE}/erase", number="+12025550101", why="left us")

    assert answer.status_code == 422
    assert "Dana Whitfield in the routing" in answer.text


def test_only_owners_see_the_page(visitor: Visitor) -> None:
    visitor.is_user("anna", Role.ADMIN)
    visitor.signs_in("anna")

    assert visitor.asks(PAGE).status_code == 403
