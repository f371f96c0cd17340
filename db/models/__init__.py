"""The tables, one file per noun. Importing this package completes ``Base.metadata``."""

from db.models.absences import AbsenceRow
from db.models.acts import ActRow
from db.models.api import ApiTokenRow, IdempotencyKeyRow
from db.models.attempts import AttemptRow
from db.models.audit import AuditRow
from db.models.base import Base, table
from db.models.calendar_imports import CalendarImportRow
from db.models.callbacks import CallbackRow
from db.models.calls import CallRow
from db.models.drafts import DraftRow
from db.models.drills import DrillRow
from db.models.heartbeats import HeartbeatRow
from db.models.interventions import InterventionRow
from db.models.messages import MessageRow
from db.models.outbox import OutboxRow
from db.models.overrides import OverrideRow
from db.models.passkeys import PasskeyRow
from db.models.pins import PinRow
from db.models.promises import PromiseRow
from db.models.refusals import RefusalRow
from db.models.rings import RingRow
from db.models.routing_versions import RoutingVersionRow
from db.models.sounds import SoundRow
from db.models.standings import StandingRow
from db.models.talk_recordings import TalkRecordingRow
from db.models.ticket_notes import TicketNoteRow
from db.models.tickets import TicketRow
from db.models.turns import TurnRow
from db.models.used_links import UsedLinkRow
from db.models.users import SignInFailureRow, SignInRow, UserRow
from db.models.webhooks import TouchedTicketRow, WebhookDeliveryRow, WebhookRow
from db.models.wrong_tries import WrongTryRow

__all__ = [
    "AbsenceRow",
    "ActRow",
    "ApiTokenRow",
    "AttemptRow",
    "AuditRow",
    "Base",
    "CalendarImportRow",
    "CallRow",
    "CallbackRow",
    "DraftRow",
    "DrillRow",
    "HeartbeatRow",
    "IdempotencyKeyRow",
    "InterventionRow",
    "MessageRow",
    "OutboxRow",
    "OverrideRow",
    "PasskeyRow",
    "PinRow",
    "PromiseRow",
    "RefusalRow",
    "RingRow",
    "RoutingVersionRow",
    "SignInFailureRow",
    "SignInRow",
    "SoundRow",
    "StandingRow",
    "TalkRecordingRow",
    "TicketNoteRow",
    "TicketRow",
    "TouchedTicketRow",
    "TurnRow",
    "UsedLinkRow",
    "UserRow",
    "WebhookDeliveryRow",
    "WebhookRow",
    "WrongTryRow",
    "table",
]
