"""Flow: named steps with declared edges; takes one turn.

A step is a pure function ``step(call, heard) -> Turn``. It declares which steps it may lead to and by what kind of
waiting, so that ``flows.check`` can prove the conversation whole and ``flows.drawing`` can draw it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from types import UnionType
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from flows.call import Call
from flows.heard import Digits, Heard, HungUp
from flows.prompts.spoken import Prompt, Spelled, say
from flows.turn import ENDED, Listen, ListenOnHold, Then, Turn, turn

C = TypeVar("C", bound=Call)
N = TypeVar("N", bound=Enum | str)


HIDDEN = "hidden"
"""Written down instead of keys that are secret."""


class UndeclaredTurn(Exception):
    """A step answered with what it did not declare, or was told what it does not hear: a programming error."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[N]):
    """One key of a menu: what it means, and the prompt (with a placeholder ``key``) that offers it."""

    key: str
    means: N
    prompt: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Menu(Generic[N]):
    """Keys stated once: the spoken menu and the dispatch derive from the same choices.

    Raises ValueError when a key is offered twice, or cannot be pressed: keys are single ones of 0-9, * and #.
    """

    choices: tuple[Choice[N], ...]

    def __post_init__(self) -> None:
        keys = [choice.key for choice in self.choices]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"key {key} is offered twice; every choice needs a key of its own")
            if len(key) != 1 or key not in "0123456789*#":
                raise ValueError(f"{key!r} is not one key of a telephone; a menu has room for nine numbered choices")

    def spoken(self) -> tuple[Prompt, ...]:
        """The sentences that offer the keys, in order."""
        return tuple(replace(say(one.prompt, key=Spelled(one.key)), language=one.language) for one in self.choices)

    def chosen(self, keys: str) -> N | None:
        """What the pressed keys mean; None when they mean nothing here."""
        return next((one.means for one in self.choices if one.key == keys), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[C]):
    """A question is complete only with its four parts: the answer, nonsense, silence, and giving up.

    ``ask`` gives the prompts of the first asking. ``nonsense`` and ``silence`` are catalogue keys, one for each further
    try, each worded differently. ``give_up`` answers when the tries are used up. The answer is the step itself.
    ``secret``: which keys were pressed is written down nowhere.
    """

    step: str
    ask: Callable[[C], tuple[Prompt, ...]]
    nonsense: tuple[str, ...]
    silence: tuple[str, ...]
    give_up: Callable[[C, Heard], Turn[C]]
    menu: Callable[[C], Menu[Any]] | None = None
    listen: Listen | ListenOnHold = field(default=Listen(digits=1))
    secret: bool = False

    def asked(self, call: C, *first: Prompt) -> Turn[C]:
        """Say ``first``, ask, and offer the keys."""
        return turn(call, self.listen, *first, *self.ask(call), *self._keys(call), goto=self.step)

    def not_understood(self, call: C, heard: Heard, *because: Prompt) -> Turn[C]:
        """The keys meant nothing here: say why, ask again in other words, in the end give up."""
        return self._again(call, heard, self.nonsense, because)

    def not_heard(self, call: C, heard: Heard) -> Turn[C]:
        """No key was pressed: ask again in other words, in the end give up."""
        return self._again(call, heard, self.silence, ())

    def _again(self, call: C, heard: Heard, wordings: tuple[str, ...], because: tuple[Prompt, ...]) -> Turn[C]:
        if call.tries >= len(wordings):
            return self.give_up(call, heard).after(*because)
        failed = replace(call, step=self.step, tries=call.tries + 1)
        return Turn(call=failed, then=self.listen, say=(*because, Prompt(wordings[call.tries]), *self._keys(call)))

    def _keys(self, call: C) -> tuple[Prompt, ...]:
        return self.menu(call).spoken() if self.menu else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[C]):
    """One step: what it hears, what it does, and where it may lead by which kinds of waiting."""

    name: str
    take: Callable[[C, Any], Turn[C]]
    hears: frozenset[type]
    leads: Mapping[str, frozenset[type[Then]]]
    ends: bool
    question: Question[C] | None


