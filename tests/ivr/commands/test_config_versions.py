"""Who published what, when and why."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.cli import main
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
