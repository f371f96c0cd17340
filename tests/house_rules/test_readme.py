"""README says what is: every setting, every conversation, both commands."""

import re

import pytest
from click.testing import CliRunner

from ivr.commands.flows import draw
from ivr.config import Settings
from ivr.line.conversations import FLOWS
from tests.house_rules.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
HEADER = "| Variable | Default | Meaning |"


def settings_table() -> dict[str, str]:
    """Variable and default of each row of the settings table."""
    _, _, table = README.partition(f"{HEADER}\n")
    rows, _, _ = table.partition("\n\n")
    cells = (row.split("|") for row in rows.splitlines()[1:])
    return {variable.strip("` "): default.strip("` ") for _, variable, default, *_ in cells}


def written(default: object) -> str:
    """A default as an operator would write it; secrets and other empty texts as nothing."""
    match default:
        case bool():
            return str(default).lower()
        case str() | int():
            return str(default)
        case _:
            return ""


def mermaid_blocks() -> list[str]:
    """The drawings, without their comments."""
    return [
        "\n".join(line for line in block.splitlines() if not line.startswith("%%"))
        for block in re.findall(r"```mermaid\n(.*?)\n```", README, re.DOTALL)
    ]


def test_every_setting_has_a_row_and_every_row_a_setting() -> None:
    assert settings_table().keys() == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_table_tells_the_real_default(name: str) -> None:
    assert settings_table()[name.upper()] == written(Settings.model_fields[name].default)


def test_readme_shows_every_conversation_as_it_is_drawn() -> None:
    drawn = CliRunner().invoke(draw, catch_exceptions=False).output
    pictures = re.split(r"^%% \w+\n", drawn, flags=re.MULTILINE)[1:]

    assert mermaid_blocks() == [picture.strip() for picture in pictures]
    assert len(pictures) == len(FLOWS)


@pytest.mark.parametrize(
    "command",
    [
        "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/ivr demo",
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -n 2",
    ],
)
def test_readme_begins_with_the_two_commands(command: str) -> None:
    assert f"```sh\n{command}\n```" in README


def test_the_continuous_build_runs_readmes_test_command() -> None:
    assert "\npython3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -n 2" in (
        ROOT / ".ci" / "run"
    ).read_text(encoding="utf-8")
