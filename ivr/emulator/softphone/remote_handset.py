"""A telephone of an exchange in another process."""

from collections.abc import Callable
from typing import Any


class RemoteHandset:
    """One telephone; each order returns when it has been carried out. OrderRefused: it makes no sense now."""

    def __init__(
        self, address: str, view: Callable[[str], dict[str, Any]], order: Callable[[dict[str, Any]], None]
    ) -> None:
        self.number, self._view, self._give = address, view, order

    @property
    def name(self) -> str:
        """Who this is."""
        return str(self._view(self.number)["name"])

    @property
    def state(self) -> str:
        """idle, ringing, calling, talking."""
        return str(self._view(self.number)["state"])

    def dial(self, number: str) -> None:
        """Call a number."""
        self._order("dial", number=number)

    def press(self, keys: str) -> None:
        """Press keys one after another, 0.2 s each; ``w`` waits half a second."""
        self._order("press", keys=keys)

    def says(self, text: str) -> None:
        """Speak, as long as the words take."""
        self._order("say", text=text)

    def texts(self, number: str, words: str) -> None:
        """Send a text message to a line."""
        self._order("text", number=number, text=words)

    def answer(self) -> None:
        """Pick up."""
        self._order("answer")

    def decline(self) -> None:
        """Press the red button while it rings."""
        self._order("decline")

    def hang_up(self) -> None:
        """End the call."""
        self._order("hang_up")

    def behave(self, behaviour: str, *, after: float | None = None, greeting: str | None = None) -> None:
        """What it does by itself when called: manual, no_answer, busy, mailbox, unreachable, answers, declines."""
        given = {"after": after, "greeting": greeting}
        self._order("behave", behaviour=behaviour, **{key: value for key, value in given.items() if value is not None})

    def _order(self, do: str, **details: Any) -> None:
        self._give({"do": do, "handset": self.number, **details})
