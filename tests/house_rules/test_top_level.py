"""The top level holds the three words that explain the tree, and what tools look for there by name."""

import subprocess
from fnmatch import fnmatch

from tests.house_rules.tree import ROOT

OURS = {"pyproject.toml", "README.md", "wsgi.py", "flows", "db", "ivr", "tests"}
LOOKED_FOR_BY_NAME = {"LICENSE", "uv.lock", "Dockerfile", "compose.yaml"}


def test_the_top_level_holds_nothing_else() -> None:
    top = _kept_by_git() or _not_ignored()

    assert {name for name in top - OURS - LOOKED_FOR_BY_NAME if not name.startswith(".")} == set()
    assert top >= OURS


def _kept_by_git() -> set[str]:
    """The top level as committed; empty where the tree is no git checkout."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return {name.partition("/")[0] for name in listed.stdout.splitlines()} if listed.returncode == 0 else set()


def _not_ignored() -> set[str]:
    """The top level of an unpacked archive, without what running it makes."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines() if line.strip()]
    return {path.name for path in ROOT.iterdir() if not any(fnmatch(path.name, one) for one in ignored)}
