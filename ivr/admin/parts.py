"""What the admin pages work with."""

from collections.abc import Callable
from dataclasses import dataclass

from flows.prompts.rewording import Rewordings
from ivr.admin.passkey_proofs import PasskeyProofs
from ivr.admin.provider import IdentityProvider
from ivr.drill.desk import DrillDesk
from ivr.line.boxes import SECOND_FACTORS, Box
from ivr.line.number_wiring import NumberDesk
from ivr.line.ports import CalendarWarning, LineTroubles, Notice, Prices, ReadingAloud
from ivr.line.staff import StaffParts


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminParts(StaffParts):
    """``calendar_of`` is the address of a person's duties as a calendar; ``second_factor``: owners and admins need one;
    ``secure``: browsers come by https; ``preview`` gives the subject and text of a
    mail in the words given; ``numbers`` compares the
    lines' numbers with the carrier; ``keep_days``: after so many calls are forgotten (0: never); ``provider``: by whom
    users may be known besides their password, ``passkeys`` by what; ``drills`` plays whole calls; ``aloud`` lets hear a
    sentence by telephone; ``prices`` says what calls have cost; ``heard`` is the sound of a
    recording, and raises RetryLater or Rejected."""

    calendar_of: Callable[[str], str]
    second_factor: bool
    secure: bool
    preview: Callable[[Notice | CalendarWarning | LineTroubles, Rewordings], tuple[str, str]]
    keep_days: int
    numbers: NumberDesk
    provider: IdentityProvider | None
    passkeys: PasskeyProofs | None
    drills: DrillDesk
    aloud: ReadingAloud
    prices: Prices
    heard: Callable[[str], bytes]

    @property
    def box(self) -> Box:
        """Locks second factors."""
        return Box(self.secret_key, SECOND_FACTORS)
