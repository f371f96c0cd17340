"""A ladder as a form: what was typed, whatever it is, and the plan it means.

Nothing is saved by moving things about: each press of such a button shows the form again as it is meant to become. The
order of the levels is that of their fields ``level``, the order of members that of theirs, so that dragging needs to
tell nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count

from werkzeug.datastructures import MultiDict

from flows.routing import LadderPlan, LevelPlan
from flows.rules.ladder import Order
from ivr.routing_file.texts import ACCOUNT_MANAGER

USUAL = LevelPlan(title="", members=())


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelForm:
    """One level; ``id`` tells its fields from those of the others. ``titles`` by language."""

    id: str
    title: str = ""
    titles: Mapping[str, str]
    members: tuple[str, ...] = ()
    order: str = USUAL.order.value
    seconds: str = str(USUAL.ring_seconds)
    calendar: str = ""
    email_only: bool = False

    @property
    def plan(self) -> LevelPlan:
        """The level it means; a number that is none is 0, which no level may have."""
        return LevelPlan(
            title=self.title,
            titles={language: title for language, title in self.titles.items() if title},
            members=self.members,
            order=next((order for order in Order if order.value == self.order), USUAL.order),
            ring_seconds=int(self.seconds) if self.seconds.isascii() and self.seconds.isdigit() else 0,
            calendar=self.calendar,
            email_only=self.email_only,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderForm:
    """A ladder; ``was`` is its name when the form was opened, empty for a new one. ``regions`` and ``products`` are
    texts with one on each line."""

    was: str = ""
    name: str = ""
    products: str = ""
    programs: tuple[str, ...] = ()
    regions: str = ""
    account_manager: str = ""
    levels: tuple[LevelForm, ...]

    @property
    def plan(self) -> LadderPlan:
        """The ladder it means."""
        return LadderPlan(
            name=self.name,
            products=listed(self.products),
            programs=self.programs,
            regions=listed(self.regions),
            account_manager=ACCOUNT_MANAGER.get(self.account_manager),
            levels=tuple(level.plan for level in self.levels),
        )


def blank(languages: Iterable[str]) -> LadderForm:
    """The form of a new ladder: one level with nobody on it."""
    return LadderForm(levels=(LevelForm(id="0", titles=dict.fromkeys(languages, "")),))


def shown(plan: LadderPlan, languages: Iterable[str]) -> LadderForm:
    """The form of a ladder that is there; titles in further ``languages`` are asked for."""
    levels = (
        LevelForm(
            id=str(number), title=level.title, titles={**dict.fromkeys(languages, ""), **level.titles},
            members=level.members, order=level.order.value, seconds=str(level.ring_seconds), calendar=level.calendar,
            email_only=level.email_only,
        )
        for number, level in enumerate(plan.levels)
    )  # fmt: skip
    return LadderForm(
        was=plan.name, name=plan.name, products="\n".join(plan.products), programs=plan.programs,
        regions="\n".join(plan.regions), levels=tuple(levels),
        account_manager=next((word for word, value in ACCOUNT_MANAGER.items() if value == plan.account_manager), ""),
    )  # fmt: skip


def sent(form: MultiDict[str, str], languages: Iterable[str]) -> LadderForm:
    """The form as it was sent, with what the pressed button asks for done: see ``_moved``."""
    known = tuple(languages)
    levels = tuple(_level(form, each, known) for each in dict.fromkeys(form.getlist("level")))
    what, _, about = form.get("do", "save").partition(" ")
    return LadderForm(
        was=form.get("was", ""), name=tidy(form.get("name", "")), products=form.get("products", ""),
        programs=tuple(form.getlist("programs")), regions=form.get("regions", ""),
        account_manager=form.get("account_manager", ""), levels=_moved(levels, what, about, known),
    )  # fmt: skip


def tidy(text: str) -> str:
    """A text on one line, without what nobody can see."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _level(form: MultiDict[str, str], id: str, languages: Iterable[str]) -> LevelForm:
    added = [form.get(f"add.{id}", "")]
    return LevelForm(
        id=id, title=tidy(form.get(f"title.{id}", "")),
        titles={language: tidy(form.get(f"titles.{id}.{language}", "")) for language in languages},
        members=tuple(key for key in dict.fromkeys([*form.getlist(f"member.{id}"), *added]) if key),
        order=form.get(f"order.{id}", ""), seconds=form.get(f"seconds.{id}", "").strip(),
        calendar=form.get(f"calendar.{id}", ""), email_only=f"email_only.{id}" in form,
    )  # fmt: skip


def _moved(levels: tuple[LevelForm, ...], what: str, about: str, languages: Iterable[str]) -> tuple[LevelForm, ...]:
    """``about`` names a level, and of its members one. An unknown button changes nothing."""
    id, _, member = about.partition(" ")
    ids = [level.id for level in levels]
    if what == "add-level":
        fresh = next(str(number) for number in count() if str(number) not in ids)
        return (*levels, LevelForm(id=fresh, titles=dict.fromkeys(languages, "")))
    if what in LEVEL_MOVES:
        by_id = {level.id: level for level in levels}
        return tuple(by_id[each] for each in LEVEL_MOVES[what](ids, id))
    if what in MEMBER_MOVES:
        move = MEMBER_MOVES[what]
        return tuple(
            replace(level, members=tuple(move(level.members, member))) if level.id == id else level for level in levels
        )
    return levels


def up(items: Iterable[str], item: str) -> list[str]:
    """The list with one item a place nearer to its beginning."""
    found = list(items)
    place = found.index(item) if item in found else 0
    if place:
        found[place - 1], found[place] = found[place], found[place - 1]
    return found


def down(items: Iterable[str], item: str) -> list[str]:
    """The list with one item a place nearer to its end."""
    return up(list(items)[::-1], item)[::-1]


def _without(items: Iterable[str], item: str) -> list[str]:
    return [each for each in items if each != item]


MOVES: Mapping[str, Callable[[Iterable[str], str], list[str]]] = {"up": up, "down": down, "remove": _without}
LEVEL_MOVES = {f"level-{name}": move for name, move in MOVES.items()}
MEMBER_MOVES = {f"member-{name}": move for name, move in MOVES.items()}


def listed(text: str) -> tuple[str, ...]:
    """What stands on the lines of a field, each once."""
    return tuple(dict.fromkeys(line for line in map(tidy, text.splitlines()) if line))
