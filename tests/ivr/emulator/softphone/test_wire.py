"""Happenings survive the journey."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ivr.emulator.softphone.wire import KINDS, happened, happening_of

MOMENTS = st.datetimes(timezones=st.just(UTC))
BY_FIELD = {
    "at": MOMENTS, "seconds": st.floats(0, 1e6), "real_seconds": st.floats(0, 1e3), "status": st.integers(0, 599),
    "code": st.integers(0, 99999), "others": st.lists(st.text()).map(tuple),
    "parameters": st.dictionaries(st.text(), st.text()), "headers": st.dictionaries(st.text(), st.text()),
}  # fmt: skip


def any_happening():
    return st.sampled_from(sorted(KINDS)).flatmap(
        lambda name: st.builds(
            KINDS[name], **{field: BY_FIELD.get(field, st.text()) for field in KINDS[name].__dataclass_fields__}
        )
    )


@given(any_happening(), st.integers(1))
def test_what_is_sent_is_what_arrives(happening, number):
    message = json.loads(json.dumps(happened(number, happening)))

    assert happening_of(message) == happening
    assert message["number"] == number


def test_moments_keep_their_zone():
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    alerted = KINDS["Alerted"](at=moment, code=1, level="error", text="", call_sid="", url="")

    assert happening_of(happened(1, alerted)).at - moment == timedelta(0)
