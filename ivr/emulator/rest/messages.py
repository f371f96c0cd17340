"""Messages: create, fetch, list."""

from aiohttp import web

from ivr.emulator.account import Message
from ivr.emulator.office import Office
from ivr.emulator.phone import is_handset_address
from ivr.emulator.rest.wire import API, OFFICE, Json, Refused, not_found, on_dates, page_json, rfc2822, text
from ivr.emulator.texting import send

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
    send(office, message)
    return web.json_response(answer, status=201)


@routes.get("/Accounts/{account}/Messages.json")
async def listing(request: web.Request) -> web.Response:
    """All messages, newest first; To, From and DateSent filter."""
    office, query = request.app[OFFICE], request.query
    chosen = [
        one for one in reversed(office.messages)
        if query.get("To") in (None, one.receiver) and query.get("From") in (None, one.sender)
        and on_dates(query, "DateSent", one.created)
    ]  # fmt: skip
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
