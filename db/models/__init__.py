"""The tables, one file per noun. Importing this package completes ``Base.metadata``."""

from db.models.attempts import AttemptRow
from db.models.base import Base, table
from db.models.calls import CallRow
from db.models.heartbeats import HeartbeatRow
from db.models.messages import MessageRow
from db.models.outbox import OutboxRow
from db.models.refusals import RefusalRow
from db.models.rings import RingRow
from db.models.routing_versions import RoutingVersionRow
from db.models.standings import StandingRow
from db.models.ticket_notes import TicketNoteRow
from db.models.tickets import TicketRow
from db.models.turns import TurnRow
from db.models.wrong_tries import WrongTryRow

__all__ = [
    "AttemptRow", "Base", "CallRow", "HeartbeatRow", "MessageRow", "OutboxRow", "RefusalRow", "RingRow",
    "RoutingVersionRow", "StandingRow", "TicketNoteRow", "TicketRow", "TurnRow", "WrongTryRow", "table",
]
