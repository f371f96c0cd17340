"""What a planted bug is, and the list of all of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tests.faults.planted.scripts import Script

Plant = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """``plant`` patches the line while it lasts; in ``script`` invariant ``code`` must notice."""

    code: str
    words: str
    plant: Plant
    script: Script
    ring_mode: str

    def __str__(self) -> str:
        return f"{self.code}: {self.words}"


PLANTED: list[Bug] = []


def planted(code: str, script: Script, ring_mode: str = "hold") -> Callable[[Plant], Plant]:
    """Declare the decorated context manager as a bug that invariant ``code`` catches in ``script``."""

    def declare(plant: Plant) -> Plant:
        words = (plant.__doc__ or "").strip().removesuffix(".")
        PLANTED.append(Bug(code=code, words=words, plant=plant, script=script, ring_mode=ring_mode))
        return plant

    return declare
