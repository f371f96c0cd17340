"""A guided call, told by whoever knows the application: the telephones only carry it out.

Each step is one click. A click does its acts one after another, each as soon as what it waits for is so::

    Guide(
        title="Your first escalation",
        steps=(
            Step(title="Call the line", button="Call now",
                 acts=(Act(handset=CALLER, do="dial", text=LINE),),
                 done=Hears(handset=CALLER, text="ticket number")),
            ...
        ),
    )
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Hears:
    """The telephone hears a sentence with this text in it (any case), after what the guide waited for last."""

    handset: str
    text: str
    called: str = ""
    """How the page names it; the text itself if empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """The telephone is idle, ringing or talking."""

    handset: str
    state: Literal["idle", "ringing", "talking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksTo:
    """The two hear each other."""

    handset: str
    other: str


Condition = Hears | Is | TalksTo


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody does at a telephone, once ``when`` is so. ``text`` is the number dialled or the keys pressed.

    A ``hang_up`` at a telephone that is not on a call does nothing: the other side may have been quicker.
    """

    handset: str
    do: Literal["dial", "press", "answer", "hang_up"]
    text: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One click. ``done``: what shows that it has worked; ``ready``: what must be so before it can be clicked."""

    title: str
    button: str
    acts: tuple[Act, ...]
    done: Condition
    explains: str = ""
    ready: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The whole of it. ``finale`` is said when the last step has worked."""

    title: str
    steps: tuple[Step, ...]
    finale: str = ""

    def on_the_wire(self) -> dict[str, Any]:
        """As JSON; conditions carry their kind: ``hears``, ``is``, ``talks_to``."""
        return {"title": self.title, "finale": self.finale, "steps": [_step(step) for step in self.steps]}


def _step(step: Step) -> dict[str, Any]:
    return {
        "title": step.title, "button": step.button, "explains": step.explains,
        "ready": _condition(step.ready), "done": _condition(step.done),
        "acts": [
            {"handset": act.handset, "do": act.do, "text": act.text, "when": _condition(act.when)} for act in step.acts
        ],
    }  # fmt: skip


KINDS = {Hears: "hears", Is: "is", TalksTo: "talks_to"}


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    return None if condition is None else {"kind": KINDS[type(condition)], **asdict(condition)}
