"""`ivr config check` needs no database: it is what a git hook runs."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.cli import main
from tests.ivr.routing_file.desk import EXAMPLE, changed

UNKNOWN = changed("shift_manager: sam", "shift_manager: tom")
LONELY = changed("people:\n", "people:\n  kim:\n    name: Kim Ito\n")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of one's own, and no database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "nowhere")
    monkeypatch.delenv("DIAL_REGIONS", raising=False)


def check(text: str | bytes, *options: str) -> Result:
    Path("mine.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return CliRunner().invoke(main, ["config", "check", "mine.yaml", *options], catch_exceptions=False)


def test_a_file_without_mistakes() -> None:
    result = check(EXAMPLE)
    assert (result.exit_code, result.output) == (0, "mine.yaml: no mistakes.\n")


def test_a_mistake_ends_with_exit_code_2() -> None:
    result = check(UNKNOWN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "mine.yaml:7: lines.1.shift_manager: tom is not among the people; there are jane, sam\n"


def test_a_warning_alone_does_not() -> None:
    result = check(LONELY)
    assert (result.exit_code, result.stdout) == (0, "mine.yaml: no mistakes.\n")
    assert result.stderr.startswith("mine.yaml:10: people.kim: warning: is on no level")


def test_the_regions_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(EXAMPLE, "--dial-regions", "us, de").exit_code == 0
    monkeypatch.setenv("DIAL_REGIONS", "DE")
    result = check(EXAMPLE)
    assert result.exit_code == 2
    assert "people.jane.number: +12025550101 may not be dialled: it belongs to United States (US)" in result.stderr


def test_a_region_that_does_not_exist_is_a_mistake_in_the_command() -> None:
    result = check(EXAMPLE, "--dial-regions", "US,XX")
    assert result.exit_code == 2
    assert "XX: no such region; write two-letter codes such as US,DE" in result.stderr


def test_the_file_may_come_from_elsewhere() -> None:
    result = CliRunner().invoke(main, ["config", "check", "-"], input=UNKNOWN, catch_exceptions=False)
    assert result.exit_code == 2
    assert result.stderr.startswith("<stdin>:7: lines.1.shift_manager: tom")


@pytest.mark.parametrize("name", ["none.yaml", "."])
def test_a_file_that_cannot_be_opened_is_a_sentence(name: str) -> None:
    result = CliRunner().invoke(main, ["config", "check", name], catch_exceptions=False)
    assert result.exit_code == 2
    assert "Invalid value for 'FILE'" in result.stderr


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"\x00", b"[" * 5000], ids=["empty", "UTF-16", "NUL", "deep"])
def test_a_file_that_is_none_is_a_sentence(text: bytes) -> None:
    result = check(text)
    assert result.exit_code == 2
    assert result.stderr.startswith("mine.yaml:1: ")


def test_publishing_needs_a_reason() -> None:
    Path("mine.yaml").write_text(EXAMPLE, encoding="utf-8")
    for note in ([], ["--note", " "]):
        result = CliRunner().invoke(main, ["config", "apply", "mine.yaml", *note], catch_exceptions=False)
        assert result.exit_code == 2
        assert "--note" in result.stderr


def test_a_database_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    Path("mine.yaml").write_text(EXAMPLE, encoding="utf-8")
    options = ["--note", "x", "--database-url", f"sqlite:///{tmp_path}/empty.db"]
    result = CliRunner().invoke(main, ["config", "apply", "mine.yaml", *options], catch_exceptions=False)
    assert result.exit_code == 2
    assert "ivr: Run `ivr db upgrade` if it is new" in result.stderr
