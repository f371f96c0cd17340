"""What comes from the person on a leg: keys and spoken words, for the verb that listens."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One key."""

    key: str


@dataclass(frozen=True, slots=True)
class Words:
    """One spoken sentence, at its end."""

    text: str


Input = Key | Words


class Keypad:
    """A queue of inputs. What arrives while nobody listens is kept or lost, as the listener decides with ``forget``."""

    def __init__(self) -> None:
        self._waiting: list[Input] = []
        self._stirred = asyncio.Event()
        self.speaking = False

    def typed(self, key: str) -> None:
        """A key was pressed."""
        self._put(Key(key))

    def said(self, text: str) -> None:
        """A sentence was spoken."""
        self._put(Words(text))

    def forget(self) -> None:
        """Lose what was typed and said before."""
        self._waiting.clear()

    async def next(self) -> Input:
        """Wait for the next input."""
        while not self._waiting:
            self._stirred.clear()
            await self._stirred.wait()
        return self._waiting.pop(0)

    async def next_key(self) -> str:
        """Wait for the next key, losing words."""
        while True:
            given = await self.next()
            if isinstance(given, Key):
                return given.key

    async def key(self, wanted: str) -> str:
        """Wait for one of the wanted keys, losing all others."""
        while (key := await self.next_key()) not in wanted:
            pass
        return key

    def _put(self, given: Input) -> None:
        self._waiting.append(given)
        self._stirred.set()
