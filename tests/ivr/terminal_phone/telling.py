"""Happenings as the carrier would tell them; ``second`` counts from the beginning of the call."""

from datetime import datetime, timedelta

from ivr.emulator.happenings import Answered, Bridged, Dialled, Ended, Pressed, Rang, Silenced, Spoke
from tests.ivr.terminal_phone.conftest import TUESDAY_MORNING

LINE, CALLER, LEVEL_1 = "+12025550150", "+12025550123", "+12025550101"
SIDS = {CALLER: "CA-caller", LEVEL_1: "CA-level-1"}


def at(second: float) -> datetime:
    return TUESDAY_MORNING + timedelta(seconds=second)


def dialled(second: float = 0, handset: str = CALLER) -> Dialled:
    return Dialled(at=at(second), call_sid=SIDS[handset], handset=handset, number=LINE)


def spoke(second: float, text: str, seconds: float = 4, handset: str = CALLER) -> Spoke:
    return Spoke(
        at=at(second), call_sid=SIDS[handset], handset=handset, text=text, language="en-US", voice="", seconds=seconds
    )


def silenced(second: float, text: str, handset: str = CALLER) -> Silenced:
    return Silenced(at=at(second), call_sid=SIDS[handset], handset=handset, text=text)


def pressed(second: float, key: str, handset: str = CALLER) -> Pressed:
    return Pressed(at=at(second), call_sid=SIDS[handset], handset=handset, key=key)


def rang(second: float, handset: str = LEVEL_1) -> Rang:
    return Rang(at=at(second), call_sid=SIDS[handset], handset=handset, caller=LINE)


def answered(second: float, handset: str = LEVEL_1) -> Answered:
    return Answered(at=at(second), call_sid=SIDS[handset], handset=handset)


def bridged(second: float, handset: str = CALLER, other: str = LEVEL_1) -> Bridged:
    return Bridged(at=at(second), call_sid=SIDS[handset], handset=handset, others=(other,))


def ended(second: float, handset: str = CALLER, status: str = "completed", seconds: int = 0) -> Ended:
    return Ended(at=at(second), call_sid=SIDS[handset], handset=handset, status=status, seconds=seconds)
