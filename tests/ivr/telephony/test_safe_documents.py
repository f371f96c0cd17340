"""When nothing else can be said: words, and the duty phone where there is one."""

import pytest
from defusedxml.ElementTree import fromstring

from ivr.emulator.lint import lint
from ivr.telephony.safe_document import SafeDocuments
from tests.ivr.telephony.site import BASE_URL, DUTY

WITH_DUTY = SafeDocuments(BASE_URL + "/", DUTY)
WITHOUT_DUTY = SafeDocuments(BASE_URL, "")


def verbs(document: str) -> list[str]:
    """The verbs in order."""
    return [verb.tag for verb in fromstring(document)]


def words(document: str) -> str:
    """What is spoken."""
    return " ".join(say.text or "" for say in fromstring(document).iter("Say"))


@pytest.mark.parametrize("safe", [WITH_DUTY, WITHOUT_DUTY], ids=["duty phone", "no duty phone"])
@pytest.mark.parametrize("name", ["for_caller", "for_manager", "after_talk", "unanswered"])
def test_every_safe_document_speaks_and_keeps_to_the_vendors_schema(safe: SafeDocuments, name: str) -> None:
    document = getattr(safe, name)

    assert words(document)
    assert lint(fromstring(document)) == []


def test_a_caller_is_put_through_to_the_duty_phone() -> None:
    root = fromstring(WITH_DUTY.for_caller)

    assert [verb.tag for verb in root] == ["Say", "Dial"]
    assert root[1][0].text == DUTY
    assert root[1].get("action") == f"{BASE_URL}/voice/trouble"
    assert "duty phone" in words(WITH_DUTY.for_caller)


def test_without_a_duty_phone_the_caller_is_asked_to_call_again() -> None:
    assert verbs(WITHOUT_DUTY.for_caller) == ["Say", "Hangup"]
    assert "call again" in words(WITHOUT_DUTY.for_caller)


def test_a_manager_hears_an_apology_and_is_joined_to_nobody() -> None:
    assert verbs(WITH_DUTY.for_manager) == ["Say", "Hangup"]
    assert "went wrong on our side" in words(WITH_DUTY.for_manager)


def test_after_the_duty_phone_the_call_ends_in_words() -> None:
    assert verbs(WITH_DUTY.after_talk) == ["Say", "Hangup"]
    assert "did not answer" in words(WITH_DUTY.unanswered)
