"""The top level holds the three words that explain the tree, and what tools look for there by name."""

import subprocess

import pytest

from tests.house_rules.tree import ROOT

OURS = {"pyproject.toml", "README.md", "wsgi.py", "flows", "db", "ivr", "tests"}
LOOKED_FOR_BY_NAME = {"LICENSE", "uv.lock", "Dockerfile", "compose.yaml"}


def test_the_top_level_holds_nothing_else() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: what belongs to the tree cannot be told from what was made in it")

    top = {name.partition("/")[0] for name in listed.stdout.splitlines()}

    assert {name for name in top - OURS - LOOKED_FOR_BY_NAME if not name.startswith(".")} == set()
    assert top >= OURS
