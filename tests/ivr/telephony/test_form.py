"""A webhook's form: only known fields, each given once, in the shape the carrier documents."""

import pytest
from werkzeug.datastructures import MultiDict

from ivr.line.told import DialEnded, HoldOver, Keys, Leg, Nothing, Told
from ivr.telephony.form import MOST_KEYS, Malformed, call_sid, dial_talked, is_over, leg, told
from tests.ivr.telephony.site import CALLER_SID, INCOMING, MANAGER_SID


def form(*pairs: tuple[str, str], **fields: str) -> MultiDict[str, str]:
    """A form with ``pairs`` beside the fields of every webhook."""
    return MultiDict([*{**INCOMING, **fields}.items(), *pairs])


def test_a_leg_is_read() -> None:
    assert leg(form()) == Leg(sid=CALLER_SID, caller="+12025550123", called="+12025550150")


def test_a_managers_leg_names_the_callers() -> None:
    assert leg(form(CallSid=MANAGER_SID, ParentCallSid=CALLER_SID)).parent == CALLER_SID


@pytest.mark.parametrize(
    "number",
    ["", "anonymous", "Anonymous", "restricted", "unavailable", "client:alice", "sip:alice@example.com", "+", "7"],
)
def test_a_withheld_or_strange_caller_number_is_no_number(number: str) -> None:
    assert leg(form(From=number)).caller == ""


@pytest.mark.parametrize("number", ["+12025550123", "+1 202-555-0123"])
def test_a_caller_number_is_kept_in_e164(number: str) -> None:
    assert leg(form(From=number)).caller == "+12025550123"


@pytest.mark.parametrize(
    "sid",
    ["", "CA", "CA" + "1" * 31, "CA" + "1" * 33, "CA" + "G" * 32, "CA" + "A" * 32, "SM" + "1" * 32, CALLER_SID + "\n"],
)
def test_a_call_sid_of_another_shape_is_malformed(sid: str) -> None:
    with pytest.raises(Malformed, match="CallSid is not a call SID"):
        call_sid(form(CallSid=sid))


def test_a_parent_of_another_shape_is_malformed() -> None:
    with pytest.raises(Malformed, match="ParentCallSid is not a call SID"):
        leg(form(ParentCallSid="CA1"))


@pytest.mark.parametrize("name", ["CallSid", "From", "To"])
def test_a_field_given_twice_is_malformed_even_with_the_same_value(name: str) -> None:
    with pytest.raises(Malformed, match=f"{name} is given 2 times"):
        leg(form((name, INCOMING[name])))


def test_unknown_fields_do_not_matter_however_often_they_come() -> None:
    assert leg(form(("StirVerstat", "a"), ("StirVerstat", "b"))).sid == CALLER_SID


@pytest.mark.parametrize(
    ("pairs", "meaning"),
    [
        ([], Nothing()),
        ([("Digits", "")], Keys(digits="")),
        ([("Digits", "48213")], Keys(digits="48213")),
        ([("Digits", "*#0")], Keys(digits="*#0")),
        ([("Digits", "1" * 41)], Keys(digits="1" * MOST_KEYS)),
        ([("Digits", "1" * 50_000)], Keys(digits="1" * MOST_KEYS)),
    ],
    ids=["nothing", "no key", "a number", "star and pound", "too many keys", "a flood of keys"],
)
def test_keys_are_read_and_a_flood_of_them_cut(pairs: list[tuple[str, str]], meaning: Told) -> None:
    assert told(form(*pairs)) == meaning


@pytest.mark.parametrize("digits", ["4821E", "48 213", "١٢٣", "1\n", "w1", "<Say>"])
def test_keys_that_no_telephone_has_are_malformed(digits: str) -> None:
    with pytest.raises(Malformed, match="Digits holds something that is no key"):
        told(form(Digits=digits))


@pytest.mark.parametrize("name", ["Digits", "DialCallStatus", "DialBridged", "QueueResult"])
def test_what_came_of_a_turn_is_said_once(name: str) -> None:
    pairs = [("DialCallStatus", "completed")] if name == "DialBridged" else []

    with pytest.raises(Malformed, match=f"{name} is given 2 times"):
        told(form((name, "1"), (name, "1"), *pairs))


@pytest.mark.parametrize("status", ["completed", "answered", "busy", "no-answer", "failed", "canceled", "new-word"])
@pytest.mark.parametrize("bridged", ["true", "false", "", "TRUE"])
def test_a_dialled_phones_end_is_passed_on_in_the_carriers_words(status: str, bridged: str) -> None:
    ended = told(form(DialCallStatus=status, DialBridged=bridged, CallStatus="in-progress"))

    assert ended == DialEnded(status=status, bridged=bridged == "true", caller_left=False)


@pytest.mark.parametrize(
    ("status", "over"),
    [
        ("in-progress", False),
        ("ringing", False),
        ("queued", False),
        ("", False),
        ("completed", True),
        ("busy", True),
        ("no-answer", True),
        ("canceled", True),
        ("failed", True),
    ],
)
def test_whether_the_leg_is_over(status: str, over: bool) -> None:
    ended = told(form(DialCallStatus="completed", CallStatus=status))

    assert isinstance(ended, DialEnded)
    assert ended.caller_left is over
    assert is_over(form(CallStatus=status)) is over


@pytest.mark.parametrize(
    ("result", "status", "over"),
    [
        ("bridged", "in-progress", HoldOver(bridged=True, caller_left=False)),
        ("bridged", "completed", HoldOver(bridged=True, caller_left=True)),
        ("redirected-from-bridged", "in-progress", HoldOver(bridged=True, caller_left=False)),
        ("hangup", "in-progress", HoldOver(bridged=False, caller_left=True)),
        ("hangup", "completed", HoldOver(bridged=False, caller_left=True)),
        ("leave", "in-progress", HoldOver(bridged=False, caller_left=False)),
        ("redirected", "in-progress", HoldOver(bridged=False, caller_left=False)),
        ("queue-full", "in-progress", HoldOver(bridged=False, caller_left=False)),
        ("error", "in-progress", HoldOver(bridged=False, caller_left=False)),
        ("system-error", "in-progress", HoldOver(bridged=False, caller_left=False)),
        ("new-word", "failed", HoldOver(bridged=False, caller_left=True)),
    ],
)
def test_how_a_hold_ended(result: str, status: str, over: HoldOver) -> None:
    assert told(form(QueueResult=result, CallStatus=status)) == over


def test_whether_the_duty_phone_talked() -> None:
    assert dial_talked(form(DialBridged="true"))
    assert not dial_talked(form(DialBridged="false"))
    assert not dial_talked(form())
