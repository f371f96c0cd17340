"""Everybody who acts by script in one call."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from ivr.emulator.happenings import OnCall, Rang
from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.acts import Act, earliest
from ivr.terminal_phone.caller import CallerPlan, ScriptedCaller
from ivr.terminal_phone.cast import Cast, Party
from ivr.terminal_phone.manager import ManagerBehaviour, ScriptedManager


class Company:
    """The caller and the managers; ``behaviours`` by level, whoever is not named does not answer."""

    def __init__(self, cast: Cast, plan: CallerPlan, behaviours: Mapping[int, ManagerBehaviour]) -> None:
        self._caller = ScriptedCaller(plan, cast.words)
        self.behaviours = {
            manager: behaviours.get(manager.level, ManagerBehaviour.NO_ANSWER) for manager in cast.managers
        }
        managers = {manager: ScriptedManager(behaviour, cast.words) for manager, behaviour in self.behaviours.items()}
        self._actors: dict[Party, ScriptedCaller | ScriptedManager] = {cast.caller: self._caller, **managers}
        self._by_number = {party.number: actor for party, actor in self._actors.items()}

    def follow(self, shown: Shown) -> None:
        """Let whoever is concerned take it in; the caller also knows when a manager's telephone rings."""
        actor = self._by_number.get(shown.handset) if isinstance(shown, OnCall) else None
        if actor is not None:
            actor.follow(shown)
            if isinstance(shown, Rang):
                self._caller.follow(shown)

    @property
    def due(self) -> datetime | None:
        """When somebody will act, if nothing happens before."""
        return earliest(*(actor.due for actor in self._actors.values()))

    def acts(self, now: datetime) -> Iterator[tuple[Party, Act]]:
        """What they do now."""
        for party, actor in self._actors.items():
            act = actor.acts(now)
            if act is not None:
                yield party, act
