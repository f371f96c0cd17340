"""A webhook counts only if the carrier signed it: the address byte for byte, and every field of the form."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from ivr.telephony.signature import Signatures, raw_path
from tests.flows.anything import unhurried
from tests.ivr.telephony.site import BASE_URL, TOKEN, signature

PATH = "/voice/incoming"
FORM = MultiDict({"CallSid": "CA1", "From": "+12025550123", "Digits": "48213#"})
fields = st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=40)), min_size=1, max_size=6)


def environ(path: str, **others: str) -> dict[str, Any]:
    """A request as the server describes it; ``path`` is the request line's."""
    before, _, query = path.partition("?")
    return {"RAW_URI": path, "PATH_INFO": before, "QUERY_STRING": query, **others}


def genuine(signed: str | None, path: str = PATH, form: Any = FORM, token: str = TOKEN) -> bool:
    """Whether our line, which knows ``token``, believes the request."""
    return Signatures(token, BASE_URL).genuine(environ(path), form, signed)


def test_what_the_carrier_signed_is_genuine() -> None:
    assert genuine(signature(BASE_URL + PATH, FORM))


def test_a_slash_at_the_end_of_the_base_url_does_not_matter() -> None:
    signatures = Signatures(TOKEN, BASE_URL + "/")

    assert signatures.genuine(environ(PATH), FORM, signature(BASE_URL + PATH, FORM))


@pytest.mark.parametrize("signed", [None, "", "AAAA", "ä" * 28, "A" * 27 + "=", "=" * 28, "A" * 10_000])
def test_a_missing_or_made_up_signature_is_not(signed: str | None) -> None:
    assert not genuine(signed)


def test_a_signature_by_an_old_token_is_not() -> None:
    assert not genuine(signature(BASE_URL + PATH, FORM, token="f" * 32))


@pytest.mark.parametrize("url", [f"http://line.example.com{PATH}", f"https://evil.example{PATH}", BASE_URL + "/voice"])
def test_a_signature_over_another_address_is_not(url: str) -> None:
    assert not genuine(signature(url, FORM))


@unhurried
@given(fields)
def test_every_form_the_carrier_signs_is_genuine(sent: list[tuple[str, str]]) -> None:
    form = MultiDict(sent)

    assert genuine(signature(BASE_URL + PATH, form), form=form)


@unhurried
@given(fields, st.sampled_from(["", ":443"]), st.booleans())
def test_we_believe_what_the_library_believes(sent: list[tuple[str, str]], port: str, theirs: bool) -> None:
    """Fields given twice, in any order and script; the address with the port or without."""
    form = MultiDict(sent)
    signed = signature(f"{BASE_URL}{port}{PATH}", form, token=TOKEN if theirs else "f" * 32)

    assert genuine(signed, form=form) is theirs
    assert RequestValidator(TOKEN).validate(BASE_URL + PATH, form, signed) is theirs


@unhurried
@given(fields, st.data())
def test_no_field_can_be_changed(sent: list[tuple[str, str]], data: st.DataObject) -> None:
    signed = signature(BASE_URL + PATH, MultiDict(sent))
    index = data.draw(st.integers(0, len(sent) - 1))
    name, value = sent[index]
    forged = MultiDict([*sent[:index], (name, value + "0"), *sent[index + 1 :]])

    assert not genuine(signed, form=forged)


def test_an_empty_token_is_refused_because_anybody_could_sign_with_it() -> None:
    with pytest.raises(ValueError, match="empty auth token"):
        Signatures("", BASE_URL)


@pytest.mark.parametrize(
    "path",
    [
        "/voice/incoming?company=North%20Wind",
        "/voice/incoming?company=North+Wind&x=%2F",
        "/voice/%69ncoming",
        "/voice/incoming?name=J%C3%BCrgen",
        "/voice/incoming?empty=&empty=",
    ],
)
def test_the_address_counts_as_it_came_over_the_wire(path: str) -> None:
    assert genuine(signature(BASE_URL + path, FORM), path)


def test_the_unescaped_address_does_not_count() -> None:
    assert not genuine(signature(f"{BASE_URL}/voice/incoming?company=North Wind", FORM), f"{PATH}?company=North%20Wind")


@pytest.mark.parametrize(
    ("described", "raw"),
    [
        ({"RAW_URI": "/a%20b?c=%2F", "PATH_INFO": "/a b"}, "/a%20b?c=%2F"),
        ({"REQUEST_URI": "/a%20b", "PATH_INFO": "/a b"}, "/a%20b"),
        ({"RAW_URI": "http://evil.example/a", "PATH_INFO": "/a"}, "/a"),
        ({"PATH_INFO": "/a", "QUERY_STRING": "b=1"}, "/a?b=1"),
        ({"PATH_INFO": "/a", "QUERY_STRING": ""}, "/a"),
    ],
    ids=["gunicorn", "other servers", "a whole address in the request line", "no raw path, query", "no raw path"],
)
def test_the_raw_path_is_taken_from_what_the_server_offers(described: dict[str, str], raw: str) -> None:
    assert raw_path(described) == raw


@pytest.mark.parametrize(
    "spoofed",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
        {"HTTP_X_FORWARDED_PREFIX": "/other"},
        {"SCRIPT_NAME": "/other"},
        {"wsgi.url_scheme": "http"},
    ],
    ids=lambda spoofed: next(iter(spoofed)),
)
def test_what_a_proxy_claims_changes_nothing(spoofed: dict[str, str]) -> None:
    signatures = Signatures(TOKEN, BASE_URL)
    claimed = environ(PATH, **spoofed)

    assert signatures.genuine(claimed, FORM, signature(BASE_URL + PATH, FORM))
    assert not signatures.genuine(claimed, FORM, signature(f"http://evil.example{PATH}", FORM))
