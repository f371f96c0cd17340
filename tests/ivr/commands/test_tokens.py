"""Tokens of the API from a terminal."""

import pytest
from click.testing import CliRunner, Result

from db import migrate
from ivr.cli import main
from tests.ivr.telephony.site import settings


@pytest.fixture(autouse=True)
def line(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database that the commands are pointed at."""
    migrate.upgrade(sqlite_url)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SECRET_KEY", settings(sqlite_url).secret_key.get_secret_value())


def types(*words: str) -> Result:
    """Run a command; a traceback fails the test."""
    return CliRunner().invoke(main, ["token", *words], catch_exceptions=False)


def test_a_token_is_made_listed_and_revoked() -> None:
    assert "`ivr token create" in types("list").output
    made = types("create", "ticket bridge", "--scope", "read", "--scope", "tickets:write", "--days", "30")

    token = made.output.rpartition(" ")[2].strip()
    assert token.startswith("esc_")
    listed = types("list").output
    assert "1  ticket bridge  read tickets:write  counts, never used" in listed
    assert token not in listed
    assert types("revoke", "1").output == "The token ticket bridge opens nothing any more.\n"
    assert "revoked, never used" in types("list").output


def test_what_cannot_be_done_is_said_with_what_to_do_next() -> None:
    types("create", "bridge", "--scope", "read")

    for words, told in (
        (("create", "bridge", "--scope", "read"), "choose another name"),
        (("create", " ", "--scope", "routing:all"), "Invalid value for '--scope'"),
        (("create", "", "--scope", "read"), "Say in 1 to 60 characters"),
        (("create", "another"), "Missing option '--scope'"),
        (("revoke", "7"), "`ivr token list` shows all"),
    ):
        result = types(*words)
        assert result.exit_code == 2
        assert told in result.output
    assert types("list").output.count("\n") == 1
