"""A support department publishes its own line from the command line: written, checked, published, taken back."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.engine import open_engine
from db.seed import ROUTING, demo
from db.unit_of_work import Store, Work
from flows.routing import Routing
from ivr.cli import main
from ivr.commands.config import _publish
from tests.db.samples import NOW
from tests.ivr.routing_file.desk import EXAMPLE, changed, routing

LONGER = changed("members: [jane]", "members: [jane]\n        ring_seconds: 30")
RING_TIME = "ladder default, level 1 Support Operations Manager: ring seconds 25 → 30"


@pytest.fixture
def ivr(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Desk":
    """A desk on an empty database; the test runs once on each kind."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("USER", "dana")
    monkeypatch.delenv("DIAL_REGIONS", raising=False)
    monkeypatch.chdir(tmp_path)
    return Desk(database_url)


class Desk:
    """Somebody at a terminal, in a folder with routing files."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def types(self, *words: str) -> Result:
        """Run a command; a traceback fails the test."""
        return CliRunner().invoke(main, list(words), catch_exceptions=False)

    def applies(self, text: str, *options: str) -> Result:
        """Write the file and publish it."""
        Path("routing.yaml").write_text(text, encoding="utf-8")
        return self.types("config", "apply", "routing.yaml", "--note", "because", *options)

    def published(self) -> tuple[int, Routing]:
        """What new calls would begin with."""
        store = Store(open_engine(self._url))
        try:
            with store.reading() as work:
                return work.routing.current()
        finally:
            store.close()


def test_from_an_empty_database_to_a_line_of_ones_own(ivr: Desk) -> None:
    result = ivr.applies(EXAMPLE)

    assert result.exit_code == 0
    assert result.stdout.endswith("Version 1 is published.\n")
    assert "person jane: added (name Jane Doe, phones +12025550101)" in result.stdout
    assert ivr.published() == (1, routing())


def test_an_exported_file_that_is_applied_again_is_no_change(ivr: Desk) -> None:
    ivr.applies(EXAMPLE)

    again = ivr.applies(ivr.types("config", "export").stdout)

    assert again.stdout == "Nothing to publish: version 1 says the same.\n"
    assert ivr.published()[0] == 1


def test_the_demo_company_can_be_exported_and_applied_to_another_database(ivr: Desk, database_url: str) -> None:
    store = Store(open_engine(database_url))
    demo(store, NOW)
    store.close()

    text = ivr.types("config", "export").stdout

    assert ivr.applies(text).stdout == "Nothing to publish: version 1 says the same.\n"
    assert ivr.published() == (1, ROUTING)


def test_an_edit_is_shown_and_published(ivr: Desk) -> None:
    ivr.applies(EXAMPLE)

    assert ivr.applies(LONGER).stdout == f"{RING_TIME}\nVersion 2 is published.\n"
    assert ivr.published() == (2, routing(LONGER))


def test_the_difference_is_shown_without_publishing(ivr: Desk) -> None:
    ivr.applies(EXAMPLE)
    Path("longer.yaml").write_text(LONGER, encoding="utf-8")

    assert ivr.types("config", "diff", "longer.yaml").stdout == f"{RING_TIME}\n"
    assert ivr.types("config", "diff", "routing.yaml").stdout == "No difference from version 1.\n"
    assert ivr.published()[0] == 1


def test_an_older_version_is_restored_as_a_new_one(ivr: Desk) -> None:
    ivr.applies(EXAMPLE)
    ivr.applies(LONGER)

    result = ivr.types("config", "restore", "1")

    assert result.stdout == (
        "ladder default, level 1 Support Operations Manager: ring seconds 30 → 25\nVersion 3 is published.\n"
    )
    assert ivr.published() == (3, routing())
    assert ivr.types("config", "restore", "1").stdout == "Nothing to publish: version 3 says the same.\n"


def test_any_version_can_be_exported(ivr: Desk) -> None:
    ivr.applies(EXAMPLE)
    ivr.applies(LONGER)

    result = ivr.types("config", "export", "--version", "1")

    assert routing(result.stdout) == routing()
    assert result.stderr == "Version 1. After editing, `ivr config apply FILE --expect-version 1`.\n"


def test_a_version_that_was_never_published_is_refused(ivr: Desk) -> None:
    ivr.applies(EXAMPLE)

    for words in (("export", "--version", "9"), ("restore", "9")):
        result = ivr.types("config", *words)
        assert result.exit_code == 2
        assert result.stderr.startswith("ivr: there is no version 9; the published one is 1\n")


def test_before_anything_is_published_there_is_nothing_to_export(ivr: Desk) -> None:
    for words in (("export",), ("restore", "1")):
        result = ivr.types("config", *words)
        assert result.exit_code == 2
        assert result.stderr.startswith("ivr: nothing is published yet\n")


def test_somebody_elses_edit_is_not_overwritten(ivr: Desk) -> None:
    ivr.applies(EXAMPLE)
    ivr.applies(LONGER, "--expect-version", "1")

    result = ivr.applies(EXAMPLE, "--expect-version", "1")

    assert result.exit_code == 2
    assert "version 2 is published, not 1: somebody has published since; nothing is changed" in result.stderr
    assert ivr.published() == (2, routing(LONGER))
    assert ivr.types("config", "restore", "1", "--expect-version", "1").exit_code == 2


def test_whoever_publishes_between_our_reading_and_our_writing_is_not_overwritten(
    postgresql_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = Store(open_engine(postgresql_url)), Store(open_engine(postgresql_url))

    def meanwhile(_: Work) -> Routing:
        with theirs.writing() as work:
            work.routing.publish(routing(LONGER), "kim", "first", NOW)
        return routing()

    with pytest.raises(SystemExit):
        _publish(ours, meanwhile, "dana", "second", 0)

    with ours.reading() as work:
        assert work.routing.current() == (1, routing(LONGER))
    assert "somebody else published at the same moment; nothing is changed" in capsys.readouterr().err
    ours.close()
    theirs.close()


def test_version_0_means_that_nothing_is_published(ivr: Desk) -> None:
    assert ivr.applies(EXAMPLE, "--expect-version", "0").exit_code == 0
    assert ivr.applies(LONGER, "--expect-version", "0").exit_code == 2


def test_a_file_with_mistakes_is_not_published(ivr: Desk) -> None:
    ivr.applies(EXAMPLE)

    result = ivr.applies(changed("members: [jane]", "members: [jan]", LONGER.replace("sam@example.com", "sam")))

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "routing.yaml:10: people.jane: warning: is on no level and is no shift manager; put them on a level or "
        "remove them",
        "routing.yaml:16: people.sam.email: sam is not one mail address such as dana@example.com",
        "routing.yaml:22: ladders.1.levels.1.members: jan is not among the people; did you mean jane?",
    ]
    assert ivr.published()[0] == 1


def test_a_file_with_mistakes_is_not_compared_either(ivr: Desk) -> None:
    Path("routing.yaml").write_text("lines: [\n", encoding="utf-8")

    assert ivr.types("config", "diff", "routing.yaml").exit_code == 2
