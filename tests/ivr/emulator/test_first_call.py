"""The stories of the exchange's own documentation."""

LINE = "+12025550150"
SCREENED = '<Dial action="/after" timeout="20"><Number url="/screen">+12025550101</Number></Dial>'


def test_a_screened_manager_talks_to_the_caller(exchange, application, caller, first):
    application.on("/voice", '<Gather action="/number"><Say>Please enter your ticket number.</Say></Gather><Hangup/>')
    application.on("/number", f"<Say>One moment.</Say>{SCREENED}")
    application.on("/screen", '<Gather action="/accept" numDigits="1"><Say>Press 1 to accept.</Say></Gather><Hangup/>')
    application.on("/accept", "")
    application.on("/after", "<Say>Was it resolved?</Say>")

    caller.dial(LINE)
    caller.hears("ticket number")
    caller.press("48213#")
    first.rings()
    first.answer()
    first.hears("press 1")
    first.press("1")
    caller.talks_to(first)
    first.says("Hello, what is it?")
    caller.hears("what is it")
    first.hang_up()
    caller.hears("resolved")
    caller.call_ends()
    exchange.nothing_else_happens()

    assert application.to("/number")[0].form["Digits"] == "48213"
    after = application.to("/after")[0].form
    assert (after["DialCallStatus"], after["DialBridged"]) == ("completed", "true")


def test_a_mailbox_answers_and_never_accepts(exchange, application, caller, first):
    application.on("/voice", f"{SCREENED}<Say>never</Say>")
    application.on("/screen", '<Gather action="/accept" numDigits="1"><Say>Press 1 to accept.</Say></Gather><Hangup/>')
    application.on("/after", "<Say>Nobody there.</Say>")
    first.be_mailbox("You have reached Level 1.")

    caller.dial(LINE)
    caller.hears("Nobody there")
    caller.call_ends()
    exchange.nothing_else_happens()

    after = application.to("/after")[0].form
    assert (after["DialCallStatus"], after["DialBridged"], after["CallStatus"]) == ("completed", "false", "in-progress")
    assert application.to("/accept") == []
