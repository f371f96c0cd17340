"""The unmodified official Node library against the emulator's REST API (needs node and the npm registry)."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "node_library.js"


@pytest.fixture(scope="module")
def node_folder(tmp_path_factory):
    if shutil.which("npm") is None:
        pytest.skip("node is not installed")
    folder = tmp_path_factory.mktemp("node")
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "twilio"]
    if subprocess.run(install, cwd=folder, timeout=110, check=False).returncode:
        pytest.skip("the npm registry cannot be reached")
    shutil.copy(SCRIPT, folder)
    return folder


@pytest.mark.long
def test_the_node_library_drives_it(exchange, application, first, node_folder):
    there = application.on("/outgoing", "<Say>Hello.</Say>")
    login = [exchange.api_url, exchange.office.account_sid, exchange.office.auth_token]
    run = ["node", SCRIPT.name, *login, there]
    done = subprocess.run(run, cwd=node_folder, timeout=60, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "created": "queued", "direction": "outbound-api", "fetched": True, "ended": "canceled", "message": "queued",
        "number": "+12025550150", "conference": True, "calls": 2, "error": [400, 21211], "born": True,
    }  # fmt: skip
