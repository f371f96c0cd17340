"""Recordings of talks: entered as the carrier reports them, and deleted there when the call is forgotten."""

from db.unit_of_work import Store
from flows.call import ScreeningCall
from ivr.clock import Clock
from ivr.line.ports import Recording


class TalkDesk:
    """Enters what the carrier has recorded of talks."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def report(self, leg_sid: str, ring_id: int, recording: Recording) -> None:
        """The carrier tells of a recording made on the leg of a manager. What nobody has agreed to, what belongs to no
        talk of ours and what holds nothing is to be deleted there, and is entered nowhere."""
        with self._store.writing() as work:
            leg, ring, now = work.calls.read(leg_sid), work.rings.read(ring_id), self._clock()
            agreed = leg is not None and isinstance(leg.state, ScreeningCall) and leg.state.recorded
            if leg is None or ring is None or leg.ring_id != ring_id or not agreed or recording.seconds < 1:
                body = {"recording": recording.sid}
                work.outbox.add("unwanted-recording", f"recording/{recording.sid}/delete", body, now)
                return
            work.talk_recordings.add(
                ring_id=ring_id, call_sid=ring.call_sid, recording_sid=recording.sid, seconds=recording.seconds, at=now
            )
