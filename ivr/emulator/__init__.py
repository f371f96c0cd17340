"""An emulated carrier: a Twilio that runs on your desk, for any Twilio voice application.

It speaks HTTP only (signed webhooks out, the REST API in) and knows nothing of the application it calls.

In a test, time is simulated and moves only inside the calls below; ten minutes of talk cost milliseconds::

    from ivr.emulator.exchange import Exchange

    with Exchange(account_sid=SID, auth_token=TOKEN, start=datetime(2026, 3, 2, 9, tzinfo=UTC)) as exchange:
        exchange.line("+12025550150", voice_url="http://127.0.0.1:5000/voice/incoming",
                      status_callback="http://127.0.0.1:5000/voice/status", voice_fallback_url=None)
        caller = exchange.handset("+12025550123", name="caller")
        manager = exchange.handset("+12025550101", name="Level 1")

        caller.dial("+12025550150")
        caller.hears("ticket number")            # runs time until this was spoken to the end; fails with the transcript
        caller.press("48213#")
        manager.rings()
        manager.answer()
        manager.hears("press 1")
        manager.press("1")
        caller.talks_to(manager)
        manager.hang_up()
        caller.hears("resolved")
        caller.hang_up()
        exchange.nothing_else_happens()

As a pytest fixture::

    @pytest.fixture
    def exchange(application_url):
        with Exchange(account_sid=SID, auth_token=TOKEN, start=datetime(2026, 3, 2, 9, tzinfo=UTC)) as opened:
            opened.line("+12025550150", voice_url=application_url + "/voice/incoming")
            yield opened                      # give the application ``opened.now`` as its clock

`ivr.emulator.exchange.Exchange`
    ``Exchange(*, account_sid, auth_token, start, host="127.0.0.1", port=0, speed=None, seed=0, assumptions=None)``;
    ``speed=None`` simulated time (tests), ``speed=1.0`` real time (demo), any other factor in between.
    ``start() / close()`` or ``with``; ``api_url`` (for TWILIO_API_BASE_URL); ``now() -> aware UTC datetime`` (give
    it to
    the application as its clock; safe from any thread); ``line(...)``; ``handset(number, name=...)`` (also
    ``client:name`` and ``sip:...``); ``recording_lasts(url, seconds)``; ``pass_time(seconds)``;
    ``until(condition, within=...)``; ``nothing_else_happens(quiet=60)``; ``log`` (every webhook in order),
    ``happenings``, ``subscribe(callback) -> unsubscribe`` (called on the exchange's thread), ``messages`` (SMS),
    ``debugger`` (alerts with Twilio's codes), ``expect_alert(code)``;
    ``deliver_json(url, payload)``; unkindness: ``be_unkind(Mischief(...),
    handset)``,
    ``lose(handset)``.
`ivr.emulator.handset.Handset`
    ``dial hears begins_to_hear press says texts hang_up stays_silent rings stops_ringing answer decline talks_to
    is_talking_to call_ends``; behaviours set in advance: ``be_busy be_mailbox be_unreachable no_answer answers_after
    declines_after when_hears be_manual``; facts: ``heard transcript state messages call_sid name number``.
    ``hears("text")`` is a case-insensitive substring (or a compiled regex) and continues after the previous match.
    Sounds that are not words are heard as ``(ringing)``, ``(busy tone)``, ``(beep)``, ``(hold music)``, ``(plays
    URL)``.
`ivr.emulator.happenings`
    The frozen dataclasses of the union ``Happening``: what a terminal or a page draws.
`ivr.emulator.phone.Phone`
    The same telephone without the waiting, for code that already runs on the exchange's loop (``handset.phone``).
`ivr.emulator.audio.speaking_seconds`
    How long a sentence takes to say.
`ivr.emulator.assumptions.Assumptions`
    What no public source settles, each a switch marked "assumed".
`ivr.emulator.chaos.Mischief`
    Bad days: also ``POST /emulator/chaos`` and ``POST /emulator/calls/SID/kill`` beside the REST API, same login.
`ivr.emulator.lint.lint`
    Every document is checked against the schema derived from the vendor's typed library; complaints are alerts (12200).

Conformance: ``python -m tests.conformance.table`` prints the public cases, passed and all.
README.md beside this file: a fixture to copy, bad days, what is assumed and what is not emulated.
"""
