"""The import contracts hold, and bite: a forbidden import, put into a copy of the tree, is caught for each of them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules.tree import PACKAGES, ROOT, pyproject

LAYERS = "Layers: ivr touches the world, db remembers, flows decides"
SQLALCHEMY = "Only db knows SQLAlchemy"
STANDARD_LIBRARY = "flows imports the standard library only"
TWILIO = "Only ivr.telephony knows Twilio (the emulator may use its request signer)"
FLASK = "Only the web borders know Flask"
BORDERS = "The borders never import one another: they meet in ivr.line and are joined in ivr.app"
EMULATOR = "The emulator knows nothing of the line: it speaks HTTP only, or it proves nothing"

FORBIDDEN = [
    (LAYERS, "flows/rules", "import db.engine"),
    (LAYERS, "flows", "from ivr.line import speech"),
    (LAYERS, "db/repositories", "from ivr.clock import wall_clock"),
    (SQLALCHEMY, "ivr/line", "from sqlalchemy import select"),
    (SQLALCHEMY, "flows", "import alembic"),
    (STANDARD_LIBRARY, "flows/rules", "import phonenumbers"),
    (STANDARD_LIBRARY, "flows/prompts", "from babel.dates import format_datetime"),
    (TWILIO, "ivr/line", "from twilio.twiml.voice_response import VoiceResponse"),
    (TWILIO, "ivr/notifications/email", "import twilio.rest"),
    (FLASK, "ivr/line", "from flask import request"),
    (FLASK, "db", "import flask"),
    (BORDERS, "ivr/telephony", "from ivr.tickets.builtin import connector"),
    (BORDERS, "ivr/notifications/email", "import ivr.telephony.twiml"),
    (EMULATOR, "ivr/emulator/verbs", "from flows.turn import Listen"),
    (EMULATOR, "ivr/emulator", "from ivr.telephony.signature import Signatures"),
]


def linted(tree: Path) -> tuple[int, str]:
    """The linter's exit code and words about the tree; line breaks in them are spaces."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    said = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return said.returncode, " ".join((said.stdout + said.stderr).split())


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree that is only read."""
    copy = tmp_path_factory.mktemp("pristine")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    return copy


@pytest.fixture
def copied(pristine: Path, tmp_path: Path) -> Path:
    """A copy of the tree to spoil."""
    return Path(shutil.copytree(pristine, tmp_path / "tree"))


def test_every_contract_is_kept(pristine: Path) -> None:
    code, words = linted(pristine)

    assert code == 0, words
    assert " 0 broken." in words


def test_every_contract_has_a_forbidden_import_to_be_tried_with() -> None:
    contracts = {contract["name"] for contract in pyproject()["tool"]["importlinter"]["contracts"]}

    assert contracts == {contract for contract, _, _ in FORBIDDEN}


@pytest.mark.parametrize(("contract", "folder", "statement"), FORBIDDEN, ids=[f"{f}: {s}" for _, f, s in FORBIDDEN])
def test_a_forbidden_import_is_caught(copied: Path, contract: str, folder: str, statement: str) -> None:
    (copied / folder / "smuggler.py").write_text(f"{statement}\n", encoding="utf-8")

    code, words = linted(copied)

    assert code == 1, words
    assert f"{contract} BROKEN" in words
