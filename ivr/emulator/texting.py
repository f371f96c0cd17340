"""Text messages: handing them over, and those that come in (https://www.twilio.com/docs/messaging/twiml)."""

import asyncio
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ivr.emulator.account import Line, Message
from ivr.emulator.behaviours import Unreachable
from ivr.emulator.debugger import Fault
from ivr.emulator.documents import read_page, text_of
from ivr.emulator.errands import Answer
from ivr.emulator.happenings import MessageSent

if TYPE_CHECKING:
    from ivr.emulator.office import Office

STEP_SECONDS = 0.5
SEGMENT = 160


def send(office: "Office", message: Message) -> None:
    """Hand a message over to its telephone and report how that went. An unknown or dark telephone: undelivered,
    30003."""
    office.messages.append(message)
    sent = MessageSent(
        at=message.created, sid=message.sid, sender=message.sender, receiver=message.receiver, text=message.text
    )
    phone = office.phones.get(message.receiver)
    arrives = phone is not None and not isinstance(phone.behaviour, Unreachable)
    if phone is not None and arrives:
        phone.messages.append(sent)
    office.tell(sent)
    office.spawn(_report(office, message, arrives=arrives))


async def _report(office: "Office", message: Message, *, arrives: bool) -> None:
    final = "delivered" if arrives else "undelivered"
    for status in ("sent", final):
        await asyncio.sleep(STEP_SECONDS)
        message.status = status
        message.error_code = 30003 if status == "undelivered" else None
        if message.callback:
            await office.deliver("message", message.sid, message.callback, "POST", _status_form(office, message))


def _status_form(office: "Office", message: Message) -> dict[str, str]:
    failed = {"ErrorCode": str(message.error_code)} if message.error_code else {}
    return failed | {
        "AccountSid": office.account_sid, "ApiVersion": "2010-04-01", "MessageSid": message.sid, "SmsSid": message.sid,
        "MessageStatus": message.status, "SmsStatus": message.status, "From": message.sender, "To": message.receiver,
    }  # fmt: skip


async def receive(office: "Office", line: Line, sender: str, words: str) -> None:
    """A telephone texts a line: its sms_url is asked, and every <Message> of the answer goes back as a text."""
    sid = office.sids.new("SM")
    office.tell(MessageSent(at=office.clock.now(), sid=sid, sender=sender, receiver=line.number, text=words))
    if not line.sms_url:
        return
    form = {
        "ToCountry": "", "ToState": "", "ToCity": "", "ToZip": "", "FromCountry": "", "FromState": "", "FromCity": "",
        "FromZip": "", "SmsMessageSid": sid, "NumMedia": "0", "SmsSid": sid, "SmsStatus": "received", "Body": words,
        "To": line.number, "NumSegments": str(-(-len(words) // SEGMENT) or 1), "MessageSid": sid,
        "AccountSid": office.account_sid, "From": sender, "ApiVersion": "2010-04-01",
    }  # fmt: skip
    answer = await office.request("text", sid, line.sms_url, "POST", form)
    for text in _replies(office, sid, answer):
        send(office, Message(
            sid=office.sids.new("SM"), sender=line.number, receiver=sender, text=text, created=office.clock.now()
        ))  # fmt: skip


def _replies(office: "Office", sid: str, answer: Answer) -> list[str]:
    if answer.code:
        office.alert(answer.code, sid, answer.url, answer.error)
        return []
    if not answer.body.strip():
        return []
    if answer.content_type == "text/plain":
        return [answer.body.decode("utf-8", "replace")]
    try:
        verbs = read_page(answer.body, answer.url, answer.method).verbs
    except Fault as fault:
        office.alert(fault.code, sid, fault.url, fault.detail)
        return []
    return [_words(verb) for verb in verbs if verb.tag == "Message"]


def _words(message: Element) -> str:
    body = message.find("Body")
    return text_of(message if body is None else body)
