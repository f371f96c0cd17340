"""The webhooks: whatever fails behind them the person on the phone hears words, and bad requests change nothing."""

from collections.abc import Iterator

import pytest
from defusedxml.ElementTree import fromstring
from flask import Flask

from db.errors import StoreUnavailable, Trouble
from ivr.app import Parts, create_app, join
from ivr.line.messages import MessageDesk
from ivr.line.switchboard import Switchboard
from ivr.line.talk_recordings import TalkDesk
from tests.ivr.telephony.site import (
    BASE_URL,
    CALLER_SID,
    DUTY,
    INCOMING,
    MANAGER_SID,
    post,
    settings,
    signature,
    voice_paths,
)

PATHS = voice_paths()
SILENT = {"status", "leg", "detection", "recording", "talk", "transcription", "callback_over"}
"""Reports: nobody hears the answer."""
RECORDING = "RE" + "5" * 32
SPEAKING = {endpoint: path for endpoint, path in PATHS.items() if endpoint not in {*SILENT, "trouble"}}


def live_calls(parts: Parts) -> int:
    """How many calls the line believes in."""
    with parts.store.reading() as work:
        return len(work.calls.live(parts.clock()))


def words(document: str) -> str:
    """What is spoken."""
    return " ".join(say.text or "" for say in fromstring(document).iter("Say"))


class TestTheLineWorks:
    """Signed, well-formed webhooks."""

    def test_a_call_is_answered(self, app: Flask, parts: Parts) -> None:
        answered = post(app, "/voice/incoming")

        assert answered.status_code == 200
        assert answered.content_type == "text/xml; charset=utf-8"
        assert words(answered.text).startswith("Hello. This is the Northwind Software escalation line.")
        assert live_calls(parts) == 1

    def test_the_end_of_a_call_is_noted(self, app: Flask, parts: Parts) -> None:
        post(app, "/voice/incoming")

        assert post(app, "/voice/status", {**INCOMING, "CallStatus": "completed"}).status_code == 204
        assert live_calls(parts) == 0

    def test_a_status_on_the_way_ends_nothing(self, app: Flask, parts: Parts) -> None:
        post(app, "/voice/incoming")

        assert post(app, "/voice/status", {**INCOMING, "CallStatus": "in-progress"}).status_code == 204
        assert live_calls(parts) == 1

    def test_a_webhook_with_a_query_is_verified_as_it_was_signed(self, app: Flask) -> None:
        assert post(app, "/voice/incoming?from=North%20Wind").status_code == 200

    @pytest.mark.parametrize(
        "claimed",
        [
            {"HTTP_HOST": "evil.example"},
            {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "http"},
            {"SERVER_NAME": "evil.example", "SERVER_PORT": "8080"},
        ],
        ids=["host", "forwarded", "server name"],
    )
    def test_a_proxy_that_rewrites_the_host_harms_nobody(self, app: Flask, claimed: dict[str, str]) -> None:
        assert post(app, "/voice/incoming", INCOMING, **claimed).status_code == 200

    def test_an_address_with_a_slash_at_its_end_is_not_redirected_because_keys_would_be_lost(self, app: Flask) -> None:
        assert post(app, "/voice/incoming/").status_code == 200


class TestARecordingIsReported:
    """The carrier tells of a recording beside the conversation."""

    def test_of_a_call_we_do_not_know_it_changes_nothing(self, app: Flask, parts: Parts) -> None:
        told = {**INCOMING, "RecordingSid": RECORDING, "RecordingDuration": "20", "RecordingStatus": "completed"}

        assert post(app, "/voice/recording", told).status_code == 204
        with parts.store.reading() as work:
            assert work.messages.by_recording(RECORDING) is None

    def test_of_a_talk_that_nobody_has_agreed_to_it_is_deleted_at_the_carrier(self, app: Flask, parts: Parts) -> None:
        told = {**INCOMING, "RecordingSid": RECORDING, "RecordingDuration": "20", "RecordingStatus": "completed"}

        assert post(app, "/voice/talk/1", told).status_code == 204
        with parts.store.reading() as work:
            assert work.talk_recordings.of_call(INCOMING["CallSid"]) == []
            assert [letter.body for letter in work.outbox.waiting(5)] == [{"recording": RECORDING}]

    def test_a_transcription_of_one_we_do_not_know_changes_nothing(self, app: Flask) -> None:
        told = {"RecordingSid": RECORDING, "TranscriptionStatus": "completed", "TranscriptionText": "Help."}

        assert post(app, "/voice/transcription", told).status_code == 204

    @pytest.mark.parametrize("wrong", [{"RecordingSid": "RE1"}, {"RecordingDuration": "ten"}, {"RecordingSid": ""}])
    def test_in_another_shape_it_is_refused(self, app: Flask, wrong: dict[str, str]) -> None:
        told = {**INCOMING, "RecordingSid": RECORDING, "RecordingDuration": "20", **wrong}

        assert post(app, "/voice/recording", told).status_code == 400


