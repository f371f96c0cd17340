"""The carrier's webhooks under /voice. Whatever fails behind them, the phone speaks words."""

from http import HTTPStatus

from ivr.line.callbacks import CallbackDesk
from ivr.line.messages import MessageDesk
from ivr.line.switchboard import Switchboard
from ivr.line.talk_recordings import TalkDesk
from ivr.telephony import form
from ivr.telephony.safe_document import SafeDocuments
from ivr.telephony.signature import Signatures
from ivr.telephony.signed import NOTHING_TO_SAY, Answer, Sent, SignedWebhooks

ANSWERED_WITHOUT_WORDS = frozenset({
    "status", "leg", "detection", "recording", "talk", "transcription", "callback_over",
})  # fmt: skip
"""Reports: nobody hears what they are answered."""


def voice_webhooks(
    switchboard: Switchboard, messages: MessageDesk, talks: TalkDesk, callbacks: CallbackDesk,
    signatures: Signatures, safe: SafeDocuments,
) -> SignedWebhooks:
    """Every webhook of the line."""

    def failed(webhook: str) -> Answer:
        if webhook in ANSWERED_WITHOUT_WORDS:
            return Answer(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return Answer(safe.for_manager if webhook.startswith("screening") else safe.for_caller)

    voice = SignedWebhooks("/voice", signatures, failed)

    @voice.post("/incoming")
    def incoming(sent: Sent) -> Answer:
        return Answer(switchboard.incoming(form.leg(sent)))

    @voice.post("/turn/<int:number>")
    def turn(sent: Sent, number: int) -> Answer:
        return Answer(switchboard.turn(form.call_sid(sent), number, form.told(sent)))

    @voice.post("/screening/<int:ring>")
    def screening(sent: Sent, ring: int) -> Answer:
        return Answer(switchboard.screening(form.leg(sent), ring))

    @voice.post("/screening/<int:ring>/turn/<int:number>")
    def screening_turn(sent: Sent, ring: int, number: int) -> Answer:
        return Answer(switchboard.turn(form.call_sid(sent), number, form.told(sent)))

    @voice.post("/leg/<int:ring>")
    def leg(sent: Sent, ring: int) -> Answer:
        """A leg that we placed is over."""
        if form.is_over(sent):
            switchboard.leg_over(form.call_sid(sent), ring, form.call_status(sent))
        return NOTHING_TO_SAY

    @voice.post("/leg/<int:ring>/detection")
    def detection(sent: Sent, ring: int) -> Answer:
        """The carrier's guess at who has picked up."""
        switchboard.guessed(form.call_sid(sent), ring, form.guess(sent))
        return NOTHING_TO_SAY

    @voice.post("/callback/<int:callback>/<int:turn>")
    def called_back(sent: Sent, callback: int, turn: int) -> Answer:
        """A customer who wanted to be called back picks up."""
        return Answer(switchboard.called_back(form.leg(sent), callback, turn))

    @voice.post("/callback/<int:callback>/<int:turn>/over")
    def callback_over(sent: Sent, callback: int, turn: int) -> Answer:
        if form.is_over(sent):
            switchboard.hung_up(form.call_sid(sent))
            callbacks.over(callback, turn)
        return NOTHING_TO_SAY

    @voice.post("/recording")
    def recording(sent: Sent) -> Answer:
        """A recording is there; the conversation may be over by now."""
        messages.report(form.call_sid(sent), form.recording(sent))
        return NOTHING_TO_SAY

    @voice.post("/talk/<int:ring>")
    def talk(sent: Sent, ring: int) -> Answer:
        """The recording of a talk is there."""
        talks.report(form.call_sid(sent), ring, form.recording(sent))
        return NOTHING_TO_SAY

    @voice.post("/transcription")
    def transcription(sent: Sent) -> Answer:
        messages.transcribe(*form.transcription(sent))
        return NOTHING_TO_SAY

    @voice.post("/trouble")
    def trouble(sent: Sent) -> Answer:
        """The duty phone, dialled by the safe document, is done; nothing is read or stored."""
        return Answer(safe.after_talk if form.dial_talked(sent) else safe.unanswered)

    @voice.post("/status")
    def status(sent: Sent) -> Answer:
        if form.is_over(sent):
            switchboard.hung_up(form.call_sid(sent))
        return NOTHING_TO_SAY

    return voice
