"""Where the script is shown as it happens."""

import shutil
import threading
from collections.abc import Callable, Iterable
from datetime import datetime

import click

from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.layout import Entry, laid_out
from ivr.terminal_phone.script import Script

WIDEST = 120
"""Longer lines are hard to read on the widest terminal."""

Write = Callable[[str], None]


class Screen:
    """Prints a script to the terminal's width. Mail and carrier tell it from threads of their own."""

    def __init__(self, script: Script, write: Write = click.echo, width: int | None = None) -> None:
        """``width`` in columns; None asks the terminal each time (80 where there is none)."""
        self._script, self._write, self._width = script, write, width
        self._lock = threading.Lock()

    def show(self, shown: Shown) -> None:
        """Print what ``shown`` adds to the script."""
        with self._lock:
            self._print(self._script.tell(shown))

    def hangs_up(self, number: str, at: datetime) -> None:
        """Print that somebody puts the telephone down."""
        with self._lock:
            self._print(self._script.hangs_up(number, at))

    def rest(self) -> None:
        """Print what was held back."""
        with self._lock:
            self._print(self._script.rest())

    def _print(self, entries: Iterable[Entry]) -> None:
        width = self._width or min(WIDEST, shutil.get_terminal_size().columns)
        for entry in entries:
            for line in laid_out(entry, width):
                self._write(line)
