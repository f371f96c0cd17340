"""`python -m ivr.drill`: plays the plan that comes on standard input, as JSON, and says on standard output how it went.

In a process of its own: whoever asked for it serves callers meanwhile.
"""

import sys

from ivr.drill.plan import PLANS, PLAYED
from ivr.drill.stage import play
from ivr.logs import configure


def main() -> None:
    """Read, play, tell."""
    configure("CRITICAL")
    played = play(PLANS.validate_json(sys.stdin.buffer.read()))
    sys.stdout.write(PLAYED.dump_json(played).decode())


if __name__ == "__main__":
    main()
