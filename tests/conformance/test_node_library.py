"""The unmodified official Node library against the emulator's REST API (needs node and the npm registry)."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "node_library.js"
LINE = "+12025550150"
SEEN = {
    "calls": {
        "created": ["queued", "outbound-api", True], "fetched": True, "ended": "canceled", "listed": True,
        "removed": True, "refused": [400, 21211],
    },
    "participants": {
        "seat": [False, False, True], "created": ["queued", "guest"], "muted": [True, True], "removed": True,
    },
    "conferences": {"status": ["in-progress", "completed"], "dates": True},
    "recordings": {"found": ["RecordVerb", "completed", 1, 1], "removed": True, "gone": [404, 20404]},
    "messages": {"created": ["queued", "1"], "fetched": "Hello", "listed": True, "refused": [400, 21602]},
    "queues": {
        "queue": ["support", 1], "member": [1, True], "updated": ["patience", 7], "removed": True,
        "refused": [400, 22002],
    },
    "incomingPhoneNumbers": {"number": LINE, "voice": True, "moved": [True, True]},
}  # fmt: skip


@pytest.fixture(scope="module")
def node_folder(tmp_path_factory):
    assert shutil.which("npm"), "This run needs Node with npm: install them, or leave the long runs out."
    folder = tmp_path_factory.mktemp("node")
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "twilio"]
    installed = subprocess.run(install, cwd=folder, timeout=110, check=False, capture_output=True, text=True)
    assert installed.returncode == 0, f"npm cannot install the library of the vendor: {installed.stderr}"
    shutil.copy(SCRIPT, folder)
    return folder


@pytest.fixture
def _busy_account(exchange, application, caller, first, second):
    """Somebody was recorded, somebody waits in a queue, two sit in a conference."""
    documents = ('<Record action="/r"/>', "<Enqueue waitUrl='/wait'>support</Enqueue>",
                 "<Dial><Conference>team</Conference></Dial>")  # fmt: skip
    application.on("/voice", *documents)
    application.on("/r", "")
    application.on("/wait", "<Pause length='30'/>")
    caller.dial(LINE)
    caller.hears("(beep)")
    caller.says("Please call me back.")
    caller.hang_up()
    for handset in (first, second, exchange.handset("+12025550103")):
        handset.dial(LINE)


@pytest.mark.long
@pytest.mark.usefixtures("_busy_account")
def test_the_node_library_drives_it(exchange, application, node_folder):
    login = [exchange.api_url, exchange.office.account_sid, exchange.office.auth_token]
    run = ["node", SCRIPT.name, *login, application.on("/outgoing", "<Say>Hello.</Say>")]
    done = subprocess.run(run, cwd=node_folder, timeout=60, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == SEEN
