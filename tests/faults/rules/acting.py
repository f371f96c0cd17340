"""What every module of rules stands on."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.faults.tally import TALLY
from tests.faults.world import World

T = TypeVar("T")


class Acting:
    """Somebody who acts in a world."""

    world: World


def step(name: str | Callable[..., str], **arguments: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """A rule that counts as a step of the kind ``name``, which may depend on what is drawn."""

    def declare(act: Callable[..., None]) -> Any:
        def counted(self: Acting, **drawn: Any) -> None:
            TALLY.step(name if isinstance(name, str) else name(**drawn))
            act(self, **drawn)

        counted.__name__ = act.__name__
        counted.__doc__ = act.__doc__
        return rule(target=None, **arguments)(counted)

    return declare


PLACES = st.integers(0, 5)
"""Which of those who can act now does: drawn before anybody looks who that is."""


def one_of(people: Sequence[T], place: int) -> T:
    """The one at this place, counted round."""
    return people[place % len(people)]
