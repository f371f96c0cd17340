"""The carrier and the scripted application of the emulator's own tests."""

from tests.ivr.emulator.conftest import application, caller, exchange, first, second

__all__ = ["application", "caller", "exchange", "first", "second"]
