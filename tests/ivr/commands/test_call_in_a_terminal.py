"""`ivr call` by hand, in a terminal of its own: the one place where time is real, and only a few seconds of it."""

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

COMMAND = [sys.executable, "-c", "from ivr.cli import main; main()", "call"]
CTRL_D = b"\x04"


class Terminal:
    """A program in a pseudo-terminal: type into it, wait for what it shows."""

    def __init__(self, program: "subprocess.Popen[bytes]", screen: int) -> None:
        self._program, self._screen = program, screen
        self.shown = ""

    def type(self, keys: bytes) -> None:
        os.write(self._screen, keys)

    def interrupt(self) -> None:
        """What Ctrl-C does."""
        self._program.send_signal(signal.SIGINT)

    def shows(self, pattern: str) -> None:
        """Wait for it; what was shown before counts."""
        while not re.search(pattern, self.shown):
            assert self._read(), f"never showed {pattern!r}:\n{self.shown}"

    def exit_code(self) -> int:
        while self._read():
            pass
        return self._program.wait()

    def _read(self) -> bool:
        try:
            read = os.read(self._screen, 65536)
        except OSError:  # how Linux tells that the other side of a pseudo-terminal is closed
            return False
        self.shown += read.decode("utf-8", "replace")
        return bool(read)


@contextmanager
def terminal() -> Iterator[Terminal]:
    screen, its_end = pty.openpty()
    program = subprocess.Popen(COMMAND, stdin=its_end, stdout=its_end, stderr=its_end, start_new_session=True)
    os.close(its_end)
    try:
        yield Terminal(program, screen)
    finally:
        program.kill()
        program.wait()
        os.close(screen)


def test_keys_reach_the_line_and_ctrl_c_ends_it_cleanly() -> None:
    with terminal() as shell:
        shell.shows("For English")
        shell.type(b"1\n")
        shell.shows("key in your ticket")
        shell.interrupt()
        assert shell.exit_code() == 0
        assert "caller" in shell.shown.partition("key in your ticket")[2]
        assert shell.shown.rstrip().endswith("The telephones are put away.")


def test_ctrl_d_ends_it_cleanly() -> None:
    with terminal() as shell:
        shell.shows("calls")
        shell.type(CTRL_D)
        assert shell.exit_code() == 0
        assert shell.shown.rstrip().endswith("The telephones are put away.")
