"""Programs and calendars put into a routing and taken out of it: whoever names them follows a new name."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from flows.routing import Calendar, Grant, LadderPlan, LevelPlan, Program, Routing
from ivr.admin.draft_edits import TakenAway

T = TypeVar("T")


def with_program(old: Routing, was: str, name: str, plan: Program) -> Routing:
    """``old`` with a program new, changed or renamed. Raises TakenAway."""
    kept = old.programs.get(was)
    if kept is not None and kept.name != was:
        plan = replace(plan, name=kept.name)
    programs = _put(old.programs, was, name, plan, "a program")
    ladders = tuple(replace(each, programs=_renamed(each.programs, was, name)) for each in old.ladders)
    return replace(old, programs=programs, ladders=ladders)


def without_program(old: Routing, name: str) -> Routing:
    """``old`` without a program. Raises TakenAway, also while a ladder is for its tickets."""
    ladders = [each.name for each in old.ladders if name in each.programs]
    if ladders:
        raise TakenAway(f"{name} is named by the ladder {' and '.join(ladders)}; take it away there first.")
    return replace(old, programs=_without(old.programs, name))


def with_calendar(old: Routing, was: str, name: str, plan: Calendar) -> Routing:
    """``old`` with a calendar new, changed or renamed. Raises TakenAway."""
    calendars = _put(old.calendars, was, name, plan, "a calendar")
    if not was or was == name:
        return replace(old, calendars=calendars)
    programs = {key: _with_grants(program, was, name) for key, program in old.programs.items()}
    ladders = tuple(_with_levels(each, was, name) for each in old.ladders)
    return replace(old, calendars=calendars, programs=programs, ladders=ladders)


def without_calendar(old: Routing, name: str) -> Routing:
    """``old`` without a calendar. Raises TakenAway, also while it is needed."""
    users = [key for key, program in old.programs.items() if any(name == g.calendar for g in program.grants.values())]
    users += [each.name for each in old.ladders if any(name == level.calendar for level in each.levels)]
    if users:
        raise TakenAway(f"{name} is needed by {' and '.join(users)}; choose another there first.")
    return replace(old, calendars=_without(old.calendars, name))


def _put(among: Mapping[str, T], was: str, name: str, plan: T, what: str) -> Mapping[str, T]:
    """``plan`` under ``name`` in the place of ``was``, or as the last one."""
    if was and was not in among:
        raise TakenAway
    if name != was and name in among:
        raise TakenAway(f"There is {what} called {name} already; choose another name.")
    if not was:
        return {**among, name: plan}
    return {name if key == was else key: plan if key == was else each for key, each in among.items()}


def _without(among: Mapping[str, T], name: str) -> Mapping[str, T]:
    if name not in among:
        raise TakenAway
    return {key: each for key, each in among.items() if key != name}


def _renamed(names: tuple[str, ...], was: str, name: str) -> tuple[str, ...]:
    return tuple(name if was and each == was else each for each in names)


def _with_grants(program: Program, was: str, name: str) -> Program:
    def grant(each: Grant) -> Grant:
        return replace(each, calendar=name) if each.calendar == was else each

    return replace(program, grants={severity: grant(each) for severity, each in program.grants.items()})


def _with_levels(ladder: LadderPlan, was: str, name: str) -> LadderPlan:
    def level(each: LevelPlan) -> LevelPlan:
        return replace(each, calendar=name) if each.calendar == was else each

    return replace(ladder, levels=tuple(level(each) for each in ladder.levels))