class Part(Generic[C]):
    """Some steps of a conversation that belong together; a long one is put together from several parts."""

    def __init__(self) -> None:
        self.steps: dict[str, Step[C]] = {}

    def step(
        self,
        *,
        leads: Mapping[str, type[Then] | tuple[type[Then], ...]] | None = None,
        ends: bool = False,
        question: Question[C] | None = None,
    ) -> Callable[[Callable[[C, Any], Turn[C]]], Callable[[C, Any], Turn[C]]]:
        """Declare the decorated function as a step named after it. ``ends`` allows it to end the conversation."""

        def declare(take: Callable[[C, Any], Turn[C]]) -> Callable[[C, Any], Turn[C]]:
            self.steps[take.__name__] = Step(
                name=take.__name__,
                take=take,
                hears=_heard_by(take),
                leads={target: _kinds(kinds) for target, kinds in (leads or {}).items()},
                ends=ends,
                question=question,
            )
            return take

        return declare


class Flow(Part[C]):
    """A conversation: its steps by name, those of its parts first, and the one called ``start`` begins.

    Raises ValueError when two parts declare a step of the same name.
    """

    def __init__(self, name: str, start: str, parts: Sequence[Part[C]] = ()) -> None:
        super().__init__()
        self.name = name
        self.start = start
        self._hung_up: Callable[[C, HungUp], Turn[C]] | None = None
        for part in parts:
            twice = self.steps.keys() & part.steps
            if twice:
                raise ValueError(f"{name}: two parts declare a step {sorted(twice)[0]!r}")
            self.steps |= part.steps

    def hung_up(self, take: Callable[[C, HungUp], Turn[C]]) -> Callable[[C, HungUp], Turn[C]]:
        """Declare what follows when the person hangs up, at whatever step."""
        self._hung_up = take
        return take

    @property
    def hears_hang_ups(self) -> bool:
        """Whether it is declared what follows when the person hangs up."""
        return self._hung_up is not None

    def take(self, call: C, heard: Heard) -> Turn[C]:
        """Take one turn. Raises UndeclaredTurn when code and declaration differ."""
        if isinstance(heard, HungUp):
            return self._left(call, heard)
        step = self.steps.get(call.step)
        if step is None or type(heard) not in step.hears:
            raise UndeclaredTurn(f"{self.name}.{call.step} does not hear {type(heard).__name__}")
        answer = step.take(call, heard)
        _verify(self.name, step, answer)
        return answer

    def to_keep(self, step: str, heard: Heard) -> Heard:
        """What may be written down of ``heard`` at ``step``: of a secret, that it was keyed."""
        asked = self.steps.get(step)
        secret = asked is not None and asked.question is not None and asked.question.secret
        return replace(heard, keys=HIDDEN) if secret and isinstance(heard, Digits) else heard

    def _left(self, call: C, heard: HungUp) -> Turn[C]:
        if self._hung_up is None:
            raise UndeclaredTurn(f"{self.name} does not say what follows a hang-up")
        return self._hung_up(call, heard)


def union_members(union: object) -> frozenset[type]:
    """The classes of a union, or the class itself."""
    return frozenset(get_args(union)) if isinstance(union, UnionType) else frozenset({union})  # type: ignore[arg-type]


def _heard_by(take: Callable[..., object]) -> frozenset[type]:
    return union_members(get_type_hints(take)["heard"])


def _kinds(kinds: type[Then] | tuple[type[Then], ...]) -> frozenset[type[Then]]:
    return frozenset(kinds) if isinstance(kinds, tuple) else frozenset({kinds})


def _verify(flow: str, step: Step[Any], answer: Turn[Any]) -> None:
    target, kind = answer.call.step, type(answer.then)
    declared = step.ends if target == ENDED else kind in step.leads.get(target, frozenset())
    if not declared:
        raise UndeclaredTurn(f"{flow}.{step.name} led to {target} by {kind.__name__}, which it does not declare")