class TestTheLineIsBroken:
    """Something raises behind the webhooks."""

    @pytest.fixture(
        params=[RuntimeError("boom"), StoreUnavailable(Trouble.LOCKED), AssertionError()],
        ids=["a bug", "the database", "an assertion"],
    )
    def broken(self, request: pytest.FixtureRequest, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
        """The application with a switchboard that raises whatever it is asked."""

        def fail(*_: object, **__: object) -> str:
            raise request.param

        for name in ("incoming", "screening", "turn", "hung_up", "leg_over", "guessed"):
            monkeypatch.setattr(Switchboard, name, fail)
        for name in ("report", "transcribe"):
            monkeypatch.setattr(MessageDesk, name, fail)
        monkeypatch.setattr(TalkDesk, "report", fail)
        return app

    @pytest.mark.parametrize("endpoint", SPEAKING)
    def test_a_person_hears_words(self, broken: Flask, endpoint: str) -> None:
        answered = post(broken, SPEAKING[endpoint])

        assert answered.status_code == 200
        assert answered.content_type == "text/xml; charset=utf-8"
        assert "Something went wrong on our side." in words(answered.text)

    @pytest.mark.parametrize("endpoint", SPEAKING)
    def test_a_caller_gets_the_duty_phone_and_a_manager_does_not(self, broken: Flask, endpoint: str) -> None:
        answered = post(broken, SPEAKING[endpoint])

        dialled = [number.text for number in fromstring(answered.text).iter("Number")]
        assert dialled == ([] if "screening" in endpoint else [DUTY])

    @pytest.mark.parametrize("endpoint", sorted(SILENT))
    def test_a_lost_status_is_asked_for_again(self, broken: Flask, endpoint: str) -> None:
        reported = {**INCOMING, "CallStatus": "completed", "RecordingSid": RECORDING}
        answered = post(broken, PATHS[endpoint], reported)

        assert answered.status_code == 503
        assert answered.text == ""

    @pytest.mark.parametrize(("bridged", "said"), [("true", "Thank you for calling."), ("false", "did not answer")])
    def test_the_duty_phones_end_needs_nothing_that_could_be_broken(
        self, broken: Flask, bridged: str, said: str
    ) -> None:
        answered = post(broken, "/voice/trouble", {**INCOMING, "DialBridged": bridged})

        assert answered.status_code == 200
        assert said in words(answered.text)


@pytest.fixture
def app_without_database() -> Iterator[Flask]:
    """The application with a database that cannot be opened."""
    gone = settings("sqlite:////nowhere/at/all/line.db")
    parts = join(gone)
    yield create_app(gone, parts)
    parts.close()


@pytest.mark.parametrize("endpoint", SPEAKING)
def test_without_a_database_a_person_hears_words(app_without_database: Flask, endpoint: str) -> None:
    answered = post(app_without_database, SPEAKING[endpoint])

    assert answered.status_code == 200
    assert "Something went wrong on our side." in words(answered.text)


def test_without_a_database_the_process_still_says_that_it_lives(app_without_database: Flask) -> None:
    asked = app_without_database.test_client()

    assert asked.get("/healthz").json == {"status": "ok"}
    assert asked.get("/readyz").status_code == 503


class TestStrangeWebhooks:
    """Signed, but nothing the carrier would send."""

    @pytest.mark.parametrize(
        "fields",
        [
            [("From", "+12025550123"), ("To", "+12025550150")],
            [*INCOMING.items(), ("CallSid", CALLER_SID)],
            [("CallSid", "CA-not-a-sid"), ("From", "+12025550123"), ("To", "+12025550150")],
            [*INCOMING.items(), ("From", "+12025550124")],
        ],
        ids=["no SID", "two SIDs", "a bad SID", "two callers"],
    )
    def test_a_malformed_call_is_refused_and_nothing_is_written(
        self, app: Flask, parts: Parts, fields: list[tuple[str, str]]
    ) -> None:
        assert post(app, "/voice/incoming", fields).status_code == 400
        assert live_calls(parts) == 0

    @pytest.mark.parametrize("endpoint", sorted(PATHS.keys() - {"trouble"}))
    def test_every_webhook_refuses_a_bad_sid(self, app: Flask, endpoint: str) -> None:
        fields = {**INCOMING, "CallSid": "CA-not-a-sid", "CallStatus": "completed"}

        assert post(app, PATHS[endpoint], fields).status_code == 400

    @pytest.mark.parametrize("digits", [["1", "1"], ["one"], ["1", "2"]])
    def test_malformed_keys_leave_the_call_where_it_was(self, app: Flask, digits: list[str]) -> None:
        post(app, "/voice/incoming")

        refused = post(app, "/voice/turn/1", [*INCOMING.items(), *(("Digits", each) for each in digits)])
        answered = post(app, "/voice/turn/1", {**INCOMING, "Digits": "2"})

        assert refused.status_code == 400
        assert words(answered.text).startswith("Bitte geben Sie Ihre Ticketnummer ein")

    def test_a_form_larger_than_any_webhook_is_refused_and_nothing_is_written(self, app: Flask, parts: Parts) -> None:
        answered = post(app, "/voice/incoming", {**INCOMING, "Padding": "x" * 70_000})

        assert answered.status_code == 413
        assert live_calls(parts) == 0

    def test_a_body_that_is_no_form_is_refused(self, app: Flask, parts: Parts) -> None:
        signed = {"X-Twilio-Signature": signature(f"{BASE_URL}/voice/incoming", INCOMING)}

        answered = app.test_client().post("/voice/incoming", json=dict(INCOMING), headers=signed)

        assert answered.status_code == 403
        assert live_calls(parts) == 0

    def test_a_turn_of_a_call_that_never_began_is_answered_with_words(self, app: Flask, parts: Parts) -> None:
        answered = post(app, "/voice/turn/5", {**INCOMING, "Digits": "1"})

        assert answered.status_code == 200
        assert "Something went wrong on our side." in words(answered.text)
        assert live_calls(parts) == 0

    @pytest.mark.parametrize("number", [7, 2**31, 2**63, 10**40])
    def test_a_turn_that_was_never_offered_is_answered_with_words(self, app: Flask, number: int) -> None:
        post(app, "/voice/incoming")

        answered = post(app, f"/voice/turn/{number}", {**INCOMING, "Digits": "1"})

        assert answered.status_code == 200
        assert "Something went wrong on our side." in words(answered.text)

    @pytest.mark.parametrize("ring", [1, 2**63, 10**40])
    def test_a_phone_that_we_did_not_ring_joins_nobody(self, app: Flask, parts: Parts, ring: int) -> None:
        fields = {**INCOMING, "CallSid": MANAGER_SID, "ParentCallSid": CALLER_SID}

        answered = post(app, f"/voice/screening/{ring}", fields)

        assert answered.status_code == 200
        assert [verb.tag for verb in fromstring(answered.text)] == ["Say", "Hangup"]
        assert live_calls(parts) == 0

    def test_a_number_that_is_no_line_of_ours_is_answered_with_words(self, app: Flask, parts: Parts) -> None:
        answered = post(app, "/voice/incoming", {**INCOMING, "To": "+12025550188"})

        assert answered.status_code == 200
        assert "Something went wrong on our side." in words(answered.text)
        assert live_calls(parts) == 0

    def test_a_status_of_a_call_we_do_not_know_changes_nothing(self, app: Flask) -> None:
        assert post(app, "/voice/status", {**INCOMING, "CallStatus": "completed"}).status_code == 204

    @pytest.mark.parametrize("ring", [1, 2**31, 2**63 - 1])
    @pytest.mark.parametrize("status", ["completed", "busy", "no-answer", "failed", "canceled", "in-progress", "new"])
    def test_the_end_of_a_leg_that_we_did_not_place_changes_nothing(self, app: Flask, ring: int, status: str) -> None:
        assert post(app, f"/voice/leg/{ring}", {**INCOMING, "CallStatus": status}).status_code == 204
