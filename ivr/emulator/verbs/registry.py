"""All verbs by name."""

from ivr.emulator.program import Verb
from ivr.emulator.verbs.dial import dial
from ivr.emulator.verbs.enqueue import enqueue
from ivr.emulator.verbs.gather import gather
from ivr.emulator.verbs.hangup import hangup
from ivr.emulator.verbs.leave import leave
from ivr.emulator.verbs.pause import pause
from ivr.emulator.verbs.play import play
from ivr.emulator.verbs.record import record
from ivr.emulator.verbs.redirect import redirect
from ivr.emulator.verbs.refer import refer
from ivr.emulator.verbs.reject import reject
from ivr.emulator.verbs.say import say

VERBS: dict[str, Verb] = {
    "Dial": dial,
    "Enqueue": enqueue,
    "Leave": leave,
    "Record": record,
    "Refer": refer,
    "Gather": gather,
    "Hangup": hangup,
    "Pause": pause,
    "Play": play,
    "Redirect": redirect,
    "Reject": reject,
    "Say": say,
}
