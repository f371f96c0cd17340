"""The conversations and their words are whole, as the command says that operators and CI run."""

from click.testing import CliRunner

from ivr.commands.flows import check


def test_flows_check_finds_nothing() -> None:
    said = CliRunner().invoke(check, catch_exceptions=False)

    assert said.exit_code == 0, said.output
    assert "are whole, in en, de, ru." in said.output
