"""A routing file is rehearsed in a terminal before it is published."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db import migrate, seed
from db.engine import open_engine
from db.unit_of_work import Store
from ivr.cli import main
from ivr.commands import drill
from ivr.drill.plan import DrillPlan, Played
from ivr.drill.process import DrillFailed
from ivr.routing_file.writing import write
from tests.db.samples import NOW
from tests.ivr.drill.theatre import PLAYED


class Theatre:
    """Plays nothing, and remembers what it should have played."""

    def __init__(self) -> None:
        self.plans: list[DrillPlan] = []
        self.played: Played | Exception = PLAYED

    def __call__(self, plan: DrillPlan) -> Played:
        self.plans.append(plan)
        if isinstance(self.played, Exception):
            raise self.played
        return self.played


@pytest.fixture
def theatre(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Theatre:
    migrate.upgrade(sqlite_url)
    store = Store(open_engine(sqlite_url))
    seed.demo(store, NOW)
    store.close()
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)
    Path("routing.yaml").write_text(write(seed.ROUTING), encoding="utf-8")
    theatre = Theatre()
    monkeypatch.setattr(drill, "play_apart", theatre)
    return theatre


def drilled(*options: str) -> Result:
    return CliRunner().invoke(main, ["drill", "routing.yaml", "--ticket", "48213", *options], catch_exceptions=False)


def test_a_call_is_played_and_told(theatre: Theatre) -> None:
    told = drilled("--level", "1=decline", "--level", "2=accept", "--language", "de", "--at", "2026-11-24 03:00")

    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        '01:01  Dana Whitfield  hears    "<b>1</b>"', "", "Exhausted: nobody took the call."
    ]
    [plan] = theatre.plans
    assert (plan.levels, plan.language, plan.at.isoformat()) == (
        {1: "decline", 2: "accept"}, "de", "2026-11-24T08:00:00+00:00")
    assert json.loads(drilled("--json").stdout)["ending"] == "Exhausted: nobody took the call."


@pytest.mark.parametrize(("options", "told"), [
    (("--ticket", "99999"), "there is no ticket 99999"), (("--line", "+12025550188"), "no line +12025550188"),
    (("--language", "fr"), "does not speak fr; it speaks en, de, ru"), (("--level", "1"), "such as 1=accept"),
    (("--level", "1=sing"), "such as 1=accept"), (("--at", "soon"), "is no time"),
])
def test_a_mistake_is_said_with_what_would_have_been_right(
    theatre: Theatre, options: tuple[str, ...], told: str
) -> None:
    answer = drilled(*options)

    assert answer.exit_code == 2
    assert told in answer.stderr
    assert theatre.plans == []


def test_what_went_wrong_is_in_the_exit_code(theatre: Theatre) -> None:
    theatre.played = Played(moments=(), ending="Abandoned.", failures=("the carrier raised 12100",))
    assert (drilled().exit_code, "12100" in drilled().stderr) == (1, True)
    theatre.played = DrillFailed("It broke off.")
    assert (drilled().exit_code, "It broke off." in drilled().stderr) == (2, True)
