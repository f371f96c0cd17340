"""Incoming phone numbers: list, fetch, point at other addresses."""

from aiohttp import web

from ivr.emulator.account import Line
from ivr.emulator.office import Office
from ivr.emulator.rest.wire import API, OFFICE, Json, not_found, page_json, rfc2822, text

routes = web.RouteTableDef()


@routes.get("/Accounts/{account}/IncomingPhoneNumbers.json")
async def listing(request: web.Request) -> web.Response:
    """The numbers of the account; PhoneNumber and FriendlyName filter."""
    office, query = request.app[OFFICE], request.query
    chosen = [
        line for line in office.lines.values()
        if query.get("PhoneNumber", line.number) in line.number and query.get("FriendlyName") in (None, line.name)
    ]  # fmt: skip
    return web.json_response(page_json(request, "incoming_phone_numbers", [number_json(office, one) for one in chosen]))


@routes.get("/Accounts/{account}/IncomingPhoneNumbers/{sid}.json")
async def fetch(request: web.Request) -> web.Response:
    """One number."""
    return web.json_response(number_json(request.app[OFFICE], _line(request)))


@routes.post("/Accounts/{account}/IncomingPhoneNumbers/{sid}.json")
async def update(request: web.Request) -> web.Response:
    """Change where its webhooks go."""
    line, form = _line(request), await request.post()
    line.voice_url = text(form, "VoiceUrl", line.voice_url)
    line.voice_method = text(form, "VoiceMethod", line.voice_method)
    line.name = text(form, "FriendlyName", line.name)
    line.voice_fallback_url = text(form, "VoiceFallbackUrl", line.voice_fallback_url or "") or None
    line.status_callback = text(form, "StatusCallback", line.status_callback or "") or None
    line.sms_url = text(form, "SmsUrl", line.sms_url or "") or None
    return web.json_response(number_json(request.app[OFFICE], line))


def _line(request: web.Request) -> Line:
    sid = request.match_info["sid"]
    found = next((line for line in request.app[OFFICE].lines.values() if line.sid == sid), None)
    if found is None:
        raise not_found(request.path)
    return found


def number_json(office: Office, line: Line) -> Json:
    """The vendor's IncomingPhoneNumber resource."""
    path = f"{API}/Accounts/{office.account_sid}/IncomingPhoneNumbers/{line.sid}"
    born = rfc2822(office.clock.start)
    return {
        "sid": line.sid, "account_sid": office.account_sid, "api_version": "2010-04-01", "phone_number": line.number,
        "friendly_name": line.name, "voice_url": line.voice_url, "voice_method": line.voice_method,
        "voice_fallback_url": line.voice_fallback_url, "voice_fallback_method": "POST", "voice_caller_id_lookup": False,
        "voice_application_sid": None, "voice_receive_mode": "voice", "status_callback": line.status_callback,
        "status_callback_method": "POST", "sms_url": line.sms_url, "sms_method": "POST", "sms_fallback_url": None,
        "sms_fallback_method": "POST", "sms_application_sid": None, "address_requirements": "none", "address_sid": None,
        "beta": False, "bundle_sid": None, "identity_sid": None, "trunk_sid": None, "origin": "twilio", "status":
        "in-use",
        "type": "local", "emergency_status": "Inactive", "emergency_address_sid": None,
        "emergency_address_status": "unregistered", "date_created": born, "date_updated": born, "uri": f"{path}.json",
        "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False}, "subresource_uris": {},
    }  # fmt: skip
