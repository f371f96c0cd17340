"""What a line offers when nobody can be reached."""

from flows.rules.way_forward import CallbackTerms, MessageTerms
from ivr.routing_file.kinds import DAILY_HOURS, DURATION, YES_OR_NO, Record, whole
from ivr.routing_file.nodes import Unreadable, Value


def message(value: Value) -> MessageTerms:
    """How messages are taken, as usual where it is not said. Raises Unreadable."""
    record = Record(value, "offered", "longest", "silence", "transcribe")
    usual = MessageTerms()
    try:
        return MessageTerms(
            offered=record.optional("offered", YES_OR_NO, usual.offered),
            longest=record.optional("longest", DURATION, usual.longest),
            silence=record.optional("silence", DURATION, usual.silence),
            transcribe=record.optional("transcribe", YES_OR_NO, usual.transcribe),
        )
    except ValueError as trouble:
        raise Unreadable(str(trouble)) from trouble


def callback(value: Value) -> CallbackTerms:
    """How customers are called back, as usual where it is not said. Raises Unreadable."""
    record = Record(value, "offered", "tries", "interval", "within", "hours")
    usual = CallbackTerms()
    try:
        return CallbackTerms(
            offered=record.optional("offered", YES_OR_NO, usual.offered),
            tries=record.optional("tries", whole("a number of calls"), usual.tries),
            interval=record.optional("interval", DURATION, usual.interval),
            within=record.optional("within", DURATION, usual.within),
            hours=record.optional("hours", DAILY_HOURS, usual.hours),
        )
    except ValueError as trouble:
        raise Unreadable(str(trouble)) from trouble
