"""The benchmark stays runnable: a few calls, nothing timed."""

import pytest

from tests.benchmarks import pages
from tests.benchmarks.calls import main

BRIEF = ["--rounds", "1", "--seconds", "0.3", "--concurrency", "2", "--tickets", "4000", "--contended", "2"]


@pytest.mark.long
@pytest.mark.parametrize("loop", [[], ["--open-loop"]], ids=["closed loop", "open loop"])
def test_whole_calls_are_placed_and_counted_again(loop: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main([*BRIEF, *loop]) == 0
    printed = capfd.readouterr().out
    assert "recount" in printed
    assert "one winner each" in printed


def test_lookups_are_compared(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--lookups", "--rows", "50", "100"]) == 0
    assert "ticket by number" in capfd.readouterr().out


def test_every_page_is_there_on_a_busy_line(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LIMIT_MS", float("inf"))
    assert pages.main(["--calls", "300", "--times", "2"]) == 0
    assert "| /admin/calls |" in capfd.readouterr().out
