"""Messages: create, fetch, list."""

import asyncio

from aiohttp import web

from ivr.emulator.account import Message
from ivr.emulator.behaviours import Unreachable
from ivr.emulator.happenings import MessageSent
from ivr.emulator.office import Office
from ivr.emulator.phone import is_handset_address
from ivr.emulator.rest.wire import API, OFFICE, Json, Refused, not_found, page_json, rfc2822, text

routes = web.RouteTableDef()
TEXT_AT_MOST = 1600


@routes.post("/Accounts/{account}/Messages.json")
async def create(request: web.Request) -> web.Response:
    """Send a text message. 21602 no body, 21603 no sender, 21604 no receiver, 21211 bad receiver, 21606 sender not
    ours, 21617."""
    office, form = request.app[OFFICE], await request.post()
    sender, receiver, words = text(form, "From"), text(form, "To"), text(form, "Body")
    _check(office, sender, receiver, words)
    message = Message(
        sid=office.sids.new("SM"), sender=sender, receiver=receiver, text=words, created=office.clock.now(),
        callback=text(form, "StatusCallback"),
    )  # fmt: skip
    answer = message_json(office, message)
    office.messages.append(message)
    _hand_over(office, message)
    return web.json_response(answer, status=201)


@routes.get("/Accounts/{account}/Messages.json")
async def listing(request: web.Request) -> web.Response:
    """All messages, newest first; ``To`` and ``From`` filter."""
    office = request.app[OFFICE]
    to, sender = request.query.get("To"), request.query.get("From")
    chosen = [one for one in reversed(office.messages) if to in (None, one.receiver) and sender in (None, one.sender)]
    return web.json_response(page_json(request, "messages", [message_json(office, one) for one in chosen]))


@routes.get("/Accounts/{account}/Messages/{sid}.json")
async def fetch(request: web.Request) -> web.Response:
    """One message."""
    office, sid = request.app[OFFICE], request.match_info["sid"]
    found = next((one for one in office.messages if one.sid == sid), None)
    if found is None:
        raise not_found(request.path)
    return web.json_response(message_json(office, found))


def _check(office: Office, sender: str, receiver: str, words: str) -> None:
    if not receiver:
        raise Refused(400, 21604, "A 'To' phone number is required.")
    if not sender:
        raise Refused(400, 21603, "A 'From' phone number is required.")
    if not words:
        raise Refused(400, 21602, "Message body is required.")
    if not is_handset_address(receiver):
        raise Refused(400, 21211, f"Invalid 'To' Phone Number: {receiver}")
    if sender not in office.lines:
        raise Refused(400, 21606, f"The 'From' phone number {sender} is not a valid, message-capable number for you")
    if len(words) > TEXT_AT_MOST:
        raise Refused(400, 21617, "The concatenated message body exceeds the 1600 character limit")


def _hand_over(office: Office, message: Message) -> None:
    sent = MessageSent(
        at=message.created, sid=message.sid, sender=message.sender, receiver=message.receiver, text=message.text
    )
    phone = office.phones.get(message.receiver)
    arrives = phone is not None and not isinstance(phone.behaviour, Unreachable)
    if phone is not None and arrives:
        phone.messages.append(sent)
    office.tell(sent)
    office.spawn(_report(office, message, arrives=arrives))


async def _report(office: Office, message: Message, *, arrives: bool) -> None:
    final = "delivered" if arrives else "undelivered"
    for status in ("sent", final):
        await asyncio.sleep(0.5)
        message.status = status
        message.error_code = 30003 if status == "undelivered" else None
        if message.callback:
            await office.deliver("message", message.sid, message.callback, "POST", _form(office, message))


def _form(office: Office, message: Message) -> dict[str, str]:
    failed = {"ErrorCode": str(message.error_code)} if message.error_code else {}
    return failed | {
        "AccountSid": office.account_sid, "ApiVersion": "2010-04-01", "MessageSid": message.sid, "SmsSid": message.sid,
        "MessageStatus": message.status, "SmsStatus": message.status, "From": message.sender, "To": message.receiver,
    }  # fmt: skip


def message_json(office: Office, message: Message) -> Json:
    """The vendor's Message resource."""
    path = f"{API}/Accounts/{office.account_sid}/Messages/{message.sid}"
    return {
        "sid": message.sid, "account_sid": office.account_sid, "api_version": "2010-04-01", "body": message.text,
        "from": message.sender, "to": message.receiver, "status": message.status, "direction": "outbound-api",
        "date_created": rfc2822(message.created), "date_updated": rfc2822(message.created),
        "date_sent": rfc2822(message.created) if message.status != "queued" else None,
        "error_code": message.error_code, "error_message": None, "messaging_service_sid": None, "num_media": "0",
        "num_segments": str(-(-len(message.text) // 160)), "price": None, "price_unit": "USD",
        "uri": f"{path}.json", "subresource_uris": {"media": f"{path}/Media.json"},
    }  # fmt: skip
