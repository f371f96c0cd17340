"""What a Gather submits, for any keys at any pace, against the rule written down in a few lines."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.emulator.audio import KEY_SECONDS
from ivr.emulator.exchange import Exchange
from tests.ivr.emulator.scripted import scripted_application

LINE = "+12025550150"
TIMEOUT = 5


@dataclass(frozen=True)
class Typed:
    """A key after so many seconds."""

    after: int
    key: str


def submitted(typed, finish, count):
    """The documented rule: None means no input."""
    digits = ""
    for one in typed:
        if one.after > TIMEOUT:
            break
        if one.key == finish:
            return digits or None
        digits += one.key
        if len(digits) == count:
            break
    return digits or None


# 5 would be a photo finish between the key and the timer; nobody knows who wins that.
PAUSES = st.sampled_from([0, 1, 3, 7])
KEYS = st.lists(st.builds(Typed, after=PAUSES, key=st.sampled_from("0123456789*#")), max_size=7)


@settings(max_examples=60, deadline=None)
@given(typed=KEYS, finish=st.sampled_from(["#", "*", ""]), count=st.sampled_from([None, 1, 4]))
def test_what_is_submitted(typed, finish, count):
    number = f' numDigits="{count}"' if count else ""
    with scripted_application() as application, Exchange(
        account_sid="AC0", auth_token="t", start=datetime(2026, 3, 2, tzinfo=UTC)
    ) as exchange:  # fmt: skip
        document = f'<Gather timeout="{TIMEOUT}" finishOnKey="{finish}"{number} action="/r"/><Say>Nothing.</Say>'
        exchange.line(LINE, voice_url=application.on("/voice", document))
        application.on("/r", "<Pause length='200'/>")
        caller = exchange.handset("+12025550123")
        caller.dial(LINE)
        for one in typed:
            exchange.pass_time(max(0.0, one.after - KEY_SECONDS))
            if caller.state == "talking":
                caller.press(one.key)
        exchange.pass_time(2 * TIMEOUT)
        given_digits = [asked.form["Digits"] for asked in application.to("/r")]
        assert given_digits == [digits for digits in [submitted(typed, finish, count)] if digits is not None]
