"""A drill in a process of its own."""

import os
import subprocess
import sys

from pydantic import ValidationError

from ivr.drill.plan import PLANS, PLAYED, DrillPlan, Played

SECONDS = 90
"""Much more than the longest call takes, which is a few seconds for twenty minutes of simulated time."""
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV")
"""What the process is given of our environment: no secret and no database."""


class DrillFailed(Exception):
    """It could not be played; the message is a sentence."""


def play_apart(plan: DrillPlan) -> Played:
    """Play it and wait for the end. Raises DrillFailed."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        done = subprocess.run(  # nothing that anybody typed is an argument
            [sys.executable, "-m", "ivr.drill"], input=PLANS.dump_json(plan), capture_output=True, timeout=SECONDS,
            env=kept, check=True,
        )  # fmt: skip
        return PLAYED.validate_json(done.stdout)
    except subprocess.TimeoutExpired:
        raise DrillFailed(f"It did not end within {SECONDS} seconds.") from None
    except subprocess.CalledProcessError as error:
        raise DrillFailed(f"It broke off: {_last_words(error.stderr)}") from None
    except (OSError, ValidationError) as error:
        raise DrillFailed(f"It could not be started: {type(error).__name__}.") from None


def _last_words(printed: bytes) -> str:
    lines = printed.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "it said nothing"
