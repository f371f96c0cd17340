"""What no public source settles about the carrier. Each is a switch; each default is ASSUMED, not known."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """Switches for the open questions. Units are seconds of exchange time unless said otherwise."""

    screened_out_duration: Literal["elapsed", "zero", "absent"] = "elapsed"
    """Assumed: DialCallDuration on a leg that answered and was screened out counts from its answer."""
    sequential_advances_after_screen_out: bool = False
    """Assumed: with sequential="true" an answered leg ends the hunt, also when it is then screened out."""
    empty_digits: Literal["absent", "empty"] = "empty"
    """Assumed: an action requested because of actionOnEmptyResult carries ``Digits=``."""
    child_callback_before_action: bool = True
    """Assumed: the child's ``completed`` callback is sent before the parent's Dial action is requested."""
    keys_buffered_before_gather: bool = False
    """Assumed: keys pressed while no Gather listens are lost."""
    dial_action_after_hang_up: Literal["always", "bridged", "never"] = "always"
    """Assumed: the Dial action is requested (answer discarded) although the caller has hung up."""
    abandoned_dial_status: str = "canceled"
    """Assumed: DialCallStatus when the caller left while the other phone was still ringing."""
    declined_call_status: Literal["busy", "no-answer", "failed"] = "busy"
    """Assumed: how a declined call (SIP 603) is reported."""
    abandoned_inbound_status: str = "no-answer"
    """Assumed: final CallStatus of an inbound call whose caller left before it was answered."""
    blank_redirect: Literal["current document", "error"] = "current document"
    """Assumed (sources conflict): ``<Redirect></Redirect>`` fetches the current document again."""
    hops_at_most: int = 10
    """Assumed: how often a call may be dialled on from one line of the account to the next; then it fails (SIP 483)."""
    dial_grace: float = 5.0
    """Documented as "about 5 seconds": what Twilio adds to the timeout of a Dial."""
    request_seconds: float = 0.15
    """Assumed: what one webhook costs in the conversation."""
    ring_setup_seconds: float = 1.0
    """Assumed: from dialling to ringing."""
    call_setup_seconds: float = 0.5
    """Assumed: from an incoming call to its first webhook."""
    calls_per_second: float = 1.0
    """Documented default for calls placed by REST."""
    price_inbound: float = 0.0085
    """Assumed: USD for a begun minute of a call to a number of the account."""
    price_outbound: float = 0.014
    """Assumed: USD for a begun minute of a call from it."""
    transcription_seconds: float = 30.0
    """Assumed: how long after a recording its transcription is told."""
    play_seconds: float = 8.0
    """Assumed length of a recording that cannot be measured."""
