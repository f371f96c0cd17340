"""Who published what, when and why."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.engine import open_engine
from db.seed import demo
from db.unit_of_work import Store
from ivr.cli import main
from tests.db.samples import NOW
from tests.ivr.line.four_calls import escalated_four_times
from tests.ivr.routing_file.desk import EXAMPLE, changed

LONGER = changed("members: [jane]", "members: [jane]\n        ring_seconds: 30")


@pytest.fixture(autouse=True)
def folder(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty database and a folder; the test runs once on each kind."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("USER", "dana")
    monkeypatch.chdir(tmp_path)


def config(*words: str) -> str:
    return CliRunner().invoke(main, ["config", *words], catch_exceptions=False).stdout


def apply(text: str, *options: str) -> None:
    Path("routing.yaml").write_text(text, encoding="utf-8")
    config("apply", "routing.yaml", *options)


def test_every_version_is_listed_the_newest_first() -> None:
    apply(EXAMPLE, "--note", "first version")
    apply(LONGER, "--note", "longer\nrings", "--by", "kim")
    config("restore", "1")

    told = [
        re.sub(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", "WHEN", line)
        for line in config("versions").splitlines()
    ]

    assert told == [
        "   3  WHEN  dana: version 1 restored",
        "   2  WHEN  kim: longer rings",
        "   1  WHEN  dana: first version",
    ]


def test_an_empty_database_lists_nothing() -> None:
    assert config("versions") == "Nothing is published yet.\n"


class TestReplay:
    """What a file would have decided in the last days."""

    @pytest.fixture(autouse=True)
    def called(self, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ivr.commands.config.wall_clock", lambda: NOW)
        store = Store(open_engine(database_url))
        demo(store, NOW)
        escalated_four_times(store, NOW)
        store.close()

    def replayed(self, *options: str) -> Result:
        Path("routing.yaml").write_text(config("export").replace("max_attempts: 4", "max_attempts: 1"))
        return CliRunner().invoke(main, ["config", "replay", "routing.yaml", *options], catch_exceptions=False)

    def test_every_decision_it_turns_is_told_and_then_the_sums(self) -> None:
        *told, sums = self.replayed().stdout.splitlines()

        assert told[:3] == [
            "2026-11-23 12:00  ticket 48213       CA3",
            "    published  may be escalated: 1 Dana Whitfield 25 s, 2 Marcus Oyelaran 25 s",
            "    file       refused: too-many-attempts, until 2026-11-24 10:00",
        ]
        assert len(told) == 9
        assert sums == (
            "4 calls looked at: 3 decisions turned round, 0 with another reason or time, 0 with other phones."
        )

    def test_as_json_a_line_each(self) -> None:
        lines = [json.loads(line) for line in self.replayed("--json").stdout.splitlines()]

        assert [(line["call"], line["kind"], line["outcome"]) for line in lines] == [
            (f"CA{number}", "flipped", "abandoned") for number in (3, 2, 1)
        ]
        assert lines[0]["file"] == {
            "passes": False, "reasons": ["too-many-attempts"], "opens_at": "2026-11-24T10:00:00+00:00", "rings": [],
        }

    def test_what_cannot_be_replayed_is_named(self) -> None:
        assert self.replayed("--days", "400").exit_code == 2
        Path("routing.yaml").write_text("people: 7\n")
        broken = CliRunner().invoke(main, ["config", "replay", "routing.yaml"])
        assert broken.exit_code == 2
        assert "routing.yaml:1:" in broken.stderr
